"""The likelihood ratio of a fusion in plain words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.dossier import DossierFusion

EVEN: Final = math.log10(3)
"""A ratio below three, either way, is said to tell nothing (chosen by us, ADR 0016)."""


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The score in words.

    Attributes:
        says: One sentence.
        left_out: Artefacts that could not be judged, one sentence each.
    """

    says: str
    left_out: tuple[str, ...]


def score_view(fusion: DossierFusion, phrases: Phrases) -> ScoreView:
    """The score of a fusion, or why there is none."""
    score, basis = fusion.score, fusion.score_basis
    if score is None or basis.likeliest_artefact is None:
        reason = phrases.term("score_reason", basis.reason or "")
        return ScoreView(phrases.ui("score_none", reason=reason), ())
    artefact = phrases.term("artefact", basis.likeliest_artefact)
    times = phrases.number(basis.times)
    if abs(score) < EVEN:
        says = phrases.ui("score_even", artefact=artefact)
    elif score > 0 and basis.is_cut:
        says = phrases.ui("score_for_or_more", times=times)
    elif score > 0:
        says = phrases.ui("score_for", times=times, artefact=artefact)
    elif basis.is_cut:
        says = phrases.ui("score_against_or_more", times=times, artefact=artefact)
    else:
        says = phrases.ui("score_against", times=times, artefact=artefact)
    left_out = tuple(
        phrases.ui(
            "score_not_assessed",
            artefact=phrases.term("artefact", one.artefact),
            reason=phrases.term("score_reason", one.reason),
        )
        for one in basis.artefacts
        if one.reason is not None
    )
    return ScoreView(says, left_out)
