"""The stated limit of detection, held against fusions diluted to it and thinned real reads.

The whole measurement is ``python -m benchmarks.accuracy.detectability``.
"""

from __future__ import annotations

import pytest
from benchmarks.accuracy.detectability import (
    DEPTHS,
    EXONS,
    HIGHEST,
    LIBRARIES,
    LOWEST,
    Share,
    page,
    share_of,
)
from benchmarks.accuracy.dilution import Library, Trial, is_confirmed, trial
from benchmarks.accuracy.thinning import SPIKE_INS, SpikeIn, thinned

TRIALS = 30
# Pairs as most laboratories make them, and FFPE: short fragments, short reads, errors.
PAIRS = Library("pairs", 100, 200)
FFPE = Library("FFPE", 75, 110, 30, errors=0.01)
SHORT = Library("short single reads", 75, 180, single=True)


def test_intervals_of_shares_are_exact() -> None:
    # Clopper and Pearson for 9 of 10
    low, high = Share(9, 10).interval
    assert (round(low, 4), round(high, 4)) == (0.5550, 0.9975)
    assert Share(10, 10).interval[1] == 1.0
    low, high = Share(3650, 3780).interval
    assert 0.95 < low < 3650 / 3780 < high < 0.98


@pytest.mark.slow
def test_a_fusion_at_the_stated_limit_is_confirmed_as_often_as_stated() -> None:
    trials = [
        trial(library, exon, 3_000, 97 * seed)
        for library, exon in ((PAIRS, 11), (FFPE, 14), (SHORT, 10))
        for seed in range(1, TRIALS + 1)
    ]
    found = share_of(trials)
    assert found.tries == len(trials)
    assert LOWEST <= found.value <= HIGHEST


@pytest.mark.slow
def test_a_fusion_far_below_the_limit_is_mostly_missed() -> None:
    # the limit is no guess at the safe side: a fifth of it is seen in one of four or less
    stated = trial(PAIRS, 11, 3_000, 5).limit
    assert stated is not None
    hits = sum(is_confirmed(PAIRS, 11, 3_000, stated / 5, seed) for seed in range(20))
    assert hits <= 8


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("share", [0.5, 0.2, 0.1, 0.05, 0.02])
@pytest.mark.parametrize("spike_in", SPIKE_INS, ids=lambda one: one.name)
def test_thinned_real_reads_behave_as_predicted(spike_in: SpikeIn, share: float) -> None:
    found = thinned(spike_in, share, 12, seed=3)
    low, high = Share(found.seen, found.draws).interval
    assert low - 0.05 <= found.predicted <= high + 0.05


def test_the_page_says_that_real_reads_were_not_there() -> None:
    trials = {
        (library, exon, depth): [Trial(50, 0.1, is_confirmed=True), Trial(0, None, None)]
        for library in range(len(LIBRARIES))
        for exon in EXONS
        for depth in DEPTHS
    }
    text = page(trials, (), "command")
    assert "not measured" in text
    assert f"| all | 50 | 10 % | {len(trials)} | {len(trials)} | 100.0 % |" in text
