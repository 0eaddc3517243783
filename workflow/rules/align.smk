# Optional: FASTQ -> STAR -> Arriba, whose outputs stand beside nutfusion's own look at the reads.
# The container is that of Arriba's authors; it holds STAR too.
ALIGNERS = "docker://uhrigs/arriba:2.4.0"


# Options as in Arriba's manual, "Workflow"; the junctions are written beside the BAM.
rule star:
    """Align one sample's FASTQ files, chimeric alignments within the BAM."""
    input:
        reads=fastq_files,
        index=lambda wildcards: local(CONFIG.star_index),
    output:
        bam="results/{sample}/align/Aligned.out.bam",
        junctions="results/{sample}/align/Chimeric.out.junction",
    log:
        "logs/{sample}/star.log",
    conda:
        "../envs/star.yaml"
    container:
        ALIGNERS
    threads: CONFIG.threads
    # STAR's manual: at least 30 GB for a human genome; not measured here
    resources:
        mem_mb=40000,
        runtime=480,
    params:
        mates=mates,
        prefix=subpath(output.bam, parent=True),
        stamps=read_stamps,
    shell:
        "STAR --runThreadN {threads} --genomeDir {input.index:q} --readFilesIn {params.mates:q}"
        " --readFilesCommand gzip -cdf --outFileNamePrefix {params.prefix:q}/"
        " --outSAMtype BAM Unsorted --outSAMunmapped Within --outFilterMultimapNmax 50"
        " --peOverlapNbasesMin 10 --alignSplicedMateMapLminOverLmate 0.5"
        " --alignSJstitchMismatchNmax 5 -1 5 5 --chimSegmentMin 10"
        " --chimOutType Junctions WithinBAM SoftClip --chimJunctionOverhangMin 10"
        " --chimScoreDropMax 30 --chimScoreJunctionNonGTAG 0 --chimScoreSeparation 1"
        " --chimSegmentReadGapMax 3 --chimMultimapNmax 50 > {log:q} 2>&1"


rule arriba:
    """Call fusions on STAR's alignments."""
    input:
        bam="results/{sample}/align/Aligned.out.bam",
        genome=lambda wildcards: local(CONFIG.genome),
        annotation=lambda wildcards: local(CONFIG.annotation),
        blacklist=lambda wildcards: (
            local(CONFIG.arriba_blacklist) if CONFIG.arriba_blacklist else []
        ),
    output:
        fusions="results/{sample}/align/fusions.tsv",
        discarded="results/{sample}/align/fusions.discarded.tsv",
    log:
        "logs/{sample}/arriba.log",
    conda:
        "../envs/arriba.yaml"
    container:
        ALIGNERS
    # not measured here
    resources:
        mem_mb=16000,
        runtime=240,
    params:
        blacklist=lambda wildcards, input: (
            ["-b", CONFIG.arriba_blacklist]
            if CONFIG.arriba_blacklist
            else ["-f", "blacklist"]
        ),
    shell:
        "arriba -x {input.bam:q} -a {input.genome:q} -g {input.annotation:q} {params.blacklist:q}"
        " -o {output.fusions:q} -O {output.discarded:q} > {log:q} 2>&1"
