"""A declared test that disagrees with the reads is shown with what is published about it."""

from __future__ import annotations

import pytest
from tests.dossier import builders
from tests.dossier.page_text import Page

from nutfusion.dossier.messages import NARROW
from nutfusion.dossier.page import dossier_html
from nutfusion.model.dossier import OrthogonalTest


def _section(kind: str, result: str, *, seen: bool = True) -> str:
    facts = builders.sample(
        orthogonal=(OrthogonalTest(kind=kind, result=result, detail=None),),
    )
    found = (builders.call(),) if seen else ()
    html = dossier_html(builders.dossier(*found, facts=facts), builders.panel())
    words = Page(html).text("fr").replace(NARROW, " ")
    return words.partition("Autres examens (déclarés)")[2].partition("Traçabilité")[0]


@pytest.mark.parametrize(
    ("kind", "explanation"), [("ihc", "87 % (Haack 2009)"), ("fish", "cryptiques")]
)
def test_a_negative_test_beside_a_read_fusion_is_a_discordance(kind: str, explanation: str) -> None:
    words = _section(kind, "negative")
    assert "Discordance : " in words.replace("Discordance  :", "Discordance :")
    assert explanation in words
    assert "n'écarte pas la fusion" in words


def test_a_positive_test_agrees_and_names_no_partner() -> None:
    words = _section("ihc", "positive")
    assert "concordant avec un réarrangement de NUTM1" in words
    assert "Discordance" not in words


def test_a_test_without_bearing_is_not_weighed() -> None:
    assert "sans objet" in _section("rt_pcr", "positive")
