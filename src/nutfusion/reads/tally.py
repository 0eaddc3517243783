"""Figures over all kept fragments, most of which are let go once they are counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.exon_ends import CATALOGUED_EXON
from nutfusion.model.panel import NUTM1
from nutfusion.reads.clipped import NUTM1_PIECE
from nutfusion.reads.kernels import place as k
from nutfusion.reads.placement import gene_of

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel
    from nutfusion.reads.placement import Placements
    from nutfusion.reads.targets import Targets

LONGEST_FLANK: Final = 512
"""Most bases of each gene on one side of a fused sequence (the padding of the targets)."""
INSERT_WITHOUT_MEASURE: Final = 1000
"""Largest insert (nt) when too few pairs could be measured."""
USUAL_WITHOUT_MEASURE: Final = 150.0
"""Usual insert (nt) when too few pairs could be measured."""
PAIRS_TO_MEASURE: Final = 20
"""Fewest pairs from which the insert size is taken."""
MOST_MEASURED: Final = LONGEST_FLANK * 8
"""Inserts of this size (nt) and more are mates that do not belong together."""

UPSTREAM_BASES: Final = 8
"""Bases before the acceptor that a fragment must have to count for the exons before it: fewer fit
by chance, or because donor exons end alike."""


def insert_sizes(placements: Placements) -> np.ndarray:
    """Outer distances (nt) of pairs whose mates face each other on one target; int64.

    Mates that fit by fewer than ``NUTM1_PIECE`` bases lie there by chance.
    """
    a, b = placements.rows
    both = (a[:, k.KIND] == k.ONE_GENE) & (b[:, k.KIND] == k.ONE_GENE)
    both &= (a[:, k.SCORE] >= NUTM1_PIECE) & (b[:, k.SCORE] >= NUTM1_PIECE)
    both &= a[:, k.ORIENTATION] != b[:, k.ORIENTATION]
    forward = a[:, k.ORIENTATION] == 0
    start = np.where(forward, a[:, k.DIAGONAL], b[:, k.DIAGONAL])
    stop = np.where(forward, b[:, k.DIAGONAL] + b[:, k.LENGTH], a[:, k.DIAGONAL] + a[:, k.LENGTH])
    size = stop - start
    usable: np.ndarray = size[both & (size > 0) & (size < MOST_MEASURED)]
    return usable


def longest_read(placements: Placements) -> int:
    """Bases of the longest read that is used (nt), at most ``LONGEST_FLANK``."""
    longest = max(int(rows[:, k.LENGTH].max(initial=0)) for rows in placements.rows)
    return min(longest, LONGEST_FLANK)


@dataclass(slots=True)
class Inserts:
    """Insert sizes, counted.

    Attributes:
        counts: Pairs per size (nt); int64, shape (``MOST_MEASURED``,).
    """

    counts: np.ndarray = field(default_factory=lambda: np.zeros(MOST_MEASURED, np.int64))

    def add(self, sizes: np.ndarray) -> None:
        """Count sizes (nt), each below ``MOST_MEASURED``."""
        self.counts += np.bincount(sizes, minlength=MOST_MEASURED)

    @property
    def is_measured(self) -> bool:
        """Whether there are enough pairs to say anything."""
        return int(self.counts.sum()) >= PAIRS_TO_MEASURE

    def _size(self, rank: int) -> int:
        """The size of that rank, the smallest being 0."""
        return int(np.searchsorted(np.cumsum(self.counts), rank, side="right"))

    @property
    def median(self) -> float | None:
        """Median (nt), or ``None``."""
        n = int(self.counts.sum())
        return (self._size((n - 1) // 2) + self._size(n // 2)) / 2 if self.is_measured else None

    @property
    def usual(self) -> float:
        """Median insert (nt), or ``USUAL_WITHOUT_MEASURE``."""
        median = self.median
        return USUAL_WITHOUT_MEASURE if median is None else median

    @property
    def largest(self) -> int:
        """Largest believable insert (nt): half again the 99th percentile, at least 600."""
        if not self.is_measured:
            return INSERT_WITHOUT_MEASURE
        rank = int(np.ceil(0.99 * (int(self.counts.sum()) - 1)))
        return max(600, int(1.5 * self._size(rank)))


class Tally:
    """Counts over all kept fragments; the order in which they come does not matter.

    Args:
        panel: For the edge of NUTM1's catalogued exon.
        targets: The panel as arrays.

    Attributes:
        inserts: Of pairs whose mates face each other.
        longest: Bases of the longest read that is used (nt), at most ``LONGEST_FLANK``.
        on: Fragments on NUTM1.
        before: Fragments on the exons before the catalogued one.
        after: Fragments on the exons from it on.
    """

    def __init__(self, panel: Panel, targets: Targets) -> None:
        mane = panel.mane(NUTM1)
        has_edge = mane is not None and len(mane.exons) >= CATALOGUED_EXON
        self._edge = mane.exons[CATALOGUED_EXON - 1].start if mane and has_edge else None
        self._targets = targets
        self._facing: Counter[tuple[int, int]] = Counter()
        self.inserts = Inserts()
        self.longest = 0
        self.on = self.before = self.after = 0

    def add(self, placements: Placements) -> None:
        """Count fragments, kept on or not."""
        self.inserts.add(insert_sizes(placements))
        self.longest = max(self.longest, longest_read(placements))
        if self._edge is not None:
            self._add_nutm1(placements, self._edge)

    def _add_nutm1(self, placements: Placements, edge: int) -> None:
        t = self._targets
        on = np.zeros(len(placements), bool)
        before = np.zeros(len(placements), bool)
        after = np.zeros(len(placements), bool)
        for rows in placements.rows:
            one = (gene_of(rows, t) == 0) & (rows[:, k.SCORE] >= NUTM1_PIECE)
            inside = rows[:, k.DIAGONAL] + rows[:, k.START] + UPSTREAM_BASES - 1
            first = np.clip(inside, 0, len(t.genome) - 1)
            last = np.clip(rows[:, k.DIAGONAL] + rows[:, k.STOP] - 1, 0, len(t.genome) - 1)
            low, high = t.genome[first], t.genome[last]
            on |= one
            before |= one & (low > 0) & (low < edge)
            after |= one & (high >= edge)
            two = rows[:, k.KIND] == k.TWO_GENES
            on |= two
            three = np.clip(rows[:, k.B_DIAGONAL] + rows[:, k.LENGTH] - 1, 0, len(t.genome) - 1)
            after |= two & (t.gene[three] == 0)
        self.on += int(on.sum())
        self.before += int(before.sum())
        self.after += int(after.sum())

    def let_go(self, diagonals: np.ndarray, lengths: np.ndarray) -> None:
        """Count pairs that lie whole on NUTM1 and are not kept on.

        Args:
            diagonals: Of the mate that is read against the transcript's sense.
            lengths: Its bases used.
        """
        self._facing.update(zip(diagonals.tolist(), lengths.tolist(), strict=True))

    def let_go_beside(self, position: int, reach: float) -> int:
        """Pairs among those let go whose inner mate begins within a stretch of one target.

        Args:
            position: Global position of the stretch's first base.
            reach: Bases of the stretch, with that mate whole in it.
        """
        target = self._targets.target
        return sum(
            n
            for (first, length), n in self._facing.items()
            if first >= position
            and first - position + length <= reach
            and target[first] == target[position]
        )
