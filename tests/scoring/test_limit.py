"""The limit of detection, against a sum over every outcome and against chance itself."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.builders import (
    exon_ends,
    fusion_call,
    read_qc,
    sample_annotated,
    sample_calls,
    starter_panel,
)
from tests.scoring.profiles import blind, interrogating, rnaseq, target

from nutfusion.annotation import annotate
from nutfusion.model.evidence import AlignmentQc
from nutfusion.model.terms import MolecularState, Verdict
from nutfusion.scoring import score
from nutfusion.scoring.limit import (
    Support,
    WildType,
    chance_of_starts,
    detection_limit,
    detection_probability,
    effective_places,
    rounded_up,
)
from nutfusion.scoring.quality import LIMIT

if TYPE_CHECKING:
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.scored import SampleScored

ASKED = Support(fragments=3, split=2, starts=2, anchored=True)


def negative_binomial(k: int, shape: int, fraction: float) -> float:
    """Probability of ``k`` fragments where ``shape`` wild-type ones were seen."""
    if shape == 0:
        return float(k == 0)
    return math.comb(k + shape - 1, k) * fraction**k * (1 - fraction) ** shape


def by_every_outcome(fraction: float, seen: WildType) -> float:
    """The same probability, one outcome after the other."""
    return sum(
        negative_binomial(a, seen.anchored, fraction)
        * negative_binomial(s, seen.short, fraction)
        * negative_binomial(p, seen.pairs, fraction)
        for a, s, p in itertools.product(range(60), repeat=3)
        if a >= 1 and a + s >= 2 and a + s + p >= 3
    )


@pytest.mark.parametrize("kinds", [(9, 0, 0), (3, 2, 4), (1, 0, 7), (12, 5, 0)])
def test_the_probability_is_that_of_every_outcome(kinds: tuple[int, int, int]) -> None:
    seen = WildType(*kinds, starts=sum(kinds))
    for fraction in (0.05, 0.2, 0.4):
        expected = by_every_outcome(fraction, seen)
        assert detection_probability(fraction, seen, ASKED) == pytest.approx(expected, abs=1e-6)


def test_the_limit_is_the_lowest_of_two_digits_that_reaches_the_probability() -> None:
    seen = WildType(anchored=80, short=10, pairs=30, starts=110)
    limit = detection_limit(seen, ASKED)
    assert limit == 0.056
    assert detection_probability(limit, seen, ASKED) >= 0.95
    assert detection_probability(limit - 0.001, seen, ASKED) < 0.95


@pytest.mark.parametrize(("fraction", "said"), [(0.0431, 0.044), (0.044, 0.044), (0.5001, 0.51)])
def test_limits_are_rounded_upward(fraction: float, said: float) -> None:
    assert rounded_up(fraction) == said


def test_more_wild_type_fragments_lower_the_limit() -> None:
    limits = [detection_limit(WildType(n, 0, 0, n), ASKED) for n in (8, 20, 80, 800, 8000)]
    assert limits == [0.51, 0.26, 0.075, 0.0079, 0.00079]


def test_pairs_alone_never_reach_a_profile_that_asks_for_split_reads() -> None:
    assert detection_limit(WildType(0, 0, 500, 400), ASKED) is None
    assert detection_limit(WildType(0, 90, 500, 400), ASKED) is None  # no long anchor
    assert detection_limit(WildType(1, 0, 0, 1), ASKED) is None


def test_few_starts_raise_the_limit() -> None:
    # a primer next to the joint: all fragments begin at one of two places
    free = detection_limit(WildType(90, 0, 0, 90), ASKED)
    fixed = detection_limit(WildType(90, 0, 0, 2), ASKED)
    assert free is not None
    assert fixed is not None
    assert fixed > free
    assert detection_limit(WildType(90, 0, 0, 1), ASKED) is None


def test_places_are_those_that_show_as_many_starts() -> None:
    assert effective_places(10, 10) == math.inf
    rng = np.random.default_rng(1)
    shown = [len(set(rng.integers(0, 40, 30))) for _ in range(400)]
    assert effective_places(30, round(np.mean(shown))) == pytest.approx(40, rel=0.1)
    assert chance_of_starts(3, 2, 2.0) == pytest.approx(0.75)


@pytest.mark.parametrize("mean", [8, 30, 300])
@pytest.mark.parametrize("kinds", [(0.8, 0.1, 0.1), (0.35, 0.15, 0.5), (0.6, 0.4, 0.0)])
def test_a_stated_limit_is_true_for_poisson_counts(
    mean: int, kinds: tuple[float, float, float]
) -> None:
    rng = np.random.default_rng(mean)
    means = np.array(kinds) * mean
    met = []
    for _ in range(300):
        anchored, short, pairs = (int(n) for n in rng.poisson(means))
        limit = detection_limit(WildType(anchored, short, pairs, anchored + short + pairs), ASKED)
        if limit is None:
            continue
        fused = rng.poisson(means * limit / (1 - limit), (20, 3))
        met += list((fused[:, 0] >= 1) & (fused[:, :2].sum(1) >= 2) & (fused.sum(1) >= 3))
    assert 0.93 <= np.mean(met) <= 0.99


def alignment(**changes: Any) -> AlignmentQc:
    """All reads of a good RNA alignment."""
    values: dict[str, Any] = {
        "look": "all_reads",
        "fragments_examined": 30_000_000,
        "unmapped_reads": 900_000,
        "assembly": "GRCh38",
        "control_fragments": 4000,
        "control_spliced": 1800,
        "molecule": "rna",
    }
    return AlignmentQc.model_validate(values | changes)


def scored(split: int, pairs: int, short: int = 0) -> SampleScored:
    qc = read_qc(exon_ends=exon_ends(split, pairs, short))
    return score(sample_annotated(qc=qc), rnaseq(), starter_panel())


def criterion(sample: SampleScored) -> tuple[Verdict, str | None]:
    found = next(outcome for outcome in sample.quality if outcome.id == LIMIT)
    return found.verdict, found.observed


# 0.5 is one of two alleles in nothing but tumour cells: above it a negative means nothing.
@pytest.mark.parametrize(
    ("split", "pairs", "state", "observed"),
    [
        (9, 0, "not_detected", "a share of 0.48"),
        (8, 0, "not_assessable", "a share of 0.51"),
        (1, 0, "not_assessable", "a share of more than 0.9"),
        (0, 0, "not_assessable", "a share of more than 0.9"),
    ],
)
def test_a_negative_rests_on_the_limit_at_the_verified_joint(
    split: int, pairs: int, state: str, observed: str
) -> None:
    sample = scored(split, pairs)
    assert (sample.molecular_state, criterion(sample)[1]) == (state, observed)


def test_a_high_limit_is_remarked() -> None:
    assert "limit_is_high(limit=0.11)" in scored(58, 0).state_reasons
    assert not any("limit_is_high" in text for text in scored(90, 0).state_reasons)


def test_counts_that_nobody_made_are_not_zero() -> None:
    sample = score(sample_annotated(qc=read_qc(exon_ends=None)), rnaseq(), starter_panel())
    assert sample.molecular_state is MolecularState.NOT_ASSESSABLE
    assert criterion(sample) == (Verdict.NOT_ASSESSABLE, None)
    assert sample.detectability[0].exon_ends[0].split_reads is None


def test_a_positive_stands_whatever_the_limit() -> None:
    qc = read_qc(exon_ends=exon_ends(0, 0))
    calls = sample_calls(fusion_call(), qc=qc)
    sample = score(annotate(calls, starter_panel()), rnaseq(), starter_panel())
    assert sample.molecular_state is MolecularState.CONFIRMED_BET


def test_exons_that_the_assay_does_not_read_have_no_limit() -> None:
    # NUTM1 alone has primers: wild-type BRD4 is not there to be counted
    assay = interrogating(target("NUTM1"), blind("BRD4"))
    sample = score(sample_annotated(qc=read_qc()), assay, starter_panel())
    assert {end.reason for end in sample.detectability[0].exon_ends} == {
        "wild_type_not_interrogated"
    }


@pytest.mark.parametrize(
    ("qc", "why"),
    [
        (read_qc(alignment=alignment(molecule="dna")), "limit_of_rna_only"),
        (read_qc(alignment=alignment(unmapped_reads=0)), "unmapped_reads_missing"),
        (read_qc(exon_ends=exon_ends(0, 0)), "no_fragment_across"),
        (read_qc(exon_ends=exon_ends(1, 0)), "too_few_across(n=1)"),
        # the panel's sequence ends with the exon, as that of a prefix does
        (read_qc(exon_ends=()), "no_sequence_behind_exon"),
    ],
)
def test_what_is_missing_for_a_limit_is_said(qc: ReadQc, why: str) -> None:
    row = score(sample_annotated(qc=qc), rnaseq(), starter_panel()).detectability[0]
    assert (row.detection_limit, row.reason) == (None, why)
    assert {end.reason for end in row.exon_ends} == {why}


def test_partners_without_a_limit_are_named_in_a_negative() -> None:
    # BRD4's exon 14 alone is not seen often enough: its limit is that of the worst
    ends = list(exon_ends(90, 0))
    at = [end.exon for end in ends].index(14)
    ends[at] = exon_ends(0, 0)[at]
    sample = score(sample_annotated(qc=read_qc(exon_ends=tuple(ends))), rnaseq(), starter_panel())
    assert sample.molecular_state is MolecularState.NOT_DETECTED
    assert "limit_not_known(genes=BRD4)" in sample.state_reasons


def test_the_limit_is_no_question_where_reads_show_a_fusion() -> None:
    qc = read_qc(exon_ends=exon_ends(0, 0))
    calls = sample_calls(fusion_call(), qc=qc)
    sample = score(annotate(calls, starter_panel()), rnaseq(), starter_panel())
    assert LIMIT not in [outcome.id for outcome in sample.quality]


def test_a_gene_has_the_highest_limit_of_its_catalogued_joints() -> None:
    ends = list(exon_ends(200, 0))
    at = [end.exon for end in ends]
    thin = exon_ends(20, 0)
    ends[at.index(14)] = thin[at.index(14)]  # catalogued, inferred
    ends[at.index(4)] = thin[at.index(4)]  # in frame, not catalogued
    qc = read_qc(exon_ends=tuple(ends))
    row = score(sample_annotated(qc=qc), rnaseq(), starter_panel()).detectability[0]
    limits = {end.exon: end.detection_limit for end in row.exon_ends}
    assert row.detection_limit == limits[14] == limits[4]
    assert limits[11] is not None
    assert limits[14] is not None
    assert limits[11] < limits[14]
    tags = {end.exon: end.tag for end in row.exon_ends}
    assert (tags[11], tags[14], tags[4]) == ("verified", "inferred", None)
