"""Could a read whose placement is chance, or none, still show a joint?"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from nutfusion.reads.kernels import place as p
from nutfusion.reads.kernels import rescue as r
from nutfusion.reads.kernels.scan import EDGE

_CUT: Final = p.END_CLIP + 1
"""Bases at an end whose differences ``rescue`` may leave out."""


@njit(nogil=True, cache=True)
def _fits_to_an_end(read: np.ndarray, length: int, bases: np.ndarray, diagonal: int) -> bool:
    """Whether a read fits its diagonal from one end to some split as well as ``rescue`` asks."""
    size = len(bases)
    for turn in range(2):
        exact = True
        different = 0
        for n in range(1, length - r.SHORTEST + 1):
            i = n - 1 if turn == 0 else length - n
            g = diagonal + i
            if g < 0 or g >= size or read[i] != bases[g]:
                exact = False
                if n > _CUT:
                    different += 1
            if n < r.SHORTEST:
                continue
            if n < r.EXACT_BELOW:
                if exact:
                    return True
            elif different <= max(1, n // 10):
                return True
    return False


@njit(nogil=True, cache=True)
def _ends_in_edge(read: np.ndarray, length: int, edges: np.ndarray) -> bool:
    """Whether a read's last bases go from an exon's edge on, hardly a base differing.

    As ``clipped.short_pieces``: the last ``EDGE`` of ``n`` bases equal, of the others few differ.
    """
    for e in range(len(edges)):
        for n in range(EDGE, min(edges.shape[1], length) + 1):
            start = length - n
            same = True
            for i in range(n - 1, n - EDGE - 1, -1):
                if read[start + i] != edges[e, i]:
                    same = False
                    break
            if not same:
                continue
            different = 0
            for i in range(n - EDGE):
                if read[start + i] != edges[e, i]:
                    different += 1
            if different <= min(n - EDGE, 1 + n // (2 * EDGE)):
                return True
    return False


@njit(nogil=True, cache=True)
def may_show_a_joint(
    data: np.ndarray,
    offsets: np.ndarray,
    rows: np.ndarray,
    which: np.ndarray,
    bases: np.ndarray,
    gene: np.ndarray,
    shortest: int,
    edges: np.ndarray,
    out: np.ndarray,
) -> None:
    """Whether a read placed by chance can be rescued on a joint, or ends in an exon's edge.

    Args:
        data: uint8 base codes of all reads of one mate.
        offsets: int64, shape (n + 1,).
        rows: int32, shape (n, place.FIELDS).
        which: int64: indices of the reads to ask about.
        bases: The targets.
        gene: Gene number per global position.
        shortest: Bases of the shortest read whose end counts.
        edges: uint8, shape (edges, reach): bases from the start of a NUTM1 exon on, or, as their
            complement, from the end of one backwards.
        out: Out, bool, shape (n,); rows not in ``which`` are left alone.
    """
    longest = 0
    for f in which:
        longest = max(longest, rows[f, p.LENGTH])
    plain = np.empty(longest + 1, np.uint8)
    turned = np.empty(longest + 1, np.uint8)
    for f in which:
        length = rows[f, p.LENGTH]
        for i in range(length):
            plain[i] = data[offsets[f] + i]
        p.reverse_complement(plain, length, turned)
        out[f] = False
        if rows[f, p.KIND] == p.ONE_GENE:
            middle = rows[f, p.DIAGONAL] + (rows[f, p.START] + rows[f, p.STOP]) // 2
            if gene[middle] >= 0:
                read = turned if rows[f, p.ORIENTATION] else plain
                out[f] = _fits_to_an_end(read, length, bases, rows[f, p.DIAGONAL])
        if not out[f] and length >= shortest:
            # a read that begins with the end of an exon is the other strand of one that ends so
            out[f] = _ends_in_edge(plain, length, edges) or _ends_in_edge(turned, length, edges)


@njit(nogil=True, cache=True)
def end_in_edge(
    data: np.ndarray, offsets: np.ndarray, lengths: np.ndarray, which: np.ndarray, edges: np.ndarray
) -> np.ndarray:
    """Those reads that end in an exon's edge, or whose other strand does; int64 indices.

    Args:
        data: uint8 base codes of all reads of one mate.
        offsets: int64, shape (n + 1,).
        lengths: int32, shape (n,): bases used of each.
        which: int64: indices of the reads to ask about.
        edges: uint8, shape (edges, reach), as in ``may_show_a_joint``.
    """
    found = np.empty(len(which), np.int64)
    n = 0
    for f in which:
        length = lengths[f]
        plain = data[offsets[f] : offsets[f] + length]
        turned = np.empty(length, np.uint8)
        p.reverse_complement(plain, length, turned)
        if _ends_in_edge(plain, length, edges) or _ends_in_edge(turned, length, edges):
            found[n] = f
            n += 1
    return found[:n]
