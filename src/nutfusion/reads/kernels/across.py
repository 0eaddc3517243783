"""Which wild-type fragments cross the end of a partner's exon, as a fusion's would cross its joint.

Reads are looked at where they lie in their block; only those that a probe names a counted gene for.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from nutfusion.reads.kernels import edges as e
from nutfusion.reads.kernels import place as p
from nutfusion.reads.kernels import rescue as r
from nutfusion.reads.kernels import scan as s
from nutfusion.reads.kernels.wide import bare, packed_bases

UNREAD: Final = 4
"""Code of a base that is none of A, C, G, T."""
PLACES: Final = 4
"""Places of a read that are looked at: one for each isoform that its probes may name."""
MATE_SCORE: Final = 20
"""Equal bases that a mate needs on its side of an exon's end; ``assign.MATE_SCORE``."""
LARGEST_INSERT: Final = 600
"""Largest insert (nt) of a pair that counts: what ``tally.Inserts.largest`` is at least."""
LONGEST_ANCHOR: Final = 40
"""Longer anchors (nt) are counted with those of this length: no profile asks for more."""
LONGEST_SHORT: Final = 350
"""Longest single read (nt) that is laid without gaps; ``long_reads.LONGEST_SHORT``."""
LONG_REACH: Final = 100
"""Bases on either side of an exon's end in which a long read must have a word of its transcript:
with 5 % errors it has (chosen by us)."""
LONGEST_GAP: Final = 30
"""Most bases by which those words may be out of line; ``long_reads.LONGEST_GAP``."""
SHORTEST_INSERT: Final = 24
"""Shortest insert (nt) by which mates are cut; ``placement.SHORTEST_FRAGMENT``."""

END_BITS: Final = 15
"""Bits of an outer end in a key: bases from the exon's end, 0 for none."""
ANCHOR_BITS: Final = 6
"""Bits of the shorter anchor in a key; 0 for a pair that lies on either side."""
_MIDDLE: Final = 1 << (END_BITS - 1)

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
        slot = ((np.uint64(keys_at[i]) * s.MIX) >> shift) & mask
        while classes[slot] and keys[slot] != keys_at[i]:
            slot = (slot + np.uint64(1)) & mask
        if classes[slot] > s.TARGET and spots[slot] == 0:
            spots[slot] = spots_at[i]


@bare
def _spot(
    key: np.uint64, shift: np.uint64, keys: np.ndarray, classes: np.ndarray, spots: np.ndarray
) -> int:
    """Where a packed k-mer lies; 0 for none."""
    mask = np.uint64(len(keys) - 1)
    slot = ((key * s.MIX) >> shift) & mask
    while classes[slot]:
        if keys[slot] == np.uint32(key):
            return int(spots[slot])
        slot = (slot + np.uint64(1)) & mask
    return 0


@bare
def _base(buf: np.ndarray, codes: np.ndarray, start: int, length: int, i: int, reverse: int) -> int:
    """Base ``i`` of a read in the transcript's sense, packed code or ``UNREAD``."""
    if not reverse:
        return int(codes[buf[start + i]])
    code = int(codes[buf[start + length - 1 - i]])
    return code ^ 2 if code < UNREAD else code


@bare
def _useful(buf: np.ndarray, start: int, length: int) -> int:
    """Bases left without a 3' tail of the worst qualities, as ``records.useful_lengths``."""
    q = start + length
    while buf[q] != 10:
        q += 1
    q += 1
    while buf[q] != 10:
        q += 1
    q += 1
    while length > s.K and buf[q + length - 1] <= 35:
        length -= 1
    return length


@bare
def _before_adapter(
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
def _placed(
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
    if length < s.K:
        return
    n = 0
    best = 0
    for step in range(0, length - s.K + s.STEP, s.STEP):
        at = min(step, length - s.K)
        spot = _spot(packed_bases(buf, start + at) & s.K_MASK, shift, keys, classes, spots)
        if spot == 0:
            continue
        reverse = 1 if spot < 0 else 0
        diagonal = abs(spot) - 1 - (length - at - s.K if reverse else at)
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
                equal += _base(buf, codes, start, length, i, reverse) == bases[g]
        if equal > best:
            best = equal
            out[TRANSCRIPT] = transcript[abs(spot) - 1]
            out[DIAGONAL] = diagonal
            out[REVERSE] = reverse
    out[LENGTH] = length
    out[RAW_DIAGONAL] = out[DIAGONAL]
    out[RAW_LENGTH] = length


@bare
def _cut(place: np.ndarray, length: int) -> None:
    """Use fewer bases of a placed read: its last ones, as the sequencer wrote it, are left out."""
    if length < place[LENGTH]:
        if place[REVERSE]:
            place[DIAGONAL] += place[LENGTH] - length
        place[LENGTH] = length


@bare
def _anchor(
    buf: np.ndarray,
    start: int,
    place: np.ndarray,
    end: int,
    least_five: int,
    least_three: int,
    bases: np.ndarray,
    codes: np.ndarray,
) -> int:
    """The shorter of a read's pieces before and after an exon's end; 0 when it does not cross it.

    The rules are those by which a read is given to a joint (``rescue``).

    Args:
        buf: The block.
        start: The read's first base in it.
        place: Where the read lies.
        end: Global position of the exon's last base.
        least_five: Score that the piece before the end needs.
        least_three: Score that the piece after it needs.
        bases: The transcripts.
        codes: Packed code of a letter.
    """
    length = place[LENGTH]
    diagonal = place[DIAGONAL]
    five = end + 1 - diagonal
    three = length - five
    if five < r.SHORTEST or three < r.SHORTEST:
        return 0
    score = 0
    low = 0
    clipped = 0
    different_five = 0
    five_score = 0
    different_three = 0
    for i in range(length):
        if i == five:
            five_score = score
        if i <= p.END_CLIP and score < low:
            low = score
            clipped = different_five
        base = _base(buf, codes, start, length, i, place[REVERSE])
        if base == UNREAD:
            continue
        if base == bases[diagonal + i]:
            score += 1
        else:
            score -= p.MISMATCH
            if i < five:
                different_five += 1
            else:
                different_three += 1
    three_score = score - five_score
    tail = 0
    best_tail = 0
    tail_differences = 0
    clipped_three = 0
    for i in range(length - 1, length - 1 - p.END_CLIP, -1):
        base = _base(buf, codes, start, length, i, place[REVERSE])
        if base == UNREAD:
            continue
        if base != bases[diagonal + i]:
            tail_differences += 1
            tail += p.MISMATCH
        else:
            tail -= 1
        if tail > best_tail:
            best_tail = tail
            clipped_three = tail_differences
    if five >= r.EXACT_BELOW:
        five_score -= low
        different_five -= clipped
    elif different_five:
        return 0
    if three >= r.EXACT_BELOW:
        three_score += best_tail
        different_three -= clipped_three
    elif different_three:
        return 0
    if different_five > max(1, five // 10) or different_three > max(1, three // 10):
        return 0
    if five_score < least_five or three_score < least_three:
        return 0
    return int(min(five, three))


@bare
def _is_equal(
    buf: np.ndarray,
    start: int,
    place: np.ndarray,
    low: int,
    high: int,
    bases: np.ndarray,
    codes: np.ndarray,
) -> bool:
    """Whether bases ``low`` to ``high`` (half-open) of a whole read are those of the transcript."""
    i = low
    length = place[RAW_LENGTH]
    while i < high:
        if _base(buf, codes, start, length, i, place[REVERSE]) != bases[place[RAW_DIAGONAL] + i]:
            return False
        i += 1
    return True


@bare
def _is_kept(
    buf: np.ndarray, start: int, place: np.ndarray, end: int, bases: np.ndarray, codes: np.ndarray
) -> bool:
    """Whether the sieve would keep a read if NUTM1 lay behind the exon's end (see ``scan``).

    One of its probes reaches beyond the end without a difference, or the read's last bases do.
    """
    length = place[RAW_LENGTH]
    diagonal = place[RAW_DIAGONAL]
    beyond = diagonal + length - 1 - end
    if beyond < 1 or length < s.K:
        return False
    for step in range(0, length - s.K + s.STEP, s.STEP):
        at = min(step, length - s.K)
        first = length - s.K - at if place[REVERSE] else at
        is_beyond = diagonal + first + s.K - 1 > end
        if is_beyond and _is_equal(buf, start, place, first, first + s.K, bases, codes):
            return True
    return bool(
        e.SHORTEST <= beyond <= e.REACH
        and _is_equal(buf, start, place, length - beyond, length, bases, codes)
    )


@bare
def _outer(place: np.ndarray, transcript: int, end: int) -> int:
    """A read's first sequenced base as an outer end in a key; 0 when it lies elsewhere."""
    if place[TRANSCRIPT] != transcript:
        return 0
    at = place[DIAGONAL] - end
    if place[REVERSE]:
        at += place[LENGTH]
    return int(min(max(at + _MIDDLE, 1), 2 * _MIDDLE - 1))


@bare
def _equal_bases(
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
        base = _base(buf, codes, start, place[LENGTH], i, place[REVERSE])
        if base == bases[place[DIAGONAL] + i]:
            score += 1
        elif base != UNREAD:
            score -= p.MISMATCH
    return score


@bare
def _lie_apart(
    buf_1: np.ndarray,
    start_1: int,
    one: np.ndarray,
    buf_2: np.ndarray,
    start_2: int,
    two: np.ndarray,
    end: int,
    bases: np.ndarray,
    codes: np.ndarray,
) -> bool:
    """Whether mates that face each other lie on either side of an exon's end, as ``assign`` asks.

    One of them may cross it with too few bases for a split read: of a fusion those lie nowhere.
    ``one`` is read in the transcript's sense, ``two`` against it.
    """
    left, right = one[DIAGONAL], two[DIAGONAL]
    after = right + two[LENGTH]
    if after - left > LARGEST_INSERT:
        return False
    return bool(
        _equal_bases(buf_1, start_1, one, left, end + 1, bases, codes) >= MATE_SCORE
        and _equal_bases(buf_2, start_2, two, end + 1, after, bases, codes) >= MATE_SCORE
    )


@bare
def _entered(found: np.ndarray, rows: np.ndarray, n: int, key: int, row: int) -> int:
    """Enter a key; of one record and one exon's end only the one with the longer anchor stays."""
    for j in range(n - 1, -1, -1):
        if rows[j] != row:
            break
        if found[j] >> (2 * END_BITS + ANCHOR_BITS) == key >> (2 * END_BITS + ANCHOR_BITS):
            if found[j] & ((1 << ANCHOR_BITS) - 1) < key & ((1 << ANCHOR_BITS) - 1):
                found[j] = key
            return n
    if n < len(found):
        found[n] = key
        rows[n] = row
        n += 1
    return n


@bare
def _long(
    buf: np.ndarray,
    start: int,
    length: int,
    row: int,
    shift: np.uint64,
    keys: np.ndarray,
    classes: np.ndarray,
    spots: np.ndarray,
    transcript: np.ndarray,
    first_end: np.ndarray,
    ends_at: np.ndarray,
    end_numbers: np.ndarray,
    met: np.ndarray,
    found: np.ndarray,
    rows: np.ndarray,
    n: int,
) -> int:
    """Enter the exons' ends that a long read crosses: words on both sides, in line but for gaps.

    Such reads have insertions and deletions; an engine's rule for single bases says nothing.
    ``met`` is scratch, int64[exons' ends, 3]: where in the read the end would lie by the nearest
    word before it and by the nearest after it (-1 for none), and whether the read is reversed.
    """
    met[:, :] = -1
    for step in range(0, length - s.K + s.STEP, s.STEP):
        at = min(step, length - s.K)
        spot = _spot(packed_bases(buf, start + at) & s.K_MASK, shift, keys, classes, spots)
        if spot == 0:
            continue
        g = abs(spot) - 1
        reverse = 1 if spot < 0 else 0
        first = length - at - s.K if reverse else at
        t = transcript[g]
        for i in range(first_end[t], first_end[t + 1]):
            end = ends_at[i]
            side = 0 if g <= end else 1
            inside = g + s.K - 1 <= end if side == 0 else True
            if not inside or abs(g - end) > LONG_REACH:
                continue
            if met[i, 2] >= 0 and met[i, 2] != reverse:
                continue
            met[i, 2] = reverse
            met[i, side] = first + end - g
    for i in range(len(ends_at)):
        if met[i, 0] < 0 or met[i, 1] < 0 or abs(met[i, 0] - met[i, 1]) > LONGEST_GAP:
            continue
        five = max(1, _MIDDLE - met[i, 0])
        three = min(2 * _MIDDLE - 1, _MIDDLE + length - met[i, 1])
        key = (end_numbers[i] << END_BITS) | five
        key = (key << END_BITS) | three
        n = _entered(found, rows, n, (key << ANCHOR_BITS) | LONGEST_ANCHOR, row)
    return n


@bare
def across(
    which: np.ndarray,
    buf_1: np.ndarray,
    starts_1: np.ndarray,
    lengths_1: np.ndarray,
    buf_2: np.ndarray,
    starts_2: np.ndarray,
    lengths_2: np.ndarray,
    paired: bool,
    shift: np.uint64,
    keys: np.ndarray,
    classes: np.ndarray,
    spots: np.ndarray,
    bases: np.ndarray,
    transcript: np.ndarray,
    codes: np.ndarray,
    first_end: np.ndarray,
    ends_at: np.ndarray,
    end_numbers: np.ndarray,
    least_five: np.ndarray,
    least_three: np.ndarray,
    adapters: np.ndarray,
    adapter_ends: np.ndarray,
    tried: np.ndarray,
    placed: np.ndarray,
    met: np.ndarray,
    found: np.ndarray,
    rows: np.ndarray,
) -> int:
    """Find the fragments that cross the end of an exon.

    Args:
        which: int32, records to look at.
        buf_1: Block of mate 1, or of single reads.
        starts_1: int32 per record: first base.
        lengths_1: int32 per record: bases.
        buf_2: Block of mate 2; that of mate 1 again for single reads.
        starts_2: As ``starts_1``.
        lengths_2: As ``lengths_1``.
        paired: There are mates.
        shift: Of the sieve's table.
        keys: The sieve's table.
        classes: The sieve's table.
        spots: int32 per slot (see ``fill_spots``).
        bases: uint8, packed codes of the transcripts, more than any code between them.
        transcript: int32 per global position: number of the transcript, -1 between them.
        codes: uint8[256]: packed code of a letter, ``UNREAD`` for others.
        first_end: int32 per transcript, and one more: its first exon's end in the next two.
        ends_at: int64: global position of an exon's last base.
        end_numbers: int32: which exon's end that is, whatever the transcript.
        least_five: int32 by that number: score that the piece before the end needs.
        least_three: The same for the piece after it.
        adapters: uint8, letters of the adapters one after another.
        adapter_ends: int32: where each ends.
        tried: int64[PLACES], scratch.
        placed: int64[2, FIELDS], scratch.
        met: int64[exons' ends, 3], scratch.
        found: Out, int64: keys. From the highest bit down: number of the exon's end, outer ends on
            its 5' and its 3' side, shorter anchor of the best read (0 for a pair).
        rows: Out, int32: the record of each.

    Returns:
        Number of keys; no more than ``found`` has room for.
    """
    n = 0
    one, two = placed[0], placed[1]
    for row in which:
        start_1, start_2 = starts_1[row], starts_2[row]
        if not paired and lengths_1[row] > LONGEST_SHORT:
            n = _long(
                buf_1, start_1, lengths_1[row], row, shift, keys, classes, spots, transcript,
                first_end, ends_at, end_numbers, met, found, rows, n,
            )  # fmt: skip
            continue
        _placed(
            buf_1, start_1, lengths_1[row], shift, keys, classes, spots, bases, transcript,
            codes, tried, one,
        )  # fmt: skip
        two[TRANSCRIPT] = -1
        if paired:
            _placed(
                buf_2, start_2, lengths_2[row], shift, keys, classes, spots, bases, transcript,
                codes, tried, two,
            )  # fmt: skip
        same = one[TRANSCRIPT] >= 0 and one[TRANSCRIPT] == two[TRANSCRIPT]
        facing = same and one[REVERSE] != two[REVERSE]
        if not paired:
            length = _useful(buf_1, start_1, lengths_1[row])
            _cut(one, _before_adapter(buf_1, start_1, length, adapters, adapter_ends))
        else:
            if facing:
                left = one[DIAGONAL] if not one[REVERSE] else two[DIAGONAL]
                after = one[DIAGONAL] + one[LENGTH] if one[REVERSE] else two[DIAGONAL] + two[LENGTH]
                if after - left >= SHORTEST_INSERT:
                    _cut(one, after - left)
                    _cut(two, after - left)
            _cut(one, _useful(buf_1, start_1, lengths_1[row]))
            _cut(two, _useful(buf_2, start_2, lengths_2[row]))
        for mate in range(2 if paired and not same else 1):
            t = placed[mate, TRANSCRIPT]
            if t < 0:
                continue
            for at in range(first_end[t], first_end[t + 1]):
                end = ends_at[at]
                number = end_numbers[at]
                anchor = 0
                kept = False
                if one[TRANSCRIPT] == t:
                    anchor = _anchor(
                        buf_1, start_1, one, end, least_five[number], least_three[number],
                        bases, codes,
                    )  # fmt: skip
                    kept = _is_kept(buf_1, start_1, one, end, bases, codes)
                if two[TRANSCRIPT] == t:
                    anchor = max(
                        anchor,
                        _anchor(
                            buf_2, start_2, two, end, least_five[number], least_three[number],
                            bases, codes,
                        ),
                    )  # fmt: skip
                    kept |= _is_kept(buf_2, start_2, two, end, bases, codes)
                if not kept:
                    continue
                if not anchor:
                    if not facing:
                        continue
                    if one[REVERSE]:
                        apart = _lie_apart(
                            buf_2, start_2, two, buf_1, start_1, one, end, bases, codes
                        )
                    else:
                        apart = _lie_apart(
                            buf_1, start_1, one, buf_2, start_2, two, end, bases, codes
                        )
                    if not apart:
                        continue
                outer_1 = _outer(one, t, end)
                outer_2 = _outer(two, t, end)
                first_is_right = one[REVERSE] if one[TRANSCRIPT] == t else not two[REVERSE]
                five, three = (outer_2, outer_1) if first_is_right else (outer_1, outer_2)
                key = (number << END_BITS) | five
                key = (key << END_BITS) | three
                key = (key << ANCHOR_BITS) | min(anchor, LONGEST_ANCHOR)
                n = _entered(found, rows, n, key, row)
    return n
