"""What a biologist said, in the formats that have a place for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from lxml import etree
from tests.exports.shapes import positive
from tests.hostile import TEXTS
from tests.review.builders import corrected, dossier_folder, rejected, signed, trusted

from nutfusion.exports import EXPORTS, export_files
from nutfusion.exports.cda import cda_document
from nutfusion.exports.crgm_text import crgm_text
from nutfusion.exports.fhir import fhir_bundle
from nutfusion.exports.reviews import Beside
from nutfusion.exports.tables import tables
from nutfusion.review.check import FolderStatus, check_folder

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.review.make import Said

WORDS = ("artefact de ligation", "10001234567", "CHU-A")
"""Of the review, and of nothing else."""


def beside(folder: Path, *said: Said, known: int = 1, **options: Any) -> Beside:
    """The positive example, reviewed with key 1."""
    dossier_folder(folder)
    signed(folder, *said, **options)
    return Beside.of(check_folder(folder, trusted(known)))


def all_rejected(folder: Path, known: int = 1) -> Beside:
    said = rejected("artefact de ligation")
    return beside(folder, said, known=known, state=("not_detected", "témoin négatif vu"))


def table(name: str, one: Beside | None) -> dict[str, str]:
    reviews = {} if one is None else {"EX-POS-01": one}
    header, row = tables([positive()], reviews)[f"{name}.tsv"].decode().splitlines()
    return dict(zip(header.split("\t"), row.split("\t"), strict=True))


def resources(one: Beside | None, kind: str) -> list[dict[str, Any]]:
    bundle = fhir_bundle(positive(), one)
    Bundle.model_validate(bundle)
    found = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in found if resource["resourceType"] == kind]


def answer(resource: dict[str, Any]) -> str:
    found: str = resource["valueCodeableConcept"]["coding"][0]["display"]
    return found


def test_a_rejection_stands_beside_the_automatic_statement(tmp_path: Path) -> None:
    one = all_rejected(tmp_path / "S")
    row = table("fusions", one)
    assert (row["state"], row["review_verdict"]) == ("confirmed_bet", "rejected")
    assert row["review_reasons"] == "artefact de ligation"
    row = table("dossiers", one)
    assert (row["molecular_state"], row["reviewed_state"]) == ("confirmed_bet", "not_detected")
    assert (row["reviewer"], row["reviewed_on"]) == ("10001234567", "2026-11-24")
    text = crgm_text(positive(), one).replace("\u202f", " ")
    said = "Résultat après relecture : fusion de NUTM1 non détectée (énoncé par le biologiste)"
    assert said in text
    assert "Fusion BRD4::NUTM1 : Rejeté\nMotif du biologiste : artefact de ligation\n" in text
    assert text.index("Rejeté") < text.index("NUTM1 est réarrangé avec BRD4")


def test_a_rejected_fusion_is_no_result_in_fhir_and_no_mutation_in_cda(tmp_path: Path) -> None:
    """The program says Present; nobody may read that as the answer."""
    one = all_rejected(tmp_path / "S")
    variant, searched = resources(one, "Observation")
    assert (variant["status"], answer(variant)) == ("entered-in-error", "Indeterminate")
    assert "artefact de ligation" in variant["note"][0]["text"]
    assert answer(searched) == "Absent", "the state that the biologist states"
    (report,) = resources(one, "DiagnosticReport")
    assert len(report["result"]) == 1
    assert report["status"] == "preliminary"
    assert [who["identifier"]["value"] for who in report["resultsInterpreter"]] == [
        "10001234567",
        "CHU-A",
    ]
    assert report["conclusion"].startswith("Relu et signé le 24/11/2026 par 10001234567")
    document = etree.fromstring(cda_document(positive(), one).encode())
    assert "MED-544" in document.xpath("//@code")
    assert "MED-542" not in document.xpath("//@code")
    assert "artefact de ligation" in "".join(document.itertext())


def test_an_accepted_dossier_is_a_final_report(tmp_path: Path) -> None:
    one = beside(tmp_path / "S", comment="Vu en réunion")
    (report,) = resources(one, "DiagnosticReport")
    assert report["status"] == "final"
    assert "Vu en réunion" in report["conclusion"]
    assert {resource["status"] for resource in resources(one, "Observation")} == {"final"}
    assert table("fusions", one)["review_verdict"] == "accepted"
    assert "MED-542" in cda_document(positive(), one)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        # another partner: what the program says is joined is not what the biologist says
        (("five_prime_gene", "BRD3", "relu"), "Indeterminate"),
        (("state", "indeterminate", "relu"), "Indeterminate"),
        # a position changes nothing of what is joined
        (("five_prime_position", "chr19:15254153", "relu"), "Present"),
    ],
)
def test_a_corrected_fusion_is_present_only_where_both_say_so(
    change: tuple[str, str, str], says: str, tmp_path: Path
) -> None:
    one = beside(tmp_path / "S", corrected(change))
    variant, *consequences = resources(one, "Observation")
    assert (answer(variant), variant["status"]) == (says, "preliminary")
    assert bool(consequences) is (says == "Present")
    (report,) = resources(one, "DiagnosticReport")
    assert report["status"] == "preliminary"
    row = table("fusions", one)
    assert row["review_corrections"] == f"{change[0]}={change[1]}"
    assert row["five_prime_gene"] == "BRD4", "the automatic statement stays"


def test_a_rejected_fusion_is_in_no_registry_and_its_sample_is_not_one_without(
    tmp_path: Path,
) -> None:
    """Who counts BRD4::NUTM1 in a registry would count what a biologist called an artefact."""
    sample = positive().sample.id
    reviews = {sample: all_rejected(tmp_path / "S")}
    for name in ("cbioportal", "osiris"):
        files = export_files([positive()], [name], reviews)
        told = {path: text.decode() for path, text in files.items()}
        beside = told.pop(f"{name}/not_expressed.csv")
        assert "contradicted_by_review" in beside
        assert not [path for path, text in told.items() if sample in text]
    assert any(
        sample in text.decode() for text in export_files([positive()], ["cbioportal"]).values()
    )


FORMATS = [
    name
    for name, form in EXPORTS.items()
    if form.reviewed is not None and name not in {"cbioportal", "osiris"}
]


def test_formats_with_a_place_for_a_review() -> None:
    assert FORMATS == ["tables", "crgm_text", "fhir", "cda"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("status", ["signed_unknown_key", "touched"])
def test_nothing_is_repeated_that_nobody_vouches_for(
    name: str, status: str, tmp_path: Path
) -> None:
    """Anyone can make a key; and what was touched after its signature was never signed."""
    folder = tmp_path / "S"
    one = all_rejected(folder, known=2)
    if status == "touched":
        path = folder / "dossier.json"
        path.write_bytes(path.read_bytes() + b"\n")
        one = Beside.of(check_folder(folder, trusted()))
    assert (one.status, one.review) == (FolderStatus(status), None)
    files = export_files([positive()], [name], {"EX-POS-01": one})
    text = "\n".join(v.decode() for p, v in files.items() if not p.endswith(("parquet", "xlsx")))
    assert not [word for word in WORDS if word in text]
    warning = {
        "tables": status,
        "signed_unknown_key": "Une relecture est à côté du dossier, non vérifiée ici",
        "touched": "modifié après la signature. Ne pas utiliser",
    }[name if name == "tables" else status]
    assert warning in text
    if name == "fhir":
        assert "final" not in re.findall(r'"status": "(\w+)"', text)


def test_what_was_not_looked_at_is_not_called_unsigned(tmp_path: Path) -> None:
    assert table("dossiers", None)["review_status"] == ""
    dossier_folder(tmp_path / "S")
    one = Beside.of(check_folder(tmp_path / "S", trusted()))
    assert table("dossiers", one)["review_status"] == "unsigned"
    assert crgm_text(positive(), one) == crgm_text(positive())


@pytest.mark.parametrize("kind", ["formula", "markup", "entity", "template", "cells"])
def test_what_a_biologist_types_is_data(kind: str, tmp_path: Path) -> None:
    """Free words of a review go into cells, XML and JSON like any other text."""
    text = " ".join(TEXTS[kind].split())
    one = beside(tmp_path / "S", rejected(text), state=("not_detected", text), comment=text)
    assert table("dossiers", one)["review_comment"].removeprefix("'") == text
    assert not table("fusions", one)["review_reasons"].startswith("=")
    root = etree.fromstring(cda_document(positive(), one).encode())
    assert any(text in item for item in root.itertext())
    assert root.xpath("count(//*[local-name()='script'])") == 0
    (report,) = resources(one, "DiagnosticReport")
    assert text in report["conclusion"]
    assert text in crgm_text(positive(), one)
