"""The conclusion of a CR-GM as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.exports.shapes import candidate, positive, shapes, with_fusion

from nutfusion.dossier.catalogue import catalogue
from nutfusion.dossier.messages import NARROW
from nutfusion.exports.crgm_text import crgm_text
from nutfusion.exports.placeholders import Placeholder
from nutfusion.exports.report_words import variant_place
from nutfusion.model.annotated import LiftedJunction
from nutfusion.model.terms import Verdict
from nutfusion.scoring.registry import SHOWN_ONLY

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier

MARK = re.compile(r"\{\{(\w+)\}\}")


def test_the_canonical_fusion() -> None:
    lines = crgm_text(positive()).splitlines()
    assert "(LOINC 50397-9)" in lines[0]
    assert "Échantillon (pseudonyme)\u202f: EX-POS-01" in lines
    assert "Jonction du transcrit (GRCh38)\u202f: chr19:15254152(-)::chr15:34347969(+)" in lines
    assert any("NUTM1 est réarrangé avec BRD4, gène de la famille BET" in line for line in lines)
    assert any("NM_058243.3(BRD4):e.11::NM_001284292.2(NUTM1):e.3" in line for line in lines)
    assert any("en rechute oui" in line for line in lines)
    assert any(positive().assay.title_fr in line for line in lines), "the method, in French"


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


def lines(dossier: Dossier) -> list[str]:
    return crgm_text(dossier).replace(NARROW, " ").splitlines()


def test_genes_in_no_known_order_are_not_said_to_be_in_one() -> None:
    assert "Gènes, 5′ puis 3′ : BRD4 (HGNC:13575) ; NUTM1 (HGNC:29919)" in lines(positive())
    # a program that names a pair and no direction
    said = lines(shapes()["pair only"])
    (genes,) = [line for line in said if line.startswith("Gènes")]
    assert genes.startswith("Gènes, ordre 5′–3′ non établi : ")
    # the unknown 5' part keeps its place: NUTM1 alone would read as the 5' gene
    assert "Gènes, 5′ puis 3′ : non identifié ; NUTM1 (HGNC:29919)" in lines(
        shapes()["unknown-partner"]
    )


def test_a_candidate_and_an_unverified_class_are_said_to_be_that() -> None:
    (partner,) = [t for t in lines(candidate()) if t.startswith("Partenaire de NUTM1")]
    assert "BRD4" in partner
    assert "candidat désigné par une FISH" in partner
    (partner,) = [
        t
        for t in lines(with_fusion(partner_class_verified=False))
        if t.startswith("Partenaire de NUTM1")
    ]
    assert partner.endswith("(non vérifié)")


def test_positions_that_no_table_confirms_are_marked() -> None:
    lifted = LiftedJunction(
        five_prime=15364963, three_prime=34640170, five_prime_verified=True,
        three_prime_verified=False,
    )  # fmt: skip
    said = lines(with_fusion(lifted={"GRCh37": lifted}))
    assert "Jonction du transcrit (GRCh37) : 15364963::34640170 (non vérifié)" in said


def test_fragments_have_an_owner() -> None:
    """Other programs need not remove duplicates: their count is not ours."""
    assert "Fragments : 8 fragments distincts chevauchant la jonction et 3 paires discordantes" in (
        lines(positive())
    )
    said = lines(shapes()["one program"])
    (counted,) = [line for line in said if line.startswith("Fragments : 9 fragments")]
    assert counted.endswith("d'après Arriba")
    assert "distinct" not in counted


def test_where_dna_broke_is_said_or_said_to_be_unknown() -> None:
    assert any("Le point de cassure génomique n'est pas connu" in one for one in lines(positive()))
    broken = with_fusion(genomic_breakpoint=positive().fusions[0].junction)
    assert "Cassure de l'ADN (GRCh38) : chr19:15254152(-)::chr15:34347969(+)" in lines(broken)


def test_nothing_behind_a_broken_frame_is_said_to_be_lost_from_dna() -> None:
    said = lines(shapes()["case out of frame"])
    assert any(line.startswith("Domaines, non traduit (cadre rompu) : NUTM1") for line in said)


def test_what_weakens_a_frame_is_said() -> None:
    (frame,) = [t for t in lines(shapes()["case in an intron"]) if t.startswith("Phase")]
    assert len(frame.split(" ; ")) == 2


def test_a_criterion_that_decides_nothing_is_no_failed_one() -> None:
    (shown,) = sorted(SHOWN_ONLY)[:1]
    first = positive().fusions[0].criteria
    deciding = next(one for one in first if one.id not in SHOWN_ONLY)
    outcomes = tuple(
        deciding.model_copy(update={"id": name, "verdict": Verdict.NOT_MET})
        for name in (shown, deciding.id)
    )
    said = [t for t in lines(with_fusion(criteria=outcomes)) if t.startswith("Critère")]
    assert [line.partition(" non rempli")[0] for line in said] == ["Critère indicatif", "Critère"]


def test_a_negative_says_that_it_does_not_exclude() -> None:
    text = crgm_text(shapes()["negative"])
    assert "Fusion de NUTM1 non détectée" in text
    assert "aurait été vue avec une probabilité de 95" in text
    assert "une plus rare n'est pas exclue" in text


def test_what_is_not_known_is_said_in_words_and_not_zero() -> None:
    text = crgm_text(shapes()["case counts unknown"])
    assert "Paires discordantes\u202f: non disponible" in text
    assert "nombre de fragments non communiqué" in crgm_text(shapes()["case inferred"])
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
