"""The workflow on a user's own genome, profile, policy and reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.reference.builders import world
from tests.workflow.running import ROOT, says, snakemake

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
