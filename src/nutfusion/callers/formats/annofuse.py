"""annoFuse's standardised calls, PutativeDriverAnnoFuse.tsv and OpenPBTA results.

Source: d3b-center/annoFuse@151c81e, R/fusion_standardization.R. The files that annoFuse reads are
those of Arriba and STAR-Fusion with a column or two more and are read as such.

==============================  ================================================================
annoFuse                        nutfusion
==============================  ================================================================
FusionName ``A--B``             5' and 3' gene; an intergenic side is ``A(123)/B(456)`` or ``A/B``
LeftBreakpoint, RightBreakpoint junction ``contig:position``, 1-based; strands are taken off
JunctionReadCount               split_reads (of Arriba the sum of both)
SpanningFragCount               discordant_pairs
Fusion_Type                     in-frame, frameshift; ``other`` not stated
Caller, Confidence,             kept as stated
BreakpointLocation
Sample, histology, identifiers  not kept
==============================  ================================================================

Order: always stated, as Arriba or STAR-Fusion put it; that Arriba was not sure is lost. ``NA`` is
unknown, also for counts (calls of other programs).
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
    one_of,
    place,
    rows_of,
    shown,
    statements,
    without_columns,
)
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"FusionName", "LeftBreakpoint", "Caller", "Fusion_Type"})
_FIELDS: Final = ("Caller", "Confidence", "BreakpointLocation")
_FRAMES: Final[Mapping[str, ReadingFrame | None]] = {
    "in-frame": ReadingFrame.IN_FRAME,
    "frameshift": ReadingFrame.OUT_OF_FRAME,
    "other": None,
}
_NOT_GENES: Final = frozenset(
    {
        "Sample",
        "annots",
        "broad_histology",
        "short_histology",
        "integrated_diagnosis",
        "cancer_group",
        "Kids_First_Participant_ID",
    }
)
"""Columns that may name a person or a disease."""


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED or "SpliceType" in names:
        return None
    version = "annotated" if "BreakpointLocation" in names else "standardised"
    return Recognised(version, "header line with FusionName, LeftBreakpoint, Caller, Fusion_Type")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(without_columns(rows_of(text, quoted=True), _NOT_GENES), _statement)


def _statement(row: Row) -> Statement:
    name = row.need("FusionName")
    genes = name.split("--")
    if len(genes) != 2 or not all(genes):
        raise RowError(f"expected FusionName as GENE--GENE, found {shown(name)}")
    frame = row.get("Fusion_Type")
    return Statement(
        line=row.line,
        first=_side(row, "Left", genes[0]),
        second=_side(row, "Right", genes[1]),
        ordered=True,
        split_reads=row.count("JunctionReadCount"),
        discordant_pairs=row.count("SpanningFragCount"),
        reading_frame=None
        if frame is None
        else _FRAMES[one_of(frame, "Fusion_Type", tuple(_FRAMES))],
        fields=kept_fields(row, _FIELDS),
    )


def _side(row: Row, end: str, gene: str) -> SideStatement:
    contig, position, strand = place(row.get(f"{end}Breakpoint"), f"{end}Breakpoint")
    return SideStatement(gene=gene, contig=contig, position=position, strand=strand)


FORMAT: Final = CallerFormat(
    name="annofuse",
    title="annoFuse",
    versions="standardised calls, PutativeDriverAnnoFuse.tsv",
    files=("*PutativeDriverAnnoFuse*.tsv", "*annoFuse*.tsv", "pbta-fusion-putative-oncogenic.tsv"),
    tells=Tells(
        order="always",
        position="junction",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with FusionName, LeftBreakpoint, Caller and Fusion_Type",
    recognise=recognise,
    read=read,
)
"""annoFuse."""
