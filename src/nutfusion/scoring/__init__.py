"""Scoring: criteria, molecular states and detectability, against an assay profile."""

from nutfusion.scoring.assay import AssayProfile, default_assay, load_assay
from nutfusion.scoring.compare import RunSample, compare_run
from nutfusion.scoring.reasons import REASONS
from nutfusion.scoring.run_settings import RunSettings, load_run_settings
from nutfusion.scoring.score import NOT_COMPARED, RUN_NOT_STATED, score

__all__ = [
    "NOT_COMPARED",
    "REASONS",
    "RUN_NOT_STATED",
    "AssayProfile",
    "RunSample",
    "RunSettings",
    "compare_run",
    "default_assay",
    "load_assay",
    "load_run_settings",
    "score",
]
