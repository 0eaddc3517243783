"""Exact intervals and detection limits against values that others published, and their laws."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutfusion.validation.statistics import clopper_pearson, detection_limit


@pytest.mark.parametrize(
    ("found", "made", "low", "high"),
    [
        # none and all have closed forms: 1 - 0.025 ** (1 / n) and 0.025 ** (1 / n)
        (0, 10, 0.0, 1 - 0.025 ** (1 / 10)),
        (10, 10, 0.025 ** (1 / 10), 1.0),
        (1000, 1000, 0.025 ** (1 / 1000), 1.0),
        # one of two: the binomial tails are p^2 + 2p(1-p) and 1 - p^2
        (1, 2, 1 - math.sqrt(1 - 0.025), math.sqrt(1 - 0.025)),
        # Clopper and Pearson 1934 as tabulated: 5 of 10 and 15 of 100
        (5, 10, 0.1871, 0.8129),
        (15, 100, 0.0865, 0.2353),
    ],
)
def test_exact_interval(found: int, made: int, low: float, high: float) -> None:
    assert clopper_pearson(found, made) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 300), st.data())
@settings(max_examples=30, deadline=None)
def test_an_interval_holds_its_share_and_mirrors(made: int, data: st.DataObject) -> None:
    found = data.draw(st.integers(0, made))
    low, high = clopper_pearson(found, made)
    assert 0.0 <= low <= found / made <= high <= 1.0
    mirrored = clopper_pearson(made - found, made)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(st.integers(1, 25), st.floats(0.01, 0.99))
@settings(max_examples=15, deadline=None)
def test_an_interval_covers_at_least_as_often_as_it_says(made: int, share: float) -> None:
    # The exact interval is exact: summed over all outcomes it holds the truth in 95 % or more.
    intervals = [clopper_pearson(k, made) for k in range(made + 1)]
    covered = sum(
        math.comb(made, k) * share**k * (1 - share) ** (made - k)
        for k, (low, high) in enumerate(intervals)
        if low <= share <= high
    )
    assert covered >= 0.95 - 1e-9


@pytest.mark.parametrize(("found", "made"), [(-1, 5), (6, 5), (0, 0)])
def test_counts_that_are_no_share_are_refused(found: int, made: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        clopper_pearson(found, made)


def exact_levels(limit: float, slope: float, made: int = 10**6) -> list[tuple[float, int, int]]:
    """Levels whose shares lie on a probit line to six digits."""
    z = NormalDist().inv_cdf(0.95)
    amounts = [limit * 10**step for step in (-1.0, -0.6, -0.3, -0.1, 0.0, 0.2)]
    shares = [NormalDist().cdf(z + slope * math.log10(a / limit)) for a in amounts]
    return [(a, round(p * made), made) for a, p in zip(amounts, shares, strict=True)]


@given(st.floats(0.001, 100.0), st.floats(1.0, 8.0))
@settings(max_examples=12, deadline=None)
def test_a_probit_line_is_found_again(limit: float, slope: float) -> None:
    found = detection_limit(exact_levels(limit, slope))
    assert found.value == pytest.approx(limit, rel=0.01)
    assert found.slope == pytest.approx(slope, rel=0.01)
    assert found.low is not None
    assert found.high is not None
    assert found.low < limit < found.high
    assert found.chi2 is not None
    assert found.chi2 < 1.0, "shares on the line leave no lack of fit"


def test_finneys_rotenone_data() -> None:
    # Finney, Probit Analysis: rotenone on Macrosiphoniella sanborni; of 50, 48, 46, 49 and 50
    # insects 44, 42, 24, 16 and 6 were affected at 10.2, 7.7, 5.1, 3.8 and 2.6 mg/l. His fit has
    # the median at 4.85 mg/l (log10 0.686) and a slope of 4.2 per tenfold dose.
    doses = [(10.2, 44, 50), (7.7, 42, 49), (5.1, 24, 46), (3.8, 16, 48), (2.6, 6, 50)]
    found = detection_limit(doses)
    assert found.slope == pytest.approx(4.2, abs=0.05)
    assert found.value is not None
    assert found.slope is not None
    median = math.log10(found.value) - NormalDist().inv_cdf(0.95) / found.slope
    assert median == pytest.approx(0.686, abs=0.003)
    assert found.freedom == 3


def test_the_interval_of_a_limit_covers_the_truth() -> None:
    # 95 % of intervals hold the true limit; of 20 seeded experiments at least 17 must.
    rng = np.random.default_rng(4)
    z = NormalDist().inv_cdf(0.95)
    covered = 0
    for _ in range(20):
        levels = []
        for amount in (1, 2, 3, 4, 6, 8, 12):
            share = NormalDist().cdf(z + 3.0 * math.log10(amount / 8.0))
            levels.append((float(amount), int(rng.binomial(30, share)), 30))
        found = detection_limit(levels)
        assert found.low is not None
        covered += found.low <= 8.0 <= (math.inf if found.high is None else found.high)
    assert covered >= 17


def test_order_and_repetition_of_levels_do_not_matter() -> None:
    levels = [(1.0, 3, 10), (2.0, 7, 10), (4.0, 10, 10), (2.0, 5, 10)]
    assert detection_limit(levels) == detection_limit([(4.0, 10, 10), (2.0, 12, 20), (1.0, 3, 10)])


def test_all_or_none_gives_a_bracket_and_no_fit() -> None:
    # A threshold in the engine: never at 2, always at 3. A line through that has no slope to find.
    found = detection_limit([(1.0, 0, 30), (2.0, 0, 30), (3.0, 30, 30), (5.0, 30, 30)])
    assert (found.value, found.why) == (None, "all_or_none")
    assert found.bracket == (2.0, 3.0)


def test_what_falls_with_the_amount_has_no_limit() -> None:
    found = detection_limit([(1.0, 25, 30), (2.0, 15, 30), (4.0, 5, 30)])
    assert (found.value, found.why, found.bracket) == (None, "not_rising", (4.0, None))


def test_one_level_is_too_few() -> None:
    assert detection_limit([(1.0, 3, 5), (0.0, 0, 5)]).why == "too_few"
