# Stage 6 of 6: results/{sample}/scored.json -> results/{sample}/dossier.json, .html and .pdf


rule dossier:
    """Answer the policy gate by gate, and write the dossier, its page and its paper."""
    input:
        scored="results/{sample}/scored.json",
        row="results/{sample}/sheet-row.json",
        panel=panel_files,
    output:
        json="results/{sample}/dossier.json",
        html=report(
            "results/{sample}/dossier.html",
            caption="../report/dossier.rst",
            category=report_section,
            labels=report_row,
        ),
        pdf="results/{sample}/dossier.pdf",
        reads="results/{sample}/supporting_reads.bam",
        index="results/{sample}/supporting_reads.bam.bai",
        sequences="results/{sample}/supporting_reads.fa",
    log:
        "logs/{sample}/dossier.log",
    conda:
        "../envs/nutfusion.yaml"
    resources:
        mem_mb=800,
        runtime=10,
    params:
        policy=CONFIG.policy,
        panel=panel_options,
        made_with=[__version__, PANEL_DIGEST, POLICY.digest],
        outdir=subpath(output.json, parent=True),
    shell:
        "nutfusion dossier --scored {input.scored:q} --sheet-row {input.row:q}"
        " --policy {params.policy:q} {params.panel:q} --outdir {params.outdir:q} > {log:q} 2>&1"
