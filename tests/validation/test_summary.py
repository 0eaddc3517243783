"""What counts as found, as a failure, and as an answer to an acceptance criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.validation.harness import TINY, negative, outcome

from nutfusion.model.terms import MolecularState
from nutfusion.validation.criteria import criteria
from nutfusion.validation.design import CRITERIA
from nutfusion.validation.failures import failures, held_back, states
from nutfusion.validation.shares import share
from nutfusion.validation.short import short_strata
from nutfusion.validation.tables import tables

if TYPE_CHECKING:
    from nutfusion.validation.document import CriterionOutcome
    from nutfusion.validation.judge import Outcome

SAME = share(4, 4)


def answers(*found: Any) -> dict[str, CriterionOutcome]:
    return {one.criterion.figure: one for one in criteria(found, SAME, "small")}


def test_nothing_to_answer_with_is_not_measured() -> None:
    nothing = criteria((), share(0, 0), "small")
    found = {one.criterion.figure: one.answer for one in nothing}
    assert found == {criterion.figure: "not_measured" for criterion in CRITERIA}


def test_a_standard_set_of_few_samples_measures_nothing() -> None:
    few = [outcome(), outcome(split=2, discordant=1), negative()]
    found = criteria(few, SAME, "standard")
    assert {one.answer for one in found} == {"not_measured"}


@pytest.mark.parametrize(("made", "answer"), [(999, "not_measured"), (1000, "met")])
def test_no_false_bet_state_says_something_from_a_thousand_samples_on(
    made: int, answer: str
) -> None:
    found = {c.criterion.figure: c for c in criteria([negative()] * made, SAME, "standard")}
    assert found["bet_false_positives"].answer == answer


def test_one_false_bet_state_fails_of_however_few() -> None:
    wrong = negative(state=MolecularState.CONFIRMED_BET)
    found = {c.criterion.figure: c for c in criteria([wrong], SAME, "standard")}
    assert found["bet_false_positives"].answer == "not_met"


def test_a_joint_without_samples_does_not_vanish() -> None:
    joints = ("BRD4 e11", "BRD3 e10")
    found = {c.criterion.figure: c for c in criteria([outcome()], SAME, "small", joints)}
    assert (found["sensitivity_5"].answer, found["sensitivity_5"].label) == (
        "not_measured",
        "BRD3 e10",
    )
    # one that is missed decides all the same
    missed = outcome(seen=False)
    found = {c.criterion.figure: c for c in criteria([missed], SAME, "small", joints)}
    assert (found["sensitivity_5"].answer, found["sensitivity_5"].label) == ("not_met", "BRD4 e11")
    # samples of 50 nt alone answer nothing of a joint, neither
    short = outcome(planned="catalogued.BRD3-e10.n5.l50.00", gene="BRD3", read_length=50)
    assert answers(outcome(), short)["sensitivity_5"].answer == "not_measured"


def test_one_miss_at_five_fragments_fails() -> None:
    missed = outcome(seen=False, exact=False, state=MolecularState.NOT_ASSESSABLE)
    assert answers(outcome())["sensitivity_5"].answer == "met"
    found = answers(outcome(), missed)["sensitivity_5"]
    assert (found.answer, found.observed.found, found.observed.made) == ("not_met", 1, 2)
    (failure,) = failures([missed], frozenset())
    assert failure.kinds == ("not_seen", "wrong_state")
    assert failure.counts_for == ("sensitivity_5", "state")


def test_the_joint_that_is_seen_least_decides() -> None:
    good = [outcome() for _ in range(50)]
    id_of_other = "catalogued.BRD3-e10.n5.l100.00"
    bad = outcome(planned=id_of_other, seen=False, gene="BRD3")
    found = answers(*good, bad)["sensitivity_5"]
    assert (found.label, found.answer, found.observed.made) == ("BRD3 e10", "not_met", 1)


@pytest.mark.parametrize(("misses", "answer"), [(1, "met"), (2, "not_met")])
def test_three_fragments_may_miss_one_in_twenty(misses: int, answer: str) -> None:
    found = [outcome(split=2, discordant=1, seen=number >= misses) for number in range(20)]
    assert answers(*found)["sensitivity_3"].answer == answer


def test_reads_of_50_nt_count_for_no_criterion() -> None:
    short = outcome(read_length=50, seen=False, exact=False, state=MolecularState.NOT_ASSESSABLE)
    found = answers(short)
    assert found["sensitivity_5"].answer == "not_measured"
    assert found["state"].answer == "not_measured"
    (failure,) = failures([short], frozenset())
    assert failure.counts_for == ()


def test_a_bet_state_without_a_fusion_fails() -> None:
    wrong = negative(state=MolecularState.CONFIRMED_BET, extra=("BRD4::NUTM1 ...",))
    assert answers(negative())["bet_false_positives"].answer == "met"
    assert answers(negative(), wrong)["bet_false_positives"].answer == "not_met"
    (failure,) = failures([wrong], frozenset())
    assert failure.kinds == ("bet_false_positive", "wrong_state", "false_call")
    complex_state = negative(state=MolecularState.CONFIRMED_BET_COMPLEX)
    assert answers(complex_state)["bet_false_positives"].answer == "not_met"


@pytest.mark.parametrize(
    ("why", "right"),
    [
        ("out_of_frame", MolecularState.INDETERMINATE),
        ("partner_not_in_panel", MolecularState.REARRANGED_PARTNER_UNKNOWN),
        ("in_frame", MolecularState.CONFIRMED_OTHER_PARTNER),
    ],
)
def test_a_bet_state_of_another_fusion_fails(why: str, right: MolecularState) -> None:
    # An out-of-frame joint, or another partner, that is called BET gives a drug for nothing.
    wrong = outcome(states=(right,), why=why, state=MolecularState.CONFIRMED_BET)
    found = answers(wrong, outcome())["bet_false_positives"]
    assert (found.answer, found.observed.found, found.observed.made) == ("not_met", 1, 1)
    (failure,) = failures([wrong], frozenset())
    assert failure.kinds == ("bet_false_positive", "wrong_state")
    assert "bet_false_positives" in failure.counts_for


def test_a_joint_at_another_base_counts_against_the_position() -> None:
    # called with both genes, one base off: the call stands among the others
    wrong = outcome(seen=False, exact=False, extra=("BRD4::NUTM1 chr19:15254153 chr15:34347969",))
    assert answers(wrong)["position"].observed.found == 0
    assert answers(wrong)["position"].observed.made == 1


def test_a_bounded_joint_is_not_exact_whether_a_read_crosses_it_or_not() -> None:
    bounded = outcome(exact=False)
    found = answers(bounded)
    assert (found["position"].answer, found["position_crossed"].answer) == ("not_met", "not_met")
    # all fragments lie on either side: nobody can know the base, and the first criterion asks it
    pairs = outcome(exact=False, split=0, discordant=5, counted=(0, 5))
    found = answers(pairs)
    assert found["position"].answer == "not_met"
    assert found["position_crossed"].answer == "not_measured"
    both = [failures([one], frozenset())[0].counts_for for one in (bounded, pairs)]
    assert both == [("position", "position_crossed"), ("position",)]
    few = answers(outcome(exact=False, split=0, discordant=2))
    assert few["position"].answer == "not_measured"


def test_a_neighbour_may_be_called_and_a_testis_may_not() -> None:
    call = ("SLC12A6::NUTM1 ...",)
    beside = negative(
        stratum="neighbour",
        states=(MolecularState.REARRANGED_NEIGHBOUR,),
        state=MolecularState.REARRANGED_NEIGHBOUR,
        extra=call,
    )
    assert failures([beside], frozenset()) == ()
    (failure,) = failures([negative(extra=call)], frozenset())
    assert failure.kinds == ("false_call",)


def test_the_closest_paralogues_count_for_bet_states_and_not_for_the_state() -> None:
    close = negative(
        id="paralogue_close.000",
        stratum="paralogue_close",
        state=MolecularState.REARRANGED_PARTNER_UNKNOWN,
        extra=("v::NUTM1 ? chr15:34347969 rearranged_partner_unknown 20+0",),
    )
    found = answers(close)
    assert found["state"].answer == "not_measured"
    assert found["bet_false_positives"].observed.made == 1
    (failure,) = failures([close], frozenset())
    assert (failure.kinds, failure.counts_for) == (("wrong_state", "false_call"), ())


def through(state: MolecularState) -> Outcome:
    """A transcript that runs on into NUTM1 exon 2, with its call."""
    return negative(
        id="read_through.000",
        planned="read_through.000",
        stratum="read_through",
        states=(MolecularState.INDETERMINATE, MolecularState.NOT_ASSESSABLE),
        why="upstream_transcript",
        state=state,
        extra=(f"v::NUTM1 ? chr15:34346201 {state} 6+2",),
    )


def test_read_through_that_is_called_a_rearrangement_is_a_false_call() -> None:
    # No gene is rearranged: "partner unknown" sends a patient to tests, and maybe to a trial.
    wrong = through(MolecularState.REARRANGED_PARTNER_UNKNOWN)
    (failure,) = failures([wrong], frozenset())
    assert (failure.kinds, failure.counts_for) == (("wrong_state", "false_call"), ("state",))
    # that such an RNA is there may be said
    assert failures([through(MolecularState.INDETERMINATE)], frozenset()) == ()


def rows_of(table: str, *found: Outcome) -> dict[str, tuple[tuple[int, int], ...]]:
    """Found and made of every row."""
    (one,) = [one for one in tables(found) if one.id == table]
    return {row.label: tuple((s.found, s.made) for s in row.shares) for row in one.rows}


def test_states_of_fusions_and_of_negatives_stand_apart() -> None:
    # 98 of 100 right says little when all that is wrong is among 10 negatives
    found = rows_of(
        "by_truth",
        outcome(),
        outcome(state=MolecularState.INDETERMINATE),
        outcome(passes=False),
        negative(),
        negative(state=MolecularState.INDETERMINATE, extra=("BRD4::NUTM1 ...",)),
        negative(stratum="paralogue_close", state=MolecularState.INDETERMINATE),
        through(MolecularState.REARRANGED_PARTNER_UNKNOWN),
        through(MolecularState.INDETERMINATE),
    )
    assert found == {
        "positives": ((1, 2),),
        "negatives": ((2, 4),),
        "false_calls": ((2, 4),),
        "read_through": ((1, 2),),
    }


def test_a_neighbours_own_joint_is_no_false_call_and_another_is() -> None:
    place = outcome().truth.joint
    states = (MolecularState.REARRANGED_NEIGHBOUR,)
    beside: dict[str, Any] = {
        "id": "neighbour.000",
        "stratum": "neighbour",
        "gene": "SLC12A6",
        "joint": place,
        "states": states,
        "state": states[0],
        "seen": True,
    }
    assert failures([negative(**beside)], frozenset()) == ()
    assert rows_of("negatives", negative(**beside))["neighbour"] == ((0, 1), (1, 1), (1, 1))
    (failure,) = failures([negative(**beside, extra=("BRD4::NUTM1 ...",))], frozenset())
    assert failure.kinds == ("false_call",)
    # without places of the gene nobody can hold the joint against the truth
    unplaced = negative(**beside | {"joint": None, "seen": False}, extra=("v::NUTM1 ? ...",))
    assert failures([unplaced], frozenset()) == ()


def test_a_stratum_that_is_missing_or_too_small_is_named() -> None:
    few = TINY.model_copy(update={"testis": 2, "wild_type": 0, "deep": 1})
    found = {one.stratum: (one.made, one.asked) for one in short_strata(few, [negative()])}
    assert found["testis"] == (1, 2)
    assert found["deep"] == (0, 1)
    assert "wild_type" not in found
    whole = [negative(), negative()]
    assert "testis" not in {one.stratum for one in short_strata(few, whole)}


def test_more_fragments_than_there_are_is_a_failure() -> None:
    (failure,) = failures([outcome(counted=(5, 1))], frozenset())
    assert failure.kinds == ("over_counted",)


def test_other_bytes_are_a_failure() -> None:
    one = outcome()
    (failure,) = failures([one], frozenset({one.truth.id}))
    assert failure.counts_for == ("same_bytes",)


def test_held_back_counts_only_what_would_have_been_given() -> None:
    would = negative(
        stratum="carry_over",
        hopped=5,
        states=(MolecularState.INDETERMINATE,),
        state=MolecularState.INDETERMINATE,
        state_alone=MolecularState.CONFIRMED_BET,
    )
    would_not = would.model_copy(update={"state_alone": MolecularState.INDETERMINATE})
    given = would.model_copy(update={"state": MolecularState.CONFIRMED_BET})
    found = held_back([would, would_not, given])
    assert (found.found, found.made) == (1, 2)


def test_states_are_counted_by_what_is_in_the_sample() -> None:
    wrong = negative(state=MolecularState.INDETERMINATE)
    rows = states([outcome(), outcome(), negative(), wrong])
    assert [(row.why, row.given, row.samples, row.right) for row in rows] == [
        ("in_frame", "confirmed_bet", 2, True),
        ("nothing", "indeterminate", 1, False),
        ("nothing", "not_assessable", 1, True),
    ]
