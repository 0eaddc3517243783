# Made once: the sheet's rows as files, and a panel when the config names a genome.


rule sheet:
    """Split the checked sheet into one file per sample."""
    input:
        sheet=CONFIG.samples,
    output:
        rows=expand("results/{sample}/sheet-row.json", sample=SAMPLES),
    log:
        "logs/sheet.log",
    conda:
        "../envs/nutfusion.yaml"
    shell:
        "nutfusion sheet rows {input.sheet:q} --outdir results > {log} 2>&1"


if CONFIG.genome:

    rule reference:
        """Build a panel from the user's genome and annotation."""
        input:
            genome=CONFIG.genome,
            annotation=CONFIG.annotation,
        output:
            manifest="results/panel/manifest.json",
        log:
            "logs/reference.log",
        conda:
            "../envs/nutfusion.yaml"
        shell:
            "nutfusion reference build --genome {input.genome:q} --annotation {input.annotation:q}"
            " --out results/panel --force > {log} 2>&1"
