"""Could a read whose placement is chance, or none, still show a joint?"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from nutfusion.reads.kernels import pieces
from nutfusion.reads.kernels import place as p
from nutfusion.reads.kernels import rescue as r
from nutfusion.reads.kernels.edges import piece_of_codes

_CUT: Final = pieces.END_CLIP + 1
"""Bases at an end whose differences ``rescue`` may leave out."""

FITS: Final = 1
ENDS: Final = 2
"""Bits of ``may_show_a_joint``: a joint's fused sequence may explain the read; a piece of NUTM1
reaches from an exon's edge to an end of it."""


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
            if read[i] != 4 and (g < 0 or g >= size or read[i] != bases[g]):
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
def may_show_a_joint(
    data: np.ndarray,
    offsets: np.ndarray,
    rows: np.ndarray,
    which: np.ndarray,
    bases: np.ndarray,
    gene: np.ndarray,
    shortest: int,
    first_edges: np.ndarray,
    first_tried: np.ndarray,
    last_edges: np.ndarray,
    last_tried: np.ndarray,
    out: np.ndarray,
) -> None:
    """Whether a read placed by chance can be rescued on a joint, or ends beside an exon's edge.

    The latter as ``short_pieces`` sees it, which is any read that the sieve kept for it.

    Args:
        data: uint8 base codes of all reads of one mate.
        offsets: int64, shape (n + 1,).
        rows: int32, shape (n, place.FIELDS).
        which: int64: indices of the reads to ask about.
        bases: The targets.
        gene: Gene number per global position.
        shortest: Bases of the shortest read whose end counts.
        first_edges: Pieces with which a read may begin (see ``edges``).
        first_tried: See ``edges.piece_of_codes``.
        last_edges: Pieces with which it may end.
        last_tried: As ``first_tried``.
        out: Out, uint8, shape (n,): ``FITS`` and ``ENDS``; rows not in ``which`` are left alone.
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
        out[f] = 0
        if rows[f, p.KIND] == p.ONE_GENE:
            middle = rows[f, p.DIAGONAL] + (rows[f, p.START] + rows[f, p.STOP]) // 2
            if gene[middle] >= 0:
                read = turned if rows[f, p.ORIENTATION] else plain
                if _fits_to_an_end(read, length, bases, rows[f, p.DIAGONAL]):
                    out[f] |= FITS
        if length >= shortest:
            _, n = piece_of_codes(plain, 0, length, first_edges, first_tried, False)
            if not n:
                _, n = piece_of_codes(plain, 0, length, last_edges, last_tried, True)
            if n > 0:
                out[f] |= ENDS
