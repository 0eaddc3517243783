"""SvABA rearrangements, ``*.svaba.somatic.sv.vcf`` and its siblings.

Source: walaj/svaba, README, "Output file description", and the header lines of its VCF.

==============================  ================================================================
SvABA                           nutfusion
==============================  ================================================================
CHROM, POS, ALT                 genomic_breakpoint: the last base that stays on either side
MATEID (``6536:1``, ``6536:2``) two records of one joint: ``rows`` 2
HOMSEQ                          the joint may be moved by its length, either way
FORMAT SR                       split_reads: "spanning reads" are those across the joint here
FORMAT DR                       discordant_pairs
EVDNC                           kind of evidence, kept as stated; FILTER, SVTYPE, SPAN and
                                NUMPARTS too
==============================  ================================================================

Order: none; from what stays of the genes. Counts are of the tumour: of the only sample, or of the
last of two (SvABA writes controls first, then cases). A deletion or an inversion is a pair of
breakends too. Sample names of SvABA are paths; they are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised, Tells
from nutfusion.callers.sv_vcf import Counts, sample_count, sv_report
from nutfusion.callers.vcf import is_vcf

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.callers.vcf import VcfRecord

_SOURCES: Final = ("##source=svaba", "##source=snowman")
_CONTIG: Final = "##INFO=<ID=SCTG,"


def recognise(head: Head) -> Recognised | None:
    """By the source line, or by SCTG and EVDNC."""
    text = head.text
    if not is_vcf(text) or _CONTIG not in text or "##INFO=<ID=EVDNC," not in text:
        return None
    named = any(source in text for source in _SOURCES)
    return Recognised("sv.vcf", "source is svaba" if named else "header names SCTG and EVDNC")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every record."""
    return sv_report(text, counts=_counts, fields=("EVDNC", "SPAN", "NUMPARTS"))


def _counts(record: VcfRecord) -> Counts:
    tumour = -1 if record.sample_count <= 2 else None
    return Counts(
        split_reads=sample_count(record, tumour, "SR"),
        discordant_pairs=sample_count(record, tumour, "DR"),
    )


FORMAT: Final = CallerFormat(
    name="svaba",
    title="SvABA",
    versions="0.x and 1.x, sv.vcf",
    files=("*.svaba.*sv.vcf",),
    tells=Tells(
        order="sometimes",
        position="genomic",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a VCF whose header names SCTG and EVDNC",
    recognise=recognise,
    read=read,
)
"""SvABA."""
