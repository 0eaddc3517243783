"""Try reads on fused sequences: short anchors count once the joint itself is known."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from nutfusion.reads.kernels import pieces
from nutfusion.reads.kernels import place as p

SHORTEST: Final = 4
"""Fewest bases of a read on either side of a joint."""
GAIN: Final = 5
"""How much better a fused sequence must explain a read than one gene does."""
EXACT_BELOW: Final = 10
"""An anchor shorter than this allows no difference."""
MARGIN: Final = 4
"""How much better a later joint of the list must be to take a read from an earlier one: a
sequencing error near a joint must not make a joint of its own."""

JOINT: Final = 0
SPLIT: Final = 1
SCORE: Final = 2
DIFFERENT: Final = 3
FIELDS: Final = 4
"""Columns of a rescue (int64): index of the joint (-1 for none), read bases before the 3' part
(linker included), score, differences to the fused sequence."""


@njit(nogil=True, cache=True)
def _split_index(genome: np.ndarray, diagonal: int, length: int, residue: int, after: bool) -> int:
    """Read index of the base at a residue (plus one if ``after``); -1 when not in the read.

    A negative residue is a global position with the sign changed (a base without a residue).
    """
    for i in range(length):
        g = diagonal + i
        if g < 0 or g >= len(genome):
            continue
        if (residue > 0 and genome[g] == residue) or (residue < 0 and g == -residue):
            return i + 1 if after else i
    return -1


@njit(nogil=True, cache=True)
def _span(genome: np.ndarray, diagonal: int, length: int) -> tuple[int, int]:
    """Lowest and highest residue on which a read lies; (0, 0) for none."""
    low = 0
    high = 0
    for g in range(max(0, diagonal), min(len(genome), diagonal + length)):
        residue = genome[g]
        if residue > 0:
            low = residue if low == 0 else min(low, residue)
            high = max(high, residue)
    return low, high


@njit(nogil=True, cache=True)
def _try(
    read: np.ndarray, length: int, split: int, linker: int, flank: int, fused: np.ndarray
) -> tuple[int, int]:
    """(score, differences) of a read laid over a fused sequence; score -1 when it does not fit."""
    five = split - linker
    three = length - split
    if five < SHORTEST or three < SHORTEST:
        return -1, 0
    shift = flank - five
    score = 0
    low = 0
    different_five = 0
    different_three = 0
    clipped = 0
    for i in range(length):
        f = shift + i
        if i <= pieces.END_CLIP and score < low:
            low = score
            clipped = different_five
        if read[i] == 4:
            continue  # an N fits anything and gains nothing
        if f < 0 or f >= len(fused) or read[i] != fused[f]:
            score -= pieces.MISMATCH
            if i < five:
                different_five += 1
            elif i >= split:
                different_three += 1
            else:
                different_five += 1
        else:
            score += 1
    # the last bases may be left out, as the first
    tail = 0
    best_tail = 0
    clipped_three = 0
    differences = 0
    for i in range(length - 1, length - 1 - pieces.END_CLIP, -1):
        f = shift + i
        if read[i] == 4:
            continue
        if f < 0 or f >= len(fused) or read[i] != fused[f]:
            differences += 1
            tail += pieces.MISMATCH
        else:
            tail -= 1
        if tail > best_tail:
            best_tail = tail
            clipped_three = differences
    if five >= EXACT_BELOW:
        score -= low
        different_five -= clipped
    if three >= EXACT_BELOW:
        score += best_tail
        different_three -= clipped_three
    if five < EXACT_BELOW and different_five > 0:
        return -1, 0
    if three < EXACT_BELOW and different_three > 0:
        return -1, 0
    if different_five > max(1, five // 10) or different_three > max(1, three // 10):
        return -1, 0
    return score, different_five + different_three


@njit(nogil=True, cache=True)
def rescue(
    data: np.ndarray,
    offsets: np.ndarray,
    placements: np.ndarray,
    which: np.ndarray,
    genome: np.ndarray,
    gene: np.ndarray,
    five_gene: np.ndarray,
    three_gene: np.ndarray,
    five: np.ndarray,
    three: np.ndarray,
    linkers: np.ndarray,
    flank: int,
    fused: np.ndarray,
    margin: int,
    out: np.ndarray,
) -> None:
    """Find the joint that explains each read best, if any explains it better than one gene.

    Args:
        data: uint8 base codes of all reads of one mate.
        offsets: int64, shape (n + 1,).
        placements: int32, shape (n, place.FIELDS).
        which: int64: indices of the reads to try.
        genome: GRCh38 residue per global position.
        gene: Gene number per global position.
        five_gene: int64 per joint.
        three_gene: int64 per joint.
        five: int64 per joint: residue of the last 5' base (or minus a global position).
        three: int64 per joint: residue of the first 3' base (or minus a global position).
        linkers: int64 per joint: bases between.
        flank: Bases before the joint in each row of ``fused``.
        fused: uint8, shape (joints, width): 5' flank, linker, 3' flank.
        margin: See ``MARGIN``.
        out: int64, shape (n, FIELDS); rows not in ``which`` are left alone.
    """
    longest = 0
    for r in which:
        longest = max(longest, placements[r, p.LENGTH])
    plain = np.empty(longest + 1, np.uint8)
    read = np.empty(longest + 1, np.uint8)
    diagonals = np.empty(2, np.int64)
    numbers = np.empty(2, np.int64)
    lows = np.empty(2, np.int64)
    highs = np.empty(2, np.int64)
    for r in which:
        row = placements[r]
        length = row[p.LENGTH]
        kind = row[p.KIND]
        out[r, JOINT] = -1
        if kind == p.UNPLACED:
            continue
        for i in range(length):
            plain[i] = data[offsets[r] + i]
        if row[p.ORIENTATION]:
            p.reverse_complement(plain, length, read)
        else:
            read[:length] = plain[:length]
        best = row[p.ONE_GENE_SCORE] + GAIN - 1
        ways = 2 if kind == p.TWO_GENES else 1
        for way in range(ways):
            if ways == 1:
                diagonals[0] = row[p.DIAGONAL]
                middle = row[p.DIAGONAL] + (row[p.START] + row[p.STOP]) // 2
            elif way == 0:
                diagonals[0] = row[p.A_DIAGONAL]
                middle = row[p.A_DIAGONAL] + row[p.SPLIT_LOW] - 1
            else:
                diagonals[1] = row[p.B_DIAGONAL]
                middle = row[p.B_DIAGONAL] + row[p.SPLIT_HIGH] + row[p.LINKER]
            numbers[way] = gene[middle]
            lows[way], highs[way] = _span(genome, diagonals[way], length)
        for j in range(len(five)):
            needed = best + margin if out[r, JOINT] >= 0 else best
            for way in range(ways):
                is_three = numbers[way] == three_gene[j]
                if not is_three and numbers[way] != five_gene[j]:
                    continue
                residue = three[j] if is_three else five[j]
                if residue > 0 and (residue < lows[way] or residue > highs[way]):
                    continue
                split = _split_index(genome, diagonals[way], length, residue, not is_three)
                if split >= 0 and not is_three:
                    split += linkers[j]
                if split < 0:
                    continue
                score, different = _try(read, length, split, linkers[j], flank, fused[j])
                if score > needed:
                    out[r, JOINT] = j
                    out[r, SPLIT] = split
                    out[r, SCORE] = score
                    out[r, DIFFERENT] = different
                    best = score
                    needed = best + margin
