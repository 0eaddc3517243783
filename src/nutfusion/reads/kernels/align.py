"""Align two short sequences from end to end, with gaps; for long reads around a joint."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

ABSENT: Final = 4
"""Code of a column that the read has no base for."""


@njit(nogil=True, cache=True)
def lay(
    query: np.ndarray, columns: np.ndarray, free_end: bool, out: np.ndarray, between: np.ndarray
) -> int:
    """Lay a query on reference columns with the fewest differences.

    Args:
        query: uint8 base codes.
        columns: uint8 base codes of the reference.
        free_end: Columns after the query's last base cost nothing.
        out: Out, uint8, as long as ``columns``: the query's base at each column, ``ABSENT`` where
            it has none. Bases between two columns are left out.
        between: Out, uint8, one longer: the last of the query's bases left out before each column
            (and at the end), ``ABSENT`` for none.

    Returns:
        Differences: other bases, missing bases, bases in between. A 4 in the query or the reference
        equals nothing.
    """
    n, m = len(query), len(columns)
    cost = np.zeros((n + 1, m + 1), np.int32)
    for i in range(1, n + 1):
        cost[i, 0] = i
    for j in range(1, m + 1):
        cost[0, j] = j
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            same = query[i - 1] == columns[j - 1] and query[i - 1] < ABSENT
            best = cost[i - 1, j - 1] + (0 if same else 1)
            best = min(best, cost[i - 1, j] + 1)
            cost[i, j] = min(best, cost[i, j - 1] + 1)
    j = m
    if free_end:
        for other in range(m + 1):
            if cost[n, other] < cost[n, j]:
                j = other
    least = cost[n, j]
    out[:] = ABSENT
    between[:] = ABSENT
    i = n
    while i > 0 and j > 0:
        same = query[i - 1] == columns[j - 1] and query[i - 1] < ABSENT
        if cost[i, j] == cost[i - 1, j - 1] + (0 if same else 1):
            out[j - 1] = query[i - 1]
            i -= 1
            j -= 1
        elif cost[i, j] == cost[i, j - 1] + 1:
            j -= 1
        else:
            if between[j] == ABSENT:
                between[j] = query[i - 1]
            i -= 1
    return int(least)
