"""Cut what the sequencer read beyond the fragment."""

from __future__ import annotations

from typing import Final

import numpy as np

from nutfusion.reads.kernels.wide import bare, number_of_bits

_TOGETHER: Final = 32
"""Bases that are compared together."""
_ODD: Final = np.uint64(0x5555555555555555)
"""The lowest bit of each of them."""


@bare
def _is_fragment(
    data_1: np.ndarray, a: int, data_2: np.ndarray, b: int, n: int, shortest: int
) -> bool:
    """Whether the first ``n`` bases of two mates are those of one fragment of ``n`` bases."""
    allowed = n // 12
    different = 0
    compared = 0
    for i in range(n):
        x = data_1[a + i]
        y = data_2[b + n - 1 - i]
        if x < 4 and y < 4:
            compared += 1
            if x != 3 - y:
                different += 1
                if different > allowed:
                    return False
    return compared >= shortest


@bare
def trim_overhangs(
    data_1: np.ndarray,
    offsets_1: np.ndarray,
    lengths_1: np.ndarray,
    data_2: np.ndarray,
    offsets_2: np.ndarray,
    lengths_2: np.ndarray,
    shortest: int,
) -> None:
    """Cut what lies beyond the fragment when mates are longer than it (adapter).

    ``lengths_1`` and ``lengths_2`` are changed in place. A fragment of ``n`` bases shows as mate
    1's first ``n`` bases equal to the reverse complement of mate 2's first ``n``, with at most
    one difference in 12 (both mates have errors) and ``shortest`` bases that are no N. Its first
    bases are compared together before one is compared after the other.
    """
    for r in range(len(lengths_1)):
        a = offsets_1[r]
        b = offsets_2[r]
        longest = min(lengths_1[r], lengths_2[r]) - 1
        if longest < shortest:
            continue
        # mate 1 as it is, and the other strand of the last bases of mate 2's first n, packed
        one = np.uint64(0)
        two = np.uint64(0)
        unread_1 = np.uint64(0)
        unread_2 = np.uint64(0)
        for i in range(min(_TOGETHER, longest)):
            at = np.uint64(2 * i)
            x = data_1[a + i]
            y = data_2[b + longest - 1 - i]
            one |= np.uint64(x & 3) << at
            two |= np.uint64((3 - y) & 3) << at
            unread_1 |= np.uint64(x > 3) << at
            unread_2 |= np.uint64(y > 3) << at
        for n in range(longest, shortest - 1, -1):
            apart = one ^ two
            apart = (apart | (apart >> np.uint64(1))) & _ODD & ~unread_1 & ~unread_2
            if n < _TOGETHER:
                apart &= (np.uint64(1) << np.uint64(2 * n)) - np.uint64(1)
            if number_of_bits(apart) <= n // 12 and _is_fragment(data_1, a, data_2, b, n, shortest):
                lengths_1[r] = n
                lengths_2[r] = n
                break
            two >>= np.uint64(2)
            unread_2 >>= np.uint64(2)
            if n > _TOGETHER:
                y = data_2[b + n - 1 - _TOGETHER]
                two |= np.uint64((3 - y) & 3) << np.uint64(62)
                unread_2 |= np.uint64(y > 3) << np.uint64(62)
