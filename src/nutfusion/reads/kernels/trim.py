"""Cut what the sequencer read beyond the fragment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numba import njit

if TYPE_CHECKING:
    import numpy as np


@njit(nogil=True, cache=True)
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
    one difference in 12 (both mates have errors) and ``shortest`` bases that are no N.
    """
    for r in range(len(lengths_1)):
        a = offsets_1[r]
        b = offsets_2[r]
        for n in range(min(lengths_1[r], lengths_2[r]) - 1, shortest - 1, -1):
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
                            break
            if different <= allowed and compared >= shortest:
                lengths_1[r] = n
                lengths_2[r] = n
                break
