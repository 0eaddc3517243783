"""A golden file after some replacements: one change, one behaviour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.builders import starter_panel

from nutfusion.callers import read_caller_file

if TYPE_CHECKING:
    from nutfusion.callers import CallerResult
    from nutfusion.model.reported import ReportedFusion

GOLDEN = Path(__file__).parent / "golden"


def changed(tmp_path: Path, name: str, *changes: tuple[str, str]) -> CallerResult:
    """What a golden file says when every ``old`` in it is ``new``."""
    text = (GOLDEN / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_caller_file(path, starter_panel())


def the_nutm1_row(result: CallerResult) -> ReportedFusion:
    """The one row that touches NUTM1."""
    (found,) = [fusion for fusion in result.fusions if fusion.touches_nutm1]
    return found
