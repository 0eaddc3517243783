"""What is written, where, and what is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from tests.reads.builders import fusion, tiled, write_lane
from tests.review.builders import signed

from nutfusion.cli import main
from nutfusion.dossier import pdf
from nutfusion.evidence import bam

if TYPE_CHECKING:
    from pathlib import Path


def _assess(tmp_path: Path, outdir: Path, *more: str) -> list[str]:
    lane = write_lane(tmp_path, tiled(fusion(), 12, 75), "a")
    reads = ["--fastq-single", str(lane.fastq_1)]
    return ["assess", "--sample", "S1", "--outdir", str(outdir), *more, *reads]


def test_a_full_disk_leaves_the_earlier_dossier_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert CliRunner().invoke(main, _assess(tmp_path, out)).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(bam, "_segment", full)
    result = CliRunner().invoke(main, _assess(tmp_path, out))
    assert result.exit_code == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_paper_that_cannot_be_laid_out_costs_nobody_the_dossier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    assert CliRunner().invoke(main, _assess(tmp_path, whole)).exit_code == 0
    # a story that the layout refuses: a heading without its level
    monkeypatch.setattr(pdf, "story", lambda _: {"blocks": [{"kind": "heading"}], "size": 9.0})
    out = tmp_path / "out"
    result = CliRunner().invoke(main, _assess(tmp_path, out))
    assert result.exit_code == 0
    assert "dossier.pdf could not be laid out and says so" in result.stderr
    for name in ("dossier.json", "dossier.html", "supporting_reads.fa"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()
    (page,) = PdfReader(out / "dossier.pdf").pages
    said = " ".join(page.extract_text().split())
    assert "S1" in said
    assert "entiers dans dossier.html et dossier.json" in said
    assert "indéterminé" in said.lower() or "confirmée" in said


@pytest.mark.parametrize("kind", ["a file", "below a file"])
def test_an_outdir_that_cannot_be_is_refused_before_any_read(tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_text("mine")
    outdir = tmp_path / "file" if kind == "a file" else tmp_path / "file" / "below"
    arguments = ["assess", "--sample", "S1", "--outdir", str(outdir), "--fastq-single", "nowhere"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "give another --outdir" in result.output
    assert (tmp_path / "file").read_text() == "mine"


def test_an_empty_outdir_does_not_mean_this_folder(tmp_path: Path) -> None:
    arguments = _assess(tmp_path, tmp_path)
    arguments[arguments.index("--outdir") + 1] = ""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "found an empty text" in result.output


def test_a_sample_named_by_a_national_identifier_is_refused(tmp_path: Path) -> None:
    # An invented French social security number; the message must not repeat it.
    arguments = _assess(tmp_path, tmp_path / "out")
    arguments[arguments.index("--sample") + 1] = "1850175123456"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "pseudonym" in result.output
    assert "1850175123456" not in result.output


def test_a_stage_does_not_replace_reads(tmp_path: Path) -> None:
    lane = write_lane(tmp_path, tiled(fusion()), "a")
    before = lane.fastq_1.read_bytes()
    arguments = ["evidence", "--sample", "S1", "--fastq-single", str(lane.fastq_1)]
    result = CliRunner().invoke(main, [*arguments, "--out", str(lane.fastq_1)])
    assert result.exit_code == 2
    assert lane.fastq_1.read_bytes() == before


def test_a_home_that_cannot_be_written_still_gets_a_cache() -> None:
    # A service account: the installation is read-only and there is no home.
    code = (
        "import os\n"
        "real = os.access\n"
        "os.access = lambda path, mode: False if mode == os.W_OK else real(path, mode)\n"
        "import nutfusion.reads.kernels\n"
        "print(os.environ['NUMBA_CACHE_DIR'])\n"
    )
    environment = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert f"nutfusion-cache-{os.getuid()}" in done.stdout


def test_a_signed_dossier_is_not_replaced_by_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert CliRunner().invoke(main, _assess(tmp_path, out)).exit_code == 0
    signed(out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert CliRunner().invoke(main, _assess(tmp_path, out)).exit_code == 0
    result = CliRunner().invoke(main, _assess(tmp_path, out, "--assay", "targeted-rna"))
    assert result.exit_code == 2
    assert "sign that one" in result.output
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
