"""The conclusion of a CR-GM as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.exports.shapes import positive, shapes

from nutfusion.dossier.catalogue import catalogue
from nutfusion.exports.crgm_text import crgm_text
from nutfusion.exports.placeholders import Placeholder
from nutfusion.exports.report_words import variant_place

if TYPE_CHECKING:
    from pathlib import Path

MARK = re.compile(r"\{\{(\w+)\}\}")


def test_the_canonical_fusion() -> None:
    lines = crgm_text(positive()).splitlines()
    assert "(LOINC 50397-9)" in lines[0]
    assert "Échantillon (pseudonyme)\u202f: EX-POS-01" in lines
    assert "Jonction du transcrit (GRCh38)\u202f: chr19:15254152(-)::chr15:34347969(+)" in lines
    assert any("NUTM1 est réarrangé avec BRD4, gène de la famille BET" in line for line in lines)
    assert any("NM_058243.3(BRD4):e.11::NM_001284292.2(NUTM1):e.3" in line for line in lines)
    assert any("en rechute oui" in line for line in lines)


def test_identity_is_marks_only() -> None:
    """No mark but the listed ones; the marks stand where reports want an identity."""
    for dossier in shapes().values():
        found = set(MARK.findall(crgm_text(dossier)))
        assert found <= {mark.value for mark in Placeholder}
        assert {"PATIENT_NOM_NAISSANCE", "PATIENT_INS", "BIOLOGISTE_RPPS"} <= found


def test_it_never_says_eligible() -> None:
    for dossier in shapes().values():
        assert "éligible" not in crgm_text(dossier).lower()


def test_domains_that_nobody_verified_are_marked() -> None:
    (line,) = [t for t in crgm_text(positive()).splitlines() if t.startswith("Domaines")]
    assert "BRD4 BD1 (non vérifié)" in line


def test_a_negative_says_that_it_does_not_exclude() -> None:
    text = crgm_text(shapes()["negative"])
    assert "Fusion de NUTM1 non détectée" in text
    assert "aurait été vue avec une probabilité de 95" in text
    assert "une plus rare n'est pas exclue" in text


def test_what_is_not_known_is_said_in_words_and_not_zero() -> None:
    text = crgm_text(shapes()["case counts unknown"])
    assert "Paires discordantes\u202f: non disponible" in text
    assert "prétraité non déclaré" in text


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("positive", "chr19:15254152(-)::chr15:34347969(+)"),
        ("case bounded", "chr19:(15254152_15255592)(-)::chr15:(34347969_34348677)(+)"),
        ("unknown-partner", "?::chr15:34347969(+)"),
        ("case inferred", "?::?"),
    ],
)
def test_places(name: str, place: str) -> None:
    assert variant_place(shapes()[name].fusions[0]) == place


def test_every_statement_is_one_line() -> None:
    """A line end in a declared disease makes no line of its own."""
    lines = crgm_text(shapes()["hostile"]).splitlines()
    assert any('@SUM(1+1) <b>"x"& -2' in line for line in lines)


def test_every_sentence_of_the_section_is_used_and_every_used_one_exists(project: Path) -> None:
    room = project / "src" / "nutfusion" / "exports"
    source = "\n".join(path.read_text("utf-8") for path in room.glob("*.py"))
    asked = set(re.findall(r'say\(\s*"report",\s*"(\w+)"', source))
    keys = set(catalogue()["report"])
    assert asked <= keys
    assert {key for key in keys - asked if f'"{key}"' not in source} == set()
