"""FusionSeeker ``confident_genefusion.txt``.

Source: Maggi-Chen/FusionSeeker@d33b11b, README, raw_signal.py and cluster.py.

==============================  ================================================================
FusionSeeker                    nutfusion
==============================  ================================================================
Gene1, Gene2                    two genes in no order: they are sorted by the name of the
                                chromosome, so BRD4::NUTM1 has NUTM1 (chr15) before BRD4 (chr19)
Chrom, Breakpoint               0-based residue that stays, so one is added; a mean over the reads
NumSupp                         split_reads (long reads, every one crosses the joint)
==============================  ================================================================

Order: from exon edges only; there are neither strands nor sides. A mean is taken to be to the base
only where both are exon edges. Read names are not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    LONG_READ_NOISE,
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, rows_of, statements, whole_number

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset(
    {"Gene1", "Gene2", "NumSupp", "Chrom1", "Breakpoint1", "Chrom2", "Breakpoint2"}
)


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    if not set(header_cells(head.first())) >= _NEEDED:
        return None
    return Recognised("confident_genefusion", "header line with NumSupp, Chrom1 and Breakpoint1")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    return Statement(
        line=row.line,
        first=_side(row, "1"),
        second=_side(row, "2"),
        ordered=False,
        noise=LONG_READ_NOISE,
        split_reads=row.count("NumSupp"),
    )


def _side(row: Row, end: str) -> SideStatement:
    base = whole_number(row.need(f"Breakpoint{end}"), f"Breakpoint{end}")
    return SideStatement(
        gene=row.need(f"Gene{end}"), contig=row.need(f"Chrom{end}"), position=base + 1
    )


FORMAT: Final = CallerFormat(
    name="fusionseeker",
    title="FusionSeeker",
    versions="confident_genefusion.txt",
    files=("confident_genefusion.txt", "*confident_genefusion.txt"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=False,
        split_reads=True,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with NumSupp, Chrom1 and Breakpoint1",
    recognise=recognise,
    read=read,
)
"""FusionSeeker."""
