"""By which rules a read crosses an exon's end, as a fusion's read would cross its joint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.reads.kernels import edges as e
from nutfusion.reads.kernels import laid as k
from nutfusion.reads.kernels import pieces, probes
from nutfusion.reads.kernels import rescue as r
from nutfusion.reads.kernels.wide import bare

if TYPE_CHECKING:
    import numpy as np


@bare
def anchor_of(
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
    length = place[k.LENGTH]
    diagonal = place[k.DIAGONAL]
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
        if i <= pieces.END_CLIP and score < low:
            low = score
            clipped = different_five
        base = k.base_of(buf, codes, start, length, i, place[k.REVERSE])
        if base == k.UNREAD:
            continue
        if base == bases[diagonal + i]:
            score += 1
        else:
            score -= pieces.MISMATCH
            if i < five:
                different_five += 1
            else:
                different_three += 1
    three_score = score - five_score
    tail = 0
    best_tail = 0
    tail_differences = 0
    clipped_three = 0
    for i in range(length - 1, length - 1 - pieces.END_CLIP, -1):
        base = k.base_of(buf, codes, start, length, i, place[k.REVERSE])
        if base == k.UNREAD:
            continue
        if base != bases[diagonal + i]:
            tail_differences += 1
            tail += pieces.MISMATCH
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
    length = place[k.RAW_LENGTH]
    while i < high:
        if (
            k.base_of(buf, codes, start, length, i, place[k.REVERSE])
            != bases[place[k.RAW_DIAGONAL] + i]
        ):
            return False
        i += 1
    return True


@bare
def is_kept(
    buf: np.ndarray, start: int, place: np.ndarray, end: int, bases: np.ndarray, codes: np.ndarray
) -> bool:
    """Whether the sieve would keep a read if NUTM1 lay behind the exon's end (see ``scan``).

    One of its probes reaches beyond the end without a difference, or the read's last bases do.
    """
    length = place[k.RAW_LENGTH]
    diagonal = place[k.RAW_DIAGONAL]
    beyond = diagonal + length - 1 - end
    if beyond < 1 or length < probes.K:
        return False
    for step in range(0, length - probes.K + probes.STEP, probes.STEP):
        at = min(step, length - probes.K)
        first = length - probes.K - at if place[k.REVERSE] else at
        is_beyond = diagonal + first + probes.K - 1 > end
        if is_beyond and _is_equal(buf, start, place, first, first + probes.K, bases, codes):
            return True
    return bool(
        e.SHORTEST <= beyond <= e.REACH
        and _is_equal(buf, start, place, length - beyond, length, bases, codes)
    )
