"""FusionInspector ``FusionInspector.fusions``, oldest to 2.x, full and abridged.

Source: FusionInspector wiki, "Outputs Described"; FusionInspector/FusionInspector@71829ed, headers
of its tests. Columns differ by version and are read by name; a table of many samples has a sample
column first, which is not kept.

==============================  ================================================================
FusionInspector                 nutfusion
==============================  ================================================================
LeftGene, RightGene             5' and 3' gene, ``SYMBOL`` or ``SYMBOL^ENSG.version``
LeftBreakpoint, RightBreakpoint junction ``contig:position:strand``, 1-based exon bases, strand of
                                the transcript
LeftLocalBreakpoint             position on its own small contig: not read
JunctionReadCount               split_reads (fragments); ``JunctionReads`` in the oldest layout, in
                                which that name holds a count and not the reads' names
SpanningFragCount               discordant_pairs (fragments); ``SpanningFrags`` in the oldest layout
PROT_FUSION_TYPE                INFRAME, FRAMESHIFT; ``.`` not stated
SpliceType                      kept; NO_JUNCTION_READS_IDENTIFIED: the places are not exact
LargeAnchorSupport, FFPM, FAR,  kept as stated (FAR is the ratio of reads with and without the
FAF                             fusion, FAF the fraction)
==============================  ================================================================

Order: always stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.star_fusion import FRAMES
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, place, rows_of, stated, statements

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"LeftGene", "LeftBreakpoint", "RightGene", "RightBreakpoint"})
_LOCAL: Final = "LeftLocalBreakpoint"
_OLDEST: Final = frozenset({"fusion_name", "JunctionReads", "SpanningFrags", "Splice_type"})
_LONG_READS: Final = "num_LR"
_NO_SPLIT: Final = "NO_JUNCTION_READS_IDENTIFIED"
_SPLICE_TYPES: Final = ("ONLY_REF_SPLICE", "INCL_NON_REF_SPLICE", _NO_SPLIT)
_ANCHORS: Final = ("YES", "NO", "YES_LDAS", "NO_LDAS")
_MEASURES: Final = ("FFPM", "J_FFPM", "S_FFPM", "FAR_left", "FAR_right", "FAF_left", "FAF_right")


def recognise(head: Head) -> Recognised | None:
    """By the header line: STAR-Fusion's columns and a position on a small contig."""
    names = _header(head.first())
    if not set(names) >= _NEEDED or _LONG_READS in names:
        return None
    if set(names) >= _OLDEST and _LOCAL not in names:
        return Recognised("oldest", "header line with fusion_name, JunctionReads and Splice_type")
    if _LOCAL not in names or "SpliceType" not in names:
        return None
    version = "2.x" if "est_J" in names else "1.x"
    return Recognised(version, "header line with LeftLocalBreakpoint and LeftBreakpoint")


def _header(line: str) -> tuple[str, ...]:
    return tuple(name.lstrip("#") for name in header_cells(line))


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    head = text.head.first()
    rows = rows_of(text, header=_header(head), skip=(head,))
    return statements(rows, _statement)


def _statement(row: Row) -> Statement:
    splice = "Splice_type" if "Splice_type" in row.cells else "SpliceType"
    kind = row.word(splice, _SPLICE_TYPES)
    frame = row.word("PROT_FUSION_TYPE", tuple(FRAMES))
    fields = {"SpliceType": kind, "LargeAnchorSupport": row.word("LargeAnchorSupport", _ANCHORS)}
    return Statement(
        line=row.line,
        first=side(row, "Left"),
        second=side(row, "Right"),
        ordered=True,
        precise=kind != _NO_SPLIT,
        split_reads=row.count("JunctionReadCount", "JunctionReads"),
        discordant_pairs=row.count("SpanningFragCount", "SpanningFrags"),
        reading_frame=None if frame is None else FRAMES[frame],
        fields=stated(**fields, **{name: row.measure(name) for name in _MEASURES}),
    )


def side(row: Row, end: str) -> SideStatement:
    """The left or the right side, as FusionInspector and CTAT-LR-fusion write it."""
    contig, position, strand = place(row.need(f"{end}Breakpoint"), f"{end}Breakpoint")
    return SideStatement(
        gene=row.need(f"{end}Gene"), contig=contig, position=position, strand=strand
    )


FORMAT: Final = CallerFormat(
    name="fusioninspector",
    title="FusionInspector",
    versions="oldest to 2.x; full, abridged, coding effect",
    files=(
        "finspector.FusionInspector.fusions.tsv",
        "finspector.FusionInspector.fusions.abridged.tsv",
        "*.FusionInspector.fusions.tsv",
        "*.FusionInspector.fusions.abridged.tsv",
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
    expects="a header line with LeftBreakpoint, and LeftLocalBreakpoint or JunctionReads",
    recognise=recognise,
    read=read,
)
"""FusionInspector."""
