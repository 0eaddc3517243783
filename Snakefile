# From FASTQ to dossier: results/{sample}/dossier.json, .html and .pdf for every sample of the
# sheet. Each rule is one call of the nutfusion command line; what is decided is decided there.
from snakemake.utils import min_version

min_version("9.0")


configfile: "config/config.yaml"


report: "workflow/report/run.rst"


include: "workflow/rules/common.smk"
include: "workflow/rules/run.smk"
include: "workflow/rules/reference.smk"
include: "workflow/rules/align.smk"
include: "workflow/rules/evidence.smk"
include: "workflow/rules/calls.smk"
include: "workflow/rules/annotation.smk"
include: "workflow/rules/run_level.smk"
include: "workflow/rules/scoring.smk"
include: "workflow/rules/dossier.smk"
include: "workflow/rules/exports.smk"


# Done where Snakemake runs, also when the other jobs are sent to a cluster: it takes a second.
localrules:
    all,
    sheet,


# So is what makes a folder, when results are in a bucket: a bucket has none, and Snakemake's plugin for S3
# (0.3.6) does not find one that another process has laid there.
if IN_STORE:

    localrules:
        exports,
        crate,


# A dossier for every sample, whatever its molecular state, and the exports of all of them.
rule all:
    default_target: True
    input:
        expand(
            "results/{sample}/dossier.{ending}",
            sample=SAMPLES,
            ending=["json", "html", "pdf"],
        ),
        [EXPORTS] if EXPORTED else [],
        [CRATE] if "rocrate" in CONFIG.exports else [],
