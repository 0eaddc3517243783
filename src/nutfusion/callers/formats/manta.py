"""Manta structural variants of DNA: ``somaticSV``, ``tumorSV``, ``diploidSV``, ``candidateSV``.

Source: Illumina/manta@75b5c38, docs/userGuide/README.md and
src/c++/lib/format/VcfWriterSV.cpp; VCF 4.1 specification, section 5.4.

==============================  ================================================================
Manta                           nutfusion
==============================  ================================================================
CHROM, POS, ALT                 genomic_breakpoint: the last base that stays on either side, and
                                which side of it stays
``<DEL>``, ``<DUP:TANDEM>``,    the joints they make (``callers/adjacency.py``)
``<INV>``, ``<INS>``, spelled
INV3, INV5 (before 1.4.0)       only the first, only the second joint of an ``<INV>``
MATEID                          two records of one joint: ``rows`` 2
CIPOS, HOMLEN                   of a precise joint: by how much it may be moved; of an imprecise
                                one: where the position may be
FORMAT SR, second value         split_reads
FORMAT PR, second value         discordant_pairs
FILTER, SVTYPE, SOMATICSCORE,   kept as stated
JUNCTION_SOMATICSCORE
==============================  ================================================================

Order: none. Which gene gives the 5' part follows from what stays of it. Counts are of the tumour:
of the only sample, or of the last one of a somatic file (Manta writes normal, then tumour); of
several samples of another file it is not known which is meant.

Trap: the two records of an inverted joint with homology name its two ends, so that their positions
differ by HOMLEN; the first record is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.adjacency import adjacencies
from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised, Tells
from nutfusion.callers.sv_vcf import Counts, sample_count, sv_report
from nutfusion.callers.vcf import is_vcf

if TYPE_CHECKING:
    from nutfusion.callers.adjacency import Adjacency
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.callers.vcf import VcfRecord

SOURCE: Final = "##source=GenerateSVCandidates"
"""Header line of Manta, DNA and RNA."""
RNA_KEY: Final = "##INFO=<ID=RNA_FIRST,"
"""Header line of its RNA mode."""
DRAGEN: Final = "##DRAGEN"
"""Begin of header lines of DRAGEN, whose caller is derived from Manta."""
FIELDS: Final = ("SOMATICSCORE", "JUNCTION_SOMATICSCORE")


def recognise(head: Head) -> Recognised | None:
    """By the source line, without those of RNA mode and of DRAGEN."""
    text = head.text
    if not is_vcf(text) or SOURCE not in text or RNA_KEY in text or DRAGEN in text:
        return None
    version = text.partition(SOURCE)[2].partition("\n")[0].strip()
    return Recognised(version[:20] or "unknown version", "source is GenerateSVCandidates, for DNA")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every record."""
    return sv_report(text, counts=counts, joints=joints, fields=FIELDS)


def joints(record: VcfRecord) -> tuple[Adjacency, ...]:
    """The joints of a record, of an inversion those that were seen."""
    found = adjacencies(record)
    if len(found) == 2 and ("INV3" in record.info) is not ("INV5" in record.info):
        return found[:1] if "INV3" in record.info else found[1:]
    return found


def counts(record: VcfRecord) -> Counts:
    """Support in the tumour."""
    tumour: int | None = 0
    if record.sample_count > 1:
        tumour = -1 if "SOMATIC" in record.info else None
    return Counts(
        split_reads=sample_count(record, tumour, "SR", of_alt=True),
        discordant_pairs=sample_count(record, tumour, "PR", of_alt=True),
    )


FORMAT: Final = CallerFormat(
    name="manta",
    title="Manta (DNA)",
    versions="0.x to 1.6; somatic, tumour only, diploid and candidate files",
    files=("somaticSV.vcf", "tumorSV.vcf", "diploidSV.vcf", "*.manta*.vcf"),
    tells=Tells(
        order="sometimes",
        position="genomic",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a VCF with ##source=GenerateSVCandidates and without RNA_FIRST",
    recognise=recognise,
    read=read,
)
"""Manta."""
