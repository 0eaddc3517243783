"""Manta in RNA mode, ``rnaSV.vcf``.

Source: Illumina/manta@75b5c38, src/c++/lib/format/VcfWriterRnaSV.cpp and VcfWriterSV.cpp.

==============================  ================================================================
Manta                           nutfusion
==============================  ================================================================
CHROM, POS, ALT                 junction: the last base that stays on either side
RNA_FIRST with RNA_STRANDED     this record is the 5' side
MATEID                          two records of one joint: ``rows`` 2
CIPOS, HOMLEN                   the joint may be moved by that much: it is put at exon edges
FORMAT SR, second value         split_reads
FORMAT PR, second value         discordant_pairs
FILTER, SVTYPE                  kept as stated; a record with another filter than PASS did
                                not pass
==============================  ================================================================

Order: stated when RNA_STRANDED is set ("the direction of transcription is known"); without it
RNA_FIRST is a guess, and the order follows from what stays of the genes.

Trap: reads are aligned to the genome and a joint with homology is written at its left end, off the
exon edges. An imprecise joint (no contig) may lie anywhere in CIPOS.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.manta import DRAGEN, RNA_KEY, counts, joints
from nutfusion.callers.homology import slide_of_other
from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised, Tells
from nutfusion.callers.sv_vcf import sv_report
from nutfusion.callers.table import not_passed
from nutfusion.callers.vcf import is_vcf

if TYPE_CHECKING:
    from nutfusion.callers.mates import Event
    from nutfusion.callers.statement import Statement
    from nutfusion.callers.text import CallerText, Head


def recognise(head: Head) -> Recognised | None:
    """By the header line of RNA_FIRST."""
    if not is_vcf(head.text) or RNA_KEY not in head.text or DRAGEN in head.text:
        return None
    return Recognised("RNA mode", "header names RNA_FIRST")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every record."""
    return sv_report(text, counts=counts, joints=joints, finish=_of_rna)


def _of_rna(statement: Statement, event: Event) -> Statement:
    """A joint of RNA, in the order that its records state."""
    filtered = not_passed(event.record.filter not in ("PASS", ".", ""))
    found = replace(statement, molecule="rna", problems=(*statement.problems, *filtered))
    if "RNA_STRANDED" not in event.record.info or event.adjacency.second is None:
        return found
    if "RNA_FIRST" in event.record.info:
        return replace(found, ordered=True)
    slide = statement.slide
    if slide is not None:
        slide = slide_of_other(slide, event.adjacency.first.kept, event.adjacency.second.kept)
    return replace(found, ordered=True, first=statement.second, second=statement.first, slide=slide)


FORMAT: Final = CallerFormat(
    name="manta_rna",
    title="Manta (RNA)",
    versions="1.x, rnaSV.vcf",
    files=("rnaSV.vcf", "*.rnaSV.vcf"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=False,
    expects="a VCF whose header names RNA_FIRST",
    recognise=recognise,
    read=read,
)
"""Manta in RNA mode."""
