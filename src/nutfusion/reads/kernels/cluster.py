"""Group reads that leave NUTM1 at one spot by what they go on with."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def agrees(
    one: np.ndarray, n_one: int, other: np.ndarray, n_other: int, allowed: np.ndarray
) -> bool:
    """Whether two sequences that start at the same base agree where both go on.

    Args:
        one: uint8 base codes.
        n_one: How many of them count.
        other: uint8 base codes.
        n_other: How many of them count.
        allowed: int64: differences in an overlap of so many bases.
    """
    n = min(n_one, n_other)
    different = 0
    for i in range(n):
        if one[i] != other[i]:
            different += 1
            if different > allowed[n]:
                return False
    return n > 0


@njit(nogil=True, cache=True)
def beside(
    parts: np.ndarray,
    lengths: np.ndarray,
    speaks: np.ndarray,
    allowed: np.ndarray,
    out: np.ndarray,
) -> None:
    """Which parts agree with one of some, or are one of them.

    Args:
        parts: uint8 base codes, shape (n, width).
        lengths: int64, shape (n,).
        speaks: int64: indices of those to agree with.
        allowed: int64, shape (width + 1,): differences in an overlap of so many bases.
        out: Out, bool, shape (n,).
    """
    for i in range(len(lengths)):
        out[i] = False
        for j in speaks:
            if i == j or agrees(parts[i], lengths[i], parts[j], lengths[j], allowed):
                out[i] = True
                break


@njit(nogil=True, cache=True)
def _consensus(
    parts: np.ndarray, lengths: np.ndarray, members: np.ndarray, votes: np.ndarray, out: np.ndarray
) -> int:
    """``contig.of_parts`` of some parts into ``out``; how long it is."""
    longest = 0
    for m in members:
        longest = max(longest, lengths[m])
    votes[:longest] = 0
    for m in members:
        for i in range(lengths[m]):
            if parts[m, i] < 4:
                votes[i, parts[m, i]] += 1
    for i in range(longest):
        best = 0
        for base in range(1, 4):
            if votes[i, base] > votes[i, best]:
                best = base
        out[i] = best if votes[i, best] else 4
    return longest


@njit(nogil=True, cache=True)
def cluster(
    parts: np.ndarray,
    lengths: np.ndarray,
    shortest: int,
    allowed: np.ndarray,
    labels: np.ndarray,
) -> int:
    """Number the clusters of parts that all start at the joint and go outwards.

    The first part that is in none opens a cluster of all that agree with it; those that agree
    with their majority stay.

    Args:
        parts: uint8 base codes, shape (n, width), the longest part first.
        lengths: int64, shape (n,).
        shortest: Bases of a part that may open a cluster.
        allowed: int64, shape (width + 1,): differences in an overlap of so many bases.
        labels: Out, int64, shape (n,): number of the cluster, -1 for none.

    Returns:
        Number of clusters.
    """
    n, width = parts.shape
    labels[:] = -1
    rest = np.arange(n)
    left = n
    members = np.empty(n, np.int64)
    seed = np.empty(width, np.uint8)
    votes = np.zeros((width, 4), np.int64)
    number = 0
    while left and lengths[rest[0]] >= shortest:
        size = lengths[rest[0]]
        seed[:size] = parts[rest[0], :size]
        found = 0
        for turn in range(2):
            found = 0
            for i in range(left):
                if agrees(parts[rest[i]], lengths[rest[i]], seed, size, allowed):
                    members[found] = rest[i]
                    found += 1
            if turn == 0:
                size = _consensus(parts, lengths, members[:found], votes, seed)
        if found == 0:
            members[0] = rest[0]
            found = 1
        for i in range(found):
            labels[members[i]] = number
        number += 1
        still = 0
        for i in range(left):
            if labels[rest[i]] < 0:
                rest[still] = rest[i]
                still += 1
        left = still
    return number
