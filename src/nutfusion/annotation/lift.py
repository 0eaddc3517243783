"""Positions on GRCh37, by the lift that the panel ships for each exon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.annotation.sides import exon_at, transcripts_of
from nutfusion.model.annotated import LiftedJunction
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel


def lifted_junction(call: FusionCall, panel: Panel) -> LiftedJunction:
    """Lift both sides of a call to GRCh37."""
    return LiftedJunction(
        five_prime=lifted_position(panel, call.five_prime_gene, call.junction.five_prime),
        three_prime=lifted_position(panel, call.three_prime_gene, call.junction.three_prime),
    )


def lifted_position(panel: Panel, gene: GeneRef | None, end: JunctionEnd | None) -> int | None:
    """Lift one side.

    Returns:
        1-based GRCh37 residue. ``None`` outside exons, for an exon without a shipped lift, and
        for one whose length differs between the assemblies: nothing is extrapolated.
    """
    if end is None or end.position is None or end.assembly is not Assembly.GRCH38:
        return None
    for transcript in transcripts_of(panel, gene):
        exon = exon_at(transcript, end)
        if exon is None or exon.start_grch37 is None or exon.end_grch37 is None:
            continue
        if exon.end_grch37 - exon.start_grch37 == exon.end - exon.start:
            return exon.start_grch37 + end.position - exon.start
    return None
