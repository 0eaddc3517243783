"""Fusions cut from real transcripts are found at the right base, with the right consensus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.validation.assessing import assess, describe
from tests.validation.cases import Case, covering_subset
from tests.validation.judging import judge

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.mark.parametrize("case", covering_subset(), ids=lambda case: case.name)
def test_fusion_is_found_at_the_right_base_and_nothing_else_is(
    case: Case, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    sample = case.sample()
    truth = sample.fusions[0]
    files = sample.write(tmp_path, container="plain")
    for name in ("starter", "full"):
        panel = request.getfixturevalue(name)
        scored = assess(files, panel)
        verdict = judge(case, truth, scored, panel)
        message = f"{name}: anchors {truth.anchors}, {truth.unique_discordant} pairs\n"
        message += describe(scored)
        assert verdict.found or not verdict.must_be_found, message
        assert verdict.problems == (), message
        if case.supporting == 20 and case.is_in_frame:
            assert verdict.confirmed, message


def test_the_subset_covers_every_value_of_every_axis() -> None:
    cases = covering_subset()
    assert len({(case.donor, case.donor_exon) for case in cases}) == 7
    assert {case.acceptor_exon for case in cases} == {3, 4, 5, 6}
    assert {case.supporting for case in cases} == {3, 5, 20}
    assert {case.read_length for case in cases} == {50, 75, 100, 150}
    assert {case.error_rate for case in cases} == {0.003, 0.01}


def test_most_cases_with_five_fragments_must_be_found() -> None:
    # Otherwise the grid would say little: chance decides how many fragments are split.
    cases = [case for case in covering_subset() if case.supporting >= 5]
    due = [case for case in cases if case.sample().fusions[0].unique_split >= 2]
    assert len(due) >= 0.7 * len(cases)
