"""Is a fusion transcript the run-on of one gene into the next one?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from nutfusion.model.junction import Junction, JunctionEnd

READ_THROUGH_DISTANCE: Final = 200_000
"""Largest gap (bases, GRCh38) that a run-on transcript may leap. Chosen by us, ADR 0004."""


def is_read_through(junction: Junction) -> bool:
    """Whether both parts lie close together on one strand, in transcript order.

    Such a transcript needs no rearrangement. Opposite strands need an inversion, so they are
    never read-through; an unplaced or unknown side is not either.
    """
    five_prime, three_prime = junction.five_prime, junction.three_prime
    if five_prime is None or three_prime is None:
        return False
    left, right = _bounds(five_prime), _bounds(three_prime)
    if left is None or right is None or five_prime.strand is None:
        return False
    if five_prime.contig != three_prime.contig or five_prime.strand is not three_prime.strand:
        return False
    gap = right[0] - left[1] if five_prime.strand is Strand.PLUS else left[0] - right[1]
    return 0 < gap <= READ_THROUGH_DISTANCE


def _bounds(end: JunctionEnd) -> tuple[int, int] | None:
    if end.position is not None:
        return end.position, end.position
    return end.position_range
