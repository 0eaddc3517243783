"""The lowest fusion fraction at which the profile's minimum support would have been reached.

Wild-type fragments across the end of a partner's exon are counted in three kinds: split with an
anchor as long as the profile asks for, split with a shorter one, and pairs. At a fusion fraction
``f`` (fused transcripts among all transcripts of the gene that have this exon's end) a fusion has
``f / (1 - f)`` times as many of each kind on average. Both are Poisson counts; what is known of
the mean is the wild-type count ``w``. With the prior ``1 / mean`` the fusion's count is negative
binomial with ``w`` as its shape, and zero for a kind of which none was seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PROBABILITY: Final = 0.95
"""Probability with which the support would have been reached."""
LARGEST: Final = 0.9
"""A limit above it is none: nearly all transcripts would have to be fused."""
_MORE: Final = 12
"""Fragments beyond those asked for that are told apart where they share their starts."""
_STEPS: Final = 40
"""Halvings of the interval in which the limit lies: more than its digits need."""


@dataclass(frozen=True, slots=True)
class WildType:
    """Distinct wild-type fragments across the end of an exon.

    Attributes:
        anchored: Split, with an anchor as long as the profile asks for.
        short: Split, with a shorter one.
        pairs: With a mate on either side.
        starts: Distinct outer ends on the partner's side.
    """

    anchored: int
    short: int
    pairs: int
    starts: int

    @property
    def all(self) -> int:
        """Fragments."""
        return self.anchored + self.short + self.pairs


@dataclass(frozen=True, slots=True)
class Support:
    """What the profile asks of a fusion.

    Attributes:
        fragments: Split and discordant.
        split: Split.
        starts: Distinct outer ends on the partner's side.
        anchored: At least one split fragment has anchors as long as it asks for.
    """

    fragments: int
    split: int
    starts: int
    anchored: bool


def detection_limit(seen: WildType, asked: Support) -> float | None:
    """The lowest fusion fraction that reaches the support with ``PROBABILITY``.

    Returns:
        0 to 1, two digits, rounded upward; ``None`` when no fraction below ``LARGEST`` does.
    """
    if detection_probability(LARGEST, seen, asked) < PROBABILITY:
        return None
    low, high = 0.0, LARGEST
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if detection_probability(middle, seen, asked) < PROBABILITY:
            low = middle
        else:
            high = middle
    return rounded_up(high)


def rounded_up(fraction: float) -> float:
    """Two digits, upward; what is a rounding error above them stays."""
    digits = 1 - math.floor(math.log10(fraction))
    steps = math.ceil(fraction * 10.0**digits - 1e-6)
    return round(steps / 10.0**digits, digits)


def detection_probability(fraction: float, seen: WildType, asked: Support) -> float:
    """Probability that a fusion of this fraction reaches the support, by an exact sum.

    Args:
        fraction: 0 to less than 1.
        seen: The wild-type fragments.
        asked: The support.
    """
    places = effective_places(seen.all, seen.starts)
    most = max(asked.fragments, asked.split, asked.starts, 1)
    if math.isfinite(places):
        most += _MORE
    anchored, short, pairs = (
        counts(n, fraction, most) for n in (seen.anchored, seen.short, seen.pairs)
    )
    if asked.anchored:
        anchored = [0.0, *anchored[1:]]
    split = together(anchored, short)
    enough = [0.0] * asked.split + split[asked.split :]
    in_all = together(enough, pairs)
    return sum(
        in_all[n] * chance_of_starts(n, asked.starts, places)
        for n in range(asked.fragments, most + 1)
    )


def counts(seen: int, fraction: float, most: int) -> list[float]:
    """Probability of each number of fragments of a kind, the last one that of ``most`` or more.

    Args:
        seen: Wild-type fragments of the kind.
        fraction: Fusion fraction.
        most: At least 1.
    """
    # negative binomial: shape ``seen``, mean ``seen * fraction / (1 - fraction)``
    term = (1.0 - fraction) ** seen
    out = []
    for n in range(most):
        out.append(term)
        term *= (seen + n) / (n + 1) * fraction
    return [*out, max(0.0, 1.0 - sum(out))]


def together(one: list[float], other: list[float]) -> list[float]:
    """Distribution of a sum; the last number is that of as many or more."""
    last = len(one) - 1
    out = [0.0] * (last + 1)
    for i, p in enumerate(one):
        for j, q in enumerate(other):
            out[min(i + j, last)] += p * q
    return out


def effective_places(fragments: int, starts: int) -> float:
    """Outer ends, all as likely, of which so many fragments show so many on average.

    Infinite when each fragment has its own. Where primers fix the ends there are few.
    """
    if starts >= fragments:
        return math.inf
    low, high = 1.0, 2.0
    while _expected_starts(fragments, high) < starts:
        high *= 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _expected_starts(fragments, middle) < starts:
            low = middle
        else:
            high = middle
    return high


def _expected_starts(fragments: int, places: float) -> float:
    return places * (1.0 - (1.0 - 1.0 / places) ** fragments)


@lru_cache(maxsize=4096)
def chance_of_starts(fragments: int, asked: int, places: float) -> float:
    """Probability that so many fragments have at least so many distinct outer ends."""
    distinct = [1.0]
    for _ in range(fragments):
        following = [0.0] * (len(distinct) + 1)
        for n, p in enumerate(distinct):
            old = min(1.0, n / places)
            following[n] += p * old
            following[n + 1] += p * (1.0 - old)
        distinct = following
    return sum(distinct[asked:])
