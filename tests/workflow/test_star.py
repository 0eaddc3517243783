"""The optional part of the workflow, with a real STAR on a small genome."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import lacking
from tests.simulation.alignments import loci, program
from tests.workflow.running import ROOT, says, snakemake

from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def star_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """chr15 and chr19 of GRCh38: N but for the loci of NUTM1 and BRD4."""
    folder = tmp_path_factory.mktemp("star")
    program("STAR", lacking)
    genome = folder / "genome.fa"
    with genome.open("w", encoding="ascii") as out:
        for locus in sorted(loci(), key=lambda x: x.contig):
            before = locus.starts[Assembly.GRCH38]
            out.write(f">{locus.contig}\n{'N' * before}{locus.bases}\n")
    index = folder / "index"
    subprocess.run(
        [
            "STAR", "--runMode", "genomeGenerate", "--genomeDir", str(index),
            "--genomeFastaFiles", str(genome), "--genomeSAindexNbases", "8",
            "--outFileNamePrefix", f"{folder}/",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return index


def run(folder: Path, *settings: str) -> dict[str, Any]:
    """The dossier of one sample with a fusion (two lanes), and of one without reads."""
    lines = (ROOT / "test-data" / "samples.csv").read_text().splitlines()
    wanted = [line for line in lines if line.startswith(("sample,", "bet,", "other_programs,"))]
    data = ROOT / "test-data"
    text = "\n".join(wanted).replace("reads/", f"{data}/reads/")
    text = text.replace("callers/", f"{data}/callers/").replace("assay.yaml", f"{data}/assay.yaml")
    (folder / "s.csv").write_text(text + "\n")
    done = snakemake(folder, "--config", "samples=s.csv", *settings)
    assert done.returncode == 0, says(folder, done)
    found: dict[str, Any] = json.loads((folder / "results" / "bet" / "dossier.json").read_text())
    return found


def test_star_stands_beside_our_own_look(star_index: Path, tmp_path: Path) -> None:
    found = run(tmp_path, f"star_index={star_index}")
    (fusion,) = found["fusions"]
    sources = {source["name"]: source for source in fusion["support"]["sources"]}
    assert sources["fastq"]["says"] == sources["star_chimeric"]["says"] == "seen"
    assert fusion["support"]["split_reads"] == sources["fastq"]["split_reads"] == 14
    # STAR leaves out short anchors and knows no copies: of 28 fragments, copies included, it has 11
    assert 5 <= sources["star_chimeric"]["split_reads"] <= 28
    assert (tmp_path / "results" / "bet" / "align" / "Aligned.out.bam").is_file()
    assert not (tmp_path / "results" / "other_programs" / "align").exists()
    (file,) = found["callers"]["files"]
    assert (file["caller"], file["assembly"]) == ("star_chimeric", "GRCh38")


def test_arriba_is_asked_when_the_config_says_so(tmp_path: Path) -> None:
    for name in ("genome.fa", "genes.gtf", "blacklist.tsv"):
        (tmp_path / name).write_text("x\n")
    (tmp_path / "index").mkdir()
    done = snakemake(
        tmp_path, "--dry-run", "--printshellcmds", "--config", "star_index=index", "arriba=true",
        "genome=genome.fa", "annotation=genes.gtf", "arriba_blacklist=blacklist.tsv",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr
    assert "-a genome.fa -g genes.gtf -b blacklist.tsv" in said
    assert "--caller arriba=results/bet/align/fusions.tsv" in said
    assert "STAR --runThreadN" in said


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (("arriba=true",), "expected star_index, genome and annotation with arriba"),
        (("arriba_blacklist=b.tsv",), "expected arriba: true with arriba_blacklist"),
    ],
)
def test_half_a_setting_stops_the_run(
    settings: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    done = snakemake(tmp_path, "--dry-run", "--config", *settings)
    assert done.returncode != 0
    assert message in done.stdout + done.stderr
