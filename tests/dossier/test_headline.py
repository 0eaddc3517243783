"""The first sentence says what was seen, and never more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests import builders as shared
from tests.dossier import builders
from tests.dossier.cases import CASES
from tests.dossier.page_text import Page
from tests.dossier.programs import PROGRAMS

from nutfusion.dossier.catalogue import catalogue
from nutfusion.dossier.conclusion import conclusion
from nutfusion.dossier.messages import NARROW, Language, phrases
from nutfusion.dossier.page import dossier_html
from nutfusion.model.dossier import OrthogonalTest
from nutfusion.scoring.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.model.dossier import Dossier

OWN_HEADLINES = {
    "below_profile_otherwise",
    "none_in_frame",
    "otherwise",
}
WEAK = builders.call(support=shared.support(split_reads=1, discordant_pairs=1, distinct_starts=2))


def _said(dossier: Dossier, language: Language = Language.FR) -> Any:
    return conclusion(dossier, phrases(language))


def _answer(dossier: Dossier, language: Language = Language.FR) -> str:
    return str(_said(dossier, language).answer).replace(NARROW, " ")


def test_headlines_are_of_known_reasons() -> None:
    assert set(catalogue()["headline"]) <= set(REASONS) | OWN_HEADLINES


def without_limit(dossier: Dossier) -> Dossier:
    """The negative example as a sample of which no limit is known."""
    reasons = tuple(text for text in dossier.state_reasons if not text.startswith("limit_"))
    return dossier.model_copy(update={"state_reasons": reasons, "detectability": ()})


@pytest.mark.parametrize("language", list(Language))
def test_a_negative_without_a_limit_does_not_claim_that_a_fusion_would_have_been_seen(
    language: Language, examples: Mapping[str, Dossier]
) -> None:
    answer = _answer(without_limit(examples["negative"]), language)
    assert "permettait" not in answer
    assert "could have" not in answer
    said = {"fr": "n'exclut pas une fusion", "en": "does not exclude a fusion"}
    assert said[language.value] in answer


def test_a_negative_says_how_rare_a_fusion_would_have_been_seen(
    examples: Mapping[str, Dossier],
) -> None:
    answer = _answer(examples["negative"])
    assert "Une fusion BRD4::NUTM1 (exon 11) représentant au moins 7,7 %" in answer
    assert "une plus rare n'est pas exclue" in answer


@pytest.mark.parametrize(
    ("case", "french", "english"),
    [
        (
            "weak",
            "vue par 2 fragments (dont 1 chevauchant la jonction), sous le seuil du profil",
            "BRD4::NUTM1 joint seen by 2 fragments (1 of them across the joint), below",
        ),
        (
            "out of frame",
            "(8 fragments chevauchant la jonction) mais hors cadre de lecture ; aucun transcrit",
            "but out of frame; no in-frame transcript seen.",
        ),
        (
            "reciprocal",
            "seul NUTM1::BRD4 (NUTM1 en 5′) est vu ; aucun transcrit avec NUTM1 en 3′.",
            "only NUTM1::BRD4 (NUTM1 as the 5′ gene) is seen",
        ),
        (
            "bounded",
            "un intervalle (chr19:15254152–15255592 :: chr15:34347969–34348677)",
            "known only as a range",
        ),
    ],
)
def test_an_indeterminate_sample_says_what_was_seen(case: str, french: str, english: str) -> None:
    dossier = builders.dossier(WEAK if case == "weak" else CASES[case])
    assert dossier.molecular_state == "indeterminate"
    assert french in _answer(dossier)
    assert english in _answer(dossier, Language.EN)


def test_an_indeterminate_answer_says_that_it_is_one() -> None:
    shown = [builders.dossier(WEAK), *map(builders.dossier, CASES.values()), *PROGRAMS.values()]
    unsure = [dossier for dossier in shown if dossier.molecular_state == "indeterminate"]
    assert len(unsure) > 8
    for dossier in unsure:
        french, english = _answer(dossier), _answer(dossier, Language.EN)
        assert french.startswith("Résultat indéterminé : "), french
        assert english.startswith("Indeterminate: "), english


def test_possible_carry_over_is_said_in_one_breath() -> None:
    # the figures of the comparison stand among the reasons
    dossier = builders.dossier(WEAK)
    reason = "carry_over_suspected(expected=0.12, here=2, others=A B, there=47)"
    (fusion,) = dossier.fusions
    reasons = (reason, *fusion.state_reasons)
    changed = {
        "fusions": (fusion.model_copy(update={"state_reasons": reasons}),),
        "state_reasons": reasons,
    }
    answer = _answer(dossier.model_copy(update=changed))
    assert answer.startswith("Résultat indéterminé : BRD4::NUTM1 vue par 2 fragments")
    assert "contamination possible par un autre échantillon de la même série (A, B)" in answer
    assert "0,12" not in answer


@pytest.mark.parametrize("case", CASES)
def test_every_case_has_a_headline_without_holes(case: str) -> None:
    for language in Language:
        answer = _answer(builders.dossier(CASES[case]), language)
        assert not set("{}_") & set(answer), answer
        assert "None" not in answer


def test_an_in_frame_transcript_beside_a_broken_one_is_not_denied() -> None:
    weak = builders.call(
        fusion_id="nf1.weak",
        support=shared.support(split_reads=1, discordant_pairs=0, distinct_starts=1),
    )
    dossier = builders.dossier(CASES["out of frame"], weak)
    assert dossier.molecular_state == "indeterminate"
    assert "aucun transcrit en phase" not in _answer(dossier)


def test_a_fusion_that_cannot_count_does_not_lead() -> None:
    dossier = builders.dossier(CASES["reciprocal"], WEAK)
    assert "jonction BRD4::NUTM1 vue par 2 fragments" in _answer(dossier)


def test_positive_ihc_alone_is_named_in_the_headline() -> None:
    facts = builders.sample(
        orthogonal=(OrthogonalTest(kind="ihc", result="positive", detail=None),)
    )
    assert "IHC anti-NUT est déclarée positive" in _answer(builders.dossier(facts=facts))


def test_an_anchor_below_the_profile_is_not_called_low_support() -> None:
    short = builders.call(
        longest_five_prime_anchor=9, support=shared.support(reads=(), reads_total=None)
    )
    answer = _answer(builders.dossier(short))
    assert "un critère du profil n'est pas rempli (ancrage des deux côtés" in answer


@pytest.mark.parametrize(
    ("case", "meaning"),
    [
        ("sarcoma", "autre entité probable"),
        ("carcinoma_disputed", "entité à discuter"),
        ("unclassified", "signification inconnue"),
    ],
)
def test_another_partner_is_weighed_by_its_class(case: str, meaning: str) -> None:
    dossier = builders.dossier(builders.call())
    fusion = dossier.fusions[0].model_copy(update={"partner_class": case})
    changed = {"molecular_state": "confirmed_other_partner", "fusions": (fusion,)}
    assert meaning in _answer(dossier.model_copy(update=changed))


def test_carry_over_stands_beside_a_weak_answer_only(examples: Mapping[str, Dossier]) -> None:
    assert _said(builders.dossier(WEAK)).carry_over is None, "it is among the reasons"
    broken = _said(builders.dossier(CASES["out of frame"]))
    assert "à vérifier avant toute conclusion" in broken.carry_over
    assert _said(examples["positive"]).carry_over is None
    page = Page(dossier_html(builders.dossier(WEAK), builders.panel())).text("fr")
    assert page.index("à vérifier avant toute conclusion") < page.index("Points à retenir")
    assert "un seul échantillon" not in page


def test_unknown_partner_says_what_v_means_and_what_is_not_excluded(
    examples: Mapping[str, Dossier],
) -> None:
    scope = " ".join(_said(examples["unknown-partner"]).scope)
    assert "désigne un gène partenaire non identifié" in scope
    assert "n'est PAS exclu" in scope
    for gene in ("BRD3", "BRD2", "NSD3"):
        assert gene in scope
    assert "BRD4" not in scope.split("exclu")[1].split("Le partenaire")[0]
    page = Page(dossier_html(examples["unknown-partner"], builders.panel())).text("fr")
    assert page.index("nutfusion reference build") > page.index("Traçabilité")


def test_fish_alone_says_nothing_about_the_panel() -> None:
    facts = builders.sample(
        orthogonal=(OrthogonalTest(kind="fish", result="positive", detail=None),)
    )
    dossier = builders.dossier(facts=facts)
    assert dossier.molecular_state == "rearranged_partner_unknown"
    assert "PAS exclu" not in " ".join(_said(dossier).scope)


def test_a_neighbour_that_is_listed_in_leukaemias_is_said_to_be(
    examples: Mapping[str, Dossier],
) -> None:
    neighbour = examples["neighbour"]
    assert "leucémies" in " ".join(_said(neighbour).scope)  # SLC12A6 is listed under B-ALL
    source = "Distance to NUTM1; B-ALL: catalogue"
    fusion = neighbour.fusions[0].model_copy(update={"partner_class_source": source})
    changed = neighbour.model_copy(update={"fusions": (fusion,)})
    assert "leucémies" in " ".join(_said(changed).scope)
