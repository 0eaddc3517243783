"""Thermo Fisher Oncomine and Ion Reporter VCF: targets of an amplicon panel, also those unseen.

Source: drmrgd/moma scripts/get_fusions.pl; CBIIT pedmatch-clinical-vcf-workflow.py; Ion Reporter
help GUID-759AEE0F, GUID-33AD1BBF, GUID-640CFFA9, GUID-E03D2950.

==================================  ============================================================
VCF, SVTYPE=Fusion                  nutfusion
==================================  ============================================================
ID ``A-B.<junction>.<id>_1``, _2    two rows of one target, joined: _1 is the 5' gene, _2 the 3'
GENE_NAME                           gene of the row
CHROM, POS                          junction, 1-based exon bases, hg19
EXON_NUM                            exon (Oncomine's own numbering, no transcript)
READ_COUNT                          kept; 0: the target was not seen. Amplicon reads, so neither
                                    count is known
NT_FUSION_IN_FRAME                  reading frame of a pair that was no target
FILTER, RPM, ANNOTATION,            kept; a filtered row with reads is a finding
NT_FUSION_DRIVER_INVOLVED
==================================  ============================================================

Order: always stated. Only listed pairs can be seen (and pairs of their primers), so silence is said
to depend on the targets; where no target has NUTM1 the file cannot report it at all. Rows of other
SVTYPEs (expression controls, 5p3pAssays, RNAExonVariant) and small variants are no fusions; a
5p3pAssays row of NUTM1, whose imbalance may hint at a partner without primer, gives a note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.pairs import hyphenated_pair
from nutfusion.callers.reports import (
    NOT_SHOWN,
    contig,
    exon_label,
    genes,
    kept,
    number,
    unshown,
    word,
    yes_or_no,
)
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
from nutfusion.callers.table import whole_number
from nutfusion.callers.vcf import is_vcf, record_lines, vcf_record
from nutfusion.model.remarks import remark
from nutfusion.model.terms import ReadingFrame, SourceSays

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.callers.vcf import VcfRecord

_ID: Final = re.compile(r"(?P<stem>(?P<pair>[^.]+).*)_(?P<end>[12])")
_TARGET: Final = re.compile(r"\tSVTYPE=Fusion;|;SVTYPE=Fusion[;\t\n]")
_NUTM1: Final = re.compile(r"(?:^|[-;(])(?:NUTM1|C15orf55|NUT)(?=$|[-;(.])", re.IGNORECASE)


def recognise(head: Head) -> Recognised | None:
    """By the header lines of the software, or by fusion rows with a read count."""
    if not is_vcf(head.text):
        return None
    if "\n##TotalMappedFusionPanelReads=" in head.text:
        return Recognised("VCF", "VCF with ##TotalMappedFusionPanelReads")
    if _TARGET.search(head.text) and "READ_COUNT=" in head.text and "EXON_NUM=" in head.text:
        return Recognised("VCF", "VCF with SVTYPE=Fusion, READ_COUNT and EXON_NUM")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Join the two rows of each target."""
    count = 0
    imbalance = False
    unreadable: list[Unreadable] = []
    targets: dict[str, dict[str, VcfRecord]] = {}
    for line_number, line in record_lines(text):
        if "SVTYPE=Fusion" not in line:
            imbalance = imbalance or ("5p3p" in line and "GENE_NAME=NUTM1" in line)
            continue
        count += 1
        try:
            record = vcf_record(line_number, line)
            match = _ID.fullmatch(record.id)
            if match is None:
                raise RowError("expected ID as <genes>.<junction>.<id>_<1 or 2>, found another")
            _row_side(record)
            _fields(record)
        except RowError as error:
            unreadable.append(Unreadable(line_number, line, unshown(str(error))))
            continue
        targets.setdefault(match["stem"], {})[match["end"]] = record
    found: list[Statement] = []
    for stem, records in targets.items():
        some = records.get("1") or records["2"]
        try:
            found.append(_target(stem, records))
        except RowError as error:
            unreadable.append(Unreadable(some.line, some.text, unshown(str(error))))
    return _report(count, found, unreadable, imbalance=imbalance)


def _report(
    count: int, found: list[Statement], unreadable: list[Unreadable], *, imbalance: bool
) -> CallerReport:
    listed = any(s.says is SourceSays.NOT_SEEN for s in found)
    has_nutm1 = any(_NUTM1.search(side.gene or "") for s in found for side in (s.first, s.second))
    has_nutm1 = has_nutm1 or any(_NUTM1.search(row.text) for row in unreadable)
    notes = [remark("only_listed_targets")]
    if listed and not has_nutm1:
        notes.append(remark("nutm1_is_no_target"))
    if imbalance:
        notes.append(remark("imbalance_assay_not_read", gene="NUTM1"))
    return CallerReport(
        count,
        tuple(found),
        tuple(unreadable),
        reports_nutm1=has_nutm1 if listed else None,
        notes=tuple(notes),
    )


def _target(stem: str, records: dict[str, VcfRecord]) -> Statement:
    """One target of one or two rows."""
    some = records.get("1") or records["2"]
    pair = hyphenated_pair(stem.partition(".")[0])
    if pair is None:
        raise RowError(f"expected ID to begin with two genes, found {NOT_SHOWN}")
    sides = [
        _row_side(records[end]) if end in records else SideStatement(gene=gene)
        for end, gene in zip("12", pair, strict=True)
    ]
    reads = _reads(some)
    in_frame = yes_or_no(some.info.get("NT_FUSION_IN_FRAME"), "NT_FUSION_IN_FRAME")
    return Statement(
        line=some.line,
        first=sides[0],
        second=sides[1],
        ordered=True,
        says=SourceSays.NOT_SEEN if reads == 0 else SourceSays.SEEN,
        reading_frame=None
        if in_frame is None
        else ReadingFrame.IN_FRAME
        if in_frame
        else ReadingFrame.OUT_OF_FRAME,
        fields=_fields(some),
        problems=() if len(records) == 2 else (remark("mate_row_missing"),),
        rows=len(records),
    )


def _reads(record: VcfRecord) -> int:
    """Reads of a target.

    Raises:
        RowError: None are stated: then it is not known whether the target was seen.
    """
    value = record.info.get("READ_COUNT")
    if value is None:
        raise RowError("expected READ_COUNT in INFO, found none")
    return whole_number(value, "READ_COUNT")


def _row_side(record: VcfRecord) -> SideStatement:
    return SideStatement(
        gene=genes(record.info.get("GENE_NAME"), "GENE_NAME"),
        contig=contig(record.contig, "CHROM"),
        position=record.position,
        exon=exon_label(record.info.get("EXON_NUM")),
    )


def _fields(record: VcfRecord) -> tuple[tuple[str, str], ...]:
    info = record.info
    return kept(
        ("READ_COUNT", str(_reads(record))),
        ("RPM", number(info.get("RPM"), "RPM")),
        ("FILTER", word(record.filter, ";")),
        ("ANNOTATION", word(info.get("ANNOTATION"))),
        ("NT_FUSION_DRIVER_INVOLVED", word(info.get("NT_FUSION_DRIVER_INVOLVED"))),
    )


FORMAT: Final = CallerFormat(
    name="ion_reporter_vcf",
    title="Thermo Fisher Oncomine and Ion Reporter, VCF",
    versions="Oncomine Comprehensive, Focus and others, VCF of Ion Reporter 5",
    files=("*.vcf",),
    tells=Tells(
        order="always",
        position="junction",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=True,
        not_seen=True,
    ),
    seen_on_real_file=False,
    expects="a VCF with SVTYPE=Fusion, READ_COUNT and EXON_NUM",
    recognise=recognise,
    read=read,
)
"""Ion Reporter, VCF."""
