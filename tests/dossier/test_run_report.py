"""How dossiers are filed in Snakemake's report of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.exports.shapes import hostile, nobody, positive, shapes

from nutfusion.dossier import dossier_json
from nutfusion.dossier.run_report import report_category, report_labels
from nutfusion.model.terms import MolecularState

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier


def filed(dossier: Dossier, folder: Path) -> tuple[str, dict[str, str]]:
    path = folder / "dossier.json"
    path.write_text(dossier_json(dossier), "utf-8")
    return report_category(path), report_labels(path)


def test_a_dossier_stands_under_its_result(tmp_path: Path) -> None:
    category, labels = filed(positive(), tmp_path)
    assert category == "1 - Fusion de NUTM1 avec un gène BET, confirmée"
    assert labels == {
        "Échantillon": "EX-POS-01",
        "Résultat": "Fusion de NUTM1 avec un gène BET, confirmée",
        "Fusions": "BRD4::NUTM1",
        "Nature": "échantillon de patient",
    }
    category, labels = filed(shapes()["negative"], tmp_path)
    assert category == "9 - Fusion de NUTM1 non détectée"
    assert labels["Fusions"] == "aucune"


def test_sections_stand_in_the_order_of_the_closed_list(tmp_path: Path) -> None:
    """Snakemake sorts them as texts."""
    found = [
        filed(positive().model_copy(update={"molecular_state": state}), tmp_path)[0]
        for state in MolecularState
    ]
    assert found == sorted(found)
    assert len(set(found)) == len(MolecularState)


@pytest.mark.parametrize("kind", list(nobody()))
def test_what_is_of_no_patient_stands_apart(kind: str, tmp_path: Path) -> None:
    category, labels = filed(nobody()[kind], tmp_path)
    assert category == "Témoins et données de test (aucun patient)"
    assert labels["Nature"] != "échantillon de patient"


def test_no_markup_gets_into_the_page(tmp_path: Path) -> None:
    """Labels are written into a script of the page, and braces would be wildcards."""
    odd = hostile().fusions[0].model_copy(update={"name": '</script>{x}<b>&"`$\\::NUTM1'})
    _, labels = filed(hostile().model_copy(update={"fusions": (odd,)}), tmp_path)
    assert not set('<>{}&"`$\\') & set("".join([*labels, *labels.values()]))
