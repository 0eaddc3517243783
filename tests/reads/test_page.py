"""``docs/reads.md`` names every threshold with the value it has."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import typing
from typing import TYPE_CHECKING

import nutfusion.reads
from nutfusion.model.terms import UnassignedReason
from nutfusion.reads.doubt import INTRON_END

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

# Codes and columns of arrays: names for numbers that nobody could choose otherwise.
CODES = {
    "alignment_records": (
        "PAIRED UNMAPPED REVERSE SECOND NOT_PRIMARY SECONDARY SOFT_CLIP HARD_CLIP"
    ),
    "alignment_words": "NAMED",
    "kernels.laid": "TRANSCRIPT DIAGONAL REVERSE LENGTH RAW_DIAGONAL RAW_LENGTH FIELDS UNREAD",
    "kernels.align": "ABSENT",
    "kernels.beside": "FRAGMENT MATE AT_END REVERSE EDGE BASES FIELDS",
    "kernels.matter": "FITS ENDS",
    "strangers": "NOWHERE",
    "long_hits": "ALL_CHAINS MATCH INSERTION DELETION END",
    "kernels.place": (
        "NUTM1_GENE PARALOGUE INTRON UNPLACED ONE_GENE TWO_GENES KIND ORIENTATION DIAGONAL START"
        " STOP SCORE ONE_GENE_SCORE A_DIAGONAL B_DIAGONAL SPLIT_LOW SPLIT_HIGH LINKER TWO_SCORE"
        " LENGTH FIELDS"
    ),
    "kernels.probes": "TARGET",
    "kernels.rescue": "JOINT SPLIT SCORE DIFFERENT FIELDS",
    "kernels.scan": (
        "OK NO_AT NO_PLUS QUALITY_LENGTH TRUNCATED EMPTY_READ NO_QUALITY"
        " BASES SHORTEST LONGEST SAMPLED_BASES QUALITY_SUM N_COUNT STATS"
    ),
}


def modules() -> dict[str, ModuleType]:
    """Modules of the read stage by their name below ``nutfusion.reads``."""
    prefix = "nutfusion.reads."
    found = pkgutil.walk_packages(nutfusion.reads.__path__, prefix)
    return {m.name.removeprefix(prefix): importlib.import_module(m.name) for m in found}


def thresholds() -> dict[str, str]:
    """Every number that is ``Final`` where it stands, as text."""
    found = {}
    for short, module in modules().items():
        for name, kind in inspect.get_annotations(module).items():
            value = getattr(module, name)
            is_final = kind == "Final" or kind is typing.Final
            is_code = name.startswith("_") or name in CODES.get(short, "").split()
            if is_final and not is_code and type(value) in {int, float}:
                found[f"{short}.{name}"] = str(value)
    return found


def page(project: Path) -> str:
    return (project / "docs" / "reads.md").read_text(encoding="utf-8")


def test_every_threshold_stands_in_a_table_with_its_value_and_reason(project: Path) -> None:
    row = r"^\| `([a-z_.]+\.[A-Z0-9_]+)` \| (\S+)[^|]* \| (.+) \|$"
    rows = re.findall(row, page(project), re.MULTILINE)
    shown = {name: value for name, value, _ in rows}
    assert len(shown) == len(rows)
    assert shown == thresholds()
    assert all(len(reason) > 10 for _, _, reason in rows)


def test_codes_are_names_that_exist() -> None:
    for short, names in CODES.items():
        assert [name for name in names.split() if not hasattr(modules()[short], name)] == []


def test_every_reason_and_hint_is_explained(project: Path) -> None:
    rows = re.findall(r"^\| `([a-z_0-9]+)` \|", page(project), re.MULTILINE)
    assert sorted(rows) == sorted(UnassignedReason)
    assert f"`{INTRON_END}`" in page(project)
