"""Pieces of a read on one diagonal of the targets, scored.

A piece is scored +1 per equal base and ``-MISMATCH`` per different one; an N scores 0.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from nutfusion.reads.kernels.wide import SLACK, bare, equal_bytes, lowest_bit

MISMATCH: Final = 3
"""Cost of a different base."""
END_CLIP: Final = 4
"""Bases that a piece may leave unplaced at its end of the read."""


@bare
def _step(read: np.ndarray, i: int, bases: np.ndarray, g: int) -> int:
    """Score of a read's base at a global position."""
    if g < 0 or g >= len(bases):
        return -MISMATCH
    if read[i] == bases[g]:
        return 1
    return 0 if read[i] == 4 and bases[g] < 5 else -MISMATCH


@bare
def best_piece(
    read: np.ndarray, length: int, bases: np.ndarray, diagonal: int, is_known: bool
) -> tuple[int, int, int, int, int]:
    """The best piece of a read on a diagonal, and of those that reach an end of the read.

    A run of bases at a time: equal bases only raise the score and different ones only lower it, so
    that what is best and what is lowest stands at the ends of runs. At either end of the read every
    base is a run.

    Args:
        read: uint8 base codes, with ``SLACK`` bytes behind.
        length: Bases.
        bases: The targets.
        diagonal: See ``place``.
        is_known: The read has no N.

    Returns:
        Score, start and stop of the best piece, the longest of equals; highest score of a piece
        from the read's start; the same of one to its end (both with ``END_CLIP``).
    """
    best = 0
    best_start = 0
    best_stop = 0
    score = 0
    low = 0
    low_at = 0
    low_first = 0
    first = 0
    last = 0
    together = is_known and 0 <= diagonal <= len(bases) - length - SLACK
    same = np.uint64(0)
    unread = np.uint64(0)
    i = 0
    while i < length:
        within = i & 63
        if within == 0 and together:
            same = equal_bytes(read, i, bases, diagonal + i)
        elif within == 0:
            same, unread = _compared(read, i, length, bases, diagonal)
        here = same >> np.uint64(within)
        neither = unread >> np.uint64(within)
        is_same = here & np.uint64(1)
        is_unread = neither & np.uint64(1)
        n = 1
        if END_CLIP <= i < length - END_CLIP and not is_unread:
            n = lowest_bit(~here) if is_same else lowest_bit(here | neither)
            n = min(n, 64 - within, length - END_CLIP - i)
        i += n
        if is_same:
            score += n
            if score - low > best:
                best = score - low
                best_start = low_at
                best_stop = i
        elif not is_unread:
            score -= n * MISMATCH
            if i <= END_CLIP:
                low_first = min(low_first, score)
        first = max(first, score - low_first)
        if i >= length - END_CLIP:
            last = max(last, score - low)
        if score < low:
            low = score
            low_at = i
    return best, best_start, best_stop, first, last


@bare
def _compared(
    read: np.ndarray, start: int, length: int, bases: np.ndarray, diagonal: int
) -> tuple[np.uint64, np.uint64]:
    """Which of 64 bases from one on are equal, and which are an N that says nothing: bits."""
    same = np.uint64(0)
    unread = np.uint64(0)
    for i in range(start, min(start + 64, length)):
        step = _step(read, i, bases, diagonal + i)
        same |= np.uint64(step > 0) << np.uint64(i - start)
        unread |= np.uint64(step == 0) << np.uint64(i - start)
    return same, unread


@bare
def ends(
    read: np.ndarray,
    length: int,
    bases: np.ndarray,
    diagonal: int,
    pre: np.ndarray,
    suf: np.ndarray,
) -> None:
    """Best score of a piece from the read's start to ``i``, and from ``i`` to its end."""
    score = 0
    low = 0
    for i in range(length + 1):
        if i:
            score += _step(read, i - 1, bases, diagonal + i - 1)
        if i <= END_CLIP and score < low:
            low = score
        pre[i] = score - low
    score = 0
    low = 0
    for i in range(length, -1, -1):
        if i < length:
            score += _step(read, i, bases, diagonal + i)
        if i >= length - END_CLIP and score < low:
            low = score
        suf[i] = score - low
