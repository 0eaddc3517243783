# Made once: the sheet's rows as files, and a panel when the config names a genome.


rule sheet:
    """Split the checked sheet into one file per sample."""
    input:
        sheet=local(CONFIG.samples),
    output:
        rows=expand("results/{sample}/sheet-row.json", sample=SAMPLES),
    log:
        "logs/_sheet.log",
    conda:
        "../envs/nutfusion.yaml"
    params:
        made_with=[__version__, sha256(Path(CONFIG.samples))],
        results=subpath(output[0], ancestor=2),
    shell:
        "nutfusion sheet rows --no-files {input.sheet:q} --outdir {params.results:q} > {log} 2>&1"


if CONFIG.genome:

    rule reference:
        """Build a panel from the user's genome and annotation."""
        input:
            genome=local(CONFIG.genome),
            annotation=local(CONFIG.annotation),
        output:
            manifest=f"{BUILT_PANEL}/manifest.json",
        log:
            "logs/_reference.log",
        conda:
            "../envs/nutfusion.yaml"
        # a genome is read as a stream; 16 GB are chosen, not measured
        resources:
            mem_mb=16000,
            runtime=120,
        params:
            panel=subpath(output.manifest, parent=True),
            made_with=[__version__],
            stamps=stamps([CONFIG.genome, CONFIG.annotation]),
        shell:
            "nutfusion reference build --genome {input.genome:q} --annotation {input.annotation:q}"
            " --out {params.panel:q} --name built --force > {log} 2>&1"
