"""NUTM1 joined to sequence that the panel does not hold: assemble it, collect its fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.terms import UnassignedReason
from nutfusion.reads.clipped import (
    LEAST_FRAGMENTS,
    LEAST_UNASSIGNED,
    SEED_CLIP,
    SHORTEST_PIECE,
    Clipped,
    UnknownFound,
    clusters,
    other_part,
)
from nutfusion.reads.contig import Template, grow, has_word_of, words_of
from nutfusion.reads.doubt import (
    hint_of,
    is_enough,
    mark_own_sequence,
    nutm1_bases,
    reason_against,
)
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.rescue import EXACT_BELOW
from nutfusion.reads.leaving import clipped_reads
from nutfusion.reads.molecules import mark_duplicates
from nutfusion.reads.placement import reverse_complement
from nutfusion.reads.speaking import with_called_back
from nutfusion.reads.unknown_fragments import unknown_supporters

if TYPE_CHECKING:
    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.known import KnownResult

PLAIN_MATE: Final = 0.6
"""Share of one base from which a mate tells nothing."""


def _mates(
    assigner: Assigner, used: set[int], *, upstream: bool
) -> dict[int, tuple[int, np.ndarray]]:
    """Unplaced mates of NUTM1 reads in the sense of the transcript, by fragment: (mate, bases)."""
    placements = assigner.placements
    out = {}
    for mate in (0, 1):
        rows, others = placements.rows[mate], placements.rows[1 - mate]
        on_nutm1 = (assigner.genes[mate] == 0) & assigner.whole[mate]
        facing = rows[:, k.ORIENTATION] == (1 if upstream else 0)
        placed = (others[:, k.KIND] == k.ONE_GENE) & (
            others[:, k.SCORE] >= others[:, k.LENGTH] // 2
        )
        # A paralogue's exon lies half on the partner that the panel knows, and hardly ever whole.
        gene = assigner.genes[1 - mate]
        known = placed & ((gene == 0) | ((gene > 0) & assigner.whole[1 - mate]))
        for f in np.flatnonzero(placements.paired & on_nutm1 & facing & ~known):
            if int(f) in used:
                continue
            bases = placements.sequenced_bases(1 - mate, int(f))
            if _is_plain(bases):
                continue
            out[int(f)] = (1 - mate, bases if upstream else reverse_complement(bases))
    return out


def _is_plain(bases: np.ndarray) -> bool:
    """Too short or too simple to be anybody's transcript."""
    counts = np.bincount(bases, minlength=5)
    return bool(counts[:4].sum() < SEED_CLIP or counts.max() > PLAIN_MATE * len(bases))


def _is_worth_growing(
    cluster: list[Clipped],
    mates: dict[int, tuple[int, np.ndarray]],
    near: tuple[np.ndarray, np.ndarray],
    *,
    boundary: bool,
    upstream: bool,
) -> bool:
    """Whether a cluster can become a fusion or a line of the list of unassigned ones.

    A single fragment can when it shows so much of NUTM1 that the joint is sure, or, with a little
    less, when it shares a word with the mate of a NUTM1 read, which may then cross the joint too.
    """
    fragments = len({c.fragment for c in cluster})
    if not boundary:
        return fragments >= LEAST_UNASSIGNED
    if fragments >= LEAST_FRAGMENTS:
        return True
    longest = max((len(c.bases) - c.split) if upstream else c.split for c in cluster)
    if not mates:
        return False
    # NB: a read that is such a mate itself shares its words with one mate at least
    return longest >= SHORTEST_PIECE or any(
        nutm1_bases(c) >= EXACT_BELOW
        and has_word_of(c.bases if upstream else c.bases[::-1], near[c.fragment in mates])
        for c in cluster
    )


def _nutm1_side(assigner: Assigner, position: int, *, upstream: bool) -> np.ndarray:
    """NUTM1 bases from the joint on, away from the unknown part."""
    bases = assigner.map.targets.bases
    if upstream:
        return bases[position : position + assigner.longest]
    return bases[position + 1 - assigner.longest : position + 1][::-1]


def unknown_partners(assigner: Assigner, known: KnownResult) -> list[UnknownFound]:
    """Find NUTM1 joined to sequence outside the panel.

    Args:
        assigner: All kept fragments.
        known: Joints between known genes; their fragments are taken.

    Returns:
        Clusters, those to report (``reason`` is ``None``) and those to list; most distinct split
        fragments first, then by residue.
    """
    out: list[UnknownFound] = []
    used = known.used
    reported = [found.joint for found in known.found]
    beyond = {upstream: _mates(assigner, used, upstream=upstream) for upstream in (True, False)}
    pools = {
        upstream: [m[1] if upstream else m[1][::-1] for m in mates.values()]
        for upstream, mates in beyond.items()
    }
    shared = {upstream: words_of(pool) for upstream, pool in pools.items()}
    groups, not_far = clipped_reads(assigner, used, beyond)
    words = {upstream: once for upstream, (once, _) in shared.items()}
    speaks = with_called_back(assigner, used, beyond, words, groups, not_far)
    aside = assigner.strangers.pieces()
    weight = {spot: len(group[2]) + aside[spot] for spot, group in groups.items()}
    for upstream, residue in sorted(groups, key=lambda spot: (-weight[spot], spot)):
        spot = (upstream, residue)
        position, boundary, reads = groups[spot]
        if not boundary and weight[spot] < LEAST_UNASSIGNED:
            continue
        mates = beyond[upstream] if boundary else {}
        ordered = sorted(clusters(reads, speaks[spot], upstream=upstream), key=len, reverse=True)
        near = shared[upstream] if boundary else words_of([])
        for cluster in ordered:
            if not _is_worth_growing(cluster, mates, near, boundary=boundary, upstream=upstream):
                continue
            parts = [other_part(c, upstream=upstream) for c in cluster]
            pool = [m[1] if upstream else m[1][::-1] for m in mates.values()]
            flank = _nutm1_side(assigner, position, upstream=upstream)
            unknown = grow(parts, flank, pool)
            contig = unknown if upstream else unknown[::-1]
            found = UnknownFound(upstream, residue, position, boundary, contig)
            found.supporters = unknown_supporters(
                assigner, cluster, residue, Template(unknown, flank), mates, upstream=upstream
            )
            mark_duplicates(found.supporters, assigner.names)
            found.reason = reason_against(assigner, found, cluster, reported)
            if found.reason is UnassignedReason.NUTM1_PART_TOO_SHORT:
                continue  # it is not about NUTM1, and says nothing of NUTM1's own exons either
            found.hint = hint_of(found)
            out.append(found)
            if found.reason is None:
                for supporter in found.supporters:
                    mates.pop(supporter.fragment, None)
    mark_own_sequence(assigner, out)
    seen = [found for found in out if is_enough(found)]
    return sorted(seen, key=lambda u: (-len(u.distinct("split")), u.residue, u.contig.tobytes()))
