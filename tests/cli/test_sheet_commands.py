"""``nutfusion sheet``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from nutfusion.cli import main
from nutfusion.cli.sheet import ROW_FILE
from nutfusion.model.stagefile import read_stage
from nutfusion.sheet import SampleRow

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    for name in "abc":
        (tmp_path / f"{name}.fq").write_text("@r\nA\n+\nI\n")
    path = tmp_path / "samples.csv"
    path.write_text("sample,fastq_1,fastq_2\nS1,a.fq,b.fq\nS2,c.fq,\n")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["sheet", *map(str, arguments)])


def test_check_says_what_a_sheet_holds(sheet: Path) -> None:
    result = run("check", sheet)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "S1: 1 lane(s), paired reads\nS2: 1 lane(s), single reads\n"


def test_check_can_leave_the_files_alone(sheet: Path) -> None:
    (sheet.parent / "a.fq").unlink()
    assert run("check", sheet).exit_code == 2
    assert run("check", "--no-files", sheet).exit_code == 0


def test_rows_writes_one_file_per_sample(sheet: Path, tmp_path: Path) -> None:
    result = run("rows", sheet, "--outdir", tmp_path / "out")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    row = read_stage(SampleRow, tmp_path / "out" / "S2" / ROW_FILE)
    assert row.files == (tmp_path / "c.fq",)
    assert row.read_options == ("--fastq-single", str(tmp_path / "c.fq"))


def test_rows_of_files_that_are_elsewhere(sheet: Path, tmp_path: Path) -> None:
    (tmp_path / "c.fq").unlink()
    assert run("rows", sheet, "--outdir", tmp_path / "out").exit_code == 2
    assert run("rows", "--no-files", sheet, "--outdir", tmp_path / "out").exit_code == 0
    assert read_stage(SampleRow, tmp_path / "out" / "S2" / ROW_FILE).files == (tmp_path / "c.fq",)


def test_rows_of_one_sample(sheet: Path, tmp_path: Path) -> None:
    assert run("rows", sheet, "--outdir", tmp_path / "out", "--sample", "S1").exit_code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["S1"]


def test_rows_of_an_unknown_sample(sheet: Path, tmp_path: Path) -> None:
    result = run("rows", sheet, "--outdir", tmp_path / "out", "--sample", "S3")
    assert result.exit_code == 2
    assert result.stderr == f"nutfusion: error: {sheet}: expected a sample 'S3', found S1, S2\n"


@pytest.mark.parametrize("command", ["check", "rows"])
def test_a_sheet_that_names_a_person_is_refused(command: str, sheet: Path, tmp_path: Path) -> None:
    sheet.write_text("sample,fastq_1,Prénom\nS1,a.fq,Jeanne\n")
    result = run(command, sheet, *(["--outdir", tmp_path / "out"] if command == "rows" else []))
    assert result.exit_code == 2
    assert "identifies a person" in result.stderr
    assert "Jeanne" not in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"\xff\xfea", b"PK\x03\x04", b"a\nb\n"])
def test_rubbish_is_refused_in_one_line(content: bytes, sheet: Path) -> None:
    sheet.write_bytes(content)
    result = run("check", sheet)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"nutfusion: error: {sheet}")


def test_check_looks_into_the_assay_profiles(sheet: Path) -> None:
    sheet.write_text("sample,fastq_1,assay\nS1,a.fq,mine.yaml\n")
    (sheet.parent / "mine.yaml").write_text("id: mine\n")
    result = run("check", sheet)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"nutfusion: error: {sheet.parent}/mine.yaml: key version: is")
