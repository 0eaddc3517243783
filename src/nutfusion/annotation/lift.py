"""Positions on GRCh37, by the lift that the panel ships for each exon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.sides import exon_at, transcripts_of
from nutfusion.model.annotated import LiftedJunction
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel


CONFIRMED: Final = ("both", "one")
"""Words of ``Exon.grch37_check`` that carry a whole exon: its length is the same on both."""


@dataclass(frozen=True, slots=True)
class LiftedPosition:
    """One side on GRCh37.

    Attributes:
        position: 1-based residue.
        verified: An independent exon table confirms at least one end of the exon; false when the
            gene's offset is all there is.
    """

    position: int
    verified: bool


def lifted_junction(call: FusionCall, panel: Panel) -> LiftedJunction:
    """Lift both sides of a call to GRCh37."""
    five_prime = lifted_position(panel, call.five_prime_gene, call.junction.five_prime)
    three_prime = lifted_position(panel, call.three_prime_gene, call.junction.three_prime)
    return LiftedJunction(
        five_prime=None if five_prime is None else five_prime.position,
        three_prime=None if three_prime is None else three_prime.position,
        five_prime_verified=None if five_prime is None else five_prime.verified,
        three_prime_verified=None if three_prime is None else three_prime.verified,
    )


def lifted_position(
    panel: Panel, gene: GeneRef | None, end: JunctionEnd | None
) -> LiftedPosition | None:
    """Lift one side.

    Returns:
        ``None`` outside exons, for an exon without a shipped lift, and for one whose length differs
        between the assemblies: nothing is extrapolated.
    """
    if end is None or end.position is None or end.assembly is not Assembly.GRCH38:
        return None
    for transcript in transcripts_of(panel, gene):
        exon = exon_at(transcript, end)
        if exon is None or exon.start_grch37 is None or exon.end_grch37 is None:
            continue
        if exon.end_grch37 - exon.start_grch37 == exon.end - exon.start:
            position = exon.start_grch37 + end.position - exon.start
            return LiftedPosition(position, exon.grch37_check in CONFIRMED)
    return None
