"""DRAGEN structural variants, ``<prefix>.sv.vcf.gz``.

Source: Illumina DRAGEN product guide 4.3, "DRAGEN DNA Pipeline", "SV Calling": "integrates and
extends Manta structural variant calling methods", VCF 4.2; records as Manta's.

==============================  ================================================================
DRAGEN                          nutfusion
==============================  ================================================================
CHROM, POS, ALT, MATEID,        as Manta (``formats/manta.py``)
CIPOS, HOMLEN
FORMAT SR, second value         split_reads
FORMAT PR, second value         discordant_pairs
FILTER, SVTYPE, SOMATICSCORE    kept as stated
==============================  ================================================================

Order: none; from what stays of the genes. Inversions are two breakend pairs since 3.4, or
``<INV>`` before. FORMAT VF (fragments) of newer versions is not read: it counts a fragment that is
split and discordant once, and neither count can be told from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.manta import DRAGEN, FIELDS, counts, joints
from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised, Tells
from nutfusion.callers.sv_vcf import sv_report
from nutfusion.callers.vcf import is_vcf

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_KIND: Final = "##INFO=<ID=SVTYPE,"
_PAIRS: Final = "##FORMAT=<ID=PR,"
_IDS: Final = "\tDRAGEN:"


def recognise(head: Head) -> Recognised | None:
    """By DRAGEN's header lines, or its record IDs, in a VCF of structural variants."""
    text = head.text
    if not is_vcf(text) or _KIND not in text or _PAIRS not in text:
        return None
    if DRAGEN in text:
        return Recognised("sv.vcf", "header names DRAGEN and SVTYPE")
    return Recognised("sv.vcf", "record IDs begin with DRAGEN") if _IDS in text else None


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every record."""
    return sv_report(text, counts=counts, joints=joints, fields=FIELDS)


FORMAT: Final = CallerFormat(
    name="dragen_sv",
    title="DRAGEN SV",
    versions="3.x and 4.x, sv.vcf",
    files=("*.sv.vcf",),
    tells=Tells(
        order="sometimes",
        position="genomic",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=False,
    expects="a VCF whose header names DRAGEN, SVTYPE and PR",
    recognise=recognise,
    read=read,
)
"""DRAGEN structural variants."""
