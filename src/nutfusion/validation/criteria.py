"""Acceptance criteria, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.validation.asked import (
    catalogued,
    crossed_position_is_asked,
    has_fragments,
    is_accepted_length,
    joint_label,
    position_is_asked,
    state_is_asked,
)
from nutfusion.validation.design import (
    CLEAN_FRAGMENTS,
    FEW_FRAGMENTS,
    Criterion,
    Size,
    criteria_of,
)
from nutfusion.validation.document import Answer, CriterionOutcome, Share
from nutfusion.validation.shares import share, share_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.validation.judge import Outcome


def _worst(
    outcomes: Sequence[Outcome], fragments: int, criterion: Criterion, joints: Sequence[str]
) -> tuple[Share, str | None]:
    """The catalogued joint that is seen least often.

    One that is seen too seldom decides before one of too few samples, and that before any other.
    """
    asked = [
        one
        for one in catalogued(outcomes)
        if is_accepted_length(one) and has_fragments(one, fragments)
    ]
    labels = dict.fromkeys([*joints, *map(joint_label, catalogued(outcomes))])
    shares = [
        (share_of([one for one in asked if joint_label(one) == label], lambda o: o.seen), label)
        for label in labels
    ]
    few = [pair for pair in shares if pair[0].made < criterion.least_made]
    low = [p for p in shares if p not in few and (p[0].value or 0.0) < (criterion.least or 0.0)]
    return min(low or few or shares, key=lambda p: p[0].value or 0.0, default=(share(0, 0), None))


def _observed(
    criterion: Criterion, outcomes: Sequence[Outcome], repeated: Share, joints: Sequence[str]
) -> tuple[Share, str | None]:
    match criterion.figure:
        case "sensitivity_5":
            return _worst(outcomes, CLEAN_FRAGMENTS, criterion, joints)
        case "sensitivity_3":
            return _worst(outcomes, FEW_FRAGMENTS, criterion, joints)
        case "bet_false_positives":
            return share_of([o for o in outcomes if not o.may_be_bet], lambda o: o.is_bet), None
        case "position":
            return share_of(filter(position_is_asked, outcomes), lambda o: o.exact), None
        case "position_crossed":
            crossed = filter(crossed_position_is_asked, outcomes)
            return share_of(crossed, lambda o: o.exact), None
        case "state":
            return share_of(filter(state_is_asked, outcomes), lambda o: o.state_is_right), None
        case "same_bytes":
            return repeated, None


def answered(
    criterion: Criterion,
    outcomes: Sequence[Outcome],
    repeated: Share,
    joints: Sequence[str] = (),
) -> CriterionOutcome:
    """Hold what was found against an acceptance criterion.

    A share of too few samples is not measured; a count that is too large is not met, of however
    few.
    """
    observed, label = _observed(criterion, outcomes, repeated, joints)
    answer: Answer = "not_measured"
    too_many = criterion.most is not None and observed.found > criterion.most
    if observed.value is not None and (observed.made >= criterion.least_made or too_many):
        held = (
            observed.found <= criterion.most
            if criterion.most is not None
            else observed.value >= (criterion.least or 0.0)
        )
        answer = "met" if held else "not_met"
    return CriterionOutcome(criterion=criterion, answer=answer, observed=observed, label=label)


def criteria(
    outcomes: Sequence[Outcome], repeated: Share, size: Size, joints: Sequence[str] = ()
) -> tuple[CriterionOutcome, ...]:
    """All of them, in the order of the design.

    Args:
        outcomes: Of the whole set.
        repeated: Samples made again with the same bytes.
        size: Which set.
        joints: Labels of the catalogued joints that there must be samples of.
    """
    return tuple(answered(one, outcomes, repeated, joints) for one in criteria_of(size))
