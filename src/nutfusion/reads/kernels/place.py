"""Place reads on the panel: one gapless piece, or two with a joint between them.

A *diagonal* is the global position of a read's base 0 if the read lay there without a gap (see
``pieces``).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from nutfusion.reads.kernels.pieces import END_CLIP, best_piece, ends
from nutfusion.reads.kernels.wide import SLACK, bare

SEED: Final = 11
"""Bases of a seed; two overlapping seeds make the shortest anchor (12 nt)."""
MOST_HITS: Final = 64
"""A seed with more places in the panel is skipped."""
DIAGONALS: Final = 32
"""Diagonals looked at per read and orientation, most seeds first."""
ANCHOR: Final = 12
"""Shortest piece of a two-piece placement (nt)."""
LINKED_ANCHOR: Final = 16
"""Shortest piece when untemplated bases lie between."""
NUTM1_GENE: Final = 0
PARALOGUE: Final = -2
INTRON: Final = -3
"""Gene numbers with a meaning here: the target, its paralogues, its introns; -1 is padding."""
LONGEST_LINKER: Final = 30
"""Most untemplated bases between two pieces (nt)."""
LINKER_COST: Final = 6
"""Score that a linker must pay for."""
GAIN: Final = 10
"""How much better two genes must explain a read than one gene does."""
SAME_GENE_COST: Final = 4
"""Score that a jump within one gene (another isoform, an indel) pays."""

UNPLACED: Final = 0
ONE_GENE: Final = 1
TWO_GENES: Final = 2

KIND: Final = 0
ORIENTATION: Final = 1
DIAGONAL: Final = 2
START: Final = 3
STOP: Final = 4
SCORE: Final = 5
ONE_GENE_SCORE: Final = 6
A_DIAGONAL: Final = 7
B_DIAGONAL: Final = 8
SPLIT_LOW: Final = 9
SPLIT_HIGH: Final = 10
LINKER: Final = 11
TWO_SCORE: Final = 12
LENGTH: Final = 13
FIELDS: Final = 14
"""Columns of a placement (int32).

``KIND``; ``ORIENTATION`` 0 when the read is in the transcript's sense, 1 when its reverse
complement is (all other columns are in that sense); ``DIAGONAL``, ``START``, ``STOP`` (read bases,
half-open) and ``SCORE`` of the best single piece; ``ONE_GENE_SCORE``: best explanation within one
gene or with a decoy; ``A_DIAGONAL``, ``B_DIAGONAL``: diagonals of the 5' and the 3' piece;
``SPLIT_LOW`` to ``SPLIT_HIGH``: how many read bases the 5' piece may have (all equally good);
``LINKER``: untemplated bases after it; ``TWO_SCORE``; ``LENGTH``: bases.
"""

MARKS: Final = 18
"""Bits of a seed's mark: a table of 32 KiB, which stays in a core's cache. One seed in fifteen that
the starter panel lacks has the mark of another."""
_MIX: Final = np.uint32(0x9E3779B1)
_AWAY: Final = np.uint32(32 - MARKS)
_MARK_MASK: Final = np.uint32((1 << MARKS) - 1)


@njit(nogil=True, cache=True)
def fill_index(
    values: np.ndarray,
    first: np.ndarray,
    count: np.ndarray,
    keys: np.ndarray,
    slot_first: np.ndarray,
    slot_count: np.ndarray,
    marks: np.ndarray,
) -> None:
    """Enter seeds into an open-addressing table (a power of two long), and into their marks."""
    mask = np.uint32(len(keys) - 1)
    for i in range(len(values)):
        mark = ((values[i] * _MIX) >> _AWAY) & _MARK_MASK
        marks[mark >> np.uint32(3)] |= np.uint8(1) << np.uint8(mark & np.uint32(7))
        slot = ((values[i] * _MIX) >> np.uint32(7)) & mask
        while slot_count[slot]:
            slot = (slot + np.uint32(1)) & mask
        keys[slot] = values[i]
        slot_first[slot] = first[i]
        slot_count[slot] = count[i]


@bare
def _diagonals(
    read: np.ndarray,
    length: int,
    keys: np.ndarray,
    slot_first: np.ndarray,
    slot_count: np.ndarray,
    marks: np.ndarray,
    positions: np.ndarray,
    diagonals: np.ndarray,
    votes: np.ndarray,
) -> int:
    """Diagonals with at least one seed, most seeds first (then lowest); how many there are."""
    mask = np.uint32(len(keys) - 1)
    seed_mask = np.uint32((1 << (2 * SEED)) - 1)
    n = 0
    kmer = np.uint32(0)
    good = 0
    for i in range(length):
        base = read[i]
        if base > 3:
            good = 0
            continue
        kmer = ((kmer << np.uint32(2)) | np.uint32(base)) & seed_mask
        good += 1
        if good < SEED:
            continue
        mixed = kmer * _MIX
        mark = (mixed >> _AWAY) & _MARK_MASK
        if not (marks[mark >> np.uint32(3)] >> np.uint8(mark & np.uint32(7))) & 1:
            continue
        slot = (mixed >> np.uint32(7)) & mask
        while slot_count[slot] and keys[slot] != kmer:
            slot = (slot + np.uint32(1)) & mask
        hits = slot_count[slot]
        if hits == 0 or hits > MOST_HITS:
            continue
        for h in range(slot_first[slot], slot_first[slot] + hits):
            diagonal = positions[h] - (i - SEED + 1)
            j = 0
            while j < n and diagonals[j] != diagonal:
                j += 1
            if j < n:
                votes[j] += 1
            elif n < len(diagonals):
                diagonals[n] = diagonal
                votes[n] = 1
                n += 1
    most = min(n, DIAGONALS)
    for i in range(most):
        best = i
        for j in range(i + 1, n):
            if votes[j] > votes[best] or (
                votes[j] == votes[best] and diagonals[j] < diagonals[best]
            ):
                best = j
        d = diagonals[best]
        v = votes[best]
        for j in range(best, i, -1):
            diagonals[j] = diagonals[j - 1]
            votes[j] = votes[j - 1]
        diagonals[i] = d
        votes[i] = v
    return most


@bare
def _joint(
    pre: np.ndarray, suf: np.ndarray, length: int, linked: bool
) -> tuple[int, int, int, int]:
    """Best joint of a 5' and a 3' piece: (score, lowest split, highest split, linker)."""
    best = -1
    low = 0
    high = 0
    for i in range(ANCHOR, length - ANCHOR + 1):
        score = pre[i] + suf[i]
        if score > best:
            best = score
            low = i
            high = i
        elif score == best and i == high + 1:
            high = i
    linker = 0
    if linked and length >= 2 * LINKED_ANCHOR:
        left = LINKED_ANCHOR
        right = length - LINKED_ANCHOR
        for i in range(LINKED_ANCHOR, length - LINKED_ANCHOR + 1):
            if pre[i] > pre[left]:
                left = i
            if suf[i] >= suf[right]:
                right = max(right, i) if suf[i] == suf[right] else i
        gap = right - left
        if 0 < gap <= LONGEST_LINKER and pre[left] + suf[right] - LINKER_COST > best:
            best = pre[left] + suf[right] - LINKER_COST
            low = left
            high = left
            linker = gap
    return best, low, high, linker


@bare
def _place_one(
    read: np.ndarray,
    length: int,
    bases: np.ndarray,
    gene: np.ndarray,
    keys: np.ndarray,
    slot_first: np.ndarray,
    slot_count: np.ndarray,
    marks: np.ndarray,
    positions: np.ndarray,
    diagonals: np.ndarray,
    votes: np.ndarray,
    pre: np.ndarray,
    suf: np.ndarray,
    genes: np.ndarray,
    most: np.ndarray,
    scored: np.ndarray,
    out: np.ndarray,
) -> None:
    """Fill one placement row for one orientation of a read."""
    out[:] = 0
    out[LENGTH] = length
    is_known = True
    for i in range(length):
        is_known &= read[i] < 4
    n = _diagonals(read, length, keys, slot_first, slot_count, marks, positions, diagonals, votes)
    if n == 0:
        return
    for c in range(n):
        piece = best_piece(read, length, bases, diagonals[c], is_known)
        score, start, stop, most[0, c], most[1, c] = piece
        middle = diagonals[c] + (start + stop) // 2
        genes[c] = gene[middle] if 0 <= middle < len(gene) else -1
        if score > out[SCORE] or (score == out[SCORE] > 0 and genes[c] == PARALOGUE):
            out[KIND] = ONE_GENE
            out[SCORE] = score
            out[DIAGONAL] = diagonals[c]
            out[START] = start
            out[STOP] = stop
    out[ONE_GENE_SCORE] = out[SCORE]
    if out[SCORE] >= length - END_CLIP:
        return
    for c in range(n):
        scored[c] = False
    paralogue_score = 0
    for a in range(n):
        if genes[a] == -1:
            continue
        for b in range(n):
            x = genes[a]
            y = genes[b]
            if a == b or y == -1 or most[0, a] + most[1, b] <= out[ONE_GENE_SCORE]:
                continue
            same = x == y or (min(x, y) == INTRON and max(x, y) == NUTM1_GENE)
            paralogue = x == PARALOGUE or y == PARALOGUE
            if not same and not paralogue and (min(x, y) == INTRON or (x != 0 and y != 0)):
                continue
            for c in (a, b):
                if not scored[c]:
                    ends(read, length, bases, diagonals[c], pre[c], suf[c])
                    scored[c] = True
            score, low, high, linker = _joint(pre[a], suf[b], length, not same)
            if same:
                if score - SAME_GENE_COST > out[ONE_GENE_SCORE]:
                    out[ONE_GENE_SCORE] = score - SAME_GENE_COST
            elif paralogue:
                paralogue_score = max(paralogue_score, score)
            elif score > out[TWO_SCORE]:
                out[TWO_SCORE] = score
                out[A_DIAGONAL] = diagonals[a]
                out[B_DIAGONAL] = diagonals[b]
                out[SPLIT_LOW] = low
                out[SPLIT_HIGH] = high
                out[LINKER] = linker
    if paralogue_score >= out[TWO_SCORE]:
        out[TWO_SCORE] = 0
    if out[TWO_SCORE] >= out[ONE_GENE_SCORE] + GAIN:
        out[KIND] = TWO_GENES


@bare
def reverse_complement(read: np.ndarray, length: int, out: np.ndarray) -> None:
    """Base codes of the other strand."""
    for i in range(length):
        base = read[length - 1 - i]
        out[i] = 3 - base if base < 4 else base


@njit(nogil=True, cache=True)
def place(
    data: np.ndarray,
    offsets: np.ndarray,
    lengths: np.ndarray,
    bases: np.ndarray,
    gene: np.ndarray,
    keys: np.ndarray,
    slot_first: np.ndarray,
    slot_count: np.ndarray,
    marks: np.ndarray,
    positions: np.ndarray,
    out: np.ndarray,
) -> None:
    """Place every read.

    Args:
        data: uint8 base codes of all reads.
        offsets: int64, shape (n + 1,).
        lengths: int32, shape (n,): how many bases of each read to use.
        bases: The targets (see ``Targets``), and the next six arrays with them.
        gene: Gene number per global position.
        keys: Seed table.
        slot_first: Seed table.
        slot_count: Seed table.
        marks: Which marks the seeds of the table have.
        positions: Seed positions.
        out: int32, shape (n, FIELDS): the placements.
    """
    longest = 0
    for i in range(len(lengths)):
        longest = max(longest, lengths[i])
    forward = np.empty(longest + SLACK, np.uint8)
    reverse = np.empty(longest + SLACK, np.uint8)
    diagonals = np.empty(512, np.int64)
    votes = np.empty(512, np.int64)
    pre = np.empty((DIAGONALS, longest + 1), np.int32)
    suf = np.empty((DIAGONALS, longest + 1), np.int32)
    scored = np.empty(DIAGONALS, np.bool_)
    genes = np.empty(DIAGONALS, np.int64)
    most = np.empty((2, DIAGONALS), np.int64)
    other = np.empty(FIELDS, np.int32)
    for r in range(len(lengths)):
        length = lengths[r]
        if length < SEED:
            out[r, :] = 0
            out[r, LENGTH] = length
            continue
        for i in range(length):
            forward[i] = data[offsets[r] + i]
        _place_one(
            forward, length, bases, gene, keys, slot_first, slot_count, marks, positions,
            diagonals, votes, pre, suf, genes, most, scored, out[r],
        )  # fmt: skip
        if out[r, SCORE] >= length - END_CLIP:
            continue
        reverse_complement(forward, length, reverse)
        _place_one(
            reverse, length, bases, gene, keys, slot_first, slot_count, marks, positions,
            diagonals, votes, pre, suf, genes, most, scored, other,
        )  # fmt: skip
        mine = max(out[r, ONE_GENE_SCORE], out[r, TWO_SCORE])
        if max(other[ONE_GENE_SCORE], other[TWO_SCORE]) > mine:
            out[r, :] = other
            out[r, ORIENTATION] = 1
