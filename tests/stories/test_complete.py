"""Every state and reason has a story, every criterion both sides of its boundary."""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pytest
from tests.builders import read_qc, starter_panel
from tests.scoring.profiles import rnaseq
from tests.stories.boundaries import MET, NOT_MET, ROWS, UNKNOWN, answer
from tests.stories.stories import STORIES
from tests.stories.test_run import TOLD

from nutfusion.model.evidence import LEAST_SPLICED, AlignmentQc
from nutfusion.model.terms import Assembly, MolecularState
from nutfusion.scoring.quality import assess_quality
from nutfusion.scoring.reasons import REASONS
from nutfusion.scoring.registry import criteria_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.stories.boundaries import Row

ROOT: Final = Path(__file__).resolve().parents[2]

ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alone_in_run": "scoring/test_run_level.py",
        "carry_over_not_seen": "scoring/test_run_level.py",
        "joint_shared_not_counted": "scoring/test_run_level.py",
        "positive_control_negative": "scoring/test_run_level.py",
        "private_joint_shared": "scoring/test_run_level.py",
        "run_positive_control_negative": "scoring/test_run_level.py",
        "complex_not_covered": "scoring/test_reach.py",
        "limit_is_high": "scoring/test_limit.py",
        "limit_not_known": "scoring/test_limit.py",
        "limit_of_rna_only": "scoring/test_limit.py",
        "no_fragment_across": "scoring/test_limit.py",
        "no_sequence_behind_exon": "scoring/test_limit.py",
        "too_few_across": "scoring/test_limit.py",
        "unmapped_reads_missing": "scoring/test_limit.py",
        "wild_type_not_interrogated": "scoring/test_limit.py",
        "dna_depth_not_measured": "scoring/test_shipped_profiles.py",
        "dna_under_rna_profile": "scoring/test_shipped_profiles.py",
        "introns_to_state": "scoring/test_shipped_profiles.py",
        "rna_under_dna_profile": "scoring/test_shipped_profiles.py",
        "gate_of_a_control": "eligibility/test_policy.py",
        "copies_not_told_apart": "scoring/test_states.py",
        "loci_only": "scoring/test_states.py",
        "not_counted": "scoring/test_states.py",
        "nutm1_joined_to_itself": "scoring/test_states.py",
        "partner_class_unverified": "scoring/test_states.py",
        "partner_hint": "scoring/test_states.py",
        "quality_not_asked": "scoring/test_states.py",
        "quality_not_assessable": "scoring/test_states.py",
        "stop_codon": "scoring/test_states.py",
        "three_prime_imbalance": "scoring/test_states.py",
        "three_prime_imbalance_alone": "scoring/test_states.py",
        "unassigned_nutm1_reads": "scoring/test_states.py",
        "source_frame_differs": "calls/test_one_story.py",
        "sources_disagree": "calls/test_one_story.py",
        "sources_not_passed": "calls/test_doubts.py",
        "sources_position_outside_gene": "calls/test_doubts.py",
    }
)
"""Reasons that small inputs do not reach, or that stand beside any state: who tests them, in the
folder of the tests."""

SHOWN_ALONE: Final = frozenset({("known_junction", NOT_MET), ("reciprocal_seen", NOT_MET)})
"""Criteria that speak for a fusion or not at all."""

ALWAYS_ANSWERED: Final = frozenset(
    {
        ("exact_junction", UNKNOWN),
        ("nutm1_is_three_prime", UNKNOWN),
        ("unknown_partner_not_intron", UNKNOWN),
        ("unmapped_reads_kept", UNKNOWN),
        ("exon_joints_read", UNKNOWN),
    }
)
"""Questions that anybody can answer, or that are not asked where nobody can."""


def thresholds() -> dict[str, tuple[float, float]]:
    """Threshold and the smallest step on its bad side, of every criterion that has a number."""
    fusion, quality = rnaseq().thresholds, rnaseq().quality
    return {
        "enough_supporting_fragments": (fusion.min_supporting_fragments.value or 0, 1),
        "enough_split_reads": (fusion.min_split_reads.value or 0, 1),
        "enough_distinct_starts": (fusion.min_distinct_starts.value or 0, 1),
        "anchors_both_sides": (fusion.min_anchor.value or 0, 1),
        "partner_sequence_matches": (fusion.min_partner_identity.value or 0, 0.01),
        "joint_complexity": (fusion.max_joint_dust.value or 0, -0.2),
        "joint_mappable": (fusion.min_unique_share.value or 0, 1 / 21),
        "nutm1_wild_type_background": (fusion.max_upstream_share.value or 0, -1 / 50),
        "sources_agree": (fusion.min_independent_sources.value or 0, 1),
        "enough_fragments": (quality.min_fragments.value or 0, 1),
        "read_length": (quality.min_read_length_mean.value or 0, 0.1),
        "base_quality": (quality.min_mean_base_quality.value or 0, 0.1),
        "partner_wild_type_seen": (quality.min_partner_wild_type.value or 0, 1),
        "unmapped_reads_kept": (1, 1),
        "exon_joints_read": (LEAST_SPLICED, 0.001),
    }


def identifiers() -> list[str]:
    """Every criterion of a fusion and of a sample, alignment files' included."""
    look = AlignmentQc(
        look="all_reads",
        fragments_examined=1000,
        unmapped_reads=10,
        assembly=Assembly.GRCH38,
        control_fragments=1000,
        control_spliced=400,
    )
    found = [c.identifier for c in criteria_for(rnaseq(), starter_panel(), None)]
    return found + [o.id for o in assess_quality(read_qc(alignment=look), rnaseq().quality)]


def test_every_state_has_a_story() -> None:
    assert {story.state for story in STORIES} == {state.value for state in MolecularState}


def test_every_reason_has_a_story_or_a_test_that_names_it() -> None:
    told = {code for story in STORIES for code in story.says} | TOLD
    assert told <= set(REASONS)
    assert set(REASONS) - told - set(ELSEWHERE) == set(), "give these reasons a story"
    assert told & set(ELSEWHERE) == set(), "these have a story now"
    for code, file in ELSEWHERE.items():
        assert code in (ROOT / "tests" / file).read_text(encoding="utf-8"), (code, file)


def test_every_story_has_its_own_name() -> None:
    names = [story.name for story in STORIES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.criterion}-{row.verdict}")
def test_each_side_of_each_boundary(row: Row) -> None:
    found = answer(row)
    assert found.verdict == row.verdict
    if row.value is not None:
        # What was seen is what the row says it holds, not some other figure on the same side.
        assert found.observed is not None
        assert seen(row.criterion, found.observed) == pytest.approx(row.value, abs=1e-9)


SHARES: Final = frozenset({"joint_mappable", "nutm1_wild_type_background", "exon_joints_read"})
"""Criteria that are held against one count in another."""


def seen(criterion: str, observed: str) -> float:
    """The figure of an answer that decides: of several the worst."""
    if criterion in SHARES:
        pairs = re.findall(r"(\d+) of (\d+)", observed)
        figures = [int(part) / int(whole) for part, whole in pairs]
    else:
        figures = [float(one) for one in re.findall(r"(?<![\w.])\d+(?:\.\d+)?\b", observed)]
        figures = figures[:1] if " of " in observed else figures
    return max(figures) if thresholds()[criterion][1] < 0 else min(figures)


def test_a_question_without_a_number_says_what_it_saw() -> None:
    # The same words under both verdicts would tell a board nothing.
    said: dict[str, dict[str, str | None]] = {}
    for row in ROWS:
        if row.value is None and row.verdict != UNKNOWN:
            said.setdefault(row.criterion, {})[row.verdict] = answer(row).observed
    both = {name: words for name, words in said.items() if len(words) == 2}
    assert len(both) == 7
    for name, words in both.items():
        assert None not in words.values(), name
        assert words[MET] != words[NOT_MET], name


def test_every_criterion_has_a_row_for_every_answer() -> None:
    needed = {(name, verdict) for name in identifiers() for verdict in (MET, NOT_MET, UNKNOWN)}
    rows = {(row.criterion, row.verdict) for row in ROWS}
    assert needed - rows == SHOWN_ALONE | ALWAYS_ANSWERED
    assert rows <= needed


def test_every_criterion_that_asks_for_a_number_is_tried_at_it() -> None:
    asking = {row.criterion for row in ROWS if re.search(r"\d", answer(row).required)}
    # "NUTM1 is 3'" holds a digit and no number.
    assert asking - {"nutm1_is_three_prime"} == set(thresholds())


@pytest.mark.parametrize("name", thresholds())
def test_a_number_is_tried_at_its_boundary(name: str) -> None:
    limit, step = thresholds()[name]
    verdicts = {r.verdict: r.value for r in ROWS if r.criterion == name and r.value is not None}
    passes, fails = verdicts[MET], verdicts[NOT_MET]
    assert abs(passes - limit) < abs(step), "the row that passes stands at the threshold"
    beyond = limit - fails if step > 0 else fails - limit
    assert 0 < beyond <= abs(step) * 1.001, "the row that fails is one step beyond it"
    if isinstance(limit, int):
        assert passes == limit
