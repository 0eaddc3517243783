"""What the user says about a run: the sample sheet and the workflow's configuration."""

from nutfusion.sheet.address import Address, StoreError
from nutfusion.sheet.config import WorkflowConfig, workflow_config
from nutfusion.sheet.load import load_sheet
from nutfusion.sheet.records import Lane, Place, SampleRow, undeclared

__all__ = [
    "Address", "Lane", "Place", "SampleRow", "StoreError", "WorkflowConfig", "load_sheet",
    "undeclared", "workflow_config",
]  # fmt: skip
