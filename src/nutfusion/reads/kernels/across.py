"""Which wild-type fragments cross the end of a partner's exon, as a fusion's would cross its joint.

Reads are looked at where they lie in their block; only those that a probe names a counted gene for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.reads.kernels import crossing as c
from nutfusion.reads.kernels import laid as k
from nutfusion.reads.kernels import probes
from nutfusion.reads.kernels.wide import bare, packed_bases

if TYPE_CHECKING:
    import numpy as np

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


@bare
def _outer(place: np.ndarray, transcript: int, end: int) -> int:
    """A read's first sequenced base as an outer end in a key; 0 when it lies elsewhere."""
    if place[k.TRANSCRIPT] != transcript:
        return 0
    at = place[k.DIAGONAL] - end
    if place[k.REVERSE]:
        at += place[k.LENGTH]
    return int(min(max(at + _MIDDLE, 1), 2 * _MIDDLE - 1))


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
    left, right = one[k.DIAGONAL], two[k.DIAGONAL]
    after = right + two[k.LENGTH]
    if after - left > LARGEST_INSERT:
        return False
    return bool(
        k.score_of(buf_1, start_1, one, left, end + 1, bases, codes) >= MATE_SCORE
        and k.score_of(buf_2, start_2, two, end + 1, after, bases, codes) >= MATE_SCORE
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
    for step in range(0, length - probes.K + probes.STEP, probes.STEP):
        at = min(step, length - probes.K)
        spot = k.spot_of(packed_bases(buf, start + at) & probes.K_MASK, shift, keys, classes, spots)
        if spot == 0:
            continue
        g = abs(spot) - 1
        reverse = 1 if spot < 0 else 0
        first = length - at - probes.K if reverse else at
        t = transcript[g]
        for i in range(first_end[t], first_end[t + 1]):
            end = ends_at[i]
            side = 0 if g <= end else 1
            inside = g + probes.K - 1 <= end if side == 0 else True
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
        spots: int32 per slot (see ``laid.fill_spots``).
        bases: uint8, packed codes of the transcripts, more than any code between them.
        transcript: int32 per global position: number of the transcript, -1 between them.
        codes: uint8[256]: packed code of a letter, ``laid.UNREAD`` for others.
        first_end: int32 per transcript, and one more: its first exon's end in the next two.
        ends_at: int64: global position of an exon's last base.
        end_numbers: int32: which exon's end that is, whatever the transcript.
        least_five: int32 by that number: score that the piece before the end needs.
        least_three: The same for the piece after it.
        adapters: uint8, letters of the adapters one after another.
        adapter_ends: int32: where each ends.
        tried: int64[laid.PLACES], scratch.
        placed: int64[2, laid.FIELDS], scratch.
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
        k.lay(
            buf_1, start_1, lengths_1[row], shift, keys, classes, spots, bases, transcript,
            codes, tried, one,
        )  # fmt: skip
        two[k.TRANSCRIPT] = -1
        if paired:
            k.lay(
                buf_2, start_2, lengths_2[row], shift, keys, classes, spots, bases, transcript,
                codes, tried, two,
            )  # fmt: skip
        same = one[k.TRANSCRIPT] >= 0 and one[k.TRANSCRIPT] == two[k.TRANSCRIPT]
        facing = same and one[k.REVERSE] != two[k.REVERSE]
        if not paired:
            length = k.useful(buf_1, start_1, lengths_1[row])
            k.cut(one, k.before_adapter(buf_1, start_1, length, adapters, adapter_ends))
        else:
            if facing:
                left = one[k.DIAGONAL] if not one[k.REVERSE] else two[k.DIAGONAL]
                after = (
                    one[k.DIAGONAL] + one[k.LENGTH]
                    if one[k.REVERSE]
                    else two[k.DIAGONAL] + two[k.LENGTH]
                )
                if after - left >= SHORTEST_INSERT:
                    k.cut(one, after - left)
                    k.cut(two, after - left)
            k.cut(one, k.useful(buf_1, start_1, lengths_1[row]))
            k.cut(two, k.useful(buf_2, start_2, lengths_2[row]))
        for mate in range(2 if paired and not same else 1):
            t = placed[mate, k.TRANSCRIPT]
            if t < 0:
                continue
            for at in range(first_end[t], first_end[t + 1]):
                end = ends_at[at]
                number = end_numbers[at]
                anchor = 0
                kept = False
                if one[k.TRANSCRIPT] == t:
                    anchor = c.anchor_of(
                        buf_1, start_1, one, end, least_five[number], least_three[number],
                        bases, codes,
                    )  # fmt: skip
                    kept = c.is_kept(buf_1, start_1, one, end, bases, codes)
                if two[k.TRANSCRIPT] == t:
                    anchor = max(
                        anchor,
                        c.anchor_of(
                            buf_2, start_2, two, end, least_five[number], least_three[number],
                            bases, codes,
                        ),
                    )  # fmt: skip
                    kept |= c.is_kept(buf_2, start_2, two, end, bases, codes)
                if not kept:
                    continue
                if not anchor:
                    if not facing:
                        continue
                    if one[k.REVERSE]:
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
                first_is_right = one[k.REVERSE] if one[k.TRANSCRIPT] == t else not two[k.REVERSE]
                five, three = (outer_2, outer_1) if first_is_right else (outer_1, outer_2)
                key = (number << END_BITS) | five
                key = (key << END_BITS) | three
                key = (key << ANCHOR_BITS) | min(anchor, LONGEST_ANCHOR)
                n = _entered(found, rows, n, key, row)
    return n
