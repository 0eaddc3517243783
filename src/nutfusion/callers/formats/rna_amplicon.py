"""Illumina RNA Amplicon and TruSight RNA app ``fusions.csv`` and ``fusions.vcf``.

Source: Illumina, RNA Amplicon app v2 online help 1000000042465, "fusions.csv" and "fusions.vcf.gz".

==================================  ============================================================
fusions.csv / fusions.vcf           nutfusion
==================================  ============================================================
Gene A, Gene B                      genes; the VCF names none (the place tells)
Transcript ID, Exon                 as stated
Breakpoint A, B / CHROM, POS        junction ``contig:position``, 1-based
ID ``<target>.<number>.<A or B>``   the two rows of one fusion are joined, A first; where one is
                                    missing, ALT of the other names the place
Supporting Reads / READS            kept; reads on the target, so neither count is known
Score, Filter, Fusion Call          kept (``LowScore`` and ``OffTarget`` rows are rows)
==================================  ============================================================

Order: the documentation does not say that A is the 5' part, so exon edges tell. Targets without
reads are not listed, and only targets of the panel's list can be: a note says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nutfusion.callers.reports import (
    contig,
    exon_label,
    genes,
    kept,
    number,
    report_statements,
    site,
    transcript_name,
    unshown,
    word,
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
from nutfusion.callers.table import Row, header_cells, rows_of
from nutfusion.callers.vcf import breakend, is_vcf, record_lines, vcf_record
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.callers.vcf import VcfRecord

_NEEDED: Final = frozenset({"Target ID", "Gene A", "Gene B", "Breakpoint A", "Breakpoint B"})
_ID: Final = re.compile(r"^(?P<stem>.+\.-?\d+)\.(?P<end>[AB])$")
_VCF_INFO: Final = ("##INFO=<ID=READS,", "##INFO=<ID=SCORE,", "##INFO=<ID=MATEID,")


def recognise(head: Head) -> Recognised | None:
    """By the header line, or the VCF's INFO fields and the shape of its first ID."""
    if not is_vcf(head.text):
        names = set(header_cells(head.first(skip=("#",)), ","))
        if names >= _NEEDED:
            return Recognised("fusions.csv", "header line with Target ID and Breakpoint A")
        return None
    if not all(key in head.text for key in _VCF_INFO):
        return None
    cells = head.first(skip=("#",)).split("\t")
    if len(cells) > 2 and _ID.match(cells[2]) is None:
        return None
    return Recognised("fusions.vcf", "VCF with READS, SCORE and an ID that ends in .A or .B")


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every row."""
    note = remark("only_listed_targets")
    if recognised.version == "fusions.vcf":
        return replace(_read_vcf(text), notes=(note,))
    rows = rows_of(
        text,
        delimiter=",",
        is_header=lambda line: set(header_cells(line, ",")) >= _NEEDED,
        skip=("#",),
        quoted=True,
    )
    return report_statements(rows, _statement, notes=(note,))


def _statement(row: Row) -> Statement:
    return Statement(
        line=row.line,
        first=_side(row, "A"),
        second=_side(row, "B"),
        ordered=False,
        fields=kept(
            ("Supporting Reads", number(row.get("Supporting Reads"), "Supporting Reads")),
            ("Score", number(row.get("Score"), "Score")),
            ("Filter", word(row.get("Filter"), ";")),
            ("Fusion Call", word(row.get("Fusion Call"))),
        ),
    )


def _side(row: Row, end: str) -> SideStatement:
    where, position, _ = site(row.get(f"Breakpoint {end}"), f"Breakpoint {end}")
    return SideStatement(
        gene=genes(row.get(f"Gene {end}"), f"Gene {end}"),
        contig=where,
        position=position,
        transcript=transcript_name(row.get(f"Transcript ID {end}")),
        exon=exon_label(row.get(f"Exon {end}")),
    )


def _read_vcf(text: CallerText) -> CallerReport:
    """Join the two rows of each target."""
    count = 0
    unreadable: list[Unreadable] = []
    targets: dict[str, dict[str, VcfRecord]] = {}
    for line_number, line in record_lines(text):
        count += 1
        try:
            record = vcf_record(line_number, line)
            match = _ID.match(record.id)
            if match is None:
                raise RowError("expected ID as <target>.<number>.<A or B>, found another shape")
            contig(record.contig, "CHROM")
            number(record.info.get("READS"), "READS")
            number(record.info.get("SCORE"), "SCORE")
            _mate(record)
        except RowError as error:
            unreadable.append(Unreadable(line_number, line, unshown(str(error))))
            continue
        targets.setdefault(match["stem"], {})[match["end"]] = record
    found = [_target(records) for records in targets.values()]
    return CallerReport(count, tuple(found), tuple(unreadable))


def _target(records: dict[str, VcfRecord]) -> Statement:
    some = records.get("A") or records["B"]
    sides = [
        SideStatement(contig=record.contig, position=record.position)
        if (record := records.get(end)) is not None
        else _mate(some)
        for end in "AB"
    ]
    return Statement(
        line=some.line,
        first=sides[0],
        second=sides[1],
        ordered=False,
        fields=kept(
            ("READS", number(some.info.get("READS"), "READS")),
            ("SCORE", number(some.info.get("SCORE"), "SCORE")),
            ("FILTER", word(some.filter, ";")),
        ),
        problems=() if len(records) == 2 else (remark("mate_row_missing"),),
        rows=len(records),
    )


def _mate(record: VcfRecord) -> SideStatement:
    """The other side as the one row's ALT names it; unknown when it does not."""
    joined = breakend(record.alt)
    if joined is None:
        return SideStatement()
    return SideStatement(contig=contig(joined.mate_contig, "ALT"), position=joined.mate_position)


FORMAT: Final = CallerFormat(
    name="illumina_rna_amplicon",
    title="Illumina RNA Amplicon",
    versions="fusions.csv and fusions.vcf of app v1 and v2",
    files=("*fusions.csv", "*fusions.vcf"),
    tells=Tells(
        order="never",
        position="junction",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=False,
    expects="a header line with Target ID and Breakpoint A, or a VCF with READS, SCORE and MATEID",
    recognise=recognise,
    read=read,
)
"""RNA Amplicon."""
