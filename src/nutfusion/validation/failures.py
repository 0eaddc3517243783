"""Everything that is not as it should be, sample by sample, and which states were given."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nutfusion.validation.asked import (
    crossed_position_is_asked,
    false_calls,
    is_accepted_length,
    position_is_asked,
    state_is_asked,
)
from nutfusion.validation.design import FEW_FRAGMENTS, Figure
from nutfusion.validation.document import Failure, Share, StateRow
from nutfusion.validation.judge import BET_STATES
from nutfusion.validation.shares import share_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.validation.judge import Outcome


def states(outcomes: Sequence[Outcome]) -> tuple[StateRow, ...]:
    """Which states were given where which were right; most first."""
    counted = Counter((one.truth.why, str(one.state), one.state_is_right) for one in outcomes)
    ordered = sorted(counted.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    return tuple(
        StateRow(why=why, given=given, samples=samples, right=right)
        for (why, given, right), samples in ordered
    )


def held_back(outcomes: Sequence[Outcome]) -> Share:
    """Samples whose BET state is another sample's, and is not given."""
    reached = [one for one in outcomes if one.truth.stratum == "carry_over" and one.truth.hopped]
    asked = [one for one in reached if one.state_alone in BET_STATES]
    return share_of(asked, lambda o: not o.is_bet)


def failures(outcomes: Sequence[Outcome], other_bytes: frozenset[str]) -> tuple[Failure, ...]:
    """Everything that is not as it should be, in the order of the plan."""
    found = []
    for one in outcomes:
        kinds = _kinds(one, other_bytes)
        if kinds:
            found.append(
                Failure(
                    id=one.truth.id,
                    make=one.planned,
                    kinds=tuple(kinds),
                    counts_for=tuple(figure for figures in kinds.values() for figure in figures),
                    conditions=conditions(one),
                    expected=tuple(str(state) for state in one.truth.states),
                    state=str(one.state),
                    calls=one.extra,
                )
            )
    return tuple(found)


def conditions(one: Outcome) -> str:
    """Reads, library and fragments of a sample in one phrase."""
    truth = one.truth
    fragments = f"{truth.split}+{truth.discordant} fragments" if truth.joint else "no fusion"
    return (
        f"{fragments}, {truth.long_split} with long anchors, {one.read_length} nt, "
        f"{100 * one.error_rate:g} % errors, {one.library}, UMI {one.umi}, {one.copies} copies, "
        f"strandedness {one.strandedness}"
    )


def _kinds(one: Outcome, other_bytes: frozenset[str]) -> dict[str, tuple[Figure, ...]]:
    """Kinds of failure, each with the criteria that it counts against."""
    found: dict[str, tuple[Figure, ...]] = {}
    in_limits = one.truth.stratum in {"dilution", "fraction"}
    if one.truth.joint is not None and not one.seen and not in_limits:
        asked = one.truth.stratum == "catalogued" and is_accepted_length(one)
        few = one.truth.fragments == FEW_FRAGMENTS
        found["not_seen"] = () if not asked else ("sensitivity_3",) if few else ("sensitivity_5",)
    if position_is_asked(one) and not one.exact:
        crossed = crossed_position_is_asked(one)
        found["not_exact"] = ("position", "position_crossed") if crossed else ("position",)
    if one.is_bet and not one.may_be_bet:
        found["bet_false_positive"] = ("bet_false_positives",)
    if not one.state_is_right:
        found["wrong_state"] = ("state",) if state_is_asked(one) else ()
    if false_calls(one):
        found["false_call"] = ()
    counted = (one.split or 0) + (one.discordant or 0)
    if one.seen and counted > one.truth.fragments + one.truth.hopped and one.fraction is None:
        found["over_counted"] = ()
    if one.truth.id in other_bytes:
        found["other_bytes"] = ("same_bytes",)
    return found
