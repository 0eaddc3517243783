"""Where a joint lies that may be moved without changing the fused sequence.

Bases at the joint that fit both sides leave it open where one part ends. Aligners and callers put
it at one end of these bases, or in their middle; the transcript was spliced at exon edges. Moving
the joint gives bases of one part to the other::

    5' part, kept lower    ====p->      p + bases: grows
    3' part, kept higher       ->p====  p + bases: shrinks, so both move the same way
    3' part, kept lower    ====p<-      p - bases: shrinks, the other way
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.sides import Side
    from nutfusion.model.terms import Kept


def slide_of_other(
    slide: tuple[int, int], kept: Kept | None, other: Kept | None
) -> tuple[int, int]:
    """The bases by which the second side of a joint moves, from those of the first."""
    low, high = slide
    return (-high, -low) if kept is other else (low, high)


def at_exon_edges(five: Side, three: Side, slide: tuple[int, int]) -> tuple[Side, Side, list[str]]:
    """Move a joint to exon edges, or else to where the 5' part is shortest.

    Args:
        five: 5' side.
        three: 3' side.
        slide: (lowest, highest) number of bases that the 5' side may be moved towards higher
            coordinates.

    Returns:
        The sides, and a reason when they were moved. As they were, when a position or the part
        that stays is not known on both.
    """
    if five.position is None or three.position is None or None in (five.kept, three.kept):
        return five, three, []
    sign = 1 if five.kept == "lower" else -1

    def moved(bases: int) -> tuple[Side, Side]:
        other, _ = slide_of_other((bases, bases), five.kept, three.kept)
        assert five.position is not None  # noqa: S101 - asked above
        assert three.position is not None  # noqa: S101 - asked above
        return (
            replace(five, position=five.position + bases),
            replace(three, position=three.position + other),
        )

    def rank(bases: int) -> tuple[int, int]:
        left, right = moved(bases)
        edges = left.is_edge(five_prime=True) + right.is_edge(five_prime=False)
        return -edges, sign * bases

    best = min(_worth_trying(five, three, slide), key=rank)
    if best == 0:
        return five, three, []
    return *moved(best), [remark("joint_moved_in_homology", bases=abs(best))]


def _worth_trying(five: Side, three: Side, slide: tuple[int, int]) -> set[int]:
    """Both ends of the homology, and what brings one side to an exon edge."""
    assert five.position is not None  # noqa: S101 - asked by the caller
    assert three.position is not None  # noqa: S101 - asked by the caller
    low, high = slide
    ways = {low, high}
    if five.locus is not None:
        ways |= {edge - five.position for edge in five.locus.donors}
    if three.locus is not None:
        sign = -1 if five.kept is three.kept else 1
        ways |= {sign * (edge - three.position) for edge in three.locus.acceptors}
    return {bases for bases in ways if low <= bases <= high}
