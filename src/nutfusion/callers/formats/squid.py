"""SQUID ``_sv.txt`` and the table of AnnotateSQUIDOutput.

Source: Kingsford-Group/squid@581ed96, README, "OUTPUT SPECIFICATION".

==============================  ================================================================
SQUID                           nutfusion
==============================  ================================================================
chrom, start, end, strand       0-based half-open segment; ``+``: the joint is at ``end`` and the
                                lower coordinates stay; ``-``: at ``start`` (so 1-based
                                ``start + 1``) and the higher ones stay
score                           supporting fragments, split and discordant together: kept as
                                stated, neither count is known
FusedGenes ``A:B``              names of the genes in the order of the transcript, first pair;
                                the columns stand in the order of the genome
==============================  ================================================================

Order: from the strands of the segments and of the genes; the strand columns are not transcript
strands.
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
from nutfusion.callers.table import Row, header_cells, one_of, rows_of, statements, whole_number

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = ("chrom1", "start1", "end1", "chrom2", "start2", "end2", "name", "score")
_RAW: Final = "num_concordantfrag_bp1"
_ANNOTATED: Final = "FusedGenes"


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = header_cells(head.first())
    if names[: len(_NEEDED)] != _NEEDED or not {"strand1", "strand2"} <= set(names):
        return None
    if _ANNOTATED in names:
        return Recognised("annotated", "header line with chrom1, start1 and FusedGenes")
    if _RAW in names:
        return Recognised("raw", "header line with chrom1, start1 and num_concordantfrag_bp1")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    sides = (_side(row, "1"), _side(row, "2"))
    genes = row.get(_ANNOTATED)
    fields = [("score", row.need("score"))]
    whole_number(row.need("score"), "score")
    if genes is not None:
        fields.append((_ANNOTATED, genes.partition(",")[0]))
    kind = row.get("Type")
    if kind is not None:
        fields.append(("Type", one_of(kind, "Type", ("fusion-gene", "non-fusion-gene"))))
    return Statement(
        line=row.line,
        first=sides[0],
        second=sides[1],
        ordered=False,
        fields=tuple(fields),
    )


def _side(row: Row, end: str) -> SideStatement:
    strand = row.strand(f"strand{end}")
    if strand is None:
        raise RowError(f"expected strand{end} as + or -, found none")
    lower = strand == "+"
    low = whole_number(row.need(f"start{end}"), f"start{end}")
    high = whole_number(row.need(f"end{end}"), f"end{end}")
    if low >= high:
        raise RowError(f"expected start{end} below end{end}, found {low} and {high}")
    return SideStatement(
        contig=row.need(f"chrom{end}"),
        position=high if lower else low + 1,
        kept="lower" if lower else "higher",
    )


FORMAT: Final = CallerFormat(
    name="squid",
    title="SQUID",
    versions="_sv.txt, and its table with fused genes",
    files=("*_sv.txt", "*.squid.fusions.annotated.txt", "*squid*annotated*.txt"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line that begins chrom1 start1 end1 chrom2 start2 end2",
    recognise=recognise,
    read=read,
)
"""SQUID."""
