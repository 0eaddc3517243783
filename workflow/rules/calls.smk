# Stage 2 of 6: results/{sample}/evidence.parquet -> results/{sample}/calls.parquet


rule calls:
    """Make one call per junction, with every source that speaks of it."""
    input:
        evidence="results/{sample}/evidence.parquet",
        panel=panel_files,
    output:
        calls="results/{sample}/calls.parquet",
    log:
        "logs/{sample}/calls.log",
    conda:
        "../envs/nutfusion.yaml"
    resources:
        mem_mb=800,
        runtime=10,
    params:
        panel=panel_options,
        made_with=[__version__, PANEL_DIGEST],
    shell:
        "nutfusion calls --evidence {input.evidence:q} {params.panel:q}"
        " --out {output.calls:q} > {log:q} 2>&1"
