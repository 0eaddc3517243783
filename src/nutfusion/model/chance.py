"""What chance alone does."""

from __future__ import annotations

import math


def at_least(count: int, expected: float) -> float:
    """Probability of ``count`` or more events where ``expected`` are (Poisson)."""
    if count <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    below = math.fsum(
        math.exp(i * math.log(expected) - expected - math.lgamma(i + 1)) for i in range(count)
    )
    return min(1.0, max(0.0, 1.0 - below))
