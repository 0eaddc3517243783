"""Declared tests beside what the reads show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.reason import Reason

if TYPE_CHECKING:
    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.dossier import Dossier, OrthogonalTest

_CONCORDANT: Final = "orthogonal_concordant"
_DISCORDANT: Final = "orthogonal_discordant"


@dataclass(frozen=True, slots=True)
class DeclaredTest:
    """One declared test.

    Attributes:
        data: The dossier's own test.
        agreement: Word for its agreement with the reads; ``None`` when it has no bearing.
        explanation: What is published about such a disagreement; ``None`` without one.
        is_discordant: It disagrees.
    """

    data: OrthogonalTest
    agreement: str | None
    explanation: str | None
    is_discordant: bool


def declared_tests(dossier: Dossier, phrases: Phrases) -> tuple[DeclaredTest, ...]:
    """The declared tests, in the order of the sheet."""
    said = {
        (code, dict(values).get("kind"), dict(values).get("result"))
        for code, values in map(_parsed, dossier.state_reasons)
    }
    views = []
    for test in dossier.sample.orthogonal:
        if (_DISCORDANT, test.kind, test.result) in said:
            explanation = phrases.term("discordance", test.kind)
            views.append(
                DeclaredTest(test, phrases.ui("discordance"), explanation, is_discordant=True)
            )
        elif (_CONCORDANT, test.kind, test.result) in said:
            views.append(DeclaredTest(test, phrases.ui("concordance"), None, is_discordant=False))
        else:
            views.append(DeclaredTest(test, None, None, is_discordant=False))
    return tuple(views)


def _parsed(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A reason's code and values; text that is no reason has neither."""
    try:
        reason = Reason.parse(text)
    except ValueError:
        return "", ()
    return reason.code, reason.values
