"""Exact intervals and the 95 % detection limit.

Sources: Clopper and Pearson, Biometrika 26:404 (1934), for the interval of a share. The probit
model is that of CLSI EP17 for detection limits (share detected against the logarithm of the
amount); the interval of the limit is that of the profile likelihood.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

CONFIDENCE: Final = 0.95
DETECTED: Final = 0.95
"""Share detected at the detection limit."""
_CHI2_ONE: Final = NormalDist().inv_cdf(0.975) ** 2
_HALVINGS: Final = 50


def _tail(successes: int, trials: int, share: float) -> float:
    """Probability of ``successes`` or more."""
    if successes <= 0:
        return 1.0
    if share <= 0.0:
        return 0.0
    if share >= 1.0:
        return 1.0
    counts = np.arange(successes, trials + 1)
    logs = _log_ways(trials)[successes:]
    logs = logs + counts * math.log(share) + (trials - counts) * math.log1p(-share)
    return min(1.0, math.fsum(np.exp(logs).tolist()))


@lru_cache(maxsize=64)
def _log_ways(trials: int) -> NDArray[np.float64]:
    """Logarithm of the number of ways to choose 0 to ``trials`` of them."""
    factorials = np.array([math.lgamma(k + 1) for k in range(trials + 1)])
    ways: NDArray[np.float64] = factorials[-1] - factorials - factorials[::-1]
    return ways


def clopper_pearson(
    successes: int, trials: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Exact two-sided interval of a share.

    Args:
        successes: 0 to ``trials``.
        trials: At least 1.
        confidence: Between 0 and 1.

    Raises:
        ValueError: The counts make no share.
    """
    if trials < 1 or not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    half = (1.0 - confidence) / 2.0
    low = 0.0
    if successes > 0:
        low = _bisect(lambda p: _tail(successes, trials, p) - half, 0.0, 1.0)
    high = 1.0
    if successes < trials:
        high = _bisect(lambda p: _tail(successes + 1, trials, p) - (1.0 - half), 0.0, 1.0)
    return low, high


def _bisect(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses zero."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if rising(middle) < 0.0:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


@dataclass(frozen=True, slots=True)
class Limit:
    """The 95 % detection limit.

    Attributes:
        value: Amount at which 95 % are detected; ``None`` when it cannot be fitted.
        low: Lower end of its 95 % interval; ``None``: unbounded, or not fitted.
        high: Upper end; ``None`` as before.
        slope: Of the probit line per tenfold amount; ``None`` when not fitted.
        chi2: Pearson's statistic of the fit; ``None`` when not fitted.
        freedom: Its degrees of freedom.
        bracket: Without a fit: the largest amount with less than 95 % detected (0 without one),
            and the smallest from which on at least 95 % are (``None`` without one).
        why: Why there is no fit: ``all_or_none`` (no amount has a share between), ``not_rising``,
            ``too_few``; ``None`` with one.
    """

    value: float | None
    low: float | None
    high: float | None
    slope: float | None
    chi2: float | None
    freedom: int
    bracket: tuple[float, float | None]
    why: str | None


Level = tuple[float, int, int]
"""Amount (more than 0), detected, made."""


def detection_limit(levels: Sequence[Level]) -> Limit:
    """Fit a probit line to shares detected, and find where it reaches 95 %.

    Args:
        levels: Amounts in any order; the same amount may come again.
    """
    merged: dict[float, tuple[int, int]] = {}
    for amount, successes, trials in levels:
        if amount > 0 and trials > 0:
            before = merged.get(amount, (0, 0))
            merged[amount] = (before[0] + successes, before[1] + trials)
    amounts = np.array(sorted(merged), np.float64)
    detected = np.array([merged[a][0] for a in amounts.tolist()], np.float64)
    made = np.array([merged[a][1] for a in amounts.tolist()], np.float64)
    bracket = _bracket(amounts, detected, made)

    def without(why: str) -> Limit:
        return Limit(None, None, None, None, None, 0, bracket, why)

    if len(amounts) < 2:
        return without("too_few")
    if not ((detected > 0) & (detected < made)).any():
        return without("all_or_none")
    x = np.log10(amounts)
    intercept, slope = _fit(x, detected, made)
    if not math.isfinite(slope) or slope <= 1e-6:
        return without("not_rising")
    z = NormalDist().inv_cdf(DETECTED)
    best = _likelihood(intercept + slope * x, detected, made)
    at = (z - intercept) / slope

    def lack(theta: float) -> float:
        """How much worse the best line through a given limit is, as chi-square."""
        return 2.0 * (best - _best_through(theta, z, x, detected, made))

    low = _end(lack, at, -1.0)
    high = _end(lack, at, 1.0)
    expected = made * _phi(intercept + slope * x)
    spread = expected * (1.0 - expected / made)
    seen = spread > 1e-9
    chi2 = float((((detected - expected) ** 2)[seen] / spread[seen]).sum())
    return Limit(
        value=10.0**at,
        low=None if low is None else 10.0**low,
        high=None if high is None else 10.0**high,
        slope=slope,
        chi2=chi2,
        freedom=len(x) - 2,
        bracket=bracket,
        why=None,
    )


def _bracket(
    amounts: NDArray[np.float64], detected: NDArray[np.float64], made: NDArray[np.float64]
) -> tuple[float, float | None]:
    below = [a for a, d, m in zip(amounts, detected, made, strict=True) if d < DETECTED * m]
    last = float(max(below, default=0.0))
    above = [float(a) for a in amounts if a > last]
    return last, min(above, default=None)


def _phi(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard normal distribution; small shares keep their digits."""
    return np.array([0.5 * math.erfc(-value / math.sqrt(2.0)) for value in z.tolist()])


def _likelihood(
    line: NDArray[np.float64], detected: NDArray[np.float64], made: NDArray[np.float64]
) -> float:
    # both tails by themselves: one minus a share close to one keeps no digits
    share = np.maximum(_phi(line), 1e-300)
    rest = np.maximum(_phi(-line), 1e-300)
    return float((detected * np.log(share) + (made - detected) * np.log(rest)).sum())


def _fit(
    x: NDArray[np.float64], detected: NDArray[np.float64], made: NDArray[np.float64]
) -> tuple[float, float]:
    """Intercept and slope of greatest likelihood, by Fisher scoring with halved steps."""
    share = (detected + 0.5) / (made + 1.0)
    z = np.array([NormalDist().inv_cdf(float(p)) for p in share])
    slope, intercept = (float(v) for v in np.polyfit(x, z, 1))
    value = _likelihood(intercept + slope * x, detected, made)
    for _ in range(200):
        line = np.clip(intercept + slope * x, -8.0, 8.0)
        p = np.clip(_phi(line), 1e-12, 1.0 - 1e-12)
        density = np.exp(-(line**2) / 2.0) / math.sqrt(2.0 * math.pi)
        weight = made * density**2 / (p * (1.0 - p))
        score = (detected - made * p) * density / (p * (1.0 - p))
        design = np.stack([np.ones_like(x), x])
        information = (design * weight) @ design.T
        step = np.linalg.lstsq(information, design @ score, rcond=None)[0]
        before = value
        for halvings in range(20):
            scale = 0.5**halvings
            one, other = intercept + scale * float(step[0]), slope + scale * float(step[1])
            new = _likelihood(one + other * x, detected, made)
            if new > value:
                intercept, slope, value = one, other, new
                break
        if value - before < 1e-11:
            break
    return intercept, slope


def _best_through(
    theta: float,
    z: float,
    x: NDArray[np.float64],
    detected: NDArray[np.float64],
    made: NDArray[np.float64],
) -> float:
    """Greatest likelihood of rising lines that reach 95 % at ``theta`` (log10); golden section."""

    def value(log_slope: float) -> float:
        return _likelihood(z + 10.0**log_slope * (x - theta), detected, made)

    ratio = (math.sqrt(5.0) - 1.0) / 2.0
    low, high = -3.0, 3.0
    one, other = high - ratio * (high - low), low + ratio * (high - low)
    at_one, at_other = value(one), value(other)
    for _ in range(60):
        if at_one >= at_other:
            high, other, at_other = other, one, at_one
            one = high - ratio * (high - low)
            at_one = value(one)
        else:
            low, one, at_one = one, other, at_other
            other = low + ratio * (high - low)
            at_other = value(other)
    return max(at_one, at_other)


def _end(lack: Callable[[float], float], at: float, direction: float) -> float | None:
    """Where the profile leaves the interval on one side; ``None`` when it does not (10^4-fold)."""
    step = 0.02
    while step <= 4.0 and lack(at + direction * step) < _CHI2_ONE:
        step *= 1.5
    if step > 4.0:
        return None
    return at + direction * _bisect(lambda d: lack(at + direction * d) - _CHI2_ONE, 0.0, step)
