"""Where the breakends of a LINX fusion lie, from the tables beside it.

Source: hartwigmedical/hmftools@f292edd, linx/README.md: ``id``, ``svId`` and ``isStart`` of
``.linx.breakend.tsv`` name an end of a row of ``.linx.svs.tsv``, whose ``coordsStart`` and
``coordsEnd`` are ``contig:position:orientation``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import RowError
from nutfusion.callers.table import position_of, rows_of, shown
from nutfusion.callers.text import read_text
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText
    from nutfusion.model.terms import Kept

_NAME: Final = re.compile(r"(?P<sample>.*)\.linx\.fusions?\.tsv(?:\.gz)?")
_COORDS: Final = re.compile(r"(?P<contig>[^:\s]+):(?P<position>\d{1,10})(?::(?P<orient>-?1))?")
_KEPT: Final[Mapping[str, Kept]] = {"1": "lower", "-1": "higher"}


@dataclass(frozen=True, slots=True)
class Place:
    """A breakend.

    Attributes:
        contig: As written.
        position: 1-based, the last base that stays.
        kept: Side of the position that stays; ``None`` when not stated.
    """

    contig: str
    position: int
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class Places:
    """The breakends of a sample.

    Attributes:
        by_id: Coordinates as written, by breakend id; empty without the tables.
        notes: Which files they are from, by digest.
    """

    by_id: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def place_of(coords: str | None, name: str) -> Place | None:
    """Take ``contig:position:orientation`` apart; ``None`` when not stated.

    Raises:
        RowError: It has another shape.
    """
    if coords is None:
        return None
    match = _COORDS.fullmatch(coords)
    position = None if match is None else position_of(match["position"], name)
    if match is None or position is None:
        raise RowError(f"expected {name} as contig:position:orientation, found {shown(coords)}")
    return Place(match["contig"], position, _KEPT.get(match["orient"] or ""))


def places_beside(fusions: CallerText) -> Places:
    """Coordinates of all breakends, from the tables in the folder of a fusion table.

    Raises:
        CallerFormatError: A table is there and cannot be read as text.
    """
    breakends, svs = _beside(fusions, "breakend"), _beside(fusions, "svs")
    if breakends is None:
        return Places()
    of_sv = {} if svs is None else {row.cells.get("svId", ""): row for row in rows_of(svs)}
    found: dict[str, str] = {}
    for row in rows_of(breakends):
        coords = row.get("coords")
        sv = of_sv.get(row.cells.get("svId", ""))
        if coords is None and sv is not None:
            coords = sv.get("coordsStart" if row.get("isStart") == "true" else "coordsEnd")
        if coords is not None:
            found[row.cells.get("id", "")] = coords
    note = remark(
        "positions_from_files_beside",
        breakends=breakends.sha256,
        svs="none" if svs is None else svs.sha256,
    )
    return Places(found, (note,))


def _beside(fusions: CallerText, kind: str) -> CallerText | None:
    match = _NAME.fullmatch(fusions.path.name)
    if match is None:
        return None
    for ending in ("", "s"):
        for packed in ("", ".gz"):
            path = fusions.path.with_name(f"{match['sample']}.linx.{kind}{ending}.tsv{packed}")
            if path.is_file():
                return read_text(path)
    return None
