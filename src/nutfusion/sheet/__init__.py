"""The sample sheet: which files belong to which pseudonym, and what was declared about it."""

from nutfusion.sheet.load import load_sheet
from nutfusion.sheet.records import Lane, SampleRow

__all__ = ["Lane", "SampleRow", "load_sheet"]
