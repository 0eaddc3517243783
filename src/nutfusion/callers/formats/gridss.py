"""GRIDSS breakends and single breakends, also after GRIPSS and PURPLE.

Source: PapenfussLab/gridss, README, "How do I ... GRIDSS output"; header lines of its VCF; VCF 4.2
specification, sections 5.4.4 and 5.4.9 (single breakends).

==============================  ================================================================
GRIDSS                          nutfusion
==============================  ================================================================
CHROM, POS, ALT                 genomic_breakpoint: the last base that stays on either side
``A.``, ``.A``                  a single breakend: the other side is unknown, reason
                                ``single_breakend``
MATEID, before 2.0 PARID        two records of one joint (``...o``, ``...h``): ``rows`` 2
CIPOS, HOMLEN                   of a precise joint: by how much it may be moved; else, with
                                CIRPOS, where the positions may be
INFO SR                         split_reads (all samples)
INFO RP                         discordant_pairs (all samples)
INFO VF, BVF                    fragments in all, of a single breakend BVF: kept as stated
FILTER, SVTYPE, EVENTTYPE       kept as stated
==============================  ================================================================

Order: none; from what stays of the genes. Traps: POS is the middle of a homology; SR and RP leave
out the reads that only the assembly holds, so that both may be 0 in a good call and VF says more;
PURPLE adds breakends with FILTER INFERRED that no read shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised, Tells
from nutfusion.callers.sv_vcf import Counts, info_count, sv_report
from nutfusion.callers.vcf import is_vcf

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.callers.vcf import VcfRecord

_HEADER: Final = ("##INFO=<ID=RASQ,", "##INFO=<ID=ASRP,", "##INFO=<ID=BUMQ,")
"""Header lines that every version of GRIDSS has, and no other program."""
_PURPLE: Final = ("##purpleVersion", "##FILTER=<ID=INFERRED,")


def recognise(head: Head) -> Recognised | None:
    """By the header lines of its assembly counts."""
    text = head.text
    if not is_vcf(text) or not all(line in text for line in _HEADER):
        return None
    version = "PURPLE" if any(line in text for line in _PURPLE) else "GRIDSS"
    return Recognised(version, "header names RASQ, ASRP and BUMQ")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every record."""
    return sv_report(text, counts=_counts, fields=("VF", "BVF", "EVENTTYPE"))


def _counts(record: VcfRecord) -> Counts:
    return Counts(split_reads=info_count(record, "SR"), discordant_pairs=info_count(record, "RP"))


FORMAT: Final = CallerFormat(
    name="gridss",
    title="GRIDSS, GRIPSS, PURPLE",
    versions="1.x and 2.x; PURPLE's sv.vcf",
    files=("*.gridss*.vcf", "*.gripss*.vcf", "*.purple.sv*.vcf"),
    tells=Tells(
        order="sometimes",
        position="genomic",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a VCF whose header names RASQ, ASRP and BUMQ",
    recognise=recognise,
    read=read,
)
"""GRIDSS."""
