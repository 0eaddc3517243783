"""NUTM1 joined to sequence that the panel does not hold: assemble it, collect its fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from nutfusion.model.terms import UnassignedReason
from nutfusion.reads.assign import PlacedRead, Supporter, mark_duplicates, placed_read
from nutfusion.reads.clipped import (
    LEAST_FRAGMENTS,
    LEAST_UNASSIGNED,
    SEED_CLIP,
    SHORTEST_PIECE,
    SNAP,
    Clipped,
    UnknownFound,
    clipped_reads,
    clusters,
    other_part,
)
from nutfusion.reads.contig import Template, grow, words_of
from nutfusion.reads.doubt import (
    hint_of,
    is_enough,
    mark_own_sequence,
    reason_against,
)
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.rescue import SHORTEST
from nutfusion.reads.placement import reverse_complement
from nutfusion.reads.speaking import with_called_back

if TYPE_CHECKING:
    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.known import KnownResult

STRAY_SHARE: Final = 0.2
"""Share of the pairs reaching over a joint whose other mate must be unplaced, for such pairs to
count without lying on the unknown sequence (chosen by us)."""
WITHIN_REACH: Final = 0.7
"""Share of the usual insert within which most pairs of a mate on NUTM1 reach over the joint."""
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


def _supporters(
    assigner: Assigner,
    cluster: list[Clipped],
    residue: int,
    template: Template,
    mates: dict[int, tuple[int, np.ndarray]],
    *,
    upstream: bool,
) -> list[Supporter]:
    """Split fragments of a cluster, and pairs with one mate on NUTM1 and one beyond it.

    The mate beyond either lies on the unknown sequence, or on nothing the panel knows: with few
    fragments the contig does not reach it.
    """
    crossing: tuple[dict[int, PlacedRead], dict[int, PlacedRead]] = ({}, {})
    for c in cluster:
        length = len(c.bases)
        crossing[c.mate][c.fragment] = placed_read(
            c.mate, c.reverse, -c.split, length, c.split, length - c.split
        )
    strays = upstream and _strays_are_pairs(assigner, residue, mates)
    out = []
    for f in sorted({*crossing[0], *crossing[1], *mates}):
        reads = {
            mate: by_fragment[f] for mate, by_fragment in enumerate(crossing) if f in by_fragment
        }
        for mate in (0, 1):
            if mate in reads or (mate == 1 and not assigner.placements.paired[f]):
                continue
            placed = _on_nutm1(assigner, f, mate, residue, upstream=upstream)
            if placed is None and f in mates and mates[f][0] == mate:
                placed = _on_template(template, mate, mates[f][1], upstream=upstream)
            if placed is not None:
                reads[mate] = placed
        split = any(read.five and read.three for read in reads.values())
        on_nutm1 = any((read.five == 0) == upstream for read in reads.values())
        if not split and not (on_nutm1 and (strays or len(reads) > 1)):
            continue
        kind: Literal["split", "discordant"] = "split" if split else "discordant"
        out.append(assigner.with_ends(f, kind, tuple(reads[m] for m in sorted(reads))))
    return out


def _strays_are_pairs(
    assigner: Assigner, residue: int, mates: dict[int, tuple[int, np.ndarray]]
) -> bool:
    """Whether mates that lie on nothing known are pairs across the joint, or just bad reads.

    Beside a joint they are most of the pairs that could reach over it; where wild-type NUTM1 is
    expressed a few reads fail anyway. For unknown sequence 5' of NUTM1 only.
    """
    reach, let_go = assigner.pairs_beside(residue, assigner.usual_insert * WITHIN_REACH)
    return len(reach.intersection(mates)) >= STRAY_SHARE * (len(reach) + let_go)


def _on_template(
    template: Template, mate: int, bases: np.ndarray, *, upstream: bool
) -> PlacedRead | None:
    """An unplaced mate on the unknown sequence, over the joint or not up to it."""
    before = template.lay(bases if upstream else bases[::-1])
    if before is None:
        return None
    length = len(bases)
    beyond = length - before
    if beyond < SHORTEST:
        before_joint, beyond = min(before, length), 0
    else:
        before_joint = before
    if upstream:
        return placed_read(mate, False, -before, length, before_joint, beyond)
    return placed_read(mate, True, before - length, length, beyond, before_joint)


def _on_nutm1(
    assigner: Assigner, f: int, mate: int, residue: int, *, upstream: bool
) -> PlacedRead | None:
    """A mate that lies on NUTM1 on the right side of the joint."""
    row = assigner.placements.rows[mate][f]
    if assigner.genes[mate][f] != 0 or not assigner.whole[mate][f]:
        return None
    diagonal, length = int(row[k.DIAGONAL]), int(row[k.LENGTH])
    at = assigner.map.near(0, residue, diagonal + int(row[k.START] + row[k.STOP]) // 2)
    if at < 0:
        return None
    if upstream:
        offset = diagonal - at
        if diagonal + int(row[k.START]) < at - SNAP or offset + length > assigner.largest_insert:
            return None
        return placed_read(mate, bool(row[k.ORIENTATION]), offset, length, 0, length)
    offset = diagonal - (at + 1)
    if diagonal + int(row[k.STOP]) > at + 1 + SNAP or -offset > assigner.largest_insert:
        return None
    return placed_read(mate, bool(row[k.ORIENTATION]), offset, length, length, 0)


def _is_worth_growing(
    cluster: list[Clipped],
    mates: dict[int, tuple[int, np.ndarray]],
    *,
    boundary: bool,
    upstream: bool,
) -> bool:
    """Whether a cluster can become a fusion or a line of the list of unassigned ones."""
    fragments = len({c.fragment for c in cluster})
    if not boundary:
        return fragments >= LEAST_UNASSIGNED
    if fragments >= LEAST_FRAGMENTS:
        return True
    longest = max((len(c.bases) - c.split) if upstream else c.split for c in cluster)
    return bool(mates) and longest >= SHORTEST_PIECE


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
    groups = clipped_reads(assigner, used, beyond)
    speaks = with_called_back(assigner, used, beyond, shared, groups)
    aside = assigner.strangers.pieces()
    weight = {spot: len(group[2]) + aside[spot] for spot, group in groups.items()}
    for upstream, residue in sorted(groups, key=lambda spot: (-weight[spot], spot)):
        spot = (upstream, residue)
        position, boundary, reads = groups[spot]
        if not boundary and weight[spot] < LEAST_UNASSIGNED:
            continue
        mates = beyond[upstream] if boundary else {}
        ordered = sorted(clusters(reads, speaks[spot], upstream=upstream), key=len, reverse=True)
        for cluster in ordered:
            if not _is_worth_growing(cluster, mates, boundary=boundary, upstream=upstream):
                continue
            parts = [other_part(c, upstream=upstream) for c in cluster]
            pool = [m[1] if upstream else m[1][::-1] for m in mates.values()]
            flank = _nutm1_side(assigner, position, upstream=upstream)
            unknown = grow(parts, flank, pool)
            contig = unknown if upstream else unknown[::-1]
            found = UnknownFound(upstream, residue, position, boundary, contig)
            found.supporters = _supporters(
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
