"""Criteria as the page says them: in the language, with the unit, or not applicable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import Verdict

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
        observed: What was seen.
        required: What is asked.
    """

    data: CriterionOutcome
    is_applicable: bool
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


def _view(outcome: CriterionOutcome, phrases: Phrases) -> CriterionView:
    applicable = is_applicable(outcome)
    observed = phrases.measured(outcome.id, outcome.observed)
    if outcome.observed is None and not applicable:
        observed = phrases.ui("not_applicable")
    return CriterionView(outcome, applicable, observed, phrases.value(outcome.required))
