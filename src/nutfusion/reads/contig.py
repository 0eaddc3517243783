"""Put unknown sequence together from the reads that reach into it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORD: Final = 14
"""Bases of a word that lays a read on a contig."""
OVERLAP: Final = 20
"""Bases that a read shares with a contig from which some may differ (nt)."""
EXACT_OVERLAP: Final = 16
"""Fewest bases a read must share with a contig (nt); fewer than ``OVERLAP`` must all be equal."""
REACH: Final = 8
"""Fewest bases of a read on the unknown side."""
DIFFERENCES: Final = 0.08
"""Share of the overlap that may differ."""
AGREEMENT: Final = 0.17
"""Share of differences between two reads of one unknown part (both have errors). Of strangers one
pair in 2,600 agrees in 8 bases with one difference, one in 25,000 in 12 with two, and fewer in
more."""
ROUNDS: Final = 8
"""Times a contig is extended at most."""
LONGEST: Final = 600
"""Bases of a contig at most."""


def differences_allowed(overlap: int) -> int:
    """How many differences two parts may have where both go on (nt)."""
    return max(1, int(overlap * AGREEMENT))


def majority(
    rows: Sequence[tuple[int, np.ndarray]],
    start: int,
    stop: int,
    expected: tuple[int, np.ndarray] | None = None,
) -> np.ndarray:
    """Commonest base per column; 4 where nothing covers.

    Args:
        rows: (column of the first base, base codes).
        start: First column.
        stop: Column after the last.
        expected: A row that decides between equals, and nothing else; without one the lowest
            code does.
    """
    votes = np.zeros((stop - start, 5), np.int64)
    for at, bases in rows:
        low, high = max(at, start), min(at + len(bases), stop)
        if low < high:
            votes[np.arange(low - start, high - start), bases[low - at : high - at]] += 1
    votes[:, 4] = 0
    covered = votes.sum(axis=1) > 0
    if expected is not None:
        votes *= 2
        at, bases = expected
        low, high = max(at, start), min(at + len(bases), stop)
        known = bases[low - at : high - at]
        inside = np.arange(low - start, high - start)[known < 4]
        votes[inside, known[known < 4]] += 1
    out: np.ndarray = np.where(covered, votes.argmax(axis=1), 4).astype(np.uint8)
    return out


def of_parts(parts: Sequence[np.ndarray]) -> np.ndarray:
    """The majority of parts that all start at the joint and go outwards."""
    return majority([(0, part) for part in parts], 0, max((len(p) for p in parts), default=0))


@lru_cache(maxsize=1 << 14)
def _words(read: bytes) -> frozenset[bytes]:
    """All words of a read; the same mates are laid on many templates."""
    return frozenset(read[j : j + WORD] for j in range(len(read) - WORD + 1))


def _numbers(read: np.ndarray) -> np.ndarray:
    """All words of a read as numbers (int64): a set of them takes a tenth of the memory."""
    if len(read) < WORD:
        return np.empty(0, np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(read.astype(np.int64), WORD)
    numbers: np.ndarray = windows @ (5 ** np.arange(WORD))
    return numbers


def words_of(reads: Iterable[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """All words of some reads, and those of two reads or more, for ``has_word_of``; int64."""
    words = [np.unique(_numbers(read)) for read in reads]
    once, times = np.unique(np.concatenate([np.empty(0, np.int64), *words]), return_counts=True)
    return once, once[times > 1]


def has_word_of(read: np.ndarray, words: np.ndarray) -> bool:
    """Whether a read shares a word with others."""
    if not len(words):
        return False
    numbers = _numbers(read)
    at = np.searchsorted(words, numbers).clip(max=len(words) - 1)
    return bool((words[at] == numbers).any())


class Template:
    """Unknown sequence on the left, known sequence on the right, and reads that may lie on it.

    Args:
        unknown: Base codes; the last one touches the joint.
        known: Base codes from the joint on.
    """

    def __init__(self, unknown: np.ndarray, known: np.ndarray) -> None:
        self.bases = np.concatenate([unknown, known])
        self.joint = len(unknown)
        self._words: dict[bytes, list[int]] = {}
        for i in range(len(self.bases) - WORD + 1):
            self._words.setdefault(self.bases[i : i + WORD].tobytes(), []).append(i)

    def equal(self, other: np.ndarray) -> int:
        """Bases of the unknown side, from the joint outwards, up to the first unlike another."""
        n = min(self.joint, len(other))
        same = self.bases[self.joint - n : self.joint][::-1] == other[:n]
        return n if same.all() else int(same.argmin())

    def lay(self, read: np.ndarray) -> int | None:
        """Bases from the read's first base to the joint, if the read fits and reaches over it.

        The read may stick out on the left. ``None`` when it does not fit, or lies on the known
        side alone.
        """
        if self._words.keys().isdisjoint(_words(read.tobytes())):
            return None
        votes: Counter[int] = Counter()
        for j in range(len(read) - WORD + 1):
            for i in self._words.get(read[j : j + WORD].tobytes(), ()):
                votes[i - j] += 1
        for shift, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:4]:
            low, high = max(0, shift), min(len(self.bases), shift + len(read))
            n = high - low
            if n < EXACT_OVERLAP or self.joint - shift < REACH:
                continue
            allowed = int(n * DIFFERENCES) if n >= OVERLAP else 0
            pair = self.bases[low:high], read[low - shift : high - shift]
            if int((pair[0] != pair[1]).sum()) <= allowed:
                return self.joint - shift
        return None


def grow(parts: Sequence[np.ndarray], known: np.ndarray, pool: Sequence[np.ndarray]) -> np.ndarray:
    """Put unknown sequence together, and extend it to the left with the reads that overlap it.

    Args:
        parts: Base codes of the reads that cross the joint, from the joint outwards.
        known: Base codes from the joint on.
        pool: Reads in the same sense.

    Returns:
        The unknown part, at most ``LONGEST`` bases; columns are decided by majority.
    """
    unknown = of_parts(parts)[::-1]
    for _ in range(ROUNDS):
        template = Template(unknown, known)
        laid = [(before, read) for read in pool if (before := template.lay(read)) is not None]
        longest = max((before for before, _ in laid), default=0)
        if longest <= len(unknown) or len(unknown) >= LONGEST:
            break
        width = min(longest, LONGEST)
        rows = [(width - before, read) for before, read in laid]
        rows += [(width - len(part), part[::-1]) for part in parts]
        new = width - len(unknown)
        unknown = majority(rows, 0, width, (new, unknown))
        gaps = np.flatnonzero(unknown[:new] == 4)
        if len(gaps):  # NB: an N further on is a base that no read tells, and no gap
            unknown = unknown[int(gaps[-1]) + 1 :]
            break
    return unknown
