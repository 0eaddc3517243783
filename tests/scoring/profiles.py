"""Assay profiles for tests: the shipped one, with one change."""

from __future__ import annotations

from typing import Any

from nutfusion.model.scored import Interrogates
from nutfusion.scoring import AssayProfile, load_assay


def rnaseq() -> AssayProfile:
    """The default profile."""
    return load_assay()


def interrogating(**changes: Any) -> AssayProfile:
    """The default profile of an assay that sees less."""
    values: dict[str, Any] = {"nutm1": True, "partners": "all", "source": "test"}
    return rnaseq().model_copy(update={"interrogates": Interrogates(**(values | changes))})
