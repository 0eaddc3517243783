"""The page says what every declared test is worth, names conflicts, and suggests with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from tests.dossier import builders
from tests.dossier.page_text import Page

from nutfusion.dossier.messages import NARROW
from nutfusion.dossier.page import dossier_html
from nutfusion.model.dossier import OrthogonalTest


def _words(language: str, *tests: dict[str, Any], seen: bool = True) -> str:
    declared = tuple(OrthogonalTest(**{"detail": None, **test}) for test in tests)
    found = (builders.call(),) if seen else ()
    dossier = builders.dossier(*found, facts=builders.sample(orthogonal=declared))
    return Page(dossier_html(dossier, builders.panel())).text(language).replace(NARROW, " ")


def _ledger(words: str) -> str:
    """The section of declared tests, in French or English."""
    for start, end in (("Autres examens (déclarés)", "Relecture"), ("Orthogonal tests", "Review")):
        if start in words:
            return words.rpartition(start)[2].partition(end)[0]
    raise AssertionError("no ledger")


@pytest.mark.parametrize(("kind", "published"), [("ihc", "87 %"), ("fish", "cryptiques")])
def test_a_negative_test_beside_a_read_fusion_is_a_named_conflict(
    kind: str, published: str
) -> None:
    said = _ledger(_words("fr", {"kind": kind, "result": "negative"}))
    assert ": négatif, alors que BRD4::NUTM1 est lue" in said
    assert "Conflits" in said
    assert "l'absence de fusion, puisqu'il est négatif" in said
    assert published in said
    assert "Haack 2009" in said


def test_a_positive_test_agrees_and_names_no_partner() -> None:
    said = _ledger(_words("fr", {"kind": "ihc", "result": "positive"}))
    assert "un réarrangement de NUTM1 est lu ; cet examen ne désigne pas le partenaire" in said
    assert "à lui seul, une fusion avec un gène BET" in said
    assert "Conflit" not in said


def test_figures_stand_beside_published_ones() -> None:
    said = _ledger(
        _words(
            "en",
            {"kind": "ihc", "result": "positive", "clone": "C52B1", "positive_nuclei": 30},
            {"kind": "fish", "result": "positive", "probe": "break_apart", "split_cells": 45},
        )
    )
    assert "30% of nuclei stained: not above the published 50%." in said
    assert "45% of cells with split probes, above the published 20%." in said


def test_a_claimed_joint_is_shown_by_coordinate() -> None:
    claim = {"kind": "rt_pcr", "result": "positive", "joint": "BRD4 exon 10::NUTM1 exon 3"}
    said = _ledger(_words("en", claim))
    assert "chr19:15255297 :: chr15:34347969" in said
    assert "may mean" in said


def test_a_candidate_is_never_shown_as_the_partner() -> None:
    dual = {
        "kind": "fish",
        "result": "positive",
        "probe": "dual_fusion",
        "probe_partner": "BRD4",
    }
    words = _words("fr", dual, seen=False)
    assert "BRD4(::)NUTM1" in words
    assert "BRD4 est un partenaire candidat, qu'aucune séquence ne montre" in words
    assert "candidat désigné par une FISH à sondes de fusion" in words
    assert "Fusion BRD4(::)NUTM1 mise en évidence" not in words
    assert "« v » désigne" not in words


def test_suggestions_say_why_and_leave_the_decision() -> None:
    words = _words("fr", {"kind": "ihc", "result": "positive"}, seen=False)
    said = words.partition("Examen utile ensuite")[2]
    assert said.index("FISH NUTM1 à sondes de séparation") < said.index("Une autre analyse d'ARN")
    assert "Seule l'IHC est positive" in said
    assert "le biologiste décide" in said


def test_nothing_is_suggested_where_the_result_stands() -> None:
    assert "Examen utile ensuite" not in _words("fr", {"kind": "ihc", "result": "positive"})
