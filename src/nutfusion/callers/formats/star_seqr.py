"""STAR-SEQR ``_candidates.txt`` and ``_breakpoints.txt``.

Source: ExpressionAnalysis/STAR-SEQR@8889bc8, README.rst, "Outputs".

==============================  ================================================================
STAR-SEQR                       nutfusion
==============================  ================================================================
LEFT_SYMBOL, RIGHT_SYMBOL       5' and 3' gene
BRKPT_LEFT, BRKPT_RIGHT         ``contig:position:strand``; the position is 0-based on both sides
                                and both strands (README; on simulated reads 174 of 178 sides lie
                                one below Arriba's), so 1 is added; strand of the transcript
NREAD_JXNLEFT + NREAD_JXNRIGHT  split_reads (anchored on the left or on the right side)
NREAD_SPANS                     discordant_pairs
FUSION_CLASS, SPLICE_TYPE,      kept as stated; a disposition other than ``PASS`` lists the
DISPOSITION                     filters that threw the row out
==============================  ================================================================

Order: always stated. Reading frames are given per transcript and are not read.
"""

from __future__ import annotations

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
    not_passed,
    rows_of,
    shown,
    statements,
    whole_number,
)

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"NREAD_SPANS", "NREAD_JXNLEFT", "BRKPT_LEFT", "BRKPT_RIGHT"})
_FIELDS: Final = ("FUSION_CLASS", "SPLICE_TYPE", "DISPOSITION")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED:
        return None
    version = "candidates" if "DISPOSITION" in names else "breakpoints"
    return Recognised(version, "header line with NREAD_SPANS, NREAD_JXNLEFT and BRKPT_LEFT")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    splits = (row.count("NREAD_JXNLEFT"), row.count("NREAD_JXNRIGHT"))
    return Statement(
        line=row.line,
        first=_side(row, "LEFT"),
        second=_side(row, "RIGHT"),
        ordered=True,
        split_reads=None if None in splits else sum(n for n in splits if n is not None),
        discordant_pairs=row.count("NREAD_SPANS"),
        fields=kept_fields(row, _FIELDS),
        problems=not_passed(row.get("DISPOSITION") not in (None, "PASS")),
    )


def _side(row: Row, end: str) -> SideStatement:
    name = f"BRKPT_{end}"
    cell = row.need(name)
    contig, _, rest = cell.rpartition(":")[0].rpartition(":")
    strand = cell.rpartition(":")[2]
    if not contig or strand not in ("+", "-"):
        raise RowError(f"expected {name} as contig:position:strand, found {shown(cell)}")
    return SideStatement(
        gene=row.get(f"{end}_SYMBOL"),
        contig=contig,
        position=whole_number(rest, name) + 1,
        strand=strand,
    )


FORMAT: Final = CallerFormat(
    name="star_seqr",
    title="STAR-SEQR",
    versions="_candidates.txt and _breakpoints.txt",
    files=("*_candidates.txt", "*_breakpoints.txt", "*starseqr*.txt"),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with NREAD_SPANS, NREAD_JXNLEFT and BRKPT_LEFT",
    recognise=recognise,
    read=read,
)
"""STAR-SEQR."""
