# After the last stage: every dossier -> results/_exports, in other people's formats


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
    params:
        formats=[option for name in CONFIG.exports for option in ("--format", name)],
        made_with=[__version__],
    shell:
        "nutfusion export {input:q} {params.formats:q} --outdir {output:q} > {log:q} 2>&1"
