# Stage 3 of 6: results/{sample}/calls.parquet -> results/{sample}/annotated.parquet


rule annotation:
    """Name each call: exons, reading frame, domains, partner class, both assemblies."""
    input:
        calls="results/{sample}/calls.parquet",
        panel=panel_files,
    output:
        annotated="results/{sample}/annotated.parquet",
    log:
        "logs/{sample}/annotation.log",
    conda:
        "../envs/nutfusion.yaml"
    resources:
        mem_mb=800,
        runtime=10,
    params:
        panel=panel_options,
        made_with=[__version__, PANEL_DIGEST, PARTNERS_DIGEST],
    shell:
        "nutfusion annotate --calls {input.calls:q} {params.panel:q}"
        " --out {output.annotated:q} > {log:q} 2>&1"
