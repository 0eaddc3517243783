"""Calls: one statement per junction, with every source that says so."""

from nutfusion.calls.consolidate import consolidate
from nutfusion.calls.identity import fusion_id

__all__ = ["consolidate", "fusion_id"]
