"""What other programs say is given as their word, and never as what was seen here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.callers.builders import BRD4_SIDE, NUTM1_SIDE, caller_file, reported, said
from tests.calls.test_consolidate import seen
from tests.dossier import builders
from tests.dossier.examples import example_dossiers
from tests.dossier.page_text import Page
from tests.dossier.programs import PROGRAMS

from nutfusion.dossier.conclusion import conclusion
from nutfusion.dossier.messages import NARROW, Language, phrases
from nutfusion.dossier.page import dossier_html
from nutfusion.dossier.sources import disagreement

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier

UNREAD = {
    Language.FR: "Aucune lecture n'a été examinée ici",
    Language.EN: "No read was looked at here",
}
DNA_BREAK = reported(
    "manta",
    molecule="dna",
    first=replace(BRD4_SIDE, position=15249003),
    second=replace(NUTM1_SIDE, position=34347000),
    split_reads=12,
    discordant_pairs=9,
)
"""A break in intron 11 of BRD4 and intron 2 of NUTM1."""

WITHOUT_READS = [name for name, found in PROGRAMS.items() if found.qc.reads is None]


def _said(name: str, language: Language = Language.FR) -> Any:
    return conclusion(PROGRAMS[name], phrases(language))


def _answer(name: str, language: Language = Language.FR) -> str:
    return str(_said(name, language).answer).replace(NARROW, " ")


def _page(dossier: Dossier, language: str = "fr") -> str:
    text = Page(dossier_html(dossier, builders.panel())).text(language)
    return " ".join(text.replace(NARROW, " ").split())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", PROGRAMS)
def test_headline_says_when_no_read_was_looked_at(name: str, language: Language) -> None:
    assert (UNREAD[language] in _answer(name, language)) is (name in WITHOUT_READS)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", PROGRAMS)
def test_headline_has_no_holes_and_no_codes(name: str, language: Language) -> None:
    answer = _answer(name, language)
    assert not set("{}_") & set(answer), answer
    assert "fastq" not in answer
    assert "None" not in answer


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", PROGRAMS)
def test_page_names_programs_as_people_do_and_never_decides(name: str, language: Language) -> None:
    page = _page(PROGRAMS[name], language.value)
    for code in ("tso500_combined", "star_fusion", "caller:", "qc.reads", "support.reads"):
        assert code not in page
    assert "ligible" not in page


def test_programs_that_agree_are_named_in_the_headline() -> None:
    assert _answer("programs alone").endswith("ici (sources : Arriba ; STAR-Fusion).")
    assert _answer("one program").endswith("ici (source : Arriba).")


def test_two_outputs_of_one_program_are_one_source() -> None:
    twins = builders.from_programs(
        said(reported("fusioncatcher"), reported("fusioncatcher_summary"))
    )
    answer = conclusion(twins, phrases(Language.EN)).answer
    assert "outputs of one program, hence one source: FusionCatcher" in answer
    assert "hence one source" not in _answer("programs alone", Language.EN)


def test_counts_of_a_program_are_its_own_and_not_called_distinct() -> None:
    # programs need not remove duplicates
    support = _said("one program").support
    assert support.endswith("d'après Arriba")
    assert "distinct" not in support
    assert "distincts" in _said("disagreement").support, "the reads' own count"


def test_criteria_that_nobody_could_assess_are_counted() -> None:
    # starts, anchors and identity need reads; what decides nothing is not counted
    assert (
        _said("programs alone").criteria == "aucun critère déterminant en défaut, 3 non évaluables"
    )


def test_nothing_is_said_of_fragments_that_nobody_looked_for() -> None:
    for name in ("silent", "blind", "unreadable"):
        assert _said(name).support.startswith("aucune fusion de NUTM1 dans les lignes lisibles")
        page = _page(PROGRAMS[name])
        assert "les lectures sont retenues par leur partie NUTM1" not in page
        assert "Toute ligne des fichiers fournis" in page


def test_without_any_file_no_read_is_all_there_is_to_say() -> None:
    # a sample with nothing but a declared IHC or FISH
    found = conclusion(builders.from_programs(said()), phrases(Language.FR))
    assert found.support == "aucune lecture n'a été examinée ici"
    assert "source" not in found.answer


def test_quality_of_reads_that_were_not_given_is_not_assessed() -> None:
    quality = _said("programs alone").quality.replace(NARROW, " ")
    assert quality == "non évaluée : aucune lecture n'a été examinée ici"


def test_a_row_that_cannot_be_read_is_the_headline() -> None:
    assert "n'a pas pu être lue (Arriba, ligne 7)" in _answer("unreadable")


def test_reads_that_do_not_show_the_fusion_are_named_beside_the_program() -> None:
    answer = _answer("reads contradict")
    assert "rapportée par Arriba, non retrouvée dans les lectures examinées ici" in answer
    assert "ni confirmée, ni exclue" in answer


def test_fusion_without_a_count_reads_as_a_sentence() -> None:
    assert "vue par un nombre de fragments non communiqué" in _answer("pair only")
    assert "by a number of fragments that is not reported" in _answer("pair only", Language.EN)


def test_a_break_of_dna_is_not_said_to_be_seen_by_fragments_of_rna() -> None:
    # Delly, Manta and others count DNA reads, which show no transcript
    found = builders.from_programs(said(DNA_BREAK))
    support = conclusion(found, phrases(Language.FR)).support
    assert "12 fragments d'ADN chevauchant la cassure" in support
    assert "vue par" not in conclusion(found, phrases(Language.FR)).answer


def test_where_dna_broke_is_shown_beside_the_inferred_joint() -> None:
    found = builders.from_programs(said(DNA_BREAK))
    broke = found.fusions[0].genomic_breakpoint
    assert broke is not None
    assert broke.five_prime is not None
    page = _page(found)
    assert "Cassure de l'ADN (GRCh38)" in page
    assert f"chr19:{broke.five_prime.position}" in page
    assert "non observée dans l'ARN" in page
    assert "aucune lecture ne la traverse" not in page


def test_an_inferred_joint_is_drawn_at_the_exons_that_bound_the_break() -> None:
    # an inferred joint is a range of one base: the edge of the last exon before the break
    page = dossier_html(builders.from_programs(said(DNA_BREAK)), builders.panel())
    assert "hors des exons" not in page
    assert "connue que par un intervalle" not in page
    assert "Transcrit de fusion déduit, non observé" in page
    assert "15254152–15254152" not in page


def test_the_gate_of_an_inferred_fusion_keeps_its_name() -> None:
    assert "(BRD4(::)NUTM1)" in _page(PROGRAMS["dna pair"])


def test_the_gate_of_a_fusion_that_only_programs_saw_says_so() -> None:
    ours = builders.from_programs(said(), seen())
    words = "ne sont pas connues ; aucune lecture n'a été examinée ici"
    assert words in _page(PROGRAMS["programs alone"])
    assert words not in _page(ours)


def test_a_frame_that_differs_is_said_once_and_by_whom() -> None:
    reasons = [reason.replace(NARROW, " ") for reason in _said("disagreement").reasons]
    assert "cadre de lecture rompu selon STAR-Fusion, contrairement au calcul fait ici" in reasons
    page = _page(PROGRAMS["disagreement"])
    assert "Cadre de lecture annoncé : cadre rompu." in page
    assert "Cadre de lecture : cadre de lecture" not in page


def test_proof_is_given_in_the_language() -> None:
    page = _page(PROGRAMS["programs alone"])
    assert "ligne 2, fichier " in page
    assert ", line 2" not in page
    assert "line 2, file " in _page(PROGRAMS["programs alone"], "en")


def test_an_assembly_that_is_not_stated_is_said_once() -> None:
    file = caller_file("arriba", assembly=None, assembly_source="none")
    page = _page(builders.from_programs(said(silent=(file,))))
    assert "non disponible non donné" not in page
    assert "non donné" in page


def test_files_of_programs_are_no_read_files() -> None:
    assert phrases(Language.FR).role("caller:tso500_combined").startswith("Résultats, Illumina")
    assert phrases(Language.EN).role("fastq_1") == "FASTQ, read 1"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("programs alone", None),
        (
            "disagreement",
            "STAR-Fusion (jonction placée ailleurs, cadre de lecture)",
        ),
        (
            "reads contradict",
            "les lectures examinées ici (jonction non vue)",
        ),
        ("one program", None),
    ],
)
def test_who_disagrees_is_named_with_what(name: str, says: str | None) -> None:
    words, disagrees = disagreement(PROGRAMS[name].fusions[0], phrases(Language.FR))
    assert disagrees is (says is not None)
    if says is not None:
        assert words is not None
        assert words.replace(NARROW, " ") == f"Les sources ne concordent pas : {says}."
    else:
        assert words == {"one program": None, "programs alone": "Les 2 sources concordent."}[name]


def test_a_criterion_that_is_not_met_is_named() -> None:
    # one side of the joint lies on no known gene, so the joint is known on one side only
    said = conclusion(example_dossiers()["unknown-partner"], phrases(Language.FR)).criteria
    assert said == "1 critère déterminant non rempli (jonction à la base près)"


def test_reasons_are_not_said_again_beside_the_next_test() -> None:
    failed = _page(example_dossiers()["failed"])
    assert "4 motifs donnés dans la conclusion." in failed
    assert failed.count("Qualité insuffisante, longueur moyenne des lectures") == 1


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        # DNA beside a joint of RNA that another program states
        ("reads A B (2 of 7)", "2 lectures sur 7 : A B"),
        ("reads A (1 of 1)", "1 lecture sur 1 : A"),
        ("qc.reads", "voir « Mesures sur les lectures »"),
    ],
)
def test_where_the_reads_are_is_said_in_the_language(evidence: str, said: str) -> None:
    dossier = example_dossiers()["positive"]
    (fusion,) = dossier.fusions
    source = fusion.support.sources[0].model_copy(update={"evidence": evidence})
    support = fusion.support.model_copy(update={"sources": (source,)})
    changed = fusion.model_copy(update={"support": support})
    assert said in _page(dossier.model_copy(update={"fusions": (changed,)}))
