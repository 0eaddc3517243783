"""What people said of a dossier, beside the automatic statement, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.dossier.messages import Language
from nutfusion.dossier.page import Amendment, dossier_html
from nutfusion.errors import StageFileError
from nutfusion.review.keys import fingerprint
from nutfusion.review.web import page_of_both, rendered, style
from nutfusion.review.words import board_phrases, change_text

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel
    from nutfusion.review.check import FolderCheck, ReviewCheck
    from nutfusion.review.facts import DossierFacts, FusionFacts
    from nutfusion.review.model import Decision, Review
    from nutfusion.review.words import BoardPhrases


@dataclass(frozen=True, slots=True)
class FusionRow:
    """One fusion: what stands in the dossier, and what was said of it.

    Attributes:
        fusion: The automatic statement.
        joint: Positions in words.
        decision: ``None`` when no review is in force.
        corrections: Each correction in words, with its reason.
    """

    fusion: FusionFacts
    joint: str
    decision: Decision | None
    corrections: tuple[tuple[str, str], ...]


def reviewed_html(found: FolderCheck, panel: Panel) -> str:
    """The page of a checked dossier: the review and the automatic statement side by side.

    Args:
        found: A dossier that can be read.
        panel: For the drawing.

    Returns:
        One HTML document without external parts, both languages. When this nutfusion cannot lay
        out this version of the format, the review and the essence.
    """
    from nutfusion.dossier.document import read_dossier
    from nutfusion.review.folder import DOSSIER

    if found.facts is None:
        raise StageFileError("expected a dossier that can be read", path=found.folder)
    sections = {language: review_section(found, language) for language in Language}
    try:
        dossier = read_dossier(found.folder / DOSSIER)
    except StageFileError:
        return _short_page(found, sections)
    heads = {language: _head(found, board_phrases(language)) for language in Language}
    return dossier_html(dossier, panel, Amendment(sections, heads, style()))


def review_section(found: FolderCheck, language: Language) -> str:
    """The section of one language, as HTML."""
    words = board_phrases(language)
    last = found.last
    review = last.review if last else None
    return rendered(
        "review.html.jinja",
        t=words,
        lang=language.value,
        found=found,
        review=review,
        last=last,
        rows=fusion_rows(found.facts, review, words),
        key=_key(last, words) if last else None,
        earlier=[one for one in found.reviews[:-1] if one.review is not None] if last else [],
    )


def fusion_rows(
    facts: DossierFacts | None, review: Review | None, words: BoardPhrases
) -> tuple[FusionRow, ...]:
    """Every fusion of a dossier with what a review says of it."""
    decisions = {d.fusion_id: d for d in review.decisions} if review else {}
    rows = []
    for fusion in facts.fusions if facts else ():
        decision = decisions.get(fusion.fusion_id)
        changes = decision.corrections if decision else ()
        said = tuple((change_text(one, words), one.reason) for one in changes)
        rows.append(FusionRow(fusion, joint_text(fusion), decision, said))
    return tuple(rows)


def joint_text(fusion: FusionFacts) -> str:
    """Both positions of a joint, ``?`` for one that is not placed."""
    ends = (fusion.junction.five_prime, fusion.junction.three_prime)
    return " :: ".join((end.text if end else None) or "?" for end in ends)


def _head(found: FolderCheck, words: BoardPhrases) -> str:
    """One line on who stands for the dossier."""
    return words.term("folder_status", found.status)


def _key(last: ReviewCheck, words: BoardPhrases) -> str:
    """The key of the review in force, in words."""
    if last.review is None:
        return words.ui("unknown")
    shown = fingerprint(last.review.reviewer.public_key)
    if last.key_label is None:
        return words.board("key_unknown", key=shown)
    return words.board("key_of", key=shown, label=last.key_label)


def _short_page(found: FolderCheck, sections: dict[Language, str]) -> str:
    """The review and the essence of a dossier of another version."""
    facts = found.facts
    if facts is None:
        raise StageFileError("expected a dossier that can be read", path=found.folder)
    return page_of_both(
        "short.html.jinja",
        lambda words: words.board("dossier_of", sample=facts.sample.id),
        facts.sample.id,
        facts=facts,
        sections=sections,
    )
