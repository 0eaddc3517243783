"""``nutfusion export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from nutfusion.cli import main
from nutfusion.cli.export import DEFAULT
from nutfusion.exports import EXPORTS

if TYPE_CHECKING:
    from pathlib import Path

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


def test_reviews_that_no_export_holds_are_pointed_at(project: Path, tmp_path: Path) -> None:
    """A signed review may say something else than the automatic statement."""
    folder = tmp_path / "EX-POS-01"
    folder.mkdir()
    dossier = folder / "dossier.json"
    dossier.write_bytes((project / "docs" / "examples" / "positive.json").read_bytes())
    (folder / "dossier.review-1.json").write_text("{}")
    done = export(dossier, "--format", "crgm_text", "--outdir", tmp_path / "out")
    assert done.exit_code == 0
    assert str(folder) in done.stderr
    assert "1 review" in done.stderr
    text = (tmp_path / "out" / "EX-POS-01.cr-gm.txt").read_text("utf-8")
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
