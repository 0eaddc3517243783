# Stage 1 of 6: reads and other programs' files -> results/{sample}/evidence.parquet


rule evidence:
    """Read one sample's files and keep what speaks of a NUTM1 junction."""
    input:
        reads=read_files,
        indexes=index_files,
        aligned=aligned_files,
        panel=panel_files,
    output:
        evidence="results/{sample}/evidence.parquet",
    log:
        "logs/{sample}/evidence.log",
    conda:
        "../envs/nutfusion.yaml"
    threads: CONFIG.threads
    resources:
        mem_mb=1000,
        runtime=120,
    params:
        reads=read_options,
        aligned=aligned_options,
        panel=panel_options,
        made_with=[__version__, PANEL_DIGEST],
        stamps=read_stamps,
    shell:
        "nutfusion evidence --sample {wildcards.sample:q} {params.aligned:q}"
        " {params.panel:q}"
        " {params.reads:q} --threads {threads} --out {output.evidence:q} > {log:q} 2>&1"
