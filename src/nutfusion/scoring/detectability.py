"""Could a fusion of each BET and BET-complex gene have been seen in this sample?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.annotation.partner_class import shipped_partners
from nutfusion.model.scored import PartnerDetectability
from nutfusion.model.terms import PartnerClass
from nutfusion.scoring.quality import wild_type_fragments
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.panel import Panel


def unnameable_partners(panel: Panel) -> tuple[str, ...]:
    """Symbols of BET and BET-complex genes of which the panel has no sequence, BET genes first.

    Reads are caught by their NUTM1 part, so a fusion with one of them is found all the same; it
    shows as an unknown partner.
    """
    return tuple(
        partner.symbol
        for partner in shipped_partners()
        if partner.partner_class in (PartnerClass.BET, PartnerClass.BET_COMPLEX)
        and not panel.has_sequence(partner.symbol)
    )


def detectability(qc: ReadQc | None, panel: Panel) -> tuple[PartnerDetectability, ...]:
    """State, per gene, what was seen of its wild type.

    Returns:
        The BET and BET-complex genes of the panel, in the panel's order. ``detection_limit`` is
        always ``None``: it is not computed in this version, and the reason says so or names what
        is missing even for that.
    """
    classes = {
        partner.hgnc_id: partner.partner_class
        for partner in shipped_partners()
        if partner.partner_class in (PartnerClass.BET, PartnerClass.BET_COMPLEX)
    }
    found = []
    for gene in panel.genes.values():
        if gene.hgnc_id not in classes:
            continue
        fragments = wild_type_fragments(qc, gene.symbol)
        if qc is None:
            why = reason("no_reads")
        elif not panel.has_sequence(gene.symbol):
            why = reason("no_sequence_in_panel")
        elif fragments is None:
            why = reason("not_counted")
        else:
            why = reason("limit_not_computed")
        found.append(
            PartnerDetectability(
                gene=gene.symbol,
                hgnc_id=gene.hgnc_id,
                wild_type_fragments=fragments,
                detection_limit=None,
                reason=why,
            )
        )
    return tuple(found)
