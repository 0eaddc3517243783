# Checks the configuration and the sample sheet before any job, and looks paths up.
import shlex
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError

from nutfusion.errors import NutfusionError
from nutfusion.eligibility import load_policy
from nutfusion.scoring import load_assay
from nutfusion.sheet import load_sheet, workflow_config

# NB: the jobs call the nutfusion that belongs to this Snakemake, whether or not its environment
# was activated.
shell.prefix(f"export PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH; ")

try:
    CONFIG = workflow_config(config)
    load_policy(CONFIG.policy)
    SAMPLES = {row.sample.id: row for row in load_sheet(Path(CONFIG.samples))}
    for name in {
        CONFIG.assay,
        *(row.assay or CONFIG.assay for row in SAMPLES.values()),
    }:
        load_assay(name)
except NutfusionError as error:
    raise WorkflowError(str(error)) from None

# NB: no sample can be called like this folder, since a sample starts with a letter or a digit.
BUILT_PANEL = "results/_panel"
PANEL = CONFIG.panel or (BUILT_PANEL if CONFIG.genome else None)


wildcard_constraints:
    sample="[A-Za-z0-9][A-Za-z0-9._-]*",


def panel_files(wildcards):
    """What a stage waits for when the panel is not the packaged one."""
    return [Path(PANEL) / "manifest.json"] if PANEL else []


def panel_options(wildcards):
    """How a stage is told which panel to use."""
    return ["--panel", PANEL] if PANEL else []


def read_files(wildcards):
    """Every FASTQ file of a sample."""
    return SAMPLES[wildcards.sample].files


def read_options(wildcards):
    """How the evidence stage is told which files belong together."""
    return SAMPLES[wildcards.sample].read_options


def assay(wildcards):
    """The sample's own assay profile, or the run's."""
    return SAMPLES[wildcards.sample].assay or CONFIG.assay
