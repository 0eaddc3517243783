"""Short pieces of NUTM1 at a read's end: from the edge of an exon to the end, and no further.

*Edges* are rows of base codes outwards from the edge of an exon. A read that holds ``n`` of them
ends with the first ``n`` (an exon's start), or begins with them backwards (an exon's end).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from numba import njit

if TYPE_CHECKING:
    import numpy as np

SHORTEST: Final = 8
"""Fewest bases that are looked at (nt): with 14 edges, seen from either strand, 850 in a million
pairs of strangers have 8 of them at one of their four ends; of 7 it would be 3,400."""
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
        edges: uint8, shape (edges, longest piece).
        at_end: The read ends with the piece; otherwise it begins with the piece backwards.
        shift: Right shift that, with ``mask``, makes a byte of ``data`` a code of ``edges``.
        mask: See ``shift``.

    Returns:
        (row of ``edges``, bases); (-1, 0) for none. The first of equal rows.
    """
    for n in range(min(edges.shape[1], length), SHORTEST - 1, -1):
        most = most_different(n)
        for edge in range(edges.shape[0]):
            different = 0
            doubted = 0
            for i in range(n):
                at = length - n + i if at_end else n - 1 - i
                if (data[start + at] >> shift) & mask != edges[edge, i]:
                    different += 1
                    if quality_start < 0 or data[quality_start + at] <= DOUBTED + 33:
                        doubted = 1
                    if different > max(most, doubted):
                        break
            if different <= max(most, doubted):
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
        out: int64, shape (len(which), 2): row of ``edges`` (-1 for none), bases.
    """
    for i in range(len(which)):
        read = which[i]
        out[i, 0], out[i, 1] = piece(data, offsets[read], lengths[read], -1, edges, at_end, 0, 255)
