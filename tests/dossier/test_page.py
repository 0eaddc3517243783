"""The page: one offline file, both languages, everything escaped, nothing the JSON lacks."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from tests.dossier import builders
from tests.dossier.cases import CASES
from tests.dossier.hostile import hostile_dossier
from tests.dossier.kinds import several
from tests.dossier.page_text import Page
from tests.dossier.programs import PROGRAMS

from nutfusion.dossier.catalogue import catalogue
from nutfusion.dossier.document import dossier_json
from nutfusion.dossier.limit_figure import limit_view
from nutfusion.dossier.messages import NARROW, Language, phrases
from nutfusion.dossier.page import dossier_html
from nutfusion.dossier.paper import css_text
from nutfusion.dossier.shapes import SHAPES
from nutfusion.eligibility.evaluate import evaluate
from nutfusion.eligibility.policy import load_policy
from nutfusion.model import terms
from nutfusion.model.dossier import Declared, Dossier
from nutfusion.model.run_level import ControlOutcome, SampleComparison, SharedJoint

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = ("positive", "unknown-partner", "neighbour", "negative", "failed")


def _page(dossier: Dossier) -> Page:
    return Page(dossier_html(dossier, builders.panel()))


def _plain(text: str) -> str:
    return text.replace(NARROW, " ")


@pytest.mark.parametrize(
    ("name", "french", "english"),
    [
        (
            "positive",
            "Fusion BRD4::NUTM1 mise en évidence : NUTM1 est réarrangé avec BRD4",
            "BRD4::NUTM1 fusion found: NUTM1 is rearranged with BRD4",
        ),
        (
            "unknown-partner",
            "le gène partenaire n'est pas identifié",
            "the partner gene is not identified",
        ),
        (
            "neighbour",
            "NUTM1 n'est joint qu'à un gène voisin en 15q14 (SLC12A6::NUTM1)",
            "NUTM1 is only joined to a 15q14 neighbour (SLC12A6::NUTM1)",
        ),
        ("negative", "Aucune fusion de NUTM1 détectée", "No NUTM1 fusion detected"),
        ("failed", "Résultat non interprétable : aucune fusion", "Not assessable"),
    ],
)
def test_page_answers_in_both_languages(
    name: str, french: str, english: str, examples: Mapping[str, Dossier]
) -> None:
    page = _page(examples[name])
    assert french in _plain(page.text("fr"))
    assert english in page.text("en")
    assert english not in page.text("fr")


def test_answer_rests_on_counts_profile_and_quality(examples: Mapping[str, Dossier]) -> None:
    words = _plain(_page(examples["positive"]).text("fr"))
    assert "8 fragments distincts chevauchant la jonction et 3 paires discordantes" in words
    assert "rnaseq, version 1.0" in words
    assert "Qualité Tous les critères de qualité sont remplis" in words
    assert "Insuffisante : nombre de fragments séquencés" in _plain(
        _page(examples["failed"]).text("fr")
    )


def test_sections_stand_in_the_order_a_board_reads(examples: Mapping[str, Dossier]) -> None:
    words = _page(examples["positive"]).text("en")
    order = [
        "Conclusion",
        "What the board should know",
        "The fusion, drawn to scale",
        "Reads at the joint",
        "What each source says",
        "Criteria of the fusion",
        "What was examined",
        "Criteria quoted by the press release",
        "Orthogonal tests (declared)",
        "Provenance",
    ]
    places = [words.index(heading) for heading in order]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["negative", "failed"])
def test_page_without_fusion_says_what_was_sought_and_could_have_been_seen(
    name: str, examples: Mapping[str, Dossier]
) -> None:
    words = _page(examples[name]).text("en")
    for heading in ("How far the result goes", "Could a fusion have been seen?", "looked for"):
        assert heading in words
    assert words.count("no sequence of this") == 7
    said = {"negative": "7.7% or more of BRD4's transcripts", "failed": "no limit can be given"}
    assert said[name] in words


def test_the_limits_are_drawn_and_said(examples: Mapping[str, Dossier]) -> None:
    dossier = examples["negative"]
    limits = limit_view(dossier.detectability, phrases(Language.EN))
    assert limits.svg is not None
    drawn = str(limits.svg)
    known = {end.exon: end.tag for end in dossier.detectability[0].exon_ends}
    assert drawn.count("limit-full") == sum(tag is not None for tag in known.values())
    assert drawn.count("limit-open") == sum(tag is None for tag in known.values())
    assert all(f"exon {exon} 7.7%" in limits.label for exon in known)
    # one of two alleles: twice the share of transcripts is the share of tumour cells
    assert limits.words[1].startswith("Assumption")
    assert "15% tumour cells" in limits.words[1]
    high = [
        row.model_copy(
            update={
                "exon_ends": tuple(
                    end.model_copy(update={"detection_limit": 0.6}) for end in row.exon_ends
                )
            }
        )
        for row in dossier.detectability
    ]
    said = limit_view(high, phrases(Language.EN)).words[1]
    assert "tumour cells alone could have been missed" in said
    assert limit_view(examples["failed"].detectability, phrases(Language.EN)).svg is None


@pytest.mark.parametrize("name", NAMES)
def test_page_stands_alone(name: str, examples: Mapping[str, Dossier]) -> None:
    html = dossier_html(examples[name], builders.panel())
    page = Page(html)
    policy = next(a["content"] or "" for a in page.named("meta") if a.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy
    for tag, attributes in page.tags:
        assert tag not in {"iframe", "object", "embed", "img", "base", "form"}
        assert not any(key.startswith("on") for key in attributes)
        for key in ("src", "href", "action", "srcset"):
            value = attributes.get(key)
            assert value is None or value.startswith(("#", "data:")), (tag, value)
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "localStorage" not in script
    assert "cookie" not in script


@pytest.mark.parametrize("name", [*NAMES, *CASES])
def test_ids_are_unique_and_references_lead_somewhere(
    name: str, examples: Mapping[str, Dossier]
) -> None:
    dossier = examples[name] if name in examples else builders.dossier(CASES[name])
    page = _page(dossier)
    ids = [a["id"] for _, a in page.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    for _, attributes in page.tags:
        for key in ("aria-labelledby", "for"):
            for target in (attributes.get(key) or "").split():
                assert target in ids
        if (attributes.get("href") or "").startswith("#"):
            assert (attributes["href"] or "")[1:] in ids


def test_everything_from_outside_is_escaped() -> None:
    html = dossier_html(hostile_dossier(), builders.panel())
    page = Page(html)
    assert len(page.named("script")) == 1
    assert not page.named("img")
    assert not any(key == "onerror" for _, attributes in page.tags for key in attributes)
    assert "alert(1)" in page.text("fr")
    assert "<script>alert" not in html
    assert not re.search(r"\b49\b", page.text("fr"))  # a template that computes 7*7


def _numbers(text: str, separator: str = "_") -> set[str]:
    """Runs of three digits or more, the language's thousands put together."""
    joined = re.sub(rf"(?<=\d){separator}(?=\d{{3}}(?!\d))", "", text)
    return set(re.findall(r"\d{3,}", joined))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_number_of_the_page_is_in_the_json_or_in_the_catalogue(
    name: str, language: str, examples: Mapping[str, Dossier]
) -> None:
    dossier = examples[name]
    said = re.sub(r"0[.,]021", "", _page(dossier).text(language))  # a share as a percentage
    written = dossier_json(dossier)
    known = _numbers(written) | _numbers(written, ",") | _numbers(str(catalogue()))
    separator = NARROW if language == "fr" else ","
    assert _numbers(said, separator) - known == set()


_IDENTIFIER = re.compile(
    r"(?:ENS[TGP]|[NX][MR]_)\d+(?:\.\d+)?|HGNC:\d+|nf1\.\w+|PMC?\d{5,}|SQ\.\w+"
)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", [*PROGRAMS, *CASES, "several"])
def test_no_kind_of_page_has_a_number_or_identifier_of_its_own(name: str, language: str) -> None:
    dossier = several() if name == "several" else PROGRAMS.get(name)
    if dossier is None:
        dossier = builders.dossier(CASES[name])
    words = _page(dossier).text(language)
    written = dossier_json(dossier)
    known = f"{written} {_numbers(written, ',')} {catalogue()}"
    found = set(_IDENTIFIER.findall(words))
    assert found
    assert {one for one in found if one not in known} == set()
    said = re.sub(r"0[.,]021", "", words)  # a share as a percentage
    separator = NARROW if language == "fr" else ","
    # a digest is shown by its first characters: any run of its figures is in the whole one
    assert {n for n in _numbers(said, separator) if n not in known} == set()


@pytest.mark.parametrize("name", NAMES)
def test_page_states_every_fusion_criterion_gate_and_input(
    name: str, examples: Mapping[str, Dossier]
) -> None:
    dossier = examples[name]
    words = _page(dossier).text("en")
    for fusion in dossier.fusions:
        assert fusion.fusion_id in words
        for synonym in fusion.synonyms:
            assert synonym in words
        for read in fusion.support.reads:
            assert read.name in words
    for gate in dossier.policy.gates:
        assert gate.source in words
        assert gate.quote is None or gate.quote in words
    for file in dossier.provenance.inputs:
        assert file.sha256 is not None
        assert file.sha256 in words
    for statement in (dossier.provenance.panel, dossier.provenance.assay, dossier.policy.digest):
        assert statement in words


def test_unverified_domains_are_marked_in_both_languages(examples: Mapping[str, Dossier]) -> None:
    page = _page(examples["positive"])
    assert page.text("fr").count("non vérifié") >= 4
    assert page.text("en").count("unverified") >= 4


@pytest.mark.parametrize("name", [*NAMES, *CASES])
def test_no_page_says_eligible(name: str, examples: Mapping[str, Dossier]) -> None:
    dossier = examples[name] if name in examples else builders.dossier(CASES[name])
    html = dossier_html(dossier, builders.panel())
    assert not re.search(r"(in|non[- ])?[eé]ligib", html, re.IGNORECASE)


def test_several_fusions_have_a_section_each_and_the_first_is_open() -> None:
    dossier = builders.dossier(builders.call(), CASES["neighbour"], CASES["reciprocal"])
    page = _page(dossier)
    sections = [a for a in page.named("details") if a.get("class") == "fusion"]
    assert len(sections) == 2 * 3
    assert ["open" in section for section in sections] == [True, False, False] * 2
    assert "Fusion 1 sur 3" in page.text("fr")
    assert "2 other fusions are described below." in page.text("en")


def test_fusions_of_one_name_are_told_apart_in_the_overview() -> None:
    dossier = builders.dossier(builders.call(), CASES["out of frame"])
    overview = _page(dossier).text("en").partition("Overview")[2]
    places = [fusion.junction.five_prime for fusion in dossier.fusions]
    assert len({place.position for place in places if place is not None}) == 2
    for number, place in enumerate(places, start=1):
        assert place is not None
        said = f"{number}. BRD4::NUTM1 {place.contig}:{place.position} :: chr15:34347969"
        assert said in overview


@pytest.mark.parametrize(
    ("case", "says"),
    [
        # Chau 2020: by site and partner; nothing for partners that it does not name
        ("canonical", "10 months outside the thorax with BRD4 (45 patients)"),
        ("many exons", "36.5 months outside the thorax with BRD3 or NSD3 (12 patients)"),
        ("sarcoma", "No survival figure is cited here for this partner."),
        ("out of frame", None),
        ("neighbour", None),
    ],
)
def test_what_is_published_of_survival_stands_beside_confirmed_fusions_only(
    case: str, says: str | None
) -> None:
    words = _page(builders.dossier(CASES[case])).text("en")
    assert ("Published prognosis, not a criterion" in words) is (says is not None)
    assert says is None or says in words


def test_quotes_stay_french_in_the_english_page(examples: Mapping[str, Dossier]) -> None:
    page = _page(examples["positive"])
    quotes = page.named("q")
    assert quotes
    assert all(quote.get("lang") == "fr" for quote in quotes)
    assert "prétraités et en rechute" in page.text("en")


def test_duplicates_are_labelled(examples: Mapping[str, Dossier]) -> None:
    page = _page(examples["positive"])
    assert "doublon" in page.text("fr")
    assert sum(a.get("class") == "copy" for a in page.named("tr")) == 2


def test_every_vocabulary_word_has_a_shape() -> None:
    shown = (
        terms.MolecularState,
        terms.Verdict,
        terms.SourceSays,
        terms.DomainStatus,
    )
    assert {member.value for kind in shown for member in kind} == set(SHAPES)


def test_same_dossier_gives_the_same_page(examples: Mapping[str, Dossier]) -> None:
    first, second = (dossier_html(examples["positive"], builders.panel()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", CASES)
def test_every_shape_of_fusion_has_a_page(name: str) -> None:
    words = _page(builders.dossier(CASES[name])).text("fr")
    assert "None" not in words
    assert "{" not in words


def _gate_findings(state: str, facts: Declared) -> str:
    scored = builders.scored(builders.call())
    if state == "not_detected":
        scored = builders.scored()
    elif state != "confirmed_bet":
        scored = scored.model_copy(update={"molecular_state": terms.MolecularState(state)})
        first = scored.fusions[0].model_copy(update={"state": scored.molecular_state})
        scored = scored.model_copy(update={"fusions": (first,)})
    sample = builders.sample(declared=facts)
    policy = evaluate(scored, sample, load_policy())
    dossier = builders.dossier(builders.call()).model_copy(update={"policy": policy})
    html = dossier_html(dossier, builders.panel())
    table = html.partition('class="stacking policy"')[2].partition("</table>")[0]
    assert "shape-cross" not in table
    return _plain(" ".join(re.sub(r"<[^>]+>", " ", table).split())).replace("&#39;", "'")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("confirmed_bet", "constaté : fusion de NUTM1 avec un gène BET, confirmée (BRD4::NUTM1)"),
        ("confirmed_bet", "les exigences de confirmation du protocole ne sont pas connues"),
        ("confirmed_bet_complex", "à apprécier par la RCP : fusion de NUTM1 avec un partenaire"),
        ("not_detected", "non constaté : fusion de NUTM1 non détectée"),
        ("not_detected", "déclaré : non"),
        ("not_detected", "déclaré : oui"),
        (
            "not_detected",
            "diagnostic déclaré : thymome ; concordance avec carcinome NUT à apprécier par la RCP",
        ),
    ],
)
def test_gates_are_findings(state: str, said: str) -> None:
    facts = Declared(disease="thymome", pretreated=True, relapse=False)
    assert said in _gate_findings(state, facts)


def test_policy_names_its_subject_and_what_was_not_read(examples: Mapping[str, Dossier]) -> None:
    words = _plain(_page(examples["positive"]).text("fr"))
    assert "le protocole de l'ANSM n'a pas été lu" in words
    assert "Objet : Birabresib" in words
    assert "Seul le communiqué de presse a été lu" in words
    assert "Verdict" not in words.partition("Critères cités")[2].partition("Autres examens")[0]


def test_a_policy_that_was_read_in_full_is_not_called_a_press_release() -> None:
    assert "communiqué" not in _page(builders.dossier(builders.call())).text("fr")


def test_what_a_profile_says_of_itself_is_shown(examples: Mapping[str, Dossier]) -> None:
    positive = examples["positive"]
    said = {"note": "Stops at exon 11.", "note_fr": "S'arrête à l'exon 11."}
    assay = positive.assay.model_copy(update=said)
    page = _page(positive.model_copy(update={"assay": assay}))
    assert positive.assay.title in page.text("en")
    assert "Stops at exon 11." in page.text("en")
    assert _plain(positive.assay.title_fr) in _plain(page.text("fr"))
    assert "S'arrête à l'exon 11." in page.text("fr")


def _of(panel: str, assay: str) -> Dossier:
    dossier = builders.dossier(builders.call())
    provenance = dossier.provenance.model_copy(update={"panel": panel, "assay": assay})
    return dossier.model_copy(update={"provenance": provenance})


@pytest.mark.parametrize(
    ("panel", "assay", "is_test"),
    [
        ("starter@0", "rnaseq@1.0@0", False),
        ("synthetic@0", "rnaseq@1.0@0", True),
        ("starter@0", "test-data@1.0@0", True),
        ("starter@0", "test-data-2@1.0@0", False),
    ],
)
def test_test_data_has_a_banner(panel: str, assay: str, *, is_test: bool) -> None:
    page = _page(_of(panel, assay))
    french, english = "ce dossier ne concerne aucun patient", "this dossier is about no patient"
    assert (french in page.text("fr"), english in page.text("en")) == (is_test, is_test)


def test_paper_has_the_sample_on_every_page_and_a_place_to_sign() -> None:
    html = dossier_html(
        builders.dossier(facts=builders.sample(id="A-1"), sample="A-1"), builders.panel()
    )
    assert '@bottom-left { content: "NUTM1   A\\2d 1"; }' in html
    assert "counter(page)" in html
    words = Page(html).text("fr")
    for label in ("Relu par", "Signature", "Bloc", "Date de prélèvement", "Site du prélèvement"):
        assert label in words
    assert "aucune donnée nominative" in words


def test_a_sample_cannot_leave_the_style_sheet() -> None:
    said = css_text('"; } </style><script> é')
    assert not set('"<>;}') & set(said)
    assert said.startswith("\\22 \\3b ")


def test_english_sources_are_marked_in_the_french_page(examples: Mapping[str, Dossier]) -> None:
    html = dossier_html(examples["positive"], builders.panel())
    french, _, english = html.rpartition('data-language="en"')
    assert french.count('<span lang="en">') >= 3
    assert '<span lang="en">' not in english


def test_not_asked_is_not_unknown(examples: Mapping[str, Dossier]) -> None:
    words = _page(examples["positive"]).text("fr")
    assert "lectures FASTQ" in words
    said = "Confiance Tous les critères déterminants remplis. À titre indicatif : les lectures sont"
    assert said in _plain(words)
    dossier = builders.dossier(builders.call())
    first = (
        dossier.fusions[0]
        .criteria[0]
        .model_copy(
            update={
                "verdict": terms.Verdict.NOT_ASSESSABLE,
                "required": "not asked by this profile",
                "observed": None,
            }
        )
    )
    fusion = dossier.fusions[0].model_copy(update={"criteria": (first,)})
    words = _page(dossier.model_copy(update={"fusions": (fusion,)})).text("fr")
    assert "Nombre de fragments à l'appui Chaque fragment" in words
    assert "artefact de préparation. sans objet sans objet non exigé par ce profil" in words


def test_a_domain_behind_a_broken_frame_is_not_translated() -> None:
    words = _page(builders.dossier(CASES["out of frame"])).text("fr")
    assert "non traduit (cadre rompu) AD1/F1c" in words
    assert "Domaines non traduits" in words
    assert "perdu AD1" not in words


def test_unverified_domains_say_how_they_were_checked(examples: Mapping[str, Dossier]) -> None:
    words = _page(examples["positive"]).text("fr")
    assert words.count("sequence check: W81 P82 F83") == 1
    assert "région de liaison à ET" in _page(builders.dossier(CASES["many exons"])).text("fr")


def test_published_context_is_of_one_joint_and_no_criterion(
    examples: Mapping[str, Dossier],
) -> None:
    assert "PMID 29348827" in _page(examples["positive"]).text("fr")
    assert "Contexte, pas un critère" in _page(examples["positive"]).text("fr")
    for case in ("out of frame", "bounded", "many exons", "inside an exon"):
        assert "29348827" not in _page(builders.dossier(CASES[case])).text("fr")


def test_a_lifted_position_that_nobody_confirmed_is_marked() -> None:
    dossier = builders.dossier(builders.call())
    fusion = dossier.fusions[0]

    def marks(*, verified: bool) -> int:
        lifted = fusion.lifted["GRCh37"].model_copy(update={"five_prime_verified": verified})
        changed = fusion.model_copy(update={"lifted": {"GRCh37": lifted}})
        html = dossier_html(dossier.model_copy(update={"fusions": (changed,)}), builders.panel())
        return html.partition('class="coordinates"')[2].partition("</table>")[0].count("unverified")

    assert (marks(verified=True), marks(verified=False)) == (0, 1)


def test_other_samples_of_the_run_stand_in_a_table() -> None:
    shared = SharedJoint(
        fusion_id="nf1.x",
        other="S7",
        other_control="negative",
        counted="all",
        here=12,
        there=34,
        expected=0.068,
        probability=0.0,
        explained_by="control",
        is_private=False,
        compared=150,
        differences=2,
    )
    run = SampleComparison(
        sample="S1",
        run="R1",
        control=None,
        others=("S7", "S8"),
        controls=(ControlOutcome(sample="S7", control="negative", shows_fusion=True),),
        shared=(shared,),
        hopping_rate=0.02,
        hopping_source="somewhere",
        settings="run-level@1.0@0",
    )
    made = builders.dossier().model_copy(update={"run_level": run, "run_level_reason": None})
    text = _plain(dossier_html(made, builders.panel()))
    for words in ("Comparé aux 2 autres échantillons de la série R1", "contrôle négatif",
                  "2 différences sur 150 bases", "contrôle négatif qui montre la jonction",
                  "Compared with the 2 other samples of run R1", "negative control",
                  "2 differences in 150 bases", "NUTM1 fusion seen"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    ("control", "french"),
    [
        ("negative", "Contrôle négatif de la série"),
        ("positive", "Contrôle positif de la série"),
    ],
)
def test_a_control_is_no_patient(control: str, french: str) -> None:
    sample = builders.sample().model_copy(update={"control": control})
    made = builders.dossier().model_copy(update={"sample": sample})
    assert f"{french} : ce dossier ne concerne aucun patient" in _plain(
        dossier_html(made, builders.panel())
    )
