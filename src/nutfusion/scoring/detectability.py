"""Could a fusion of each BET and BET-complex gene have been seen in this sample?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.annotation.partner_class import shipped_partners
from nutfusion.model.scored import PartnerDetectability
from nutfusion.model.terms import PartnerClass
from nutfusion.scoring.quality import gene_fragments
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from nutfusion.annotation.partner_class import Partner
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.panel import Panel


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


def detectability(qc: ReadQc | None, panel: Panel) -> tuple[PartnerDetectability, ...]:
    """State, per gene, how many of its fragments were read, those of a fusion included.

    Returns:
        Every BET and BET-complex gene, whatever the panel holds, in the order of the partner list.
        ``detection_limit`` is always ``None``: it is not computed in this version, and the reason
        says so or names what is missing even for that.
    """
    found = []
    for partner in bet_and_complex_partners():
        fragments = gene_fragments(qc, partner.symbol)
        if qc is None:
            why = reason("no_reads")
        elif not panel.has_sequence(partner.symbol):
            why = reason("no_sequence_in_panel")
        elif fragments is None:
            why = reason("not_counted")
        else:
            why = reason("limit_not_computed")
        found.append(
            PartnerDetectability(
                gene=partner.symbol,
                hgnc_id=partner.hgnc_id,
                gene_fragments=fragments,
                detection_limit=None,
                reason=why,
            )
        )
    return tuple(found)
