"""Callers: fusions that somebody else's program found, restated as ``ReportedFusion`` records."""

from nutfusion.callers.read import CallerResult, read_caller, read_caller_file, restated
from nutfusion.callers.registry import CALLERS

__all__ = ["CALLERS", "CallerResult", "read_caller", "read_caller_file", "restated"]
