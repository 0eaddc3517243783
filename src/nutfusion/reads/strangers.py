"""Fragments that can matter only where others show a joint: set aside until that is known.

Most fragments that could show a joint are strangers: a read on nothing known ends with 8 to 13
bases of NUTM1 from the edge of an exon, or has a chance placement that fits up to one of its ends.
By themselves they say nothing. The former count where they go on like a read that shows more of
NUTM1, or share a word with the mate of one; the latter where the genes that they resemble are
joined. Until the others have been looked at they are held in packs (see ``packs``), unplaced.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.assign import rescue_reads
from nutfusion.reads.clipped import SEED_CLIP
from nutfusion.reads.doubt import PIECE_WITH_PAIRS
from nutfusion.reads.kept import KeptReads, all_of, ragged
from nutfusion.reads.kernels import beside as b
from nutfusion.reads.kernels import edges as e
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels import rescue as r
from nutfusion.reads.kernels.matter import ENDS, FITS, may_show_a_joint
from nutfusion.reads.packs import Pack, pack
from nutfusion.reads.placement import gene_of, place_reads
from nutfusion.reads.short_pieces import edge_rows
from nutfusion.reads.umi import cut

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from nutfusion.reads.joints import Joint, Map
    from nutfusion.reads.placement import Placements

    Spot = tuple[bool, int]
    """Where NUTM1 is left: whether the unknown part is 5' of it, and the residue."""

PACK: Final = 2048
"""Fragments that are compressed together."""
SPEAKS: Final = PIECE_WITH_PAIRS
"""Bases of NUTM1 (nt) from which a read may speak for itself, so that it is no stranger."""
NOWHERE: Final = -9
"""What ``gene_of`` says of a read that is not on one gene."""


def _sought(edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Edges as ``edges.pieces`` takes them, and what to try of them."""
    packed = e.packed(edges)
    return packed, e.tried_by_end(packed, 2)


class Strangers:
    """Fragments set aside.

    Args:
        map_: The panel.

    Attributes:
        umi_pattern: Cuts UMIs out of read names; ``None`` where they are not from there. Known
            once all names are.
        spots: Where NUTM1 is left, by the number of the exon's edge.
    """

    def __init__(self, map_: Map) -> None:
        self.umi_pattern: re.Pattern[str] | None = None
        self._map = map_
        both = [edge_rows(map_, upstream=upstream) for upstream in (True, False)]
        starts, ends = both[0][1], both[1][1]
        self.spots = [
            (upstream, map_.residue(place))
            for upstream, (places, _) in zip((True, False), both, strict=True)
            for place in places
        ]
        # a read that begins so is the other strand of one that ends with an exon's start
        self._first = _sought(np.concatenate([3 - starts, ends]))
        self._last = _sought(np.concatenate([starts, 3 - ends]))
        # (edges, number of the first, whether the piece is at the read's end, other strand)
        self._ways = [
            (_sought(starts), 0, True, False),
            (_sought(3 - starts), 0, False, True),
            (_sought(ends), len(starts), False, False),
            (_sought(3 - ends), len(starts), True, True),
        ]
        self._counts = np.zeros(len(self.spots), np.int64)
        self._packs: list[Pack] = []
        self._loose: list[tuple[KeptReads, np.ndarray, np.ndarray, np.ndarray]] = []

    def __len__(self) -> int:
        """Fragments that are set aside."""
        return sum(int(p.inside.sum()) for p in self._packs) + sum(len(x[0]) for x in self._loose)

    def pieces(self) -> Counter[Spot]:
        """How many pieces of NUTM1 those set aside have, by the spot at which they end."""
        out: Counter[Spot] = Counter()
        for spot, n in zip(self.spots, self._counts.tolist(), strict=True):
            out[spot] += n
        return out

    def signs(self, placements: Placements, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What makes fragments strangers that are set aside, if anything.

        Args:
            placements: Of a batch.
            which: Those to look at; bool.

        Returns:
            Gene number that each mate resembles up to an end (-1 for none), int16, shape (n, 2);
            pieces, int32, shape (m, ``beside.FIELDS``).
        """
        t = self._map.targets
        near = np.full((len(placements), 2), -1, np.int16)
        found = [np.empty((0, b.FIELDS), np.int32)]
        for mate, (reads, rows) in enumerate(zip(placements.reads, placements.rows, strict=True)):
            nowhere = (gene_of(rows, t) == NOWHERE) & (rows[:, k.KIND] != k.TWO_GENES)
            shows = np.zeros(len(placements), np.uint8)
            may_show_a_joint(
                reads.data,
                reads.offsets,
                rows,
                np.flatnonzero(nowhere & which),
                t.bases,
                t.gene,
                SEED_CLIP + e.SHORTEST,
                *self._first,
                *self._last,
                shows,
            )
            fits = (shows & FITS) > 0
            middle = rows[:, k.DIAGONAL] + (rows[:, k.START] + rows[:, k.STOP]) // 2
            near[fits, mate] = t.gene[middle[fits]]
            ending = np.flatnonzero(shows & ENDS)
            shown = np.empty((len(ending), 2), np.int64)
            for sought, first, at_end, reverse in self._ways:
                e.pieces(
                    reads.data, reads.offsets, rows[:, k.LENGTH], ending, *sought, at_end, shown
                )
                has = shown[:, 0] >= 0
                row = np.empty((int(has.sum()), b.FIELDS), np.int32)
                row[:, b.FRAGMENT] = ending[has]
                row[:, [b.MATE, b.AT_END, b.REVERSE]] = mate, at_end, reverse
                row[:, b.EDGE] = shown[has, 0] + first
                row[:, b.BASES] = shown[has, 1]
                found.append(row)
        return near, np.concatenate(found)

    def add(
        self,
        kept: KeptReads,
        placements: Placements,
        near: np.ndarray,
        pieces: np.ndarray,
        which: np.ndarray,
    ) -> None:
        """Set some fragments of a batch aside.

        Args:
            kept: The batch.
            placements: Its placements.
            near: See ``signs``.
            pieces: See ``signs``.
            which: Indices of the fragments.
        """
        number = np.full(len(kept), -1, np.int64)
        before = sum(len(loose[0]) for loose in self._loose)
        number[which] = before + np.arange(len(which))
        own = pieces[number[pieces[:, b.FRAGMENT]] >= 0]
        own[:, b.FRAGMENT] = number[own[:, b.FRAGMENT]]
        self._counts += np.bincount(own[:, b.EDGE], minlength=len(self._counts))
        lengths = np.stack([rows[which, k.LENGTH] for rows in placements.rows], axis=1)
        self._loose.append((kept.take(which), lengths, near[which], own))
        if before + len(which) >= PACK:
            self._pack()

    def packs(self) -> Sequence[Pack]:
        """All of them."""
        self._pack()
        return self._packs

    def _pack(self) -> None:
        if self._loose:
            kept, lengths, near, pieces = zip(*self._loose, strict=True)
            self._loose = []
            self._packs.append(pack(all_of(kept), lengths, near, pieces))

    def take_out(self, p: Pack, which: np.ndarray) -> KeptReads:
        """Take fragments out of a pack, for good.

        Args:
            p: The pack.
            which: Indices of fragments inside it.
        """
        p.inside[which] = False
        out = np.zeros(len(p.inside), bool)
        out[which] = True
        pieces = p.pieces.array()
        gone = pieces[out[pieces[:, b.FRAGMENT]], b.EDGE]
        self._counts -= np.bincount(gone, minlength=len(self._counts))
        reads = p.reads(which)
        if self.umi_pattern is None:
            return reads
        umis = cut(self.umi_pattern, [reads.names.text(i) for i in range(len(reads))])
        return KeptReads(
            reads.names, reads.mate_1, reads.mate_2, ragged([u.encode() for u in umis])
        )

    def let_go(self) -> None:
        """Let all go that were not taken out; ``pieces`` still counts theirs."""
        self._packs = []

    def across(self, joints: Sequence[Joint], flank: int) -> KeptReads:
        """Take out those with a read that one of some joints explains.

        Args:
            joints: Joints.
            flank: Bases on either side of a joint that are compared.
        """
        genes = sorted({gene for j in joints for gene in (j.five_gene, j.three_gene)})
        found = []
        for p in self.packs() if genes else ():
            near = np.isin(p.near.array(), genes).any(axis=1)
            which = np.flatnonzero(near & p.inside)
            if not len(which):
                continue
            placements = place_reads(p.reads(which), self._map.targets)
            tables = rescue_reads(placements, joints, self._map, flank=flank, margin=r.MARGIN)
            across = (tables[0][:, r.JOINT] >= 0) | (tables[1][:, r.JOINT] >= 0)
            if across.any():
                found.append(self.take_out(p, which[across]))
        return all_of(found)
