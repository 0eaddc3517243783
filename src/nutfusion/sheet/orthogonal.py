"""Orthogonal tests of a sheet: a result, a detail, and what is said in figures or names."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, NoReturn

from nutfusion.errors import SampleSheetError
from nutfusion.model.dossier import OrthogonalTest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


RESULTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("positive", "positif", "pos", "+"), "positive"),
    **dict.fromkeys(("negative", "negatif", "négatif", "neg", "-"), "negative"),
    **dict.fromkeys(("equivocal", "equivoque", "équivoque", "douteux"), "equivocal"),
    **dict.fromkeys(("failed", "echec", "échec", "non contributif"), "failed"),
}
"""Words for a result."""

_NOT_DONE: Final = frozenset({"", "na", "n/a", "nd", "not done", "non fait", "unknown"})
_UNKNOWN: Final = frozenset({"", "na", "n/a", "nd", "unknown", "inconnu"})
_BREAK_APART: Final = frozenset({"breakapart", "separation", "séparation"})
_DUAL_FUSION: Final = frozenset({"dualfusion", "doublefusion", "fusion"})
_GENE: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,19}")

_ABOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "ihc": ("ihc_clone", "ihc_nuclei"),
    "fish": ("fish_kind", "fish_split_cells"),
    "fish_dual": ("fish_dual_partner",),
    "rt_pcr": ("rt_pcr_joint",),
    "sanger": ("sanger_joint",),
}
"""Column of a result, and those that say more about it."""

TEST_COLUMNS: Final = tuple(column for test, more in _ABOUT.items() for column in (test, *more))
"""Every column about an orthogonal test."""


def orthogonal_tests(
    cells: Mapping[str, tuple[int, str]], path: Path
) -> tuple[OrthogonalTest, ...]:
    """The tests that a sample declares, in the order of the columns.

    Args:
        cells: Line and text of each of ``TEST_COLUMNS``.
        path: The sheet, for messages.

    Raises:
        SampleSheetError: A result, percentage or gene that is none, or a fact about a test that is
            not declared.
    """
    return tuple(test for column in _ABOUT if (test := _test(column, cells, path)) is not None)


def _test(column: str, cells: Mapping[str, tuple[int, str]], path: Path) -> OrthogonalTest | None:
    """One test; ``None`` when it was not done."""
    line, value = cells[column]
    result, _, detail = (part.strip() for part in value.partition(";"))
    if result.casefold() in _NOT_DONE and not detail:
        for more in _ABOUT[column]:
            if cells[more][1].casefold() not in _UNKNOWN:
                _refuse(
                    f"expected a result in column {column!r}, since column {more!r} is filled,"
                    " found none",
                    path,
                    cells[more][0],
                )
        return None
    if result.casefold() not in RESULTS:
        _refuse(
            "expected positive, negative, equivocal or failed, then ';' and a detail, in column"
            f" {column!r}, found {value!r}",
            path,
            line,
        )
    test = OrthogonalTest(
        kind="fish" if column == "fish_dual" else column,
        result=RESULTS[result.casefold()],
        detail=detail or None,
    )
    return test.model_copy(update=_facts(column, line, cells, path))


def _facts(
    column: str, line: int, cells: Mapping[str, tuple[int, str]], path: Path
) -> dict[str, object]:
    """What the other columns say about a test."""
    match column:
        case "ihc":
            return {
                "clone": _text(cells["ihc_clone"]),
                "positive_nuclei": _percent("ihc_nuclei", cells, path),
            }
        case "fish":
            return {
                "probe": _kind(*cells["fish_kind"], path),
                "split_cells": _percent("fish_split_cells", cells, path),
            }
        case "fish_dual":
            return {"probe": "dual_fusion", "probe_partner": _gene(line, cells, path)}
        case _:
            return {"joint": _text(cells[f"{column}_joint"])}


def _text(cell: tuple[int, str]) -> str | None:
    return None if cell[1].casefold() in _UNKNOWN else cell[1]


def _percent(column: str, cells: Mapping[str, tuple[int, str]], path: Path) -> float | None:
    """A percentage; a decimal comma and a percent sign are allowed."""
    line, value = cells[column]
    if value.casefold() in _UNKNOWN:
        return None
    try:
        number = float(value.removesuffix("%").strip().replace(",", "."))
    except ValueError:
        number = math.nan
    if not 0 <= number <= 100:
        _refuse(
            f"expected a number from 0 to 100 (percent) or nothing in column {column!r}, found"
            f" {value!r}; words belong behind the result's ';'",
            path,
            line,
        )
    return number


def _kind(line: int, value: str, path: Path) -> str | None:
    """``break_apart``, or ``None`` when nobody says which probes."""
    plain = re.sub(r"[\s_-]", "", value.casefold())
    if plain in _UNKNOWN:
        return None
    if plain in _DUAL_FUSION:
        _refuse(
            f"expected break_apart or nothing in column 'fish_kind', found {value!r}; write the"
            " result of a dual-fusion FISH in column 'fish_dual' and its gene in"
            " 'fish_dual_partner'",
            path,
            line,
        )
    if plain not in _BREAK_APART:
        _refuse(
            f"expected break_apart or nothing in column 'fish_kind', found {value!r}", path, line
        )
    return "break_apart"


def _gene(line: int, cells: Mapping[str, tuple[int, str]], path: Path) -> str:
    """The gene of a dual-fusion FISH: without it the result says nothing."""
    where, value = cells["fish_dual_partner"]
    if value.casefold() in _UNKNOWN:
        _refuse(
            "expected the gene that the dual-fusion FISH looks for in column 'fish_dual_partner',"
            " such as BRD4, found none",
            path,
            line,
        )
    if not _GENE.fullmatch(value) or value.upper() in ("NUTM1", "NUT"):
        _refuse(
            "expected one gene other than NUTM1 in column 'fish_dual_partner', such as BRD4, found"
            f" {value!r}",
            path,
            where,
        )
    return value


def _refuse(message: str, path: Path, line: int) -> NoReturn:
    raise SampleSheetError(message, path=path, line=line)
