"""The MANE exon at each side of a joint, found by coordinate and strand, never by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.annotation.sides import Side, bases_after, bases_into, exon_at
from nutfusion.model.annotated import ExonLabel, ExonPair

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel


def exon_pair(call: FusionCall, panel: Panel) -> ExonPair:
    """Label both sides of a call.

    Returns:
        ``None`` for a side whose gene is unknown, whose position is bounded, whose gene has no
        exons in the panel, or that lies in no exon of the MANE Select transcript.
    """
    junction = call.junction
    return ExonPair(
        five_prime=exon_label(panel, call.five_prime_gene, junction.five_prime, Side.FIVE_PRIME),
        three_prime=exon_label(
            panel, call.three_prime_gene, junction.three_prime, Side.THREE_PRIME
        ),
    )


def exon_label(
    panel: Panel, gene: GeneRef | None, end: JunctionEnd | None, side: Side
) -> ExonLabel | None:
    """Label one side.

    Args:
        panel: Where the exons come from.
        gene: The gene of this side.
        end: This side of the junction, on GRCh38.
        side: On the 5' side the boundary is the exon's last base, on the 3' side its first.
    """
    if gene is None or end is None or end.position is None:
        return None
    mane = panel.mane(gene.symbol)
    if mane is None or mane.strand is None:
        return None
    exon = exon_at(mane, end)
    if exon is None:
        return None
    distance = bases_after if side is Side.FIVE_PRIME else bases_into
    return ExonLabel(
        transcript=mane.accession,
        exon=exon.number,
        boundary=distance(exon, end.position, mane.strand) == 0,
    )
