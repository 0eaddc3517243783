"""Files of our own rows, read as a user's file would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import starter_panel

from nutfusion.callers import CallerResult, read_caller_file

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.reported import ReportedFusion


def read_given(folder: Path, name: str, *lines: str) -> CallerResult:
    """Write a file of some lines and read it."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_caller_file(path, starter_panel())


def one_given(folder: Path, name: str, *lines: str) -> ReportedFusion:
    """The one fusion of a file of some lines."""
    (fusion,) = read_given(folder, name, *lines).fusions
    return fusion


def ends(fusion: ReportedFusion) -> tuple[JunctionEnd, JunctionEnd]:
    """Both sides of the joint, which must be there."""
    assert fusion.junction is not None
    assert fusion.junction.five_prime is not None
    assert fusion.junction.three_prime is not None
    return fusion.junction.five_prime, fusion.junction.three_prime


def positions(fusion: ReportedFusion) -> tuple[int | None, int | None]:
    """GRCh38 positions of both sides; ``None`` without."""
    if fusion.junction is None:
        return None, None
    five, three = ends(fusion)
    return five.position, three.position


def symbols(fusion: ReportedFusion) -> tuple[str | None, str | None]:
    """Symbols of both sides; ``None`` when not certain."""
    five, three = fusion.five_prime.gene, fusion.three_prime.gene
    return None if five is None else five.symbol, None if three is None else three.symbol
