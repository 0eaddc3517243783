"""SOAPfuse ``*.final.Fusion.specific.for.genes`` and ``.for.trans``.

Source: SOAPfuse wiki, "Output" (sourceforge.net/p/soapfuse); columns and values of
stianlagstad/chimeraviz@6ec2c53, inst/extdata, and STAR-Fusion_benchmarking_data@d0f6d71.

===================================  ===========================================================
SOAPfuse                             nutfusion
===================================  ===========================================================
up_gene, dw_gene                     5' and 3' gene; a second copy of a gene on the genome is
                                     ``GENESOAPfuse2SOAPfuse``, its mark is taken off
up_chr, up_Genome_pos, up_strand,    junction, 1-based, strand of the transcript (the simulated
dw_...                               joints are those of the other callers)
Junc_reads_num                       split_reads
Span_reads_num                       discordant_pairs (pairs on both sides, in this program's words)
down_fusion_part_frame-shift_or_not  ``inframe-shift`` in frame, ``frame-shift`` out of frame,
                                     ``both`` and ``NA`` not stated
Fusion_Type, up_loc, dw_loc          kept as stated (``E`` edge, ``M`` middle of an exon)
===================================  ===========================================================

Order: always stated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import (
    Row,
    header_cells,
    kept_fields,
    one_of,
    position_of,
    rows_of,
    statements,
)
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"up_gene", "up_Genome_pos", "dw_gene", "dw_Genome_pos"})
_FIELDS: Final = ("Fusion_Type", "up_loc", "dw_loc")
_FRAME: Final = "down_fusion_part_frame-shift_or_not"
_FRAMES: Final[Mapping[str, ReadingFrame | None]] = {
    "inframe-shift": ReadingFrame.IN_FRAME,
    "frame-shift": ReadingFrame.OUT_OF_FRAME,
    "both": None,
}
_COPY: Final = re.compile(r"SOAPfuse[0-9]+SOAPfuse$")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED:
        return None
    version = "for.trans" if "up_tran" in names else "for.genes"
    return Recognised(version, "header line with up_gene, up_Genome_pos and dw_Genome_pos")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    frame = row.get(_FRAME)
    return Statement(
        line=row.line,
        first=_side(row, "up"),
        second=_side(row, "dw"),
        ordered=True,
        split_reads=row.count("Junc_reads_num"),
        discordant_pairs=row.count("Span_reads_num"),
        reading_frame=None if frame is None else _FRAMES[one_of(frame, _FRAME, tuple(_FRAMES))],
        fields=kept_fields(row, _FIELDS),
    )


def _side(row: Row, end: str) -> SideStatement:
    gene = row.get(f"{end}_gene")
    return SideStatement(
        gene=None if gene is None else _COPY.sub("", gene),
        contig=row.need(f"{end}_chr"),
        position=position_of(row.need(f"{end}_Genome_pos"), f"{end}_Genome_pos"),
        strand=row.strand(f"{end}_strand"),
    )


FORMAT: Final = CallerFormat(
    name="soapfuse",
    title="SOAPfuse",
    versions="final.Fusion.specific.for.genes and .for.trans",
    files=("*.final.Fusion.specific.for.genes", "*.final.Fusion.specific.for.trans"),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=False,
    expects="a header line with up_gene, up_Genome_pos and dw_Genome_pos",
    recognise=recognise,
    read=read,
)
"""SOAPfuse."""
