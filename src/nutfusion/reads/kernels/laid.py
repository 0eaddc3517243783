"""Reads laid on the transcript of a counted gene that their k-mers name, without copying them."""

from __future__ import annotations

from typing import Final

import numpy as np

from nutfusion.reads.kernels import pieces, probes
from nutfusion.reads.kernels.wide import bare, packed_bases

UNREAD: Final = 4
"""Code of a base that is none of A, C, G, T."""
PLACES: Final = 4
"""Places of a read that are looked at: one for each isoform that its probes may name."""

TRANSCRIPT: Final = 0
DIAGONAL: Final = 1
REVERSE: Final = 2
LENGTH: Final = 3
RAW_DIAGONAL: Final = 4
RAW_LENGTH: Final = 5
FIELDS: Final = 6
"""Columns of a placed read (int64): transcript (-1 for none), global position of its first base in
the transcript's sense, whether it is read against that sense, bases used, and the same two of the
whole read."""


@bare
def fill_spots(
    keys_at: np.ndarray,
    spots_at: np.ndarray,
    shift: np.uint64,
    keys: np.ndarray,
    classes: np.ndarray,
    spots: np.ndarray,
) -> None:
    """Enter where k-mers of counted genes lie; the first place of a k-mer stays.

    Args:
        keys_at: uint32, packed k-mers.
        spots_at: int32: global position of each, plus one; negative when it is the other strand's.
        shift: Of the table.
        keys: The table (see ``table.KmerTable``).
        classes: The table.
        spots: int32 per slot, in and out; 0 for none.
    """
    mask = np.uint64(len(keys) - 1)
    for i in range(len(keys_at)):
        slot = ((np.uint64(keys_at[i]) * probes.MIX) >> shift) & mask
        while classes[slot] and keys[slot] != keys_at[i]:
            slot = (slot + np.uint64(1)) & mask
        if classes[slot] > probes.TARGET and spots[slot] == 0:
            spots[slot] = spots_at[i]


@bare
def spot_of(
    key: np.uint64, shift: np.uint64, keys: np.ndarray, classes: np.ndarray, spots: np.ndarray
) -> int:
    """Where a packed k-mer lies; 0 for none."""
    mask = np.uint64(len(keys) - 1)
    slot = ((key * probes.MIX) >> shift) & mask
    while classes[slot]:
        if keys[slot] == np.uint32(key):
            return int(spots[slot])
        slot = (slot + np.uint64(1)) & mask
    return 0


@bare
def base_of(
    buf: np.ndarray, codes: np.ndarray, start: int, length: int, i: int, reverse: int
) -> int:
    """Base ``i`` of a read in the transcript's sense, packed code or ``UNREAD``."""
    if not reverse:
        return int(codes[buf[start + i]])
    code = int(codes[buf[start + length - 1 - i]])
    return code ^ 2 if code < UNREAD else code


@bare
def useful(buf: np.ndarray, start: int, length: int) -> int:
    """Bases left without a 3' tail of the worst qualities, as ``records.useful_lengths``."""
    q = start + length
    while buf[q] != 10:
        q += 1
    q += 1
    while buf[q] != 10:
        q += 1
    q += 1
    while length > probes.K and buf[q + length - 1] <= 35:
        length -= 1
    return length


@bare
def before_adapter(
    buf: np.ndarray, start: int, length: int, adapters: np.ndarray, ends: np.ndarray
) -> int:
    """Bases before the first adapter in a read, as ``placement`` cuts single reads."""
    first = 0
    for a in range(len(ends)):
        size = ends[a] - first
        for i in range(length - size + 1):
            j = 0
            while j < size and buf[start + i + j] & 0xDF == adapters[first + j]:
                j += 1
            if j == size:
                length = i
                break
        first = ends[a]
    return length


@bare
def lay(
    buf: np.ndarray,
    start: int,
    length: int,
    shift: np.uint64,
    keys: np.ndarray,
    classes: np.ndarray,
    spots: np.ndarray,
    bases: np.ndarray,
    transcript: np.ndarray,
    codes: np.ndarray,
    tried: np.ndarray,
    out: np.ndarray,
) -> None:
    """Lay a read where its probes say; of several places the one with most equal bases."""
    out[TRANSCRIPT] = -1
    if length < probes.K:
        return
    n = 0
    best = 0
    for step in range(0, length - probes.K + probes.STEP, probes.STEP):
        at = min(step, length - probes.K)
        spot = spot_of(packed_bases(buf, start + at) & probes.K_MASK, shift, keys, classes, spots)
        if spot == 0:
            continue
        reverse = 1 if spot < 0 else 0
        diagonal = abs(spot) - 1 - (length - at - probes.K if reverse else at)
        known = False
        for j in range(n):
            known |= tried[j] == 2 * diagonal + reverse
        if known or n == PLACES:
            continue
        tried[n] = 2 * diagonal + reverse
        n += 1
        equal = 0
        for i in range(length):
            g = diagonal + i
            if 0 <= g < len(bases):
                equal += base_of(buf, codes, start, length, i, reverse) == bases[g]
        if equal > best:
            best = equal
            out[TRANSCRIPT] = transcript[abs(spot) - 1]
            out[DIAGONAL] = diagonal
            out[REVERSE] = reverse
    if out[TRANSCRIPT] >= 0 and not 0 <= out[DIAGONAL] <= len(bases) - length:
        out[TRANSCRIPT] = -1  # a read longer than the padding, over the first or the last bases
    out[LENGTH] = length
    out[RAW_DIAGONAL] = out[DIAGONAL]
    out[RAW_LENGTH] = length


@bare
def cut(place: np.ndarray, length: int) -> None:
    """Use fewer bases of a placed read: its last ones, as the sequencer wrote it, are left out."""
    if length < place[LENGTH]:
        if place[REVERSE]:
            place[DIAGONAL] += place[LENGTH] - length
        place[LENGTH] = length


@bare
def score_of(
    buf: np.ndarray,
    start: int,
    place: np.ndarray,
    low: int,
    high: int,
    bases: np.ndarray,
    codes: np.ndarray,
) -> int:
    """Score of the part of a read that lies on ``low`` to ``high`` (global, half-open)."""
    score = 0
    for i in range(max(0, low - place[DIAGONAL]), min(place[LENGTH], high - place[DIAGONAL])):
        base = base_of(buf, codes, start, place[LENGTH], i, place[REVERSE])
        if base == bases[place[DIAGONAL] + i]:
            score += 1
        elif base != UNREAD:
            score -= pieces.MISMATCH
    return score
