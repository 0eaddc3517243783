"""Joints between known genes that are worth giving fragments to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.reads.joints import (
    BOUNDARY_WEIGHT,
    exon_joints,
    exon_joints_near,
    is_boundary,
    merged,
    seeds,
)
from nutfusion.reads.kernels import rescue as r
from nutfusion.reads.molecules import mark_duplicates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.reads.assign import Assigner, Supporter
    from nutfusion.reads.joints import Joint

MOST_SEEDS: Final = 200
"""Seeds tried, heaviest first."""
SHORT_ANCHORS: Final = 12
"""Bases of short anchors, added over distinct fragments, that make an exon joint worth naming when
no read shows it with two long anchors."""
SHORT_ANCHORS_WITH_PAIRS: Final = 8
"""The same where ``PAIRS_WITH_SHORT_ANCHORS`` pairs fit the joint: the genes are known to be
joined, and of the exon joints that fit the pairs these bases tell which one (chance fits 8 bases to
one of NUTM1's exon starts once in 9,000 reads)."""
SHORT_ANCHOR_WITH_MATE: Final = 7
"""The same in one read whose own mate lies beyond the joint: it crosses that joint somewhere, and
chance fits 7 bases to one of NUTM1's exon starts once in 2,300 such reads."""
LEAST_BOUNDED: Final = 3
"""Distinct pairs without any split read that are reported as a bounded joint."""
PAIRS_WITH_SHORT_ANCHORS: Final = LEAST_BOUNDED - 1
"""Distinct pairs beside short anchors: as many fragments show the genes joined as without one."""


def candidates(assigner: Assigner, pairs: Sequence[tuple[int, int, int]]) -> list[Joint]:
    """Joints worth assigning fragments to, those with most split fragments first."""
    map_ = assigner.map
    from_seeds = merged(seeds(assigner.placements, map_), map_)[:MOST_SEEDS]
    gene_pairs = {(five, three) for _, five, three in pairs}
    gene_pairs |= {(j.five_gene, j.three_gene) for j in from_seeds}
    near = [edge for seed in from_seeds for edge in [*exon_joints_near(seed, map_), seed]]
    tried = list(dict.fromkeys([*near, *exon_joints(gene_pairs, map_)]))
    shown = set(from_seeds)
    assigner.call_back(assigner.strangers.across(tried, assigner.longest))
    split = assigner.split(tried, margin=r.MARGIN)
    weight: dict[Joint, int] = {}
    for index, joint in enumerate(tried):
        supporters = split.get(index, [])
        if not supporters:
            continue
        if joint not in shown:
            mark_duplicates(supporters, assigner.names)
            anchors = [_short_anchor(assigner, s) for s in supporters if not s.duplicate]
            bases = sum(known for known, _ in anchors)
            with_mate = max((known for known, mate in anchors if mate), default=0)
            few = bases < SHORT_ANCHORS_WITH_PAIRS and with_mate < SHORT_ANCHOR_WITH_MATE
            if bases < SHORT_ANCHORS and (
                few or _fitting(assigner, pairs, joint) < PAIRS_WITH_SHORT_ANCHORS
            ):
                continue
        weight[joint] = len(supporters) * (BOUNDARY_WEIGHT if is_boundary(map_, joint) else 1)
    return sorted(weight, key=lambda j: (-weight[j], j))


def _short_anchor(assigner: Assigner, supporter: Supporter) -> tuple[int, bool]:
    """Bases without N of the shorter anchor of a fragment's best read (nt).

    Returns:
        The bases, and whether the read's mate lies wholly on the side of that anchor.
    """
    best = 0, False
    for read in supporter.reads:
        if not (read.five and read.three):
            continue
        bases = assigner.sense(supporter.fragment, read)
        short = bases[: read.five] if read.five < read.three else bases[-read.three :]
        beyond = "three" if read.five < read.three else "five"
        mate = any(not getattr(other, beyond) for other in supporter.reads if other is not read)
        best = max(best, (int((short < 4).sum()), mate))
    return best


def _fitting(assigner: Assigner, pairs: Sequence[tuple[int, int, int]], joint: Joint) -> int:
    """Distinct pairs that lie whole on both genes and fit a joint."""
    whole = assigner.whole[0] & assigner.whole[1]
    genes = (joint.five_gene, joint.three_gene)
    fits = [
        s
        for f, *between in pairs
        if whole[f] and tuple(between) == genes
        if (s := assigner.fits(f, joint)) is not None
    ]
    mark_duplicates(fits, assigner.names)
    return sum(not s.duplicate for s in fits)
