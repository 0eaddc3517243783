"""The answer of the page and what it rests on, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.dossier.criteria import decides, is_applicable
from nutfusion.dossier.headline import headline, lead_fusion
from nutfusion.dossier.messages import small_first
from nutfusion.dossier.scope import scope
from nutfusion.dossier.score_words import score_view
from nutfusion.dossier.sources import counts
from nutfusion.model.terms import FusionDetection, MolecularState, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.scored import CriterionOutcome

_CARRY_OVER: Final = "carry_over_"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the page says first.

    Attributes:
        label: The state in words.
        answer: The answer in one sentence.
        support: What it rests on.
        criteria: How the first fusion stands against the profile; ``None`` without fusions.
        confidence: The same with the likelihood ratio, where there is one; ``None`` without either.
        quality: Whether the sample's quality failed.
        reasons: Why the state is what it is, most important first.
        carry_over: Whether reads of another sample were ruled out; ``None`` where that does not
            weigh on the answer.
        scope: Sourced statements about how far the result goes.
    """

    label: str
    answer: str
    support: str
    criteria: str | None
    confidence: str | None
    quality: str
    reasons: tuple[str, ...]
    carry_over: str | None
    scope: tuple[str, ...]


def conclusion(dossier: Dossier, phrases: Phrases) -> Conclusion:
    """Say the answer of a dossier."""
    first = lead_fusion(dossier)
    criteria = None if first is None else _criteria(first.criteria, phrases)
    return Conclusion(
        label=phrases.term("state", dossier.molecular_state),
        answer=headline(dossier, phrases),
        support=_nothing_seen(dossier, phrases) if first is None else _support(first, phrases),
        criteria=criteria,
        confidence=None if first is None else _confidence(first, criteria, phrases),
        quality=_quality(dossier, phrases),
        reasons=tuple(phrases.reason(reason) for reason in dossier.state_reasons),
        carry_over=_carry_over(dossier, phrases),
        scope=scope(dossier, phrases),
    )


def _nothing_seen(dossier: Dossier, phrases: Phrases) -> str:
    """No fragment was seen, or no row, or nothing was looked at."""
    if dossier.qc.reads is not None:
        return phrases.ui("no_fusion_seen")
    return phrases.ui("no_fusion_in_files" if dossier.callers.files else "no_reads_here")


def _support(fusion: DossierFusion, phrases: Phrases) -> str:
    """Fragments, and a word when nothing was seen in RNA."""
    words = counts(fusion, phrases)
    if fusion.fusion_detection is FusionDetection.INFERRED:
        return phrases.join((phrases.term("fusion_detection", fusion.fusion_detection), words))
    return words


def _criteria(outcomes: Sequence[CriterionOutcome], phrases: Phrases) -> str | None:
    """Which criteria are not met: those that the state rests on; then how many shown beside."""
    if not outcomes:
        return None
    deciding = [outcome for outcome in outcomes if decides(outcome)]
    not_met = [outcome for outcome in deciding if outcome.verdict is Verdict.NOT_MET]
    still_open = sum(
        outcome.verdict is Verdict.NOT_ASSESSABLE and is_applicable(outcome) for outcome in deciding
    )
    if not_met:
        names = ", ".join(phrases.inline("criterion", outcome.id) for outcome in not_met)
        said = phrases.ui("criteria_not_met", n=len(not_met), names=names)
    elif still_open:
        said = phrases.ui("criteria_none_failed", n=still_open)
    else:
        said = phrases.ui("criteria_all_met")
    beside = sum(outcome.verdict is Verdict.NOT_MET for outcome in outcomes) - len(not_met)
    if beside:
        said += phrases.semicolon + phrases.ui("criteria_shown_not_met", n=beside)
    return said


def _confidence(fusion: DossierFusion, criteria: str | None, phrases: Phrases) -> str | None:
    """The criteria, then the likelihood ratio where one was calculated."""
    said = [] if criteria is None else [f"{criteria[:1].upper()}{criteria[1:]}."]
    if fusion.score is not None:
        score = small_first(score_view(fusion, phrases).says)
        said.append(phrases.ui("confidence_score", score=score))
    return " ".join(said) or None


def _quality(dossier: Dossier, phrases: Phrases) -> str:
    """Whether quality failed, and on what."""
    if dossier.qc.reads is None:
        return phrases.ui("quality_not_read")
    outcomes = dossier.qc.criteria
    for verdict, key in (
        (Verdict.NOT_MET, "quality_failed"),
        (Verdict.NOT_ASSESSABLE, "quality_partly"),
    ):
        names = [
            phrases.inline("criterion", outcome.id)
            for outcome in outcomes
            if outcome.verdict is verdict
        ]
        if names:
            return phrases.ui(key, criteria=phrases.join(names))
    return phrases.ui("quality_ok" if outcomes else "quality_unknown")


def _carry_over(dossier: Dossier, phrases: Phrases) -> str | None:
    """Said first where few reads decide: one strong sample of the run could have left them."""
    is_weak = dossier.molecular_state is MolecularState.INDETERMINATE
    is_said = any(reason.startswith(_CARRY_OVER) for reason in dossier.state_reasons)
    if (
        is_said
        or not is_weak
        or all(f.fusion_detection is FusionDetection.INFERRED for f in dossier.fusions)
    ):
        return None
    return None if dossier.run_level_reason is None else phrases.reason(dossier.run_level_reason)
