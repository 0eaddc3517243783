"""The workflow on a user's own genome, profile, policy and reads."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.reference.builders import world
from tests.workflow.running import ROOT, says, snakemake

from nutfusion.reference.load import STARTER as STARTER_FILES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

READS = ROOT / "test-data" / "reads"


def write_sheet(directory: Path, *rows: tuple[str, str], assay: str = "") -> None:
    """``samples.csv`` with (sample, stem of its FASTQ files)."""
    lines = ["sample,fastq_1,fastq_2,assay"]
    for sample, stem in rows:
        pair = (f"{stem}_L001_R{mate}.fastq.gz" for mate in (1, 2))
        first, second = (name if "/" in stem else str(READS / name) for name in pair)
        lines.append(f"{sample},{first},{second},{assay or ROOT / 'test-data' / 'assay.yaml'}")
    (directory / "samples.csv").write_text("\n".join(lines) + "\n")


def dossier(directory: Path, sample: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (directory / "results" / sample / "dossier.json").read_text()
    )
    return found


def test_a_genome_is_made_a_panel_and_used(tmp_path: Path) -> None:
    made = world("NUTM1", "BRD4", "NSD3")
    made.write_genome(tmp_path / "genome.fa")
    made.write_gtf(tmp_path / "annotation.gtf")
    write_sheet(tmp_path, ("panel", "bet"))
    settings = ("--config", "samples=samples.csv", "genome=genome.fa", "annotation=annotation.gtf")
    done = snakemake(tmp_path, *settings)
    assert done.returncode == 0, says(tmp_path, done)
    assert dossier(tmp_path, "panel")["molecular_state"] == "confirmed_bet"
    assert not (tmp_path / "results" / "panel" / "manifest.json").exists()
    # another annotation: the panel is replaced
    made.write_gtf(tmp_path / "annotation.gtf", style="gencode")
    done = snakemake(tmp_path, *settings)
    assert done.returncode == 0, says(tmp_path, done)
    again = snakemake(tmp_path, *settings)
    assert "Nothing to be done" in again.stdout + again.stderr


def older(path: Path, text: str) -> None:
    """Replace a file by one that is older than every result."""
    path.write_text(text)
    os.utime(path, (1e9, 1e9))


def test_what_a_verdict_rests_on_cannot_change_unnoticed(tmp_path: Path) -> None:
    profile = (ROOT / "test-data" / "assay.yaml").read_text()
    policy = (ROOT / "config" / "eligibility" / "birabresib-put.yaml").read_text()
    older(tmp_path / "mine.yaml", profile)
    older(tmp_path / "policy.yaml", policy)
    shutil.copytree(ROOT / "test-data" / "panel", tmp_path / "panel")
    write_sheet(tmp_path, ("S1", "bet"), assay="mine.yaml")
    settings = ("--config", "samples=samples.csv", "policy=policy.yaml", "panel=panel")

    def rerun() -> set[str]:
        """The rules that ran."""
        done = snakemake(tmp_path, *settings)
        assert done.returncode == 0, says(tmp_path, done)
        table = re.findall(r"^(\w+) +\d+$", done.stdout + done.stderr, re.MULTILINE)
        return set(table) - {"all", "total"}

    assert "evidence" in rerun()
    assert dossier(tmp_path, "S1")["molecular_state"] == "confirmed_bet"
    assert rerun() == set()
    # a tightened profile
    tightened = profile.replace(
        "min_supporting_fragments:\n    value: 3", "min_supporting_fragments:\n    value: 300"
    )
    assert tightened != profile
    older(tmp_path / "mine.yaml", tightened)
    assert rerun() == {"scoring", "dossier", "exports"}
    assert dossier(tmp_path, "S1")["molecular_state"] == "indeterminate"
    older(tmp_path / "policy.yaml", policy + "# reviewed\n")
    assert rerun() == {"dossier", "exports"}
    # the packaged panel in the place of the other one
    shutil.rmtree(tmp_path / "panel")
    shutil.copytree(STARTER_FILES, tmp_path / "panel")
    os.utime(tmp_path / "panel" / "manifest.json", (1e9, 1e9))
    assert rerun() >= {"evidence", "annotation", "scoring", "dossier"}


def test_reads_that_took_the_place_of_others_are_read(tmp_path: Path) -> None:
    for sample in ("bet", "negative"):
        for mate in (1, 2):
            name = f"{sample}_L001_R{mate}.fastq.gz"
            shutil.copy(READS / name, tmp_path / name)
            os.utime(tmp_path / name, (1e9, 1e9))
    write_sheet(tmp_path, ("S1", str(tmp_path / "bet")))
    settings = ("--config", "samples=samples.csv")
    assert snakemake(tmp_path, *settings).returncode == 0
    assert dossier(tmp_path, "S1")["fusions"]
    for mate in (1, 2):
        (tmp_path / f"negative_L001_R{mate}.fastq.gz").replace(
            tmp_path / f"bet_L001_R{mate}.fastq.gz"
        )
    assert snakemake(tmp_path, *settings).returncode == 0
    assert dossier(tmp_path, "S1")["fusions"] == []


def test_a_sample_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    for mate in (1, 2):
        whole = (READS / f"bet_L001_R{mate}.fastq.gz").read_bytes()
        (tmp_path / f"cut_L001_R{mate}.fastq.gz").write_bytes(whole[: len(whole) // 2])
    write_sheet(tmp_path, ("CUT", str(tmp_path / "cut")), ("S2", "failed"), ("S3", "low_support"))
    done = snakemake(tmp_path, "--config", "samples=samples.csv")
    assert done.returncode == 1
    assert dossier(tmp_path, "S2")["molecular_state"] == "not_assessable"
    assert dossier(tmp_path, "S3")["molecular_state"] == "indeterminate"
    said = [line for line in done.stderr.splitlines() if line.startswith("nutfusion: ")]
    assert len(said) == 2
    assert re.fullmatch(
        rf"nutfusion: CUT failed: {tmp_path}/cut_L001_R1.fastq.gz.*"
        r" \(see logs/CUT/evidence.log\)",
        said[0],
    )
    assert said[1].startswith("nutfusion: 2 of 3 samples did not fail; mend the others")


def test_two_runs_in_one_folder_are_refused_and_a_killed_one_is_no_obstacle(
    tmp_path: Path,
) -> None:
    write_sheet(tmp_path, ("S1", "failed"))
    (tmp_path / "results" / "S1").mkdir(parents=True)
    (tmp_path / ".snakemake").mkdir()
    with (tmp_path / ".snakemake" / "nutfusion.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = snakemake(tmp_path, "--config", "samples=samples.csv")
        assert done.returncode == 1
        assert f"another run is at work in {tmp_path}" in done.stderr
        assert "Traceback" not in done.stderr
        assert list((tmp_path / "results" / "S1").iterdir()) == []
        # looking is allowed
        assert snakemake(tmp_path, "-n", "--config", "samples=samples.csv").returncode == 0
    assert snakemake(tmp_path, "--config", "samples=samples.csv").returncode == 0
