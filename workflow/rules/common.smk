# Checks the configuration and the sample sheet before any job, and looks paths up.
import hashlib
import json
import os
import shlex
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.io import get_flag_value
from snakemake.settings.types import SharedFSUsage
from snakemake_interface_common.exceptions import InvalidPluginException

from nutfusion import __version__
from nutfusion.config_file import read_config
from nutfusion.dossier.run_report import report_category, report_labels
from nutfusion.errors import NutfusionError
from nutfusion.eligibility import load_policy
from nutfusion.reference.load import STARTER, load_panel
from nutfusion.scoring import default_assay, load_assay
from nutfusion.sheet import Address, StoreError, load_sheet, workflow_config
from nutfusion.shipped import shipped_path

# NB: the jobs call the nutfusion that belongs to this Snakemake, whether or not its environment
# was activated.
shell.prefix(f"export PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH; ")

# Whether the folder is here alone: what is written is then in a store (a bucket), as a profile says.
IN_STORE = (
    workflow.storage_settings.default_storage_provider is not None
    and SharedFSUsage.INPUT_OUTPUT not in workflow.storage_settings.shared_fs_usage
)


def is_in_store(address):
    """Whether a store holds an object, or a folder of them."""
    try:
        place = get_flag_value(storage.s3(address.uri), "storage_object")
        return place.exists()
    except InvalidPluginException:
        raise StoreError(
            "Snakemake's plugin for S3 is not installed; \"pip install 'nutfusion[s3]'\""
        ) from None
    except Exception as error:
        # whatever a client of S3 raises; its texts hold no key
        raise StoreError(
            f"{' '.join(str(error).split())}; what it needs stands in docs/scale.md, A bucket"
        ) from None


try:
    for file in map(Path, workflow.configfiles):
        read_config(
            file
        )  # Snakemake would keep the last of a doubled key without a word
    CONFIG = workflow_config(config)
    POLICY = load_policy(CONFIG.policy)
    SAMPLES = {
        row.sample.id: row
        # once is enough: every job reads the sheet again, and a large one takes seconds to look for
        for row in load_sheet(
            Path(CONFIG.samples),
            check_files=workflow.is_main_process,
            is_in_store=is_in_store,
        )
    }
    ASSAYS = {
        name: load_assay(name)
        for name in {row.assay or CONFIG.assay for row in SAMPLES.values()}
        | {CONFIG.assay}
        if name
    }
    if CONFIG.panel:
        load_panel(Path(CONFIG.panel))
except NutfusionError as error:
    raise WorkflowError(str(error)) from None

# What is too large to be sent to jobs that do not share this folder, and is not asked for in a store.
for key in ("genome", "star_index", "transcriptome") if IN_STORE else ():
    if getattr(CONFIG, key):
        raise WorkflowError(
            f"workflow config: key {key!r}: expected null where jobs share a bucket alone, found"
            f" {getattr(CONFIG, key)!r}; a panel of a genome is made once, with 'nutfusion reference"
            " build', and named as panel"
        )


# Jobs that do not share this folder get its small files with the sources of the workflow, as they
# get the settings. Snakemake would leave out others without a word that anybody could act on.
LARGEST_SENT = 10_000_000  # bytes; Snakemake's own limit


def files_to_send():
    """What every job reads by its name, from this folder; an absolute name is one in their image."""
    named = [CONFIG.samples, CONFIG.policy, CONFIG.run_level, CONFIG.panel]
    relative = [name for name in named if name and not Path(name).is_absolute()]
    for path in map(Path, (*relative, *ASSAYS)):
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(path.iterdir())


def send(path):
    """Count a file among the settings."""
    name = os.path.relpath(path)
    if name.startswith("..") or path.stat().st_size > LARGEST_SENT:
        raise WorkflowError(
            f"{path}: expected a file of at most {LARGEST_SENT // 1_000_000} MB below {Path.cwd()},"
            " which alone is sent to jobs elsewhere; copy it there, or put it into their image"
        )
    workflow.configfiles.append(name)


if (
    workflow.is_main_process
    and SharedFSUsage.SOURCES not in workflow.storage_settings.shared_fs_usage
):
    for file in files_to_send():
        send(file)


# NB: no sample can be called like these folders, since a sample starts with a letter or a digit.
BUILT_PANEL = "results/_panel"
EXPORTS = "results/_exports"
CRATE = "results/_crate"
EXPORTED = [name for name in CONFIG.exports if name != "rocrate"]
PANEL = CONFIG.panel or (BUILT_PANEL if CONFIG.genome else None)


wildcard_constraints:
    sample="[A-Za-z0-9][A-Za-z0-9._-]*",


def here(*files):
    """Files of this folder as rules wait for them; none where a name is null.

    Where jobs do not share it they have them with the sources, and a rule that waited for one would run
    here: what changes in them is then seen by the digests among the rule's parameters.
    """
    return [] if IN_STORE else [file for file in files if file]


def panel_files(wildcards):
    """What a stage waits for when the panel is not the packaged one."""
    manifest = f"{PANEL}/manifest.json"
    return here(manifest) if PANEL else []


def panel_options(wildcards):
    """How a stage is told which panel to use."""
    return ["--panel", PANEL] if PANEL else []


def place(file):
    """A file of the sheet as a rule waits for it."""
    if isinstance(file, Address):
        return storage.s3(file.uri)
    return local(str(file)) if IN_STORE else str(file)


def read_files(wildcards):
    """Every file of a sample."""
    return [place(file) for file in SAMPLES[wildcards.sample].files]


def index_files(wildcards):
    """Indexes of alignments in a store, which are fetched with them; others lie beside them."""
    return [
        place(index)
        for file in SAMPLES[wildcards.sample].addresses
        for index in file.indexes
        if is_in_store(index)
    ]


def read_options(wildcards, input):
    """How the evidence stage is told which files belong together."""
    row = SAMPLES[wildcards.sample]
    fetched = dict(zip(map(str, row.files), map(str, input.reads)))
    # a caller's output is NAME=FILE; the file may have "=" in its name, and the name of a format has none
    options = [
        ("", "", o) if o in fetched else o.partition("=") for o in row.read_options
    ]
    return ["".join((*start, fetched.get(end, end))) for *start, end in options]


# FASTQ samples that STAR (and Arriba) look at too.


def is_aligned(sample):
    """Whether a sample is given to STAR."""
    return CONFIG.star_index is not None and bool(SAMPLES[sample].lanes)


def fastq_files(wildcards):
    """The FASTQ files that STAR reads: lanes in order, first mates before second ones."""
    lanes = SAMPLES[wildcards.sample].lanes
    second = [lane.fastq_2 for lane in lanes if lane.fastq_2 is not None]
    return [place(file) for file in (*(lane.fastq_1 for lane in lanes), *second)]


def mates(wildcards, input):
    """The FASTQ files as STAR takes them: lanes with commas, first mates before second ones."""
    lanes = len(SAMPLES[wildcards.sample].lanes)
    files = list(map(str, input.reads))
    return [",".join(half) for half in (files[:lanes], files[lanes:]) if half]


def aligned_files(wildcards):
    """What STAR and Arriba make of a sample."""
    if not is_aligned(wildcards.sample):
        return []
    names = ["Chimeric.out.junction", *(["fusions.tsv"] if CONFIG.arriba else [])]
    return [f"results/{wildcards.sample}/align/{name}" for name in names]


def aligned_options(wildcards, input):
    """How the evidence stage is told of them."""
    kinds = {"Chimeric.out.junction": "star_chimeric", "fusions.tsv": "arriba"}
    return [
        option
        for file in input.aligned
        for option in ("--caller", f"{kinds[Path(file).name]}={file}")
    ]


# The samples of a run, which are compared with each other.


def run_digest(name):
    """A name of a run as a name of a file."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


RUNS = {
    run_digest(row.sample.run): row.sample.run
    for row in SAMPLES.values()
    if row.sample.run and CONFIG.run_level
}


def annotated_of_run(wildcards):
    """What the annotation stage makes of every sample of a run."""
    return [
        f"results/{name}/annotated.parquet"
        for name, row in SAMPLES.items()
        if row.sample.run == RUNS[wildcards.digest]
    ]


RUN_SETTINGS = (
    str(shipped_path("run-level.yaml"))
    if CONFIG.run_level == "run-level"
    else CONFIG.run_level
)


def run_settings_options(wildcards):
    """How the comparison is told of it."""
    return [] if CONFIG.run_level == "run-level" else ["--settings", CONFIG.run_level]


def run_files(wildcards):
    """What the samples of its run say of a sample."""
    run = SAMPLES[wildcards.sample].sample.run
    compared = run and CONFIG.run_level
    return [f"results/_runs/{run_digest(run)}.json"] if compared else []


def run_options(wildcards, input):
    """How the scoring stage is told of it."""
    return [option for file in input.run for option in ("--run-level", file)]


def transcriptome_files(wildcards):
    """All transcripts, when the config names them."""
    return here(CONFIG.transcriptome) if CONFIG.transcriptome else []


def transcriptome_options(wildcards):
    """How the scoring stage is told of them."""
    return ["--transcriptome", CONFIG.transcriptome] if CONFIG.transcriptome else []


def assay(wildcards):
    """The sample's own assay profile, or the run's; none: the scoring stage goes by the reads."""
    return SAMPLES[wildcards.sample].assay or CONFIG.assay


def assay_options(wildcards):
    """How the scoring stage is told of it."""
    return ["--assay", assay(wildcards)] if assay(wildcards) else []


# How "snakemake --report" files a dossier: asked only then, when the dossiers are there.


def report_section(wildcards):
    """The section of a sample's dossier, in French."""
    return report_category(Path(f"results/{wildcards.sample}/dossier.json"))


def report_row(wildcards):
    """Its row there."""
    return report_labels(Path(f"results/{wildcards.sample}/dossier.json"))


# What the crate of a run says of it.


def workflow_sources():
    """The files of the workflow."""
    base = Path(workflow.basedir)
    parts = [
        path
        for end in ("smk", "yaml", "rst")
        for path in base.glob(f"workflow/*/*.{end}")
    ]
    return here(*map(str, (base / "Snakefile", *sorted(parts))))


def crate_settings():
    """Every key of the configuration with its value; null for what is not set."""
    return [
        option
        for key, value in CONFIG.model_dump().items()
        for option in (
            "--parameter",
            key,
            value if isinstance(value, str) else json.dumps(value),
        )
    ]


def crate_tools():
    """Other people's programs that the run called."""
    used = {"STAR": CONFIG.star_index is not None, "arriba": CONFIG.arriba}
    return [
        option
        for name, is_used in used.items()
        if is_used
        for option in ("--tool", name)
    ]


# What a result was made with, as parameters of its rule: Snakemake makes a result again when they
# are others, even when the new file is older than the result.


def sha256(path):
    """Digest of a small file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stamps(files):
    """Sizes and times of large files: a file that took another's place has others.

    An object in a store is never older than its place there: Snakemake goes by its time.
    """
    paths = [Path(file) for file in files if not isinstance(file, Address)]
    found = [path.stat() for path in paths if path.exists()]
    return [f"{entry.st_size} {entry.st_mtime_ns}" for entry in found]


# A panel that the run itself builds is noticed by the time of its manifest.
PANEL_DIGEST = (
    "built"
    if CONFIG.genome
    else sha256(Path(CONFIG.panel or STARTER) / "manifest.json")
)
PARTNERS_DIGEST = sha256(shipped_path("partners.tsv"))
ERROR_MODEL_DIGEST = sha256(shipped_path("error-model.yaml"))


def run_settings_digest():
    """What is expected of a run."""
    return sha256(Path(RUN_SETTINGS)) if RUN_SETTINGS else None


def read_stamps(wildcards):
    """Which files these are."""
    return stamps(SAMPLES[wildcards.sample].files)


def assay_digest(wildcards):
    """Which thresholds these are; without a name those of both profiles that may be taken."""
    name = assay(wildcards)
    if name is None:
        return [default_assay(molecule).digest for molecule in ("rna", "dna")]
    return ASSAYS[name].digest
