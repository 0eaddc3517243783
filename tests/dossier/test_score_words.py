"""What the page says of the likelihood ratio, and that the note of what it is not stands by."""

from __future__ import annotations

import pytest
from tests.dossier import builders
from tests.dossier.cases import CASES
from tests.dossier.page_text import Page

from nutfusion.dossier.messages import NARROW, Language, phrases
from nutfusion.dossier.page import dossier_html
from nutfusion.dossier.score_words import score_view
from nutfusion.scoring.evidence_score import times_likelier


def said(score: float, *, is_cut: bool = False, language: Language = Language.EN) -> str:
    """The sentence of a score."""
    fusion = builders.dossier(builders.call()).fusions[0]
    basis = fusion.score_basis.model_copy(update={"is_cut": is_cut, "times": times_likelier(score)})
    changed = fusion.model_copy(update={"score": score, "score_basis": basis})
    return score_view(changed, phrases(language)).says


@pytest.mark.parametrize(
    ("score", "is_cut", "says"),
    [
        (3.16, False, "about 1,000 times likelier if the fusion is real"),
        (1.58, False, "about 40 times likelier if the fusion is real"),
        (0.5, False, "about 3 times likelier if the fusion is real"),
        (0.4, False, "do not tell a real fusion from an artefact"),
        (0.0, False, "do not tell a real fusion from an artefact"),
        (-0.4, False, "do not tell a real fusion from an artefact"),
        (-1.3, False, "about 20 times likelier under an artefact"),
        (4.0, True, "at least 10,000 times likelier if the fusion is real"),
        (-4.0, True, "at least 10,000 times likelier under an artefact"),
    ],
)
def test_a_score_in_words(score: float, is_cut: bool, says: str) -> None:
    assert says in said(score, is_cut=is_cut)


def test_french_comes_with_the_likeliest_artefact() -> None:
    words = said(1.58, language=Language.FR)
    assert "environ 40 fois plus vraisemblables si la fusion est réelle" in words
    assert "des lectures d'un autre gène, de séquence voisine" in words


def test_the_page_says_it_with_its_limits_and_what_was_left_out() -> None:
    page = Page(dossier_html(builders.dossier(builders.call()), builders.panel()))
    french = page.text("fr").replace(NARROW, " ")
    assert "n'est pas la probabilité que la fusion soit vraie" in french
    assert "les autres échantillons de la série ne sont pas connus" in french
    english = page.text("en")
    assert "replaces no criterion" in english
    assert "Not taken into account: fragments of another sample of the run" in english


def test_no_score_is_said_with_its_reason() -> None:
    dossier = builders.dossier(CASES["inferred"])
    assert dossier.fusions[0].score is None
    page = Page(dossier_html(dossier, builders.panel()))
    assert "Not computed: it is computed from reads of RNA alone." in page.text("en")
    assert dossier.provenance.error_model is None
