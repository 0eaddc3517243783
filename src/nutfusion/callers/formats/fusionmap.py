"""FusionMap ``FusionReport.txt``.

Source: FusionMap's manual, "FusionReport" (omicsoft); columns and values of
ccmbioinfo/MetaFusion@0838ac2 and stianlagstad/chimeraviz@6ec2c53, inst/extdata.

==============================  ================================================================
FusionMap                       nutfusion
==============================  ================================================================
FusionGene ``A->B``             5' and 3' gene, when they are KnownGene1 and KnownGene2 (always so
                                in real files); else the order and the strands are not certain
Chromosome1, Position1, ...     junction, 1-based (122 of 122 simulated sides are Arriba's)
Strand ``+-``                   strand of the transcript on side 1 and on side 2
``*.SeedCount`` +               split_reads; only reads across the joint are looked for, so there
``*.RescuedCount``              are no discordant pairs
FrameShiftClass                 reading_frame, when all transcripts agree
``*.UniqueCuttingPositionCount`` kept as stated (without the sample's name), and SplicePatternClass,
                                OnExonBoundary, Filter (``InBlackList``)
==============================  ================================================================

Order: stated, see FusionGene.
"""

from __future__ import annotations

from dataclasses import replace
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
    one_of,
    position_of,
    rows_of,
    shown,
    statements,
)
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"FusionID", "Strand", "Position1", "Position2", "KnownGene1"})
_FIELDS: Final = ("SplicePatternClass", "OnExonBoundary", "Filter")
_UNIQUE: Final = "UniqueCuttingPositionCount"
_FRAMES: Final[Mapping[str, ReadingFrame]] = {
    "InFrame": ReadingFrame.IN_FRAME,
    "FrameShift": ReadingFrame.OUT_OF_FRAME,
}


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    if not set(header_cells(head.first())) >= _NEEDED:
        return None
    return Recognised("FusionReport", "header line with FusionID, Position1 and KnownGene1")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    strands = row.need("Strand")
    if len(strands) != 2 or set(strands) - set("+-"):
        raise RowError(f"expected Strand as two strands, found {shown(strands)}")
    first, second = _side(row, "1", strands[0]), _side(row, "2", strands[1])
    names = (row.get("FusionGene") or "").split("->")
    ordered = names == [first.gene, second.gene]
    if not ordered:
        first, second = replace(first, strand=None), replace(second, strand=None)
    columns = {name.rpartition(".")[2]: name for name in row.cells}
    reads = [row.count(columns.get(name, name)) for name in ("SeedCount", "RescuedCount")]
    unique = columns.get(_UNIQUE, _UNIQUE)
    return Statement(
        line=row.line,
        first=first,
        second=second,
        ordered=ordered,
        split_reads=None if None in reads else sum(n for n in reads if n is not None),
        reading_frame=_frame(row.get("FrameShiftClass")),
        fields=kept_fields(row, (unique, *_FIELDS), called={unique: _UNIQUE}),
        problems=not_passed("InBlackList" in (row.get("Filter") or "")),
    )


def _side(row: Row, end: str, strand: str) -> SideStatement:
    return SideStatement(
        gene=row.get(f"KnownGene{end}"),
        contig=row.need(f"Chromosome{end}"),
        position=position_of(row.need(f"Position{end}"), f"Position{end}"),
        strand=strand,
    )


def _frame(cell: str | None) -> ReadingFrame | None:
    """The frame, when it is the same for all transcripts."""
    if cell is None:
        return None
    words = {one_of(word, "FrameShiftClass", tuple(_FRAMES)) for word in cell.split(",") if word}
    return _FRAMES[words.pop()] if len(words) == 1 else None


FORMAT: Final = CallerFormat(
    name="fusionmap",
    title="FusionMap",
    versions="FusionReport.txt",
    files=("*FusionReport.txt",),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=False,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with FusionID, Position1 and KnownGene1",
    recognise=recognise,
    read=read,
)
"""FusionMap."""
