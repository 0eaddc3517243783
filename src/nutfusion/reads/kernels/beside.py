"""Reads that end with a short piece of NUTM1, held against reads that show more of it.

A read is walked from the end at which its piece of NUTM1 lies, in the sense of the transcript:
first the piece, outwards from the read's end to the exon's edge, then the bases beyond it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from nutfusion.reads.contig import WORD

FRAGMENT: Final = 0
MATE: Final = 1
AT_END: Final = 2
REVERSE: Final = 3
EDGE: Final = 4
BASES: Final = 5
FIELDS: Final = 6
"""Columns of a piece (int32): index of the fragment, its mate, whether it lies at the read's last
bases, whether the transcript's sense is the other strand, number of the exon's edge, bases."""

MARKS: Final = 18
"""Bits of a word's mark: a table that stays in a core's cache."""
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_AWAY: Final = np.uint64(64 - MARKS)


def marks_of(words: np.ndarray) -> np.ndarray:
    """Which marks some words (int64, see ``contig.words_of``) have; bool, shape (2 ** MARKS,)."""
    marks = np.zeros(1 << MARKS, bool)
    marks[(words.astype(np.uint64) * _MIX) >> _AWAY] = True
    return marks


@njit(nogil=True, cache=True)
def _base(
    data: np.ndarray, start: int, length: int, at_end: bool, reverse: bool, i: int
) -> np.uint8:
    """Base ``i`` of the walk."""
    base = data[start + (length - 1 - i if at_end else i)]
    return np.uint8(3 - base) if reverse and base < 4 else np.uint8(base)


@njit(nogil=True, cache=True)
def share_words(
    data: np.ndarray,
    offsets: np.ndarray,
    lengths: np.ndarray,
    pieces: np.ndarray,
    words: np.ndarray,
    marks: np.ndarray,
    out: np.ndarray,
) -> None:
    """Which reads hold one of some words, as ``contig.has_word_of`` says.

    Args:
        data: uint8 base codes of all reads of one mate.
        offsets: int64, shape (n + 1,).
        lengths: int32, shape (n,): bases that are used.
        pieces: int32, shape (m, ``FIELDS``), of that mate.
        words: int64, sorted.
        marks: See ``marks_of``.
        out: Out, bool, shape (m,).
    """
    whole = 5 ** (WORD - 1)
    for p in range(len(pieces)):
        f = pieces[p, FRAGMENT]
        out[p] = False
        number = np.int64(0)
        for i in range(lengths[f]):
            base = _base(data, offsets[f], lengths[f], pieces[p, AT_END], pieces[p, REVERSE], i)
            number = number % whole * 5 + base
            if i < WORD - 1 or not marks[(np.uint64(number) * _MIX) >> _AWAY]:
                continue
            at = np.searchsorted(words, number)
            if at < len(words) and words[at] == number:
                out[p] = True
                break


@njit(nogil=True, cache=True)
def agree(
    data: np.ndarray,
    offsets: np.ndarray,
    lengths: np.ndarray,
    pieces: np.ndarray,
    first: np.ndarray,
    parts: np.ndarray,
    part_lengths: np.ndarray,
    allowed: np.ndarray,
    out: np.ndarray,
) -> None:
    """Which reads go on beyond their piece as some part at the same edge does.

    As ``cluster.agrees`` says.

    Args:
        data: uint8 base codes of all reads of one mate.
        offsets: int64, shape (n + 1,).
        lengths: int32, shape (n,): bases that are used.
        pieces: int32, shape (m, ``FIELDS``), of that mate.
        first: int64, shape (edges + 1,): index of each edge's first part.
        parts: uint8 base codes from the joint outwards, shape (parts, width).
        part_lengths: int64, shape (parts,).
        allowed: int64, shape (width + 1,): differences in an overlap of so many bases.
        out: Out, bool, shape (m,).
    """
    for p in range(len(pieces)):
        f = pieces[p, FRAGMENT]
        at_end = pieces[p, AT_END]
        reverse = pieces[p, REVERSE]
        own = pieces[p, BASES]
        out[p] = False
        for s in range(first[pieces[p, EDGE]], first[pieces[p, EDGE] + 1]):
            n = min(lengths[f] - own, part_lengths[s])
            different = 0
            for i in range(n):
                base = _base(data, offsets[f], lengths[f], at_end, reverse, own + i)
                if base != parts[s, i]:
                    different += 1
                    if different > allowed[n]:
                        break
            if n > 0 and different <= allowed[n]:
                out[p] = True
                break
