"""The catalogue says everything in both languages, and nothing that is not asked for."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from tests.dossier import builders
from tests.dossier.cases import CASES

from nutfusion.annotation.frame import FRAME_REASONS
from nutfusion.dossier.catalogue import catalogue
from nutfusion.dossier.messages import NARROW, Language, phrases
from nutfusion.dossier.scope import SCOPE
from nutfusion.model import terms
from nutfusion.model.evidence_score import ArtefactName
from nutfusion.model.exon_names import NumberingTag
from nutfusion.model.ledger import Agreement
from nutfusion.model.remarks import REMARKS
from nutfusion.scoring.assay import load_assay
from nutfusion.scoring.context_criteria import CATALOGUE, OF_THE_PANEL
from nutfusion.scoring.criterion import BY_DEFINITION, PHRASES
from nutfusion.scoring.evidence_score import NO_SCORE
from nutfusion.scoring.ledger import LEDGER_CODES, load_orthogonal
from nutfusion.scoring.quality import LIMIT, assess_quality
from nutfusion.scoring.reasons import REASONS
from nutfusion.scoring.registry import criteria_for

if TYPE_CHECKING:
    from enum import StrEnum
    from pathlib import Path

    from nutfusion.model.scored import CriterionOutcome

VOCABULARIES: dict[str, type[StrEnum]] = {
    "state": terms.MolecularState,
    "answer": terms.MolecularState,
    "partner_class": terms.PartnerClass,
    "reading_frame": terms.ReadingFrame,
    "fusion_detection": terms.FusionDetection,
    "domain_status": terms.DomainStatus,
    "verdict": terms.Verdict,
    "gate_verdict": terms.GateVerdict,
    "source_says": terms.SourceSays,
    "numbering_tag": NumberingTag,
}
SCORE_REASONS = {
    *NO_SCORE,
    "run_not_compared",
    "other_sample_not_counted",
    "fragments_not_counted",
    "no_consensus",
    "nothing_to_compare_with",
}
OTHER_REASONS = {*terms.UnassignedReason}
"""Reasons that the read stage writes."""

OTHER_VALUES = {"yes", "no", BY_DEFINITION, CATALOGUE, OF_THE_PANEL, "Chosen by us, ADR #"}
"""Values that do not come from the criteria's ``observed`` and ``required``."""


def _forms(words: Any) -> list[str]:
    return list(words.values()) if isinstance(words, dict) else [words]


def _fields(words: Any) -> set[str]:
    parsed = (part for form in _forms(words) for part in string.Formatter().parse(form))
    return {field for _, field, _, _ in parsed if field}


def _quality() -> tuple[CriterionOutcome, ...]:
    return assess_quality(builders.qc(alignment=builders.alignment_qc()), load_assay().quality)


def test_every_message_has_both_languages_with_the_same_fields() -> None:
    for section, keys in catalogue().items():
        for key, words in keys.items():
            assert set(words) == {"fr", "en"}, (section, key)
            assert all(form.strip() for word in words.values() for form in _forms(word))
            assert _fields(words["fr"]) == _fields(words["en"]), (section, key)


@pytest.mark.parametrize("section", VOCABULARIES)
def test_vocabularies_are_said_in_full_and_no_more(section: str) -> None:
    assert set(catalogue()[section]) == {member.value for member in VOCABULARIES[section]}


def test_every_criterion_has_a_name_and_no_other_has() -> None:
    known = {c.identifier for c in criteria_for(load_assay(), builders.panel(), None)}
    known |= {outcome.id for outcome in _quality()} | {LIMIT}
    assert set(catalogue()["criterion"]) == set(catalogue()["criterion_meaning"]) == known
    assert set(catalogue()["figure"]) <= known


def test_every_text_of_the_criteria_has_words_and_no_other_has() -> None:
    words = phrases(Language.FR)
    for phrase in PHRASES:
        assert words.has_words_for(phrase.replace("#", "3")), phrase
    shapes = {
        re.sub(r"\{\w+\}", "#", key.replace("{gene}", "BRD4")) for key in catalogue()["value"]
    }
    frames = {f"{frame.value} (#)" for frame in terms.ReadingFrame}
    assert shapes - set(PHRASES) - frames == OTHER_VALUES


def test_artefacts_and_what_keeps_them_from_being_judged_are_said_and_no_more() -> None:
    assert set(catalogue()["artefact"]) == set(get_args(ArtefactName))
    assert set(catalogue()["score_reason"]) == SCORE_REASONS


def test_every_reason_has_a_sentence_with_its_values_and_no_other_has() -> None:
    known = {
        **REASONS,
        **LEDGER_CODES,
        **REMARKS,
        **dict.fromkeys(OTHER_REASONS | set(FRAME_REASONS), ()),
    }
    sentences = catalogue()["reason"]
    assert set(sentences) == set(known)
    for code, values in known.items():
        assert _fields(sentences[code]["fr"]) <= set(values), code


def test_every_published_fact_has_a_sentence_and_no_other_has() -> None:
    facts = load_orthogonal().facts
    assert set(catalogue()["fact"]) == {fact.id for fact in facts}
    for fact in facts:
        has_figure = _fields(catalogue()["fact"][fact.id]["fr"]) == {"value"}
        assert has_figure is (fact.value is not None), fact.id


def test_every_agreement_has_a_word_and_no_other_has() -> None:
    assert set(catalogue()["agreement"]) == set(get_args(Agreement))


def test_every_gate_of_the_shipped_policy_has_a_name_and_no_other_has(project: Path) -> None:
    path = project / "config" / "eligibility" / "birabresib-put.yaml"
    gates = yaml.safe_load(path.read_text(encoding="utf-8"))["gates"]
    assert set(catalogue()["gate"]) == {gate["id"] for gate in gates}


def test_every_label_is_used_and_every_used_label_exists(project: Path) -> None:
    room = project / "src" / "nutfusion" / "dossier"
    files = [*room.glob("*.py"), *room.glob("templates/*.jinja")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    labels = set(catalogue()["ui"])
    asked = set(re.findall(r'\bui\("([a-z0-9_]+)"[,)]', source))
    assert asked <= labels
    built = {"kind_split", "kind_discordant"}
    unused = {label for label in labels - built if not re.search(f"[\"']{label}[\"']", source)}
    assert unused == set()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", CASES)
def test_what_criteria_observe_and_require_is_said_in_words(name: str, language: Language) -> None:
    words = phrases(language)
    fusion = builders.scored(CASES[name]).fusions[0]
    for outcome in (*fusion.criteria, *_quality()):
        for text in (outcome.observed, outcome.required):
            assert text is None or words.has_words_for(text), (outcome.id, text)
            assert "{" not in words.value(text)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", CASES)
def test_reasons_of_every_case_are_sentences(name: str, language: Language) -> None:
    words = phrases(language)
    scored = builders.scored(CASES[name])
    for reason in (*scored.state_reasons, *scored.fusions[0].state_reasons):
        assert words.reason(reason) != reason
        assert not re.search(r"[{}_=]", words.reason(reason)), words.reason(reason)


def test_unknown_codes_are_shown_raw() -> None:
    words = phrases(Language.FR)
    assert words.reason("never_heard_of(a=1)") == "never_heard_of(a=1)"
    assert words.reason("Not a reason at all") == "Not a reason at all"
    assert words.term("criterion", "new_criterion") == "new_criterion"
    assert words.value("17 bananas") == "17 bananas"
    assert words.value(None) == "non disponible"


def test_a_missing_value_stays_visible() -> None:
    assert "{gene}" in phrases(Language.EN).reason("nutm1_joined_to_bet")


def test_french_numbers_and_spaces() -> None:
    words = phrases(Language.FR)
    assert words.number(1234567) == f"1{NARROW}234{NARROW}567"
    assert words.number(35.42, 1) == "35,4"
    assert words.percent(0.05) == f"5,0{NARROW}%"
    assert words.number(None) == "non disponible"
    assert f"{NARROW}:" in words.ui("document")
    assert phrases(Language.EN).number(1234.5) == "1,234.5"
    assert phrases(Language.EN).percent(0.05) == "5.0%"


@pytest.mark.parametrize(
    ("n", "french", "english"),
    [
        (0, "0 fragment distinct", "0 distinct fragments"),
        (1, "1 fragment distinct", "1 distinct fragment"),
        (2, "2 fragments distincts", "2 distinct fragments"),
    ],
)
def test_zero_is_singular_in_french_only(n: int, french: str, english: str) -> None:
    assert phrases(Language.FR).ui("split_fragments", n=n).startswith(french)
    assert phrases(Language.EN).ui("split_fragments", n=n).startswith(english)


def test_scope_statements_are_labels() -> None:
    for keys in SCOPE.values():
        assert set(keys) <= set(catalogue()["ui"])


def test_no_message_says_eligible() -> None:
    for keys in catalogue().values():
        for words in keys.values():
            for form in (form for word in words.values() for form in _forms(word)):
                assert not re.search(r"[eé]ligib", form, re.IGNORECASE)


def test_identity_is_a_percentage_wherever_it_stands() -> None:
    words = phrases(Language.FR)
    name = "partner_sequence_matches"
    assert words.measured(name, "1") == f"100,0{NARROW}%"
    assert words.value("identity of at least 0.95") == f"identité d'au moins 95,0{NARROW}%"
    said = words.reason(f"below_profile(criterion={name}, observed=0.915, required=0.95)")
    assert f"observé 91,5{NARROW}%" in said
    assert words.measured("enough_fragments", "17 bananas") == "17 bananas"


@pytest.mark.parametrize(
    ("measure", "said"),
    [(100.407, "100,4"), (74.871, "74,9"), (49.96, "49,96"), (75.0, "75,0"), (0.0005, "0,0005")],
)
def test_a_measure_has_one_decimal_unless_that_hides_it(measure: float, said: str) -> None:
    assert phrases(Language.FR).rounded(measure) == said


def test_english_sources_are_known_to_be_english() -> None:
    words = phrases(Language.FR)
    assert words.is_english("Ion Reporter fusion workflows")
    assert not words.is_english("Chosen by us, ADR 0005")
    assert not phrases(Language.EN).is_english("Ion Reporter fusion workflows")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        # a figure to be reached
        (
            "quality_failed(criterion=enough_fragments, observed=41206, required=100000)",
            f"observé 41{NARROW}206 fragments, exigé au moins 100{NARROW}000 fragments",
        ),
        # one not to be passed, which nobody could calculate
        (
            "quality_failed(criterion=detection_limit, observed=0.9, required=0.5)",
            f"observé plus de 90,0{NARROW}%, exigé au plus 50,0{NARROW}%",
        ),
        (
            "quality_failed(criterion=detection_limit, observed=0.62, required=0.5)",
            f"observé 62,0{NARROW}%, exigé au plus 50,0{NARROW}%",
        ),
        ("bet_partner_not_excluded(genes=BRD3 BRD2 BRDT)", "la séquence de BRD3, BRD2, BRDT"),
    ],
)
def test_a_reason_says_which_way_its_figure_is_asked(reason: str, said: str) -> None:
    assert phrases(Language.FR).reason(reason).endswith(said)
