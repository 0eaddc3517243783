"""The arithmetic of the score: counts and differences under a real fusion and under artefacts.

Everything is a natural logarithm of a probability.
"""

from __future__ import annotations

import math
from typing import Final

SPLIT_SHARES: Final = (0.2, 0.5, 0.8, 1.0)
"""Shares of a fusion's fragments that cross the joint in a read, taken to be equally likely: few
where fragments are long, all of single reads (chosen by us)."""

LN10: Final = math.log(10)


def poisson(count: int, expected: float) -> float:
    """Log probability of ``count`` events where ``expected`` are; minus infinity if impossible."""
    if expected <= 0:
        return 0.0 if count == 0 else -math.inf
    return count * math.log(expected) - expected - math.lgamma(count + 1)


def binomial(count: int, total: int, chance: float) -> float:
    """Log probability that ``count`` of ``total`` bases differ, without the ways to choose them."""
    return count * math.log(chance) + (total - count) * math.log1p(-chance)


def log_sum(values: list[float]) -> float:
    """Logarithm of a sum of probabilities given by their logarithms."""
    highest = max(values)
    if highest == -math.inf:
        return highest
    return highest + math.log(math.fsum(math.exp(value - highest) for value in values))


def real_counts(
    split: int, pairs: int, means: tuple[float, ...], least_split: float, least_pairs: float
) -> float:
    """Log probability of the counts under a real fusion.

    A mixture over how many fragments are expected and which share of them crosses the joint in a
    read. No expectation lies below what the artefact itself leaves, beside which it stands: so one
    more fragment never speaks for the artefact.

    Args:
        split: Fragments with a read across the joint.
        pairs: Fragments with a mate on each side.
        means: Fragments expected, equally likely.
        least_split: What the artefact leaves of the first, at least.
        least_pairs: What it leaves of the second.
    """
    cells = [
        poisson(split, max(mean * share, least_split))
        + poisson(pairs, max(mean * (1 - share), least_pairs))
        for mean in means
        for share in SPLIT_SHARES
    ]
    return log_sum(cells) - math.log(len(cells))


def doublings(least: float, most: float) -> tuple[float, ...]:
    """``least``, twice that, and so on, up to ``most``."""
    steps = int(math.log2(most / least) + 1e-9)
    return tuple(least * 2**step for step in range(steps + 1))
