"""The assay profile on the page: what it interrogates, what its failure means, DNA, controls."""

from __future__ import annotations

from typing import Any

import pytest
from tests.dossier import builders
from tests.dossier.page_text import Page

from nutfusion.annotation import annotate
from nutfusion.dossier import build_dossier
from nutfusion.dossier.messages import NARROW
from nutfusion.dossier.page import dossier_html
from nutfusion.eligibility import evaluate, load_policy
from nutfusion.scoring import load_assay, score


def _plain(text: str) -> str:
    return " ".join(text.replace(NARROW, " ").split())


def _held(assay: str, control: str | None = None, **qc: Any) -> str:
    """The French text of a page of a sample in which nothing was seen."""
    annotated = annotate(builders.calls(qc=builders.qc(**qc)), builders.panel())
    scored = score(annotated, load_assay(assay), builders.panel(), ())
    facts = builders.sample(control=control)
    statement = evaluate(scored, facts, load_policy())
    made = build_dossier(scored, facts, statement, panel_label=builders.panel().name)
    return _plain(Page(dossier_html(made, builders.panel())).text("fr"))


@pytest.mark.parametrize(
    ("assay", "said"),
    [
        # Published primers stop at BRD4 exon 11; whether NUTM1 has any is not known.
        ("archer", "BRD4 oui 10, 11 (ENST00000679869.1) vers l'extrémité 3′"),
        ("archer", "NUTM1 à préciser par le laboratoire non vérifié"),
        ("archer", "BRD4 exon 13 ENST00000679869.1 non à préciser par le laboratoire"),
        ("archer", "Sites de départ uniques de l'ARN par témoin GSP2"),
        # A remembered gene list is shown with its mark.
        ("tso500", "NUTM1 non non vérifié"),
        ("targeted-rna-without-nutm1", "Aucun autre gène n'est exploré."),
        ("amplicon", "qu'entre une amorce de chacun de ses deux gènes"),
        ("rnaseq", "Tous les gènes exprimés"),
    ],
)
def test_the_page_says_what_the_assay_interrogates(assay: str, said: str) -> None:
    assert _plain(said) in _held(assay)


def test_a_failure_says_what_it_means_and_what_to_do() -> None:
    failed = _held("rnaseq-ffpe", fragments=99_999)
    assert "Que faire" in failed
    assert "Réextraire du même bloc" in failed
    assert "Vérifier d'abord que les fichiers sont complets" in failed
    assert "Relancer le séquençage de la même banque" not in failed  # its base quality is fine
    assert "Que faire" not in _held("rnaseq-ffpe")


def test_a_page_of_dna_has_nothing_of_rna_alone() -> None:
    dna = builders.alignment_qc(molecule="dna", control_spliced=0)
    page = _held("dna-panel", alignment=dna)
    assert "Toute cassure d'ADN qui joint NUTM1" in page
    assert "Ne rien voir sur l'ADN n'exclut pas une fusion" in page
    for of_rna in ("Une recherche négative sur ARN", "panels ARN", "témoin d'ARN", "RNA-seq"):
        assert of_rna not in page
    assert "bases en amont de NUTM1" in page


@pytest.mark.parametrize("control", ["negative", "positive"])
def test_a_control_has_no_gates_on_its_page(control: str) -> None:
    said = "les critères d'accès ne s'appliquent à aucun patient ici et ne sont pas évalués"
    page = _held("rnaseq", control)
    assert said in page
    assert "rechute »" not in page  # no quote of the policy is printed beside a finding
    assert said not in _held("rnaseq")
