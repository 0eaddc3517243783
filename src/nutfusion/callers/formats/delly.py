"""Delly structural variants: one record for each joint.

Source: dellytools/delly@3a22fe2, src/modvcf.h (header, positions) and src/util.h
(``_addAlleles``: what CT means as a breakend).

==============================  ================================================================
Delly                           nutfusion
==============================  ================================================================
to 0.6: ``<TRA>``, CHR2, END,   joint of POS with CHR2:END; CT ``3toX``: the lower coordinates of
CT                              POS stay, ``5toX`` the higher ones; ``Xto3``, ``Xto5``: of END
0.7 and later: breakend ALT     read as it stands; END and POS2 only repeat it
``<INV>`` with CT               the one joint that CT names
``<DEL>``, ``<DUP>``, ``<INS>`` the joints they make (``callers/adjacency.py``)
INFO SR                         split_reads (all samples); absent in an imprecise record: not
                                stated
INFO PE                         discordant_pairs (all samples)
IMPRECISE, CIPOS, CIEND         where the positions may be
PRECISE, HOMLEN                 by how much the joint may be moved; CIPOS of old versions is the
                                one of the pairs and says nothing then
FILTER, SVTYPE, CT, MAPQ        kept as stated
==============================  ================================================================

Order: none; from what stays of the genes. Traps: since 0.7 a translocation's END is one past POS;
POS is on the chromosome that comes later in the reference, CHR2 the earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.adjacency import Adjacency, Place, adjacencies, end_of
from nutfusion.callers.statement import CallerFormat, CallerReport, Recognised, RowError, Tells
from nutfusion.callers.sv_vcf import Counts, info_count, sv_report
from nutfusion.callers.table import one_of
from nutfusion.callers.vcf import is_vcf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head
    from nutfusion.callers.vcf import VcfRecord
    from nutfusion.model.terms import Kept

_METHOD: Final = "EMBL.DELLY"
_CT_LINE: Final = "Paired-end signature induced connection type"
_CT: Final[Mapping[str, tuple[Kept, Kept]]] = {
    "3to3": ("lower", "lower"),
    "3to5": ("lower", "higher"),
    "5to3": ("higher", "lower"),
    "5to5": ("higher", "higher"),
}


def recognise(head: Head) -> Recognised | None:
    """By the description of CT, or Delly's name in the records."""
    text = head.text
    if not is_vcf(text) or (_CT_LINE not in text and f"SVMETHOD={_METHOD}" not in text):
        return None
    if "##INFO=<ID=POS2," in text:
        version = "0.8 or later (CHR2 and POS2)"
    elif "##ALT=<ID=TRA," in text:
        version = "0.6 or earlier (TRA)"
    else:
        version = "0.7 (breakends with CHR2 and END)"
    return Recognised(version, "header or records name Delly's CT or SVMETHOD")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every record."""
    return sv_report(text, counts=_counts, joints=_joints, fields=("CT", "MAPQ"))


def _counts(record: VcfRecord) -> Counts:
    return Counts(split_reads=info_count(record, "SR"), discordant_pairs=info_count(record, "PE"))


def _joints(record: VcfRecord) -> tuple[Adjacency, ...]:
    """The joint of a record: by its ALT, or for TRA and INV by CT."""
    if record.alt not in ("<TRA>", "<INV>"):
        return adjacencies(record)
    connection = record.info.get("CT", "")
    if record.alt == "<INV>" and not connection:
        return adjacencies(record)
    first, second = _CT[one_of(connection, "CT", tuple(_CT))]
    contig = record.info.get("CHR2", "") if record.alt == "<TRA>" else record.contig
    if not contig:
        raise RowError("expected CHR2 beside a translocation, found none")
    return (
        Adjacency(
            Place(record.contig, record.position, first), Place(contig, end_of(record), second)
        ),
    )


FORMAT: Final = CallerFormat(
    name="delly",
    title="Delly",
    versions="0.6 and earlier (TRA), 0.7 (CHR2, END), 0.8 and later (CHR2, POS2), 1.x",
    files=("*.delly*.vcf", "delly*.vcf"),
    tells=Tells(
        order="sometimes",
        position="genomic",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a VCF whose header describes CT as Delly's connection type",
    recognise=recognise,
    read=read,
)
"""Delly."""
