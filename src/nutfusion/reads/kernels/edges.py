"""Short pieces of NUTM1 at a read's end: from the edge of an exon to the end, and no further.

An *edge* is ``REACH`` bases outwards from the edge of an exon, packed. A read that holds ``n`` of
them ends with the first ``n`` (an exon's start), or begins with them backwards (an exon's end).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

REACH: Final = 31
"""Longest piece that is looked for (nt): an error in a longer one leaves a whole 16-mer, and as
many bases fit into 64 bits."""
SHORTEST: Final = 8
"""Fewest bases that are looked at (nt): with 14 edges, seen from either strand, 850 in a million
pairs of random bases have 8 of them at one of their four ends; of 7 it would be 3,400."""
ONE_DIFFERENCE: Final = 11
"""Bases from which any one may differ (nt): 450 in a million pairs of strangers."""
TWO_DIFFERENCES: Final = 18
"""Bases from which any two may differ (nt): next to none in a million pairs of strangers."""
DOUBTED: Final = 14
"""Phred score up to which a base is doubted (chosen by us: the worst bins of current sequencers
but the one for N are 11 and 12): one of them may differ in a piece of any length."""


@njit(nogil=True, cache=True)
def most_different(n: int) -> int:
    """How many of ``n`` bases beside an edge may differ whatever their quality."""
    if n < ONE_DIFFERENCE:
        return 0
    return 1 if n < TWO_DIFFERENCES else 2


def packed(rows: np.ndarray) -> np.ndarray:
    """Edges of shape (edges, ``REACH``), codes 0 to 3, as uint64: the first base is the highest."""
    shifts = np.arange(2 * (REACH - 1), -1, -2).astype(np.uint64)
    out: np.ndarray = (rows.astype(np.uint64) << shifts).sum(axis=1, dtype=np.uint64)
    return out


@njit(nogil=True, cache=True)
def piece(
    data: np.ndarray,
    start: int,
    length: int,
    quality_start: int,
    edges: np.ndarray,
    at_end: bool,
    shift: int,
    mask: int,
) -> tuple[int, int]:
    """The longest piece beside an edge that a read ends (or begins) with.

    Args:
        data: uint8, bases in any code.
        start: Index of the read's first base.
        length: Bases of the read.
        quality_start: Index in ``data`` of the first base's quality (ASCII); -1 where it is not
            known, so that every base may be doubted.
        edges: See ``packed``.
        at_end: The read ends with the piece; otherwise it begins with the piece backwards.
        shift: Right shift that, with ``mask``, makes a byte of ``data`` a code of ``edges``, or
            more than 3 for a base that equals none.
        mask: See ``shift``.

    Returns:
        (index of the edge, bases); (-1, 0) for none. The first of equal edges.
    """
    one = np.uint64(1)
    odd = np.uint64(0x5555555555555555)
    longest = min(REACH, length)
    read = np.uint64(0)  # two bits per base, the read's last (or first) one lowest
    unread = np.uint64(0)
    for i in range(longest):
        base = np.uint64((data[start + (length - 1 - i if at_end else i)] >> shift) & mask)
        if base > np.uint64(3):
            unread |= one << np.uint64(2 * i)
        else:
            read |= base << np.uint64(2 * i)
    for n in range(longest, SHORTEST - 1, -1):
        most = most_different(n)
        whole = (one << np.uint64(2 * n)) - one
        away = np.uint64(2 * (REACH - n))
        for edge in range(len(edges)):
            x = (read & whole) ^ (edges[edge] >> away)
            different = ((x | (x >> one)) & odd) | (unread & whole)  # one bit per base
            left = different
            for _ in range(most):
                left &= left - one
            if left and not most and not left & (left - one):
                at = 0
                while (left >> np.uint64(2 * at)) != one:
                    at += 1
                at = length - 1 - at if at_end else at
                if quality_start < 0 or data[quality_start + at] <= DOUBTED + 33:
                    left = np.uint64(0)
            if not left:
                return edge, n
    return -1, 0


@njit(nogil=True, cache=True)
def pieces(
    data: np.ndarray,
    offsets: np.ndarray,
    lengths: np.ndarray,
    which: np.ndarray,
    edges: np.ndarray,
    at_end: bool,
    out: np.ndarray,
) -> None:
    """``piece`` of many reads in base codes.

    Args:
        data: uint8 base codes of all reads.
        offsets: int64, shape (n + 1,).
        lengths: int64, bases of each read that are used.
        which: int64, reads to look at.
        edges: See ``piece``.
        at_end: See ``piece``.
        out: int64, shape (len(which), 2): index of the edge (-1 for none), bases.
    """
    for i in range(len(which)):
        read = which[i]
        out[i, 0], out[i, 1] = piece(data, offsets[read], lengths[read], -1, edges, at_end, 0, 255)
