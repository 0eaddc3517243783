"""Controls and test data are of no patient."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from tests.exports.shapes import nobody, positive

from nutfusion.exports import EXPORTS, export_files
from nutfusion.exports.not_expressed import HEADER
from nutfusion.exports.patients import why_no_patient

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier

CLINICAL = [name for name, form in EXPORTS.items() if form.patients_only]
"""Formats in which everybody is a patient."""


def test_registries_and_reports_are_of_patients_only() -> None:
    assert CLINICAL == ["cbioportal", "osiris", "crgm_text", "fhir", "cda"]


def exported(name: str, *dossiers: Dossier) -> tuple[list[dict[str, str]], str]:
    """Rows of what is left out, and all other files as one text."""
    files = {path: text.decode() for path, text in export_files(dossiers, [name]).items()}
    missing = [path for path in files if path.endswith("not_expressed.csv")]
    rows = [row for path in missing for row in csv.DictReader(io.StringIO(files.pop(path)))]
    return rows, "\n".join([*files, *files.values()])


@pytest.mark.parametrize("name", CLINICAL)
@pytest.mark.parametrize("kind", list(nobody()))
def test_a_control_is_no_patient_anywhere(name: str, kind: str) -> None:
    """A positive control is a cell line with a fusion: in a registry it would be a case."""
    one = nobody()[kind]
    rows, text = exported(name, positive(), one)
    assert one.sample.id not in text
    assert positive().sample.id in text
    assert rows == [
        dict.fromkeys(HEADER, "")
        | {"Patient_Id": one.sample.id, "state": "confirmed_bet", "reason": kind}
    ]


@pytest.mark.parametrize("name", CLINICAL)
def test_a_patient_is_not_left_out(name: str) -> None:
    assert exported(name, positive())[0] == []
    assert why_no_patient(positive()) is None


@pytest.mark.parametrize("name", [name for name in EXPORTS if name not in CLINICAL])
def test_other_formats_hold_everybody(name: str) -> None:
    """A run's figures, its provenance and its variants are of controls too."""
    for one in nobody().values():
        files = export_files([one], [name])
        assert any(
            one.sample.id in path or one.sample.id.encode() in text for path, text in files.items()
        )


@pytest.mark.parametrize("kind", ["control_positive", "control_negative", "test_data"])
def test_formats_that_hold_everybody_say_who_is_no_patient(kind: str) -> None:
    """In the tables and the VCF; MultiQC is a laboratory's own page."""
    files = export_files([nobody()[kind]], ["tables", "vcf"])
    for table in ("dossiers", "fusions"):
        header, row = files[f"{table}.tsv"].decode().splitlines()
        said = dict(zip(header.split("\t"), row.split("\t"), strict=True))
        assert said["control"] == kind.removeprefix("control_").replace("test_data", "")
        assert said["test_data"] == str(kind == "test_data").lower()
    assert f"##nutfusion_no_patient={kind}\n" in files[f"NOBODY-{kind}.vcf"].decode()
