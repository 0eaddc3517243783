"""Put unknown sequence together from the reads that reach into it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD: Final = 14
"""Bases of a word that lays a read on a contig."""
OVERLAP: Final = 20
"""Fewest bases a read must share with a contig."""
DIFFERENCES: Final = 0.08
"""Share of the overlap that may differ."""
ROUNDS: Final = 8
"""Times a contig is extended at most."""
LONGEST: Final = 600
"""Bases of a contig at most."""


def agrees(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two sequences that start at the same base agree where both go on."""
    n = min(len(one), len(other))
    different = int((one[:n] != other[:n]).sum())
    return n > 0 and different <= max(1, int(n * 0.1))


def majority(rows: Sequence[tuple[int, np.ndarray]], start: int, stop: int) -> np.ndarray:
    """Commonest base per column; the lowest code of equals, 4 where nothing covers.

    Args:
        rows: (column of the first base, base codes).
        start: First column.
        stop: Column after the last.
    """
    votes = np.zeros((stop - start, 5), np.int64)
    for at, bases in rows:
        low, high = max(at, start), min(at + len(bases), stop)
        if low < high:
            votes[np.arange(low - start, high - start), bases[low - at : high - at]] += 1
    votes[:, 4] = 0
    out: np.ndarray = np.where(votes.sum(axis=1) > 0, votes.argmax(axis=1), 4).astype(np.uint8)
    return out


class Contig:
    """A contig that reads can be laid on.

    Args:
        bases: Base codes; its *last* base touches the joint.
    """

    def __init__(self, bases: np.ndarray) -> None:
        self.bases = bases
        self._words: dict[bytes, list[int]] | None = None

    @classmethod
    def of(cls, parts: Sequence[np.ndarray]) -> Contig:
        """The majority of parts that all start at the joint and go outwards."""
        width = max((len(part) for part in parts), default=0)
        return cls(majority([(0, part) for part in parts], 0, width))

    def lay(self, read: np.ndarray) -> int | None:
        """Bases from the read's first base to the joint, if it overlaps the contig well.

        Both are in the same sense. ``None`` when the read does not fit or is ambiguous.
        """
        if self._words is None:
            self._words = {}
            for i in range(len(self.bases) - WORD + 1):
                self._words.setdefault(self.bases[i : i + WORD].tobytes(), []).append(i)
        votes: Counter[int] = Counter()
        for j in range(len(read) - WORD + 1):
            for i in self._words.get(read[j : j + WORD].tobytes(), ()):
                votes[i - j] += 1
        for shift, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:4]:
            low, high = max(0, shift), min(len(self.bases), shift + len(read))
            if high - low < OVERLAP or shift + len(read) > len(self.bases):
                continue
            pair = self.bases[low:high], read[low - shift : high - shift]
            if int((pair[0] != pair[1]).sum()) <= int((high - low) * DIFFERENCES):
                return len(self.bases) - shift
        return None


def grow(bases: np.ndarray, pool: Sequence[np.ndarray]) -> np.ndarray:
    """Extend a contig to the left with the reads that overlap it.

    Args:
        bases: Base codes; the last base touches the joint and stays last.
        pool: Reads in the same sense.

    Returns:
        The contig, at most ``LONGEST`` bases; columns are decided by majority.
    """
    for _ in range(ROUNDS):
        contig = Contig(bases)
        laid = [(before, read) for read in pool if (before := contig.lay(read)) is not None]
        longest = max((before for before, _ in laid), default=0)
        if longest <= len(bases) or len(bases) >= LONGEST:
            break
        width = min(longest, LONGEST)
        rows = [(width - before, read) for before, read in laid]
        rows += [(width - len(bases), bases)] * 2
        bases = majority(rows, 0, width)
        if (bases == 4).any():
            bases = bases[int(np.flatnonzero(bases == 4)[-1]) + 1 :]
            break
    return bases
