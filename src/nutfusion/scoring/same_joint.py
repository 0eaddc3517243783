"""Whether calls of two samples may be of one joint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd

DIFFERENT: Final = 0.15
"""Share of different bases from which two consensus sequences are of two joints: that of two reads
with errors (``reads.contig.AGREEMENT``); other DNA differs in three quarters."""

LEAST_COMPARED: Final = 10
"""Bases of one side of a joint from which they say something (chosen by us)."""

NEAR: Final = 10
"""Bases by which two samples may put one break of DNA apart (``calls.draft.NEAR``)."""


def is_same_joint(one: FusionCall, other: FusionCall) -> bool:
    """Whether two calls may be of one joint: known differences part them, unknown ones do not.

    A few reads may not name the partner of a strong sample, or only bound its joint. RNA leaves no
    break of DNA in another sample, nor DNA a spliced joint.
    """
    if one.fusion_detection is not other.fusion_detection:
        return False
    if any(
        compared >= LEAST_COMPARED and differences > DIFFERENT * compared
        for compared, differences in compared_sides(one, other)
    ):
        return False
    if one.fusion_detection is FusionDetection.INFERRED:
        return _is_same_break(one, other)
    if one.fusion_id == other.fusion_id:
        return True
    if one.order_known is not other.order_known:
        return False
    mine, theirs = one.junction, other.junction
    sides = (
        (one.five_prime_gene, other.five_prime_gene, mine.five_prime, theirs.five_prime),
        (one.three_prime_gene, other.three_prime_gene, mine.three_prime, theirs.three_prime),
    )
    return all(_may_be_one(*side) for side in sides) and any(
        gene is not None and gene == their_gene and _overlap(end, their_end)
        for gene, their_gene, end, their_end in sides
    )


def _is_same_break(one: FusionCall, other: FusionCall) -> bool:
    """Whether DNA broke in one place; breaks that are not placed may be those of the same genes."""
    mine, theirs = one.genomic_breakpoint, other.genomic_breakpoint
    if mine is None or theirs is None:
        return one.fusion_id == other.fusion_id
    ends = ((mine.five_prime, theirs.five_prime), (mine.three_prime, theirs.three_prime))
    return all(_overlap(end, their_end, NEAR) for end, their_end in ends)


def _may_be_one(
    gene: GeneRef | None,
    other_gene: GeneRef | None,
    end: JunctionEnd | None,
    other_end: JunctionEnd | None,
) -> bool:
    if gene is not None and other_gene is not None and gene != other_gene:
        return False
    return _span(end) is None or _span(other_end) is None or _overlap(end, other_end)


def _span(end: JunctionEnd | None) -> tuple[str, int, int] | None:
    if end is None or end.contig is None:
        return None
    if end.position is not None:
        return end.contig, end.position, end.position
    return None if end.position_range is None else (end.contig, *end.position_range)


def _overlap(end: JunctionEnd | None, other: JunctionEnd | None, slack: int = 0) -> bool:
    mine, theirs = _span(end), _span(other)
    if mine is None or theirs is None or mine[0] != theirs[0]:
        return False
    return mine[1] <= theirs[2] + slack and theirs[1] <= mine[2] + slack


def compared_sides(one: FusionCall, other: FusionCall) -> tuple[tuple[int, int], ...]:
    """Of each side of the joint, 5' first: bases that both consensus have, and how many differ.

    Empty when either call has no consensus.
    """
    if one.consensus_sequence is None or other.consensus_sequence is None:
        return ()
    if one.consensus_junction_offset is None or other.consensus_junction_offset is None:
        return ()
    shift = one.consensus_junction_offset - other.consensus_junction_offset
    sides = [[0, 0], [0, 0]]
    for i, base in enumerate(one.consensus_sequence):
        if not 0 <= i - shift < len(other.consensus_sequence):
            continue
        theirs = other.consensus_sequence[i - shift]
        if "N" not in (base, theirs):
            side = sides[i >= one.consensus_junction_offset]
            side[0] += 1
            side[1] += base != theirs
    return (sides[0][0], sides[0][1]), (sides[1][0], sides[1][1])
