"""Criteria as the page says them: in the language, with the unit, or not applicable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import Verdict
from nutfusion.scoring.registry import SHOWN_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.scored import CriterionOutcome

_NOT_ASKED: Final = "not asked by this profile"


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion in words.

    Attributes:
        data: The dossier's own outcome.
        is_applicable: The profile asks it.
        decides: A state rests on it; the others are shown.
        observed: What was seen.
        required: What is asked.
    """

    data: CriterionOutcome
    is_applicable: bool
    decides: bool
    observed: str
    required: str


def criterion_views(
    outcomes: Iterable[CriterionOutcome], phrases: Phrases
) -> tuple[CriterionView, ...]:
    """Criteria in words, in the order of the dossier."""
    return tuple(_view(outcome, phrases) for outcome in outcomes)


def is_applicable(outcome: CriterionOutcome) -> bool:
    """Whether the profile asks for it."""
    return outcome.verdict is not Verdict.NOT_ASSESSABLE or outcome.required != _NOT_ASKED


def decides(outcome: CriterionOutcome) -> bool:
    """Whether a state rests on it."""
    return outcome.id not in SHOWN_ONLY


def _view(outcome: CriterionOutcome, phrases: Phrases) -> CriterionView:
    applicable = is_applicable(outcome)
    observed = phrases.measured(outcome.id, outcome.observed)
    if outcome.observed is None and not applicable:
        observed = phrases.ui("not_applicable")
    return CriterionView(
        outcome, applicable, decides(outcome), observed, phrases.value(outcome.required)
    )
