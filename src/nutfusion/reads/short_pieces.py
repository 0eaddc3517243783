"""Unplaced reads that end with a piece of NUTM1 from the edge of an exon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nutfusion.reads.clipped import SEED_CLIP, Clipped
from nutfusion.reads.kernels import edges as e
from nutfusion.reads.kernels import place as k
from nutfusion.reads.placement import reverse_complement

if TYPE_CHECKING:
    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.joints import Map


def edge_rows(map_: Map, *, upstream: bool) -> tuple[list[int], np.ndarray]:
    """NUTM1 beside its exon edges, outwards from the edge.

    Returns:
        Global position of each edge in NUTM1's first target; base codes, shape
        (edges, ``edges.REACH``).
    """
    edges = map_.acceptors if upstream else map_.donors
    places = [map_.first(0, residue) for residue in edges.get(0, [])]
    outwards = np.arange(e.REACH) * (1 if upstream else -1)
    rows = map_.targets.bases[np.array(places, np.int64)[:, None] + outwards[None, :]]
    return places, np.ascontiguousarray(rows, np.uint8)


def short_pieces(
    assigner: Assigner,
    used: set[int],
    mates: dict[int, tuple[int, np.ndarray]],
    *,
    upstream: bool,
    since: int = 0,
) -> dict[int, list[Clipped]]:
    """Unplaced reads that end (or begin) with a piece of NUTM1 from the edge of an exon.

    The piece is too short to place by itself; that it reaches from an exon's edge to the read's
    end says where it is. A mate on NUTM1 says which way the read runs; without one both are tried.

    Args:
        assigner: All kept fragments.
        used: Fragments that are taken.
        mates: (mate, base codes in the transcript's sense) by fragment with a mate on NUTM1.
        upstream: The unknown part is 5' of NUTM1.
        since: Fragments before this one are left out.

    Returns:
        By global position of the edge in NUTM1's first target.
    """
    places, edges = edge_rows(assigner.map, upstream=upstream)
    held = assigner.placements
    out: dict[int, list[Clipped]] = {}
    for mate, rows in enumerate(assigner.placements.rows):
        unplaced = (assigner.genes[mate] == -9) & (rows[:, k.KIND] != k.TWO_GENES)
        unplaced &= rows[:, k.LENGTH] >= SEED_CLIP + e.SHORTEST
        unplaced[list(used)] = False
        unplaced[:since] = False
        which = np.flatnonzero(unplaced).astype(np.int64)
        reads = assigner.placements.reads[mate]
        for reverse in (False, True):
            shown = np.empty((len(which), 2), np.int64)
            sought = e.packed(3 - edges if reverse else edges)
            tried = e.tried_by_end(sought, 2)
            at_end = upstream != reverse
            lengths = rows[:, k.LENGTH]
            e.pieces(reads.data, reads.offsets, lengths, which, sought, tried, at_end, shown)
            for i in np.flatnonzero(shown[:, 0] >= 0):
                f, edge, n = int(which[i]), int(shown[i, 0]), int(shown[i, 1])
                if f in mates and mates[f][0] == mate and reverse == upstream:
                    continue
                read = assigner.placements.sequenced_bases(mate, f)
                bases = reverse_complement(read) if reverse else read
                split = len(bases) - n if upstream else n
                outwards = bases[split:] if upstream else bases[:split][::-1]
                known = outwards < 4
                different = int((outwards != edges[edge, :n])[known].sum())
                clipped = Clipped(f, mate, reverse, split, held, int(known.sum()), different)
                out.setdefault(places[edge], []).append(clipped)
    return out
