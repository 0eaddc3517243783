"""What of a dossier each format holds, found by changing every value and looking at the files.

``python -m tests.exports.held`` writes ``docs/export-coverage.md`` again.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from tests.exports.shapes import positive, shapes, with_fusion

from nutfusion.dossier import dossier_json
from nutfusion.exports import EXPORTS, export_files
from nutfusion.exports.tables import TABLES
from nutfusion.model.atomic import write_atomically
from nutfusion.model.dossier import Dossier
from nutfusion.model.run_level import ControlOutcome, SampleComparison, SharedJoint

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE: Final = Path(__file__).parents[2] / "docs" / "export-coverage.md"

WHOLE, PART, NOTHING = "yes", "part", ""

FORMATS: Final = [name for name in EXPORTS if name != "rocrate"]
"""A crate holds every dossier whole."""

FIXED: Final = frozenset({("tag",), ("schema_version",), ("reviews",)})
"""The same in every dossier."""

CLOSED: Final = (
    "+", "-", "GRCh37", "rna", "dna", "seen", "not_seen", "positive", "negative", "failed",
    "in-frame", "out-of-frame", "met", "not_met", "reached", "not_reached", "unknown", "all",
    "yes", "no", "read", "fish", "observed", "inferred", "confirmed_bet", "not_detected",
    "control", "hopping", "distinct", "dual_fusion",
    "umi", "positions", "file", "measured", "published", "chosen", "percent", "2026-01-01",
)  # fmt: skip
"""Words of closed lists, tried where any text would not be valid."""

Where = tuple[str, ...]
Place = tuple[str | int, ...]


@cache
def sources() -> tuple[Dossier, ...]:
    """Dossiers that together have a value almost everywhere."""
    joint = SharedJoint(
        fusion_id=positive().fusions[0].fusion_id, other="EX-OTHER", other_control=None,
        counted="all", here=1, there=900, expected=0.9, probability=0.6, explained_by="hopping",
        is_private=False, compared=100, differences=0,
    )  # fmt: skip
    run = SampleComparison(
        sample="EX-POS-01",
        run="R1",
        control=None,
        others=("EX-OTHER",),
        controls=(ControlOutcome(sample="EX-CTRL", control="negative", shows_fusion=False),),
        shared=(joint,),
        hopping_rate=0.001,
        hopping_source="chosen",
        settings="run-level@1.0@0",
    )
    broken = with_fusion(genomic_breakpoint=positive().fusions[0].junction).model_copy(
        update={"run_level": run, "run_level_reason": None}
    )
    names = ("negative", "unknown-partner", "failed", "case bounded", "disagreement", "candidate")
    return (broken, *(shapes()[name] for name in names))


def leaves(value: Any, place: Place = ()) -> Iterator[tuple[Where, Place, Any]]:
    """Every value that is not null: where it stands in any dossier, and in this one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*place, number))
    elif value is not None:
        yield tuple(str(part) for part in place if isinstance(part, str)), place, value


def group(where: Where) -> Where:
    """The row of the table: a key of a fusion or of a part of the dossier."""
    return where[:2]


@cache
def examples() -> dict[Where, tuple[int, Place, tuple[Any, ...]]]:
    """For every place: a dossier that has a value there, and all values seen there."""
    found: dict[Where, tuple[int, Place, tuple[Any, ...]]] = {}
    for number, dossier in enumerate(sources()):
        for where, place, value in leaves(json.loads(dossier_json(dossier))):
            if where in FIXED:
                continue
            first, concrete, values = found.get(where, (number, place, ()))
            found[where] = (first, concrete, (*values, value))
    return found


def changed(dossier: Dossier, place: Place, seen: tuple[Any, ...]) -> Dossier | None:
    """The dossier with another valid value there; ``None`` when no other is valid."""
    document = json.loads(dossier_json(dossier))
    target = document
    for part in place[:-1]:
        target = target[part]
    now = target[place[-1]]
    for other in (*_others(now), *seen):
        if other == now:
            continue
        target[place[-1]] = other
        try:
            return Dossier.model_validate_json(json.dumps(document))
        except ValidationError:
            continue
    return None


def _others(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1]
    if isinstance(value, float):
        return [value / 2, value + 1]
    return [f"{value}x", *CLOSED]


def written(name: str, dossier: Dossier) -> Any:
    """The files of a format; of the tables their values, which is quicker."""
    if name == "tables":
        return [
            [column.value(row) for column in table.columns]
            for table in TABLES
            for row in table.rows(dossier)
        ]
    return export_files([dossier], [name])


@cache
def coverage() -> dict[Where, dict[str, str]]:
    """For every row, what each format holds of it."""
    told: dict[Where, dict[str, list[bool]]] = {}
    before = {(n, f): written(f, d) for n, d in enumerate(sources()) for f in FORMATS}
    for where, (number, place, seen) in examples().items():
        other = changed(sources()[number], place, seen)
        if other is None:
            continue
        row = told.setdefault(group(where), {name: [] for name in FORMATS})
        for name in FORMATS:
            row[name].append(written(name, other) != before[number, name])
    return {
        where: {
            name: WHOLE if all(found) else PART if any(found) else NOTHING
            for name, found in row.items()
        }
        for where, row in told.items()
    }


@cache
def fixed_words() -> tuple[Where, ...]:
    """Places that no other value was found for: words of closed lists."""
    return tuple(
        where
        for where, (number, place, seen) in examples().items()
        if changed(sources()[number], place, seen) is None
    )


HEAD: Final = """\
# What each export holds

Found by changing every value of a dossier and looking whether the files of a format change: `yes`
for every value of the key, `part` for some, empty for none. Why something is not held stands in
[exports.md](exports.md). A format that says a state in words holds it. `rocrate` holds every
dossier whole. The keys are those of [dossier-format.md](dossier-format.md).

This page is made by `python -m tests.exports.held`.
"""


def current_page() -> str:
    """The page as it should be."""
    lines = [HEAD, "| key | " + " | ".join(f"`{name}`" for name in FORMATS) + " |"]
    lines.append("|---|" + "---|" * len(FORMATS))
    order = {where: number for number, where in enumerate(_order())}
    for where in sorted(coverage(), key=lambda one: order[one]):
        key = ".".join(where).replace("fusions.", "fusions[].")
        cells = " | ".join(coverage()[where][name] for name in FORMATS)
        lines.append(f"| `{key}` | {cells} |")
    return "\n".join(lines) + "\n"


def _order() -> list[Where]:
    """Rows in the order of the format."""
    found: dict[Where, None] = {}
    for dossier in sources():
        document = json.loads(dossier_json(dossier))
        for key, value in document.items():
            first = value[0] if isinstance(value, list) and value else value
            inner = first if isinstance(first, dict) else {"": None}
            found |= dict.fromkeys((key, name) if name else (key,) for name in inner)
    keys = list(dict.fromkeys(where[0] for where in found))
    return sorted(found, key=lambda one: keys.index(one[0]))


if __name__ == "__main__":
    write_atomically(PAGE, current_page())
