"""From where DNA broke to the exons that the transcript may join, by the order of the exons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.panel import NUTM1
from nutfusion.model.remarks import remark
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from nutfusion.callers.loci import Loci, Locus
    from nutfusion.callers.sides import Side


def dna_junction(
    five: Side, three: Side, left: JunctionEnd, right: JunctionEnd, loci: Loci
) -> tuple[Junction | None, list[str]]:
    """The joint that a transcript across a DNA break may have.

    The 5' part ends with the last exon that lies whole before the break. The 3' part begins with
    the first acceptor after it; where the break lies before the gene's second exon the acceptor of
    the third is possible as well (in NUTM1 the joint of nearly all published fusions, MANE exon 3,
    is reached over exon 2), so the joint is bounded by both.

    Args:
        five: 5' side.
        three: 3' side.
        left: 5' side on GRCh38.
        right: 3' side on GRCh38.
        loci: The panel's genes by place.

    Returns:
        A bounded junction, ``None`` when neither side is placed in a panel gene; reasons.
    """
    donor, why_donor = _donor(five, left, loci)
    acceptor, why_acceptor = _acceptor(three, right, loci)
    reasons = [r for r in dict.fromkeys((why_donor, why_acceptor)) if r is not None]
    if donor is None and acceptor is None:
        return None, reasons
    return (
        Junction(
            exact=False,
            five_prime=donor or _unplaced(left),
            three_prime=acceptor or _unplaced(right),
            homology=None,
            linker_sequence=None,
        ),
        reasons,
    )


def _unplaced(end: JunctionEnd) -> JunctionEnd:
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=None,
        position=None,
        position_range=None,
        strand=end.strand,
    )


def _locus(side: Side, loci: Loci) -> Locus | None:
    return None if side.gene is None else loci.of(Assembly.GRCH38, side.gene.symbol)


def _bounded(locus: Locus, edges: list[int]) -> JunctionEnd:
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=locus.contig,
        position=None,
        position_range=(min(edges), max(edges)),
        strand=locus.strand,
    )


def _donor(side: Side, end: JunctionEnd, loci: Loci) -> tuple[JunctionEnd | None, str | None]:
    locus = _locus(side, loci)
    if locus is None or end.position is None:
        return None, None
    if end.strand is not locus.strand:
        return None, remark("antisense_to_gene", gene=locus.symbol)
    if locus.strand is Strand.PLUS:
        before = sorted(edge for edge in locus.donors if edge <= end.position)
    else:
        before = sorted((edge for edge in locus.donors if edge >= end.position), reverse=True)
    if not before:
        return None, remark("break_before_first_exon_end", gene=locus.symbol)
    return _bounded(locus, before[-1:]), None


def _acceptor(side: Side, end: JunctionEnd, loci: Loci) -> tuple[JunctionEnd | None, str | None]:
    locus = _locus(side, loci)
    if locus is None or end.position is None:
        return None, None
    if end.strand is not locus.strand:
        return None, remark("antisense_to_gene", gene=locus.symbol)
    plus = locus.strand is Strand.PLUS
    inner = sorted(locus.acceptors, reverse=not plus)[1:]
    after = [edge for edge in inner if (edge >= end.position if plus else edge <= end.position)]
    if not after:
        return None, remark("break_after_last_exon_start", gene=locus.symbol)
    reaches_two = locus.symbol == NUTM1 and after[0] == inner[0] and len(after) > 1
    return _bounded(locus, after[: 2 if reaches_two else 1]), None
