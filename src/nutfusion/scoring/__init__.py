"""Scoring: criteria, molecular states and detectability, against an assay profile."""

from nutfusion.scoring.assay import AssayProfile, load_assay
from nutfusion.scoring.reasons import REASONS
from nutfusion.scoring.score import score

__all__ = ["REASONS", "AssayProfile", "load_assay", "score"]
