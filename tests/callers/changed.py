"""A golden file with a change or two, read again: what a test of one format is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import starter_panel
from tests.callers.test_registry import GOLDEN

from nutfusion.callers import CallerResult, read_caller_file

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.reported import ReportedFusion


def changed_file(folder: Path, golden: str, *changes: tuple[str, str]) -> Path:
    """Write a golden file with words replaced.

    Args:
        folder: Where to.
        golden: Name of the golden file.
        changes: (old, new); the old one must be there.
    """
    text = (GOLDEN / golden).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{old!r} is not in {golden}"
        text = text.replace(old, new)
    target = folder / golden
    target.write_text(text, encoding="utf-8")
    return target


def changed_cells(folder: Path, golden: str, delimiter: str = "\t", **cells: str) -> Path:
    """Write a golden table with cells of its first row replaced, by column name."""
    lines = (GOLDEN / golden).read_text(encoding="utf-8").splitlines()
    names, row = lines[0].split(delimiter), lines[1].split(delimiter)
    for name, value in cells.items():
        row[names.index(name)] = value
    target = folder / golden
    target.write_text("\n".join([lines[0], delimiter.join(row), *lines[2:]]) + "\n")
    return target


def result_of(path: Path) -> CallerResult:
    """Read a file against the packaged panel."""
    return read_caller_file(path, starter_panel())


def nutm1_rows(path: Path) -> list[ReportedFusion]:
    """What a file says of NUTM1."""
    return [fusion for fusion in result_of(path).fusions if fusion.touches_nutm1]


def places(fusion: ReportedFusion) -> tuple[tuple[str | None, int | None], ...]:
    """(symbol, position on the file's assembly) of the 5' and the 3' side."""
    sides = (fusion.five_prime, fusion.three_prime)
    return tuple((side.gene.symbol if side.gene else None, side.position) for side in sides)


def fields_of(fusion: ReportedFusion) -> dict[str, str]:
    """The white list of a row."""
    return {field.name: field.value for field in fusion.fields}
