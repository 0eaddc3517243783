# Stage 2 of 5: results/{sample}/evidence.parquet -> results/{sample}/calls.parquet


rule calls:
    """Make one call per junction."""
    input:
        evidence="results/{sample}/evidence.parquet",
    output:
        calls="results/{sample}/calls.parquet",
    log:
        "logs/{sample}/calls.log",
    conda:
        "../envs/nutfusion.yaml"
    params:
        made_with=[__version__],
    shell:
        "nutfusion calls --evidence {input.evidence:q} --out {output.calls:q} > {log:q} 2>&1"
