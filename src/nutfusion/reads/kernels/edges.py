"""Short pieces of NUTM1 at a read's end: from the edge of an exon to the end, and no further.

An *edge* is ``REACH`` bases outwards from the edge of an exon, packed. A read that holds ``n`` of
them ends with the first ``n`` (an exon's start), or begins with them backwards (an exon's end).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from nutfusion.reads.kernels.wide import bare, lowest_bit

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
END: Final = 6
"""Bases at a read's end that say which pieces are tried (nt): few enough for a table that stays in
a core's cache, and they leave two or three to try."""
_EVERYTHING: Final = np.uint64(0xFFFFFFFFFFFFFFFF)
"""As ``tried`` of ``piece``: every length and every edge."""
_TOGETHER: Final = 32
"""Edges that share a bit of ``tried``: those whose indices differ by multiples of it."""
_LENGTHS: Final = np.uint64(0xFFFFFFFF)
"""The bits of ``tried`` that stand for lengths."""


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


@bare
def _fill_tried(edges: np.ndarray, most: int, tried: np.ndarray) -> None:
    """``tried_by_end``, into an array of zeros."""
    one = np.uint64(1)
    all_ends = np.uint64(len(tried) - 1)
    for number in range(len(edges)):
        for n in range(SHORTEST, REACH + 1):
            end = (edges[number] >> np.uint64(2 * (REACH - n))) & all_ends
            bits = (one << np.uint64(REACH - n)) | (one << np.uint64(32 + number % _TOGETHER))
            tried[end] |= bits
            for i in range(3 * END):
                x = np.uint64(i % 3 + 1) << np.uint64(2 * (i // 3))
                tried[end ^ x] |= bits
                for j in range(3 * (i // 3) if most > 1 and n >= TWO_DIFFERENCES else 0):
                    y = np.uint64(j % 3 + 1) << np.uint64(2 * (j // 3))
                    tried[end ^ x ^ y] |= bits


def tried_by_end(edges: np.ndarray, most: int = 1) -> np.ndarray:
    """What a piece may be, by the ``END`` bases at the read's end.

    Args:
        edges: See ``packed``.
        most: How many of those bases may differ: 1; or 2 in a piece in which as many may.

    Returns:
        uint64, shape (4 ** ``END``,): bit ``REACH - n`` when some piece of ``n`` bases ends
        so, and bit 32 and up for its edges, modulo 32. The index is packed, the read's last (or
        first) base lowest.
    """
    tried = np.zeros(4**END, np.uint64)
    _fill_tried(edges, most, tried)
    return tried


@bare
def turned(bases: np.uint64) -> np.uint64:
    """32 packed bases in the other order."""
    for shift, low in (
        (2, 0x3333333333333333),
        (4, 0x0F0F0F0F0F0F0F0F),
        (8, 0x00FF00FF00FF00FF),
        (16, 0x0000FFFF0000FFFF),
        (32, 0x00000000FFFFFFFF),
    ):
        mask = np.uint64(low)
        by = np.uint64(shift)
        bases = ((bases >> by) & mask) | ((bases & mask) << by)
    return bases


@bare
def piece(
    read: np.uint64,
    unread: np.uint64,
    length: int,
    edges: np.ndarray,
    tried: np.uint64,
    qualities: np.ndarray,
    end: int,
    step: int,
) -> tuple[int, int]:
    """The longest piece beside an edge that a read ends (or begins) with.

    Args:
        read: Packed bases, the read's last (or first) one lowest.
        unread: The lowest bit of each base that is not known: a piece counts as shorter by it.
        length: Bases of the read.
        edges: See ``packed``.
        tried: What to look at, see ``tried_by_end``.
        qualities: uint8, ASCII.
        end: Index of the last (or first) base's quality; -1 where it is not known, so that every
            base may be doubted.
        step: From a base's quality to that of the next one inwards.

    Returns:
        (index of the edge, bases); (-1, 0) for none. The first of equal edges.
    """
    one = np.uint64(1)
    odd = np.uint64(0x5555555555555555)
    lengths = tried & _LENGTHS
    while lengths:
        n = REACH - lowest_bit(lengths)
        lengths &= lengths - one
        if n > length or n < SHORTEST:
            continue
        whole = (one << np.uint64(2 * n)) - one
        missing = unread & whole
        known = n
        while missing:
            missing &= missing - one
            known -= 1
        doubted = known < n  # the one base of a short piece that may be doubted is an N
        if known < SHORTEST - 1:
            continue
        most = most_different(known)
        away = np.uint64(2 * (REACH - n))
        first = len(edges)
        sharing = tried >> np.uint64(32)
        while sharing:
            some = lowest_bit(sharing)
            sharing &= sharing - one
            for edge in range(some, first, _TOGETHER):
                x = (read & whole) ^ (edges[edge] >> away)
                left = (x | (x >> one)) & odd & ~unread  # one bit per base
                for _ in range(most):
                    left &= left - one
                if left and not most and not doubted and not left & (left - one):
                    at = lowest_bit(left) >> 1
                    if end < 0 or qualities[end + step * at] <= DOUBTED + 33:
                        left = np.uint64(0)
                if not left:
                    first = edge
                    break
        if first < len(edges):
            return first, n
    return -1, 0


@bare
def piece_of_codes(
    data: np.ndarray,
    start: int,
    length: int,
    edges: np.ndarray,
    tried: np.ndarray,
    at_end: bool,
) -> tuple[int, int]:
    """``piece`` of a read in base codes, whose qualities are not known.

    Args:
        data: uint8 base codes; those above 3 are not known.
        start: Index of the read's first base.
        length: Its bases.
        edges: See ``packed``.
        tried: ``tried_by_end`` of them, where two bases may differ.
        at_end: The read ends with the piece; otherwise it begins with the piece backwards.
    """
    read = np.uint64(0)
    unread = np.uint64(0)
    for i in range(min(REACH, length)):
        base = np.uint64(data[start + (length - 1 - i if at_end else i)])
        if base > np.uint64(3):
            unread |= np.uint64(1) << np.uint64(2 * i)
        else:
            read |= base << np.uint64(2 * i)
    ends = np.uint64(len(tried) - 1)
    known = length >= END and not unread & ends
    look = tried[read & ends] if known else _EVERYTHING
    edge, n = piece(read, unread, length, edges, look, data, -1, 0)
    return edge, n


@bare
def pieces(
    data: np.ndarray,
    offsets: np.ndarray,
    lengths: np.ndarray,
    which: np.ndarray,
    edges: np.ndarray,
    tried: np.ndarray,
    at_end: bool,
    out: np.ndarray,
) -> None:
    """``piece_of_codes`` of many reads.

    Args:
        data: uint8 base codes of all reads.
        offsets: int64, shape (n + 1,).
        lengths: Bases of each read that are used.
        which: int64, reads to look at.
        edges: See ``packed``.
        tried: See ``piece_of_codes``.
        at_end: See ``piece_of_codes``.
        out: int64, shape (len(which), 2): index of the edge (-1 for none), bases.
    """
    for i in range(len(which)):
        read = which[i]
        out[i, 0], out[i, 1] = piece_of_codes(
            data, offsets[read], lengths[read], edges, tried, at_end
        )
