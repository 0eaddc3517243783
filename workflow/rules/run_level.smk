# Stage 4 of 6: results/{sample}/annotated.parquet of all samples of a run -> results/_runs/*.json


rule compare:
    """Say which samples of a run share a joint, and whether one can have left it in another."""
    input:
        sheet=here(CONFIG.samples),
        annotated=annotated_of_run,
        settings=here(RUN_SETTINGS),
    output:
        run="results/_runs/{digest}.json",
    log:
        "logs/_runs/{digest}.log",
    wildcard_constraints:
        digest="[0-9a-f]{12}",
    conda:
        "../envs/nutfusion.yaml"
    resources:
        mem_mb=800,
        runtime=10,
    params:
        run=lambda wildcards: RUNS[wildcards.digest],
        settings=run_settings_options,
        results=lambda wildcards, input: Path(input.annotated[0]).parents[1],
        sheet=lambda wildcards: CONFIG.samples,
        made_with=[__version__, sha256(Path(CONFIG.samples)), run_settings_digest()],
    shell:
        "nutfusion compare --sheet {params.sheet:q} --run {params.run:q} --results {params.results:q}"
        " {params.settings:q} --out {output.run:q} > {log:q} 2>&1"
