"""Long reads: find where they change from one gene to another, and lay that part without gaps.

Reads of 1 to 20 kb have insertions and deletions, which the gapless placement cannot follow. Of
each long read the part around its joint is laid on the columns of the two transcripts: a missing
base is an N, an extra base is left out. That part goes the way of all single reads, so that
joints, consensus, names and doubts have one meaning; the ends of the whole read say what is one
molecule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.exon_ends import CATALOGUED_EXON
from nutfusion.reads.kept import KeptReads, ragged
from nutfusion.reads.kernels.align import ABSENT
from nutfusion.reads.kernels.probes import K
from nutfusion.reads.long_clips import Laid, laid_on, smoothed, without_introns
from nutfusion.reads.placement import reverse_complement

if TYPE_CHECKING:
    from nutfusion.reads.long_hits import Hit
    from nutfusion.reads.retain import Retainer
    from nutfusion.reads.targets import Targets

LONGEST_SHORT: Final = 350
"""Longest single read (nt) that is placed without gaps: sequencers that make short reads end at
301, and what reads longer makes insertions and deletions (chosen by us)."""
WORD: Final = 16
"""A read without a word of NUTM1 so long is not mapped: the sieve keeps many that have only a
catalogued joint's, all but one base of it the partner's. ``kernels.probes.K``."""
SIDE: Final = 150
"""Columns that are laid on either side of a joint: as many as the consensus shows."""
REACH: Final = 12
"""Bases from the end of a piece within which an exon edge is tried as the joint: errors beside it
end a piece early, equal bases late (chosen by us)."""
EDGE_GAIN: Final = 4
"""Differences by which a joint off the exon edges must be better (chosen by us)."""
LONGEST_GAP: Final = 30
"""Most untemplated bases between two pieces; ``kernels.place.LONGEST_LINKER``."""
NEAR: Final = 100
"""Most bases between two pieces, or shared by them, that are tried as one joint: a run of errors
can end a piece so much early (chosen by us)."""
DIFFERENCES: Final = 0.12
"""Share of differences around a joint up to which it is believed: 5 % errors twice over; a piece of
something else between two genes costs more (chosen by us)."""
LEAST_CLIP: Final = 40
"""Shortest unplaced end that may be a partner (nt; chosen by us)."""


class _Layer:
    """Lays long reads on the panel."""

    def __init__(self, targets: Targets) -> None:
        from nutfusion.reads.long_hits import LongMapper  # takes time, and few samples need it

        self.targets = targets
        pieces = [targets.bases[targets.starts[i] : targets.ends[i]] for i in targets.of_gene(0)]
        self.words = np.unique(
            np.concatenate(
                [_words(p) for piece in pieces for p in (piece, reverse_complement(piece))]
            )
        )
        self.mapper = LongMapper(targets)
        self.returning: list[Laid] = []
        mane = targets.of_gene(0)[0]
        starts = targets.starts[mane] + np.flatnonzero(
            targets.acceptor[targets.starts[mane] : targets.ends[mane]]
        )
        third = CATALOGUED_EXON - 2  # the first exon has no acceptor
        self.acceptor = int(targets.genome[starts[third]]) if len(starts) > third else -1

    def laid(self, read: np.ndarray) -> Laid | None:
        """The part of a read that matters; ``None`` when it is not NUTM1's."""
        if not np.isin(_words(read), self.words, assume_unique=True).any():
            return None
        hits = self.mapper.hits(read)
        nutm1 = next((h for h in hits if h.gene == 0), None)
        if nutm1 is None or any(_is_better(other, nutm1) for other in hits if other.gene < 0):
            return None
        if nutm1.reverse:
            read = reverse_complement(read)
        others = [h for h in hits if h.gene > 0 and h.reverse == nutm1.reverse]
        pairs = [(h, nutm1) for h in others if abs(nutm1.start - h.end) <= NEAR]
        pairs += [(nutm1, h) for h in others if abs(h.start - nutm1.end) <= NEAR]
        for five, three in pairs:
            if (joined := self._joined(read, five, three)) is not None:
                return joined
        again = [_turned(h, len(read), nutm1) for h in hits if h.gene == 0 and h is not nutm1]
        return self._alone(
            read,
            nutm1,
            leaves_before=all(end > nutm1.start + NEAR for _, end in again),
            leaves_after=all(start < nutm1.end - NEAR for start, _ in again),
        )

    def _edges(self, marks: np.ndarray, position: int, target: int, reach: int) -> list[int]:
        """Exon edges of a target near a position (global)."""
        low = max(position - reach, int(self.targets.starts[target]))
        high = min(position + reach + 1, int(self.targets.ends[target]))
        return [low + int(i) for i in np.flatnonzero(marks[low:high])]

    def _joined(self, read: np.ndarray, five: Hit, three: Hit) -> Laid | None:
        """Lay a read on the joint of two hits that costs fewest differences; none if too many."""
        t = self.targets
        left = max(five.low, five.high - SIDE)
        right = min(three.high, three.low + SIDE)
        q_left, q_right = five.in_read(left), three.in_read(right)
        query = read[q_left:q_right]
        gap = three.start - five.end
        reach = REACH + abs(gap)
        ends = self._edges(t.donor, five.high - 1, int(t.target[five.low]), reach)
        starts = self._edges(t.acceptor, three.low, int(t.target[three.low]), reach)
        shared = max(0, -gap)
        tries = [(0, e, s, 0) for e in ends for s in starts if e >= left and s < right]
        if gap <= LONGEST_GAP and five.high - 1 - shared >= left:
            tries.append((EDGE_GAIN, five.high - 1 - shared, three.low, max(0, gap)))
        best: tuple[int, int, np.ndarray] | None = None
        for number, (extra, end, start, linker) in enumerate(tries):
            columns = np.concatenate(
                [
                    t.bases[left : end + 1],
                    read[five.end : five.end + linker],
                    t.bases[start:right],
                ]
            )
            cost, row, _ = laid_on(query, columns)
            if best is None or (cost + extra, number) < best[:2]:
                best = cost + extra, number, row
        if best is None or best[0] - EDGE_GAIN > DIFFERENCES * len(query):
            return None
        return Laid(best[2], q_left, len(read) - q_right)

    def _alone(
        self, read: np.ndarray, hit: Hit, *, leaves_before: bool, leaves_after: bool
    ) -> Laid:
        """A read that lies on NUTM1 only: where it leaves it, else its third exon's beginning.

        It does not leave where more of NUTM1 follows: another isoform, an intron that was kept.
        """
        t = self.targets
        target = int(t.target[hit.low])
        sides = [
            (leaves_before, min(hit.start, hit.low - int(t.starts[target])), True),
            (leaves_after, min(len(read) - hit.end, int(t.ends[target]) - hit.high), False),
        ]
        leaves, clipped, upstream = max(sides, key=lambda side: (side[1] >= LEAST_CLIP, *side))
        if clipped >= LEAST_CLIP:
            at, marks = (hit.low, t.acceptor) if upstream else (hit.high - 1, t.donor)
            edge = _nearest(self._edges(marks, at, target, REACH), at)
            laid = self._leaving(read, hit, edge, upstream=upstream)
            if leaves:
                return laid
            self.returning.append(laid)
        at_acceptor = np.flatnonzero(t.genome[hit.low : hit.high] == self.acceptor)
        inside = hit.low + int(at_acceptor[0]) if len(at_acceptor) else 0
        middle = inside or (hit.low + hit.high) // 2
        low, high = max(hit.low, middle - SIDE), min(hit.high, middle + SIDE)
        start, end = hit.in_read(low), hit.in_read(high)
        row = laid_on(read[start:end], t.bases[low:high])[1]
        return Laid(row, start, len(read) - end)

    def _leaving(self, read: np.ndarray, hit: Hit, edge: int, *, upstream: bool) -> Laid:
        """NUTM1's part laid on its columns, the other part as it was read."""
        t = self.targets
        if upstream:
            begin = hit.in_read(edge) if edge >= hit.low else hit.start - (hit.low - edge)
            begin = max(0, begin)
            high = min(hit.high, edge + SIDE)
            end = hit.in_read(high)
            low_clip = max(0, begin - SIDE)
            row = laid_on(read[begin:end], t.bases[edge:high])[1]
            bases = np.concatenate([read[low_clip:begin], row])
            return Laid(bases, low_clip, len(read) - end, edge, begin - low_clip)
        stop = hit.in_read(edge + 1) if edge < hit.high else hit.end + edge + 1 - hit.high
        stop = min(stop, len(read))
        low = max(hit.low, edge + 1 - SIDE)
        start = hit.in_read(low)
        high_clip = min(len(read), stop + SIDE)
        row = laid_on(read[start:stop], t.bases[low : edge + 1])[1]
        bases = np.concatenate([row, read[stop:high_clip]])
        return Laid(bases, start, len(read) - high_clip, edge, high_clip - stop, upstream=False)


def _is_better(decoy: Hit, nutm1: Hit) -> bool:
    """Whether a decoy explains the same part of a read better."""
    shared = min(decoy.end, nutm1.end) - max(decoy.start, nutm1.start)
    return 2 * shared > nutm1.end - nutm1.start and decoy.equal > nutm1.equal


def _words(bases: np.ndarray) -> np.ndarray:
    """Packed words of a sequence of base codes, without those that hold an N; uint64, sorted."""
    if len(bases) < WORD:
        return np.empty(0, np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(bases, WORD)
    keys = np.zeros(len(windows), np.uint64)
    for column in windows.T:
        keys = (keys << np.uint64(2)) | column.astype(np.uint64)
    return np.unique(keys[(windows < ABSENT).all(axis=1)])


def _turned(hit: Hit, length: int, nutm1: Hit) -> tuple[int, int]:
    """Where a hit lies in the read turned like another one."""
    if hit.reverse == nutm1.reverse:
        return hit.start, hit.end
    return length - hit.end, length - hit.start


def _nearest(edges: list[int], position: int) -> int:
    """The exon edge nearest to a position, or the position."""
    return min(edges, key=lambda edge: (abs(edge - position), edge), default=position)


class LongReads:
    """Puts the laid part in the place of every long read, on its way to the retainer.

    Single reads longer than ``LONGEST_SHORT`` are held back until all are known, since what one
    shows helps to read another; all other fragments pass.

    Args:
        targets: The panel.
        retainer: Gets the fragments.
    """

    def __init__(self, targets: Targets, retainer: Retainer) -> None:
        self._targets = targets
        self._retainer = retainer
        self._held: list[tuple[str, bytes, str, Laid]] = []
        self._layer: _Layer | None = None

    def take(self, kept: KeptReads) -> None:
        """Hand on the short reads, hold the long ones back."""
        lengths = np.diff(kept.mate_1.offsets)
        is_long = (lengths > LONGEST_SHORT) & (np.diff(kept.mate_2.offsets) == 0)
        if not is_long.any():
            self._retainer.take(kept)
            return
        self._layer = self._layer or _Layer(self._targets)
        for n in np.flatnonzero(is_long).tolist():
            read = kept.mate_1.data[kept.mate_1.offsets[n] : kept.mate_1.offsets[n + 1]]
            part = self._layer.laid(read) or Laid(np.full(K, ABSENT, np.uint8), 0, 0)
            self._held.append((kept.names.text(n), read.tobytes(), kept.umis.text(n), part))
        self._retainer.take(kept.take(np.flatnonzero(~is_long)))

    def done(self) -> dict[int, tuple[int, int]]:
        """Hand the long reads on, in an order that is not that of the files.

        Returns:
            By index among the retained fragments: bases of the read before and after its part.
        """
        if self._layer is None:
            return {}
        held = sorted(self._held, key=lambda one: one[:2])
        laid = {n: part for n, (_, _, _, part) in enumerate(held)}
        returning = sorted(self._layer.returning, key=lambda p: (-p.clip, p.bases.tobytes()))
        parts = smoothed(without_introns(laid, returning))
        first = len(self._retainer)
        which = self._retainer.take(
            KeptReads(
                ragged([name.encode() for name, *_ in held]),
                ragged([parts[n].bases.tobytes() for n in range(len(held))]),
                ragged([b""] * len(held)),
                ragged([umi.encode() for _, _, umi, _ in held]),
            ),
            whole=True,
        )
        return {first + i: (parts[n].before, parts[n].after) for i, n in enumerate(which.tolist())}
