# Stage 5 of 6: results/{sample}/annotated.parquet -> results/{sample}/scored.json


rule scoring:
    """Hold each fusion and the sample against the assay profile."""
    input:
        annotated="results/{sample}/annotated.parquet",
        row="results/{sample}/sheet-row.json",
        run=run_files,
        panel=panel_files,
        transcriptome=transcriptome_files,
    output:
        scored="results/{sample}/scored.json",
    log:
        "logs/{sample}/scoring.log",
    conda:
        "../envs/nutfusion.yaml"
    resources:
        mem_mb=800,
        runtime=15,
    params:
        assay=assay_options,
        panel=panel_options,
        run=run_options,
        transcriptome=transcriptome_options,
        made_with=[__version__, PANEL_DIGEST, ERROR_MODEL_DIGEST],
        stamps=lambda wildcards: stamps(transcriptome_files(wildcards)),
        assay_digest=assay_digest,
    shell:
        "nutfusion score --annotated {input.annotated:q} --sheet-row {input.row:q}"
        " {params.assay:q} {params.run:q} {params.panel:q}"
        " {params.transcriptome:q} --out {output.scored:q} > {log:q} 2>&1"
