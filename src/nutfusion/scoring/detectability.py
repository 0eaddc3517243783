"""Could a fusion of each BET and BET-complex gene have been seen in this sample? How rare a one?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.annotation.exon_numberings import shipped_joints
from nutfusion.annotation.partner_class import shipped_partners
from nutfusion.annotation.sides import Side
from nutfusion.model.evidence import SHORTEST_ANCHOR
from nutfusion.model.exon_ends import possible_ends
from nutfusion.model.exon_names import NumberingTag
from nutfusion.model.interrogates import Reached
from nutfusion.model.scored import ExonEndDetectability, PartnerDetectability
from nutfusion.model.terms import PartnerClass
from nutfusion.scoring.limit import Support, WildType, detection_limit
from nutfusion.scoring.quality import gene_fragments
from nutfusion.scoring.reach import partner_side
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from nutfusion.annotation.partner_class import Partner
    from nutfusion.model.evidence import ExonEndFragments, ReadQc
    from nutfusion.model.panel import Panel
    from nutfusion.scoring.assay import AssayProfile, FusionThresholds

_DECISIVE: Final = (NumberingTag.VERIFIED, NumberingTag.INFERRED)
"""Tags of catalogued joints on which a gene's limit rests."""

TOO_FEW: Final = ("no_fragment_across", "too_few_across")
"""Reasons for no limit that say something of the sample: it could hardly have shown a fusion."""


def bet_and_complex_partners() -> tuple[Partner, ...]:
    """BET and BET-complex genes in the order of the partner list, BET genes first."""
    return tuple(
        partner
        for partner in shipped_partners()
        if partner.partner_class in (PartnerClass.BET, PartnerClass.BET_COMPLEX)
    )


def unnameable_partners(panel: Panel) -> tuple[str, ...]:
    """Symbols of BET and BET-complex genes of which the panel has no sequence.

    Reads are caught by their NUTM1 part, so a fusion with one of them is found all the same; it
    shows as an unknown partner.
    """
    return tuple(
        partner.symbol
        for partner in bet_and_complex_partners()
        if not panel.has_sequence(partner.symbol)
    )


def detectability(
    qc: ReadQc | None, assay: AssayProfile, panel: Panel
) -> tuple[PartnerDetectability, ...]:
    """State, per gene and per exon that a fusion may join to NUTM1, the lowest fraction to be seen.

    Returns:
        Every BET and BET-complex gene, whatever the panel holds, in the order of the partner list.
        A gene's limit is the worst of its catalogued joints (verified or inferred), or of all its
        exons' ends when none is catalogued; ``None`` with the reason when one of them has none.
    """
    found = []
    for partner in bet_and_complex_partners():
        ends = _exon_ends(partner.symbol, qc, assay, panel)
        decisive = [end for end in ends if end.tag in _DECISIVE] or list(ends)
        missing = [end.reason for end in decisive if end.detection_limit is None]
        limits = [end.detection_limit for end in decisive if end.detection_limit is not None]
        why = _of_gene(partner.symbol, qc, panel) or (missing[0] if missing else None)
        if not decisive:
            why = why or reason("not_counted")
        found.append(
            PartnerDetectability(
                gene=partner.symbol,
                hgnc_id=partner.hgnc_id,
                gene_fragments=gene_fragments(qc, partner.symbol),
                detection_limit=max(limits) if limits and why is None else None,
                reason=why,
                exon_ends=ends,
            )
        )
    return tuple(found)


def _of_gene(symbol: str, qc: ReadQc | None, panel: Panel) -> str | None:
    """Why nothing can be said of any end of a gene; ``None`` when something can."""
    if qc is None:
        return reason("no_reads")
    if qc.molecule == "dna":
        return reason("limit_of_rna_only")
    if not panel.has_sequence(symbol):
        return reason("no_sequence_in_panel")
    if qc.exon_ends is None:
        return reason("not_counted")
    if qc.alignment is not None and not qc.alignment.unmapped_reads:
        return reason("unmapped_reads_missing")
    return None


def _exon_ends(
    symbol: str, qc: ReadQc | None, assay: AssayProfile, panel: Panel
) -> tuple[ExonEndDetectability, ...]:
    """The ends of a gene's exons that keep NUTM1's frame, in the order of the transcript."""
    tags = {
        edge.position: edge.label.tag
        for edge in shipped_joints()
        if edge.gene == symbol and edge.side is Side.FIVE_PRIME
    }
    counts = {}
    if qc is not None and qc.exon_ends is not None:
        counts = {end.position: end for end in qc.exon_ends if end.gene.symbol == symbol}
    for_all = _of_gene(symbol, qc, panel)
    out = []
    for end in possible_ends(panel, symbol):
        here = counts.get(end.position)
        limit, why = None, for_all
        if why is None:
            side = partner_side(assay.interrogates, assay.molecule, symbol, end.position, panel)
            limit, why = _limit(here, assay.thresholds, side)
        out.append(
            ExonEndDetectability(
                transcript=end.transcript,
                exon=end.exon,
                position=end.position,
                acceptor_exon=end.acceptor,
                tag=tags.get(end.position),
                split_reads=None if here is None else here.split,
                discordant_pairs=None if here is None else here.pairs,
                detection_limit=limit,
                reason=why,
            )
        )
    return tuple(out)


def _limit(
    here: ExonEndFragments | None, thresholds: FusionThresholds, side: Reached
) -> tuple[float | None, str | None]:
    """The limit at one end, or why there is none.

    Where the assay does not read the partner's side, wild-type fragments are not there to be
    counted, and how many a fusion would leave is unknown.
    """
    if side is Reached.NOT_COVERED:
        return None, reason("wild_type_not_interrogated")
    if here is None:
        return None, reason("no_sequence_behind_exon")
    seen = wild_type(here, thresholds)
    if seen is None:
        return None, reason("not_counted")
    if not seen.all:
        return None, reason("no_fragment_across")
    limit = detection_limit(seen, support(thresholds))
    return limit, reason("too_few_across", n=seen.all) if limit is None else None


def wild_type(here: ExonEndFragments, thresholds: FusionThresholds) -> WildType | None:
    """The fragments across one end by kind; ``None`` for anchors longer than those counted."""
    least = thresholds.min_anchor.value or 0
    longest = SHORTEST_ANCHOR + len(here.split_by_anchor) - 1
    if least > longest:
        return None
    anchored = sum(here.split_by_anchor[max(0, least - SHORTEST_ANCHOR) :])
    return WildType(
        anchored=anchored, short=here.split - anchored, pairs=here.pairs, starts=here.starts
    )


def support(thresholds: FusionThresholds) -> Support:
    """What the profile asks of a fusion's reads."""
    return Support(
        fragments=thresholds.min_supporting_fragments.value or 1,
        split=thresholds.min_split_reads.value or 1,
        starts=thresholds.min_distinct_starts.value or 0,
        anchored=bool(thresholds.min_anchor.value),
    )
