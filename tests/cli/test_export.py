"""``nutfusion export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.review.builders import dossier_folder, key, rejected, signed

from nutfusion.cli import main
from nutfusion.cli.export import DEFAULT
from nutfusion.exports import EXPORTS
from nutfusion.review.keys import public_pem, public_text

if TYPE_CHECKING:
    from click.testing import Result


def export(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_several_dossiers_make_one_table(project: Path, tmp_path: Path) -> None:
    examples = [project / "docs" / "examples" / f"{n}.json" for n in ("positive", "negative")]
    done = export(*examples, "--format", "tables", "--outdir", tmp_path / "out")
    assert (done.exit_code, done.output) == (0, "")
    lines = (tmp_path / "out" / "dossiers.tsv").read_text().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["sample", "EX-POS-01", "EX-NEG-04"]


def test_without_a_name_the_usual_formats_are_written(project: Path, tmp_path: Path) -> None:
    assert set(DEFAULT) <= set(EXPORTS)
    done = export(project / "docs" / "examples" / "positive.json", "--outdir", tmp_path)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "fusions.parquet").is_file()


def test_an_unknown_format_names_those_there_are(project: Path, tmp_path: Path) -> None:
    dossier = project / "docs" / "examples" / "positive.json"
    done = export(dossier, "--format", "bed", "--outdir", tmp_path / "out")
    assert done.exit_code == 2
    assert all(name in done.output for name in EXPORTS)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_dossier_writes_nothing(project: Path, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}")
    good = project / "docs" / "examples" / "positive.json"
    done = export(good, tmp_path / "other.json", "--outdir", tmp_path / "out")
    assert done.exit_code == 2
    assert "other.json: not a nutfusion dossier" in done.output
    assert not (tmp_path / "out").exists()


def test_the_same_dossier_twice_is_refused(project: Path, tmp_path: Path) -> None:
    good = project / "docs" / "examples" / "positive.json"
    done = export(good, good, "--outdir", tmp_path / "out")
    assert done.exit_code == 2
    assert "expected one dossier per sample" in done.output


KEYS = ("--keys", "lab-1.pub.pem")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier, and beside the folder a public key."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lab-1.pub.pem").write_bytes(public_pem(public_text(key().public_key())))
    return dossier_folder(tmp_path / "EX-POS-01")


def texts(folder: Path, *options: str) -> tuple[str, str]:
    """The text of the CR-GM, and what is warned of."""
    done = export(folder / "dossier.json", "--format", "crgm_text", "--outdir", "out", *options)
    assert done.exit_code == 0, done.output
    return Path("out/EX-POS-01.cr-gm.txt").read_text("utf-8"), done.stderr


def test_a_review_is_repeated_only_with_a_key_that_is_vouched_for(folder: Path) -> None:
    signed(folder, rejected("artefact de ligation"), state=("not_detected", "artefact"))
    text, warned = texts(folder, *KEYS)
    assert "artefact de ligation" in text
    assert warned == ""
    text, warned = texts(folder)
    assert "artefact" not in text
    assert "non vérifiée" in text
    assert "EX-POS-01: a review stands beside, not verified" in warned


def test_a_touched_dossier_is_warned_of(folder: Path) -> None:
    """A signed review may say something else than the file that is there now."""
    signed(folder, rejected("artefact de ligation"), state=("not_detected", "artefact"))
    path = folder / "dossier.json"
    path.write_text(path.read_text("utf-8").replace("carcinome NUT", "autre chose"), "utf-8")
    text, warned = texts(folder, *KEYS)
    assert "modifié après la signature" in text
    assert "artefact" not in text
    assert "touched after the signature: do not use" in warned


def test_a_format_without_a_place_for_a_review_is_named(folder: Path) -> None:
    signed(folder)
    done = export(folder / "dossier.json", *KEYS, "--outdir", "out")
    assert "EX-POS-01: its signed review has no place in vcf, vicc" in done.stderr


def test_without_a_review_nothing_is_said_of_one(folder: Path) -> None:
    text, warned = texts(folder, *KEYS)
    assert warned == ""
    assert "Énoncé automatique" in text
    assert "aucune relecture" not in text


def test_a_control_that_is_left_out_is_said(project: Path, tmp_path: Path) -> None:
    text = (project / "docs" / "examples" / "positive.json").read_text()
    control = tmp_path / "control.json"
    control.write_text(text.replace('"control": null', '"control": "positive"', 1))
    done = export(control, "--format", "fhir", "--format", "vcf", "--outdir", tmp_path / "out")
    assert done.exit_code == 0
    assert "left out of fhir: EX-POS-01" in done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "fhir.not_expressed.csv",
        "EX-POS-01.vcf",
    }
