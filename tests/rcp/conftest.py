"""Pages of the same dossier are made once: they depend on nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nutfusion.rcp import build
from nutfusion.review.section import reviewed_html

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel
    from nutfusion.review.check import FolderCheck

_MADE: dict[object, str] = {}


@pytest.fixture(autouse=True, scope="session")
def pages_made_once() -> None:
    def remembered(found: FolderCheck, panel: Panel) -> str:
        known = (found.facts, found.reviews, found.findings)
        if known not in _MADE:
            _MADE[known] = reviewed_html(found, panel)
        return _MADE[known]

    pytest.MonkeyPatch().setattr(build, "reviewed_html", remembered)
