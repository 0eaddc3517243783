"""Intervals on a contig."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Interval = tuple[int, int]
"""Lowest and highest residue, 1-based, both included."""


def joined_intervals(intervals: Iterable[Interval]) -> list[Interval]:
    """Return overlapping or touching intervals joined, in rising order."""
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def gaps(intervals: Sequence[Interval]) -> list[Interval]:
    """Return what lies between consecutive intervals, whichever way they run: introns of exons."""
    between = []
    for one, other in pairwise(intervals):
        low, high = min(one, other), max(one, other)
        between.append((low[1] + 1, high[0] - 1))
    return between
