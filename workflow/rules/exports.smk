# After the last stage: every dossier -> results/_exports, in other people's formats, and
# results/_crate, how they were made


rule exports:
    """Write all dossiers in the formats of the configuration."""
    input:
        expand("results/{sample}/dossier.json", sample=SAMPLES),
    output:
        directory(EXPORTS),
    log:
        "logs/_exports.log",
    conda:
        "../envs/nutfusion.yaml"
    resources:
        mem_mb=1000,
        runtime=60,
    params:
        formats=[option for name in EXPORTED for option in ("--format", name)],
        made_with=[__version__],
    shell:
        "nutfusion export {input:q} {params.formats:q} --outdir {output:q} > {log:q} 2>&1"


rule crate:
    """Describe the run, its settings and its dossiers as a Workflow Run RO-Crate."""
    input:
        dossiers=expand("results/{sample}/dossier.json", sample=SAMPLES),
        sheet=here(CONFIG.samples),
        sources=workflow_sources(),
    output:
        directory(CRATE),
    log:
        "logs/_crate.log",
    conda:
        "../envs/nutfusion.yaml"
    resources:
        mem_mb=1000,
        runtime=60,
    params:
        sheet=lambda wildcards: CONFIG.samples,
        workflow=lambda wildcards: workflow.basedir,
        settings=crate_settings(),
        tools=crate_tools(),
        made_with=[__version__],
    shell:
        "nutfusion crate {input.dossiers:q} --workflow {params.workflow:q} --sheet {params.sheet:q}"
        " {params.settings:q} {params.tools:q} --ended $(date -u +%Y-%m-%dT%H:%M:%S+00:00)"
        " --outdir {output:q} > {log:q} 2>&1"
