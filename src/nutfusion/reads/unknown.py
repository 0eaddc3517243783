"""NUTM1 joined to sequence that the panel does not hold: assemble it, collect its fragments."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

import numpy as np

from nutfusion.reads.assign import PlacedRead, Supporter, mark_duplicates
from nutfusion.reads.clipped import (
    LEAST_FRAGMENTS,
    SNAP,
    Clipped,
    UnknownFound,
    clipped_reads,
    clusters,
    other_part,
)
from nutfusion.reads.contig import Contig, grow
from nutfusion.reads.doubt import hint_of, reason_against
from nutfusion.reads.kernels import place as k
from nutfusion.reads.placement import reverse_complement

if TYPE_CHECKING:
    from nutfusion.reads.assign import Assigner


def _mates(
    assigner: Assigner, used: set[int], *, upstream: bool
) -> dict[int, tuple[int, np.ndarray]]:
    """Unplaced mates of NUTM1 reads in the sense of the transcript, by fragment: (mate, bases)."""
    placements = assigner.placements
    out = {}
    for f in np.flatnonzero(placements.paired):
        if int(f) in used:
            continue
        for mate in (0, 1):
            row = placements.rows[mate][f]
            other = placements.rows[1 - mate][f]
            if assigner.genes[mate][f] != 0 or row[k.ORIENTATION] != (1 if upstream else 0):
                continue
            placed = other[k.KIND] == k.ONE_GENE and other[k.SCORE] >= other[k.LENGTH] // 2
            if placed and assigner.genes[1 - mate][f] >= 0:
                continue
            bases = placements.sequenced_bases(1 - mate, int(f))
            out[int(f)] = (1 - mate, bases if upstream else reverse_complement(bases))
    return out


def _supporters(
    assigner: Assigner,
    cluster: list[Clipped],
    position: int,
    contig: np.ndarray,
    mates: dict[int, tuple[int, np.ndarray]],
    *,
    upstream: bool,
) -> list[Supporter]:
    """Split fragments of a cluster, and pairs with one mate on the contig."""
    crossing: dict[int, dict[int, PlacedRead]] = defaultdict(dict)
    for c in cluster:
        length = len(c.bases)
        crossing[c.fragment][c.mate] = PlacedRead(
            c.mate, c.reverse, -c.split, length, c.split, length - c.split
        )
    contig_index = Contig(contig if upstream else contig[::-1])
    residue = assigner.map.residue(position)
    out = []
    for f in sorted(set(crossing) | set(mates)):
        reads = dict(crossing.get(f, {}))
        kind: Literal["split", "discordant"] = "split" if reads else "discordant"
        for mate in (0, 1):
            if mate in reads or (mate == 1 and not assigner.placements.paired[f]):
                continue
            on_nutm1 = _on_nutm1(assigner, f, mate, residue, upstream=upstream)
            if on_nutm1 is not None:
                reads[mate] = on_nutm1
            elif f in mates and mates[f][0] == mate:
                bases = mates[f][1]
                before = contig_index.lay(bases if upstream else bases[::-1])
                if before is None:
                    continue
                length = len(bases)
                reads[mate] = (
                    PlacedRead(mate, False, -before, length, length, 0)
                    if upstream
                    else PlacedRead(mate, True, before - length, length, 0, length)
                )
        sides = {read.five == 0 for read in reads.values()}
        if kind == "discordant" and len(sides) < 2:
            continue
        out.append(assigner.with_ends(f, kind, tuple(reads[m] for m in sorted(reads))))
    return out


def _on_nutm1(
    assigner: Assigner, f: int, mate: int, residue: int, *, upstream: bool
) -> PlacedRead | None:
    """A mate that lies on NUTM1 on the right side of the joint."""
    if assigner.genes[mate][f] != 0:
        return None
    row = assigner.placements.rows[mate][f]
    diagonal, length = int(row[k.DIAGONAL]), int(row[k.LENGTH])
    at = assigner.map.near(0, residue, diagonal + int(row[k.START] + row[k.STOP]) // 2)
    if at < 0:
        return None
    if upstream:
        offset = diagonal - at
        if diagonal + int(row[k.START]) < at - SNAP or offset + length > assigner.largest_insert:
            return None
        return PlacedRead(mate, bool(row[k.ORIENTATION]), offset, length, 0, length)
    offset = diagonal - (at + 1)
    if diagonal + int(row[k.STOP]) > at + 1 + SNAP or -offset > assigner.largest_insert:
        return None
    return PlacedRead(mate, bool(row[k.ORIENTATION]), offset, length, length, 0)


def unknown_partners(assigner: Assigner, used: set[int]) -> list[UnknownFound]:
    """Find NUTM1 joined to sequence outside the panel.

    Args:
        assigner: All kept fragments.
        used: Fragments that already support a joint between known genes.

    Returns:
        Clusters, those to report (``reason`` is ``None``) and those to list; most distinct split
        fragments first, then by residue.
    """
    out: list[UnknownFound] = []
    for (upstream, residue), (position, boundary, reads) in sorted(
        clipped_reads(assigner, used).items()
    ):
        mates = _mates(assigner, used, upstream=upstream)
        for cluster in clusters(reads, upstream=upstream):
            if len({c.fragment for c in cluster}) < LEAST_FRAGMENTS:
                continue
            first = Contig.of([other_part(c, upstream=upstream) for c in cluster])
            pool = [m[1] if upstream else m[1][::-1] for m in mates.values()]
            outward = grow(first.bases[::-1], pool)
            contig = outward if upstream else outward[::-1]
            found = UnknownFound(upstream, residue, position, boundary, contig)
            found.supporters = _supporters(
                assigner, cluster, position, contig, mates, upstream=upstream
            )
            mark_duplicates(found.supporters, assigner.names)
            found.reason = reason_against(assigner, found, cluster)
            found.hint = hint_of(found)
            out.append(found)
    return sorted(out, key=lambda u: (-len(u.distinct("split")), u.residue, u.contig.tobytes()))
