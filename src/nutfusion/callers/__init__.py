"""Callers: fusions that somebody else's program found, restated as ``ReportedFusion`` records.

The names below are loaded when they are first asked for: all formats together take a tenth of a
second, which a sample of reads alone need not wait for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from nutfusion.callers.read import CallerResult, read_caller, read_caller_file, restated
    from nutfusion.callers.registry import CALLERS

__all__ = ["CALLERS", "CallerResult", "read_caller", "read_caller_file", "restated"]

_MODULES: Final = {"CALLERS": "nutfusion.callers.registry"}


def __getattr__(name: str) -> Any:
    """A name of ``__all__``, from its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES.get(name, "nutfusion.callers.read")), name)
