"""What a biologist says, in lines of the French reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.dossier.messages import Language, phrases
from nutfusion.review.words import board_phrases, change_text

if TYPE_CHECKING:
    from nutfusion.exports.reviews import Beside
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.review.model import Decision, Review


def review_lines(dossier: Dossier, beside: Beside) -> tuple[str, ...]:
    """What stands beside a dossier.

    Returns:
        Nothing without a review; one warning where nothing of it may be repeated.
    """
    from nutfusion.review.check import FolderStatus

    say = phrases(Language.FR).sentence
    match beside.status:
        case FolderStatus.UNSIGNED:
            return ()
        case FolderStatus.SIGNED_UNKNOWN_KEY:
            return (say("report", "review_not_verified"),)
        case FolderStatus.TOUCHED:
            return (say("report", "review_touched"),)
        case FolderStatus.SIGNED:
            review = beside.review
            return () if review is None else _said(dossier, review, beside.key_label)


def decision_lines(fusion: DossierFusion, decision: Decision) -> list[str]:
    """What is said of one fusion: the verdict, then each correction or the reason."""
    words = board_phrases(Language.FR)
    say = phrases(Language.FR).sentence
    verdict = words.term("review_verdict", decision.verdict)
    lines = [say("report", "review_fusion", name=fusion.name, verdict=verdict)]
    for one in decision.corrections:
        lines += [change_text(one, words), say("report", "review_because", text=one.reason)]
    if decision.reason is not None:
        lines.append(say("report", "review_because", text=decision.reason))
    return lines


def _said(dossier: Dossier, review: Review, label: str | None) -> tuple[str, ...]:
    words = board_phrases(Language.FR)
    say = phrases(Language.FR).sentence
    state = review.sample_state
    lines = [
        say(
            "report",
            "review_signed",
            day=words.day(review.signed_at),
            who=review.reviewer.id,
            centre=review.reviewer.centre or words.ui("not_filled_in"),
            label=label,
        ),
        say(
            "report",
            "review_state",
            state=words.inline("state", state.reviewed),
            basis=words.term("review_basis", state.basis),
        ),
    ]
    if state.reason is not None:
        lines.append(say("report", "review_because", text=state.reason))
    decisions = {one.fusion_id: one for one in review.decisions}
    for fusion in dossier.fusions:
        if fusion.fusion_id in decisions:
            lines += decision_lines(fusion, decisions[fusion.fusion_id])
    if review.comment is not None:
        lines.append(say("report", "review_comment", text=review.comment))
    lines.append(say("report", "review_then_automatic"))
    return tuple(lines)
