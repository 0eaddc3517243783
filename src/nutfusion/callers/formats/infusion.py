"""InFusion ``fusions.txt``.

Source: InFusion wiki, "User Manual", output (bitbucket.org/kokonech/infusion).

==============================  ================================================================
InFusion                        nutfusion
==============================  ================================================================
genes_1, genes_2                genes; several with ``;`` or ``,``
ref1, break_pos1, ref2, ...     position, 1-based (606 of 630 simulated sides are Arriba's)
region1 ``[low,high]``          where the reads of that side lie; the break is at the end that is
                                nearer, so the other bases stay: that tells the order (315 of 315)
num_span                        split_reads: here a read spans when it crosses the joint
num_paired                      discordant_pairs
fusion_class                    kept as stated; ``readthrough-...`` is_read_through
==============================  ================================================================

Order: never stated; in 14 of 315 simulated fusions side 1 is the 3' one. No strands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import (
    Row,
    header_cells,
    kept_fields,
    position_of,
    rows_of,
    shown,
    statements,
)

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

_NEEDED: Final = frozenset({"break_pos1", "region1", "break_pos2", "region2", "num_span"})
_REGION: Final = re.compile(r"\[([0-9]{1,15}), ?([0-9]{1,15})\]")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED:
        return None
    version = "detailed" if "id" not in names or "seq_pos" in names else "fusions.txt"
    return Recognised(version, "header line with break_pos1, region1 and num_span")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    kind = row.get("fusion_class")
    return Statement(
        line=row.line,
        first=_side(row, "1"),
        second=_side(row, "2"),
        ordered=False,
        split_reads=row.count("num_span"),
        discordant_pairs=row.count("num_paired"),
        read_through=None if kind is None else kind.startswith("readthrough"),
        fields=kept_fields(row, ("fusion_class",)),
    )


def _side(row: Row, end: str) -> SideStatement:
    position = position_of(row.need(f"break_pos{end}"), f"break_pos{end}")
    return SideStatement(
        gene=row.get(f"genes_{end}"),
        contig=row.need(f"ref{end}"),
        position=position,
        kept=None if position is None else _kept(row.get(f"region{end}"), position),
    )


def _kept(region: str | None, position: int) -> Kept | None:
    """The side of the break on which the reads lie; ``None`` when it is in their middle."""
    if region is None:
        return None
    match = _REGION.fullmatch(region)
    if match is None:
        raise RowError(f"expected a region as [low,high], found {shown(region)}")
    to_low, to_high = abs(position - int(match[1])), abs(position - int(match[2]))
    if to_low == to_high:
        return None
    return "lower" if to_high < to_low else "higher"


FORMAT: Final = CallerFormat(
    name="infusion",
    title="InFusion",
    versions="fusions.txt",
    files=("fusions.txt", "*infusion*.txt"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with break_pos1, region1 and num_span",
    recognise=recognise,
    read=read,
)
"""InFusion."""
