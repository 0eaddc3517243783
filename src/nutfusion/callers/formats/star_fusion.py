"""STAR-Fusion predictions, versions 0.x to current, full, abridged and with coding effect.

Source: STAR-Fusion wiki, "STAR-Fusion outputs"; STAR-Fusion/STAR-Fusion@2e701b6 ChangeLog.
Columns differ by version and stand in several orders, so they are read by name. A table of many
samples may have a sample column first; it is not kept.

==============================  ================================================================
STAR-Fusion                     nutfusion
==============================  ================================================================
LeftGene, RightGene             5' and 3' gene, ``SYMBOL^ENSG.version``
LeftBreakpoint, RightBreakpoint junction ``contig:position:strand``, 1-based exon bases, strand of
                                the transcript
JunctionReadCount               split_reads (fragments)
SpanningFragCount               discordant_pairs (fragments)
PROT_FUSION_TYPE                INFRAME, FRAMESHIFT; ``.`` not stated
SpliceType, LargeAnchorSupport  kept as stated, FFPM too
==============================  ================================================================

Order: always stated. The sum of the two counts may hold a fragment twice in old versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, one_of, place, rows_of, statements
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset(
    {
        "FusionName",
        "JunctionReadCount",
        "SpanningFragCount",
        "LeftBreakpoint",
        "RightBreakpoint",
    }
)
_NOT_OURS: Final = frozenset({"LeftLocalBreakpoint", "num_LR"})
"""Columns of FusionInspector and CTAT-LR-fusion, whose tables resemble this one."""
FRAMES: Final[Mapping[str, ReadingFrame]] = {
    "INFRAME": ReadingFrame.IN_FRAME,
    "FRAMESHIFT": ReadingFrame.OUT_OF_FRAME,
}
"""PROT_FUSION_TYPE, here and in FusionInspector."""
_FIELDS: Final = ("SpliceType", "LargeAnchorSupport", "FFPM")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(_header(head.first()))
    if not names >= _NEEDED or names & _NOT_OURS or "SpliceType" not in names:
        return None
    version = "1.9 or later" if "est_J" in names else "1.x" if "annots" in names else "0.x"
    return Recognised(version, "header line with FusionName, JunctionReadCount and LeftBreakpoint")


def _header(line: str) -> tuple[str, ...]:
    return tuple(name.lstrip("#") for name in header_cells(line))


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    header = _header(text.head.first())
    rows = rows_of(text, header=header, skip=(text.head.first(),))
    return statements(rows, _statement)


def _statement(row: Row) -> Statement:
    frame = row.get("PROT_FUSION_TYPE")
    return Statement(
        line=row.line,
        first=_side(row, "Left"),
        second=_side(row, "Right"),
        ordered=True,
        split_reads=row.count("JunctionReadCount"),
        discordant_pairs=row.count("SpanningFragCount"),
        reading_frame=None
        if frame is None
        else FRAMES[one_of(frame, "PROT_FUSION_TYPE", tuple(FRAMES))],
        fields=row.words(_FIELDS),
    )


def _side(row: Row, end: str) -> SideStatement:
    contig, position, strand = place(row.need(f"{end}Breakpoint"), f"{end}Breakpoint")
    return SideStatement(
        gene=row.need(f"{end}Gene"), contig=contig, position=position, strand=strand
    )


FORMAT: Final = CallerFormat(
    name="star_fusion",
    title="STAR-Fusion",
    versions="0.x to current; full, abridged, FFPM, coding effect",
    files=(
        "star-fusion.fusion_predictions.tsv",
        "star-fusion.fusion_predictions.abridged.tsv",
        "*.fusion_predictions.tsv",
    ),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with FusionName, JunctionReadCount, SpliceType and LeftBreakpoint",
    recognise=recognise,
    read=read,
)
"""STAR-Fusion."""
