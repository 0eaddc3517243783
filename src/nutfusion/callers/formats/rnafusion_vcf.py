"""nf-core/rnafusion ``*_fusion_data.vcf`` of vcf_collect.

Source: nf-core/rnafusion@eabd3f2, bin/vcf_collect.py, lines 262 to 560, and docs/output.md.

==============================  ================================================================
vcf_collect                     nutfusion
==============================  ================================================================
GENEA, GENEB                    5' and 3' gene
CHRA, POSA, CHRB, POSB          junction, 1-based; ``0`` stands for unknown; without POSA and POSB
                                (older files) CHROM, POS and the place in ALT
ORIENTATION ``-,+``             strand of the transcript on both sides. The brackets of ALT are
                                wrong for minus strands and are not read
FORMAT DV                       split_reads: it holds JunctionReadCount, whatever the header says
FORMAT RV                       discordant_pairs: it holds SpanningFragCount
DV and RV both ``0``            not stated: FusionInspector did not have the fusion
FRAME_STATUS                    INFRAME, FRAMESHIFT; ``nan`` not stated
TRANSCRIPT_ID_A with its        transcript and exon at the joint; ``nan`` and ``0`` are unknown
version, EXON_NUMBER_A, ...
FOUND_IN, TOOL_HITS, SCORE      kept as stated (of fusion-report)
==============================  ================================================================

Order: always stated. One record per fusion, without a mate. INFO values hold blanks and commas.
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
    Unreadable,
)
from nutfusion.callers.table import UNKNOWN, one_of, shown, whole_number
from nutfusion.callers.vcf import VcfRecord, breakend, is_vcf, record_lines, vcf_record
from nutfusion.model.remarks import remark
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head

_MARKS: Final = ("##INFO=<ID=CHRA,", "##INFO=<ID=ORIENTATION,", "##INFO=<ID=FOUND_IN,")
_NOTHING: Final = UNKNOWN | {"0", "0.0", "[]"}
_FIELDS: Final = ("FOUND_IN", "TOOL_HITS", "SCORE")
_WORD: Final = re.compile(r"[A-Za-z0-9_.,-]{1,100}")
_FRAMES: Final[Mapping[str, ReadingFrame]] = {
    "INFRAME": ReadingFrame.IN_FRAME,
    "FRAMESHIFT": ReadingFrame.OUT_OF_FRAME,
}


def recognise(head: Head) -> Recognised | None:
    """By its INFO definitions."""
    if not is_vcf(head.text) or not all(mark in head.text for mark in _MARKS):
        return None
    version = "with POSA" if "##INFO=<ID=POSA," in head.text else "without POSA"
    return Recognised(version, "VCF that defines CHRA, ORIENTATION and FOUND_IN")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every record."""
    count = 0
    found: list[Statement] = []
    unreadable: list[Unreadable] = []
    for number, line in record_lines(text):
        count += 1
        try:
            found.append(_statement(vcf_record(number, line)))
        except RowError as error:
            unreadable.append(Unreadable(number, line, str(error)))
    return CallerReport(count, tuple(found), tuple(unreadable))


def _statement(record: VcfRecord) -> Statement:
    splits, pairs = _counts(record)
    frame = _get(record, "FRAME_STATUS")
    strands = _strands(record)
    problems = () if splits is not None else (remark("zero_for_unknown_counts"),)
    return Statement(
        line=record.line,
        first=_side(record, "A", strands[0]),
        second=_side(record, "B", strands[1]),
        ordered=True,
        split_reads=splits,
        discordant_pairs=pairs,
        reading_frame=None
        if frame is None
        else _FRAMES[one_of(frame, "FRAME_STATUS", tuple(_FRAMES))],
        fields=tuple(
            (key, value)
            for key in _FIELDS
            if (value := _get(record, key)) is not None and _WORD.fullmatch(value)
        ),
        problems=problems,
    )


def _get(record: VcfRecord, key: str) -> str | None:
    value = record.info.get(key)
    return None if value is None or value in _NOTHING else value


def _counts(record: VcfRecord) -> tuple[int | None, int | None]:
    """Reads across the joint and pairs; both unknown when both are written as 0, or absent."""
    sample = record.samples[0] if record.samples else {}
    counts = [
        None if value is None or value in UNKNOWN else whole_number(value, key)
        for key in ("DV", "RV")
        for value in [sample.get(key)]
    ]
    return (counts[0], counts[1]) if any(counts) else (None, None)


def _strands(record: VcfRecord) -> tuple[str | None, str | None]:
    cell = record.info.get("ORIENTATION", "")
    if cell in ("", "nan"):
        return None, None
    parts = cell.split(",")
    if len(parts) != 2 or any(part not in ("+", "-") and part not in UNKNOWN for part in parts):
        raise RowError(f"expected ORIENTATION as two strands, found {shown(cell)}")
    known = [part if part in ("+", "-") else None for part in parts]
    return known[0], known[1]


def _side(record: VcfRecord, end: str, strand: str | None) -> SideStatement:
    contig, position = _place(record, end)
    transcript = _get(record, f"TRANSCRIPT_ID_{end}")
    version = _get(record, f"TRANSCRIPT_VERSION_{end}")
    if transcript is not None and version is not None:
        transcript = f"{transcript}.{whole_number(version, f'TRANSCRIPT_VERSION_{end}')}"
    exon = _get(record, f"EXON_NUMBER_{end}")
    return SideStatement(
        gene=_get(record, f"GENE{end}"),
        contig=contig,
        position=position,
        strand=strand,
        transcript=transcript,
        exon=None if exon is None else str(whole_number(exon, f"EXON_NUMBER_{end}")),
    )


def _place(record: VcfRecord, end: str) -> tuple[str | None, int | None]:
    """Contig and position of a side; both unknown when one is."""
    contig: str | None
    position: int | None
    if f"POS{end}" in record.info:
        contig, cell = _get(record, f"CHR{end}"), _get(record, f"POS{end}")
        position = None if cell is None else whole_number(cell, f"POS{end}")
    elif end == "A":
        contig, position = record.contig, record.position
    else:
        alt = breakend(record.alt)
        if alt is None:
            raise RowError(f"expected ALT as a breakend, found {shown(record.alt)}")
        contig, position = alt.mate_contig, alt.mate_position
    if not contig or contig in _NOTHING or not position:
        return None, None
    return contig, position


FORMAT: Final = CallerFormat(
    name="rnafusion_vcf",
    title="nf-core/rnafusion (vcf_collect)",
    versions="VCF with and without POSA",
    files=("*_fusion_data.vcf",),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="VCF that defines CHRA, ORIENTATION and FOUND_IN",
    recognise=recognise,
    read=read,
)
"""nf-core/rnafusion."""
