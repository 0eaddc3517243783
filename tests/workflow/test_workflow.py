"""The workflow on the packaged samples: states, fusions, one whole dossier, resuming."""

from __future__ import annotations

import base64
import difflib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import pytest
from tests.workflow.running import ROOT, command, says, snakemake

pytestmark = pytest.mark.slow

GOLDEN: Final = Path(__file__).parent / "golden" / "bet.dossier.json"
SYNTHETIC: Final = "test-data/synthetic.yaml"

BRD4_E11: Final = ("chr19", 15254152)
BRD4_E12: Final = ("chr19", 15244710)
NUTM1_E3: Final = ("chr15", 34347969)

EXPECTED: Final = {
    "bet": ("confirmed_bet", "BRD4::NUTM1", BRD4_E11, NUTM1_E3, (14, 2), "in-frame"),
    "unknown_partner": (
        "rearranged_partner_unknown", "v::NUTM1", None, NUTM1_E3, (10, 4), "not-predicted",
    ),
    "low_support": ("indeterminate", "BRD4::NUTM1", BRD4_E11, NUTM1_E3, (1, 1), "in-frame"),
    "out_of_frame": ("indeterminate", "BRD4::NUTM1", BRD4_E12, NUTM1_E3, (8, 4), "out-of-frame"),
    "reciprocal": (
        "indeterminate", "NUTM1::BRD4", ("chr15", 34346035), ("chr19", 15244762), (8, 4),
        "in-frame",
    ),
}  # fmt: skip
"""Sample: state, name, last base of the 5' part, first of the 3' part, support, frame."""

EXPECTED_SYNTHETIC: Final = {
    "bet_complex": ("confirmed_bet_complex", "NSD3::NUTM1", ("chr8", 38326730), "bet_complex"),
    "other_partner": ("confirmed_other_partner", "CIC::NUTM1", ("chr19", 42294735), "sarcoma"),
    "neighbour": ("rearranged_neighbour", "SLC12A6::NUTM1", ("chr15", 34336410), "neighbour_15q14"),
}
"""Sample: state, name, last base of the 5' part, partner class."""


def dossier(directory: Path, sample: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (directory / "results" / sample / "dossier.json").read_text()
    )
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of a run on the packaged samples."""
    directory = tmp_path_factory.mktemp("run")
    done = snakemake(directory)
    assert done.returncode == 0, says(directory, done)
    return directory


@pytest.fixture(scope="module")
def synthetic_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of a run that was killed after its first result, and started again."""
    directory = tmp_path_factory.mktemp("synthetic")
    (directory / "test-data").symlink_to(ROOT / "test-data")
    first = subprocess.Popen(
        command(directory, config=SYNTHETIC),
        cwd=directory,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while not list(directory.glob("results/*/evidence.parquet")):
        assert first.poll() is None, "the first run ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert len(list(directory.glob("results/*/dossier.json"))) < len(EXPECTED_SYNTHETIC)
    done = snakemake(directory, config=SYNTHETIC)
    assert done.returncode == 0, says(directory, done)
    return directory


@pytest.mark.parametrize("sample", EXPECTED)
def test_the_planted_fusion_is_found_and_judged(sample: str, run: Path) -> None:
    state, name, five, three, support, frame = EXPECTED[sample]
    found = dossier(run, sample)
    assert found["molecular_state"] == state
    assert [fusion["name"] for fusion in found["fusions"]] == [name]
    (fusion,) = found["fusions"]
    sides = [fusion["junction"][side] for side in ("five_prime", "three_prime")]
    assert [side and (side["contig"], side["position"]) for side in sides] == [five, three]
    assert fusion["junction"]["exact"] == (five is not None)
    assert fusion["reading_frame"] == frame
    counts = fusion["support"]
    assert (counts["split_reads"], counts["discordant_pairs"]) == support


@pytest.mark.parametrize(
    ("sample", "state"),
    [("negative", "not_detected"), ("paralogue", "not_detected"), ("failed", "not_assessable")],
)
def test_a_sample_without_a_fusion_finishes(sample: str, state: str, run: Path) -> None:
    found = dossier(run, sample)
    assert found["molecular_state"] == state
    assert found["fusions"] == []


@pytest.mark.parametrize("sample", EXPECTED_SYNTHETIC)
def test_partner_classes_after_a_run_that_was_killed(sample: str, synthetic_run: Path) -> None:
    state, name, five, partner_class = EXPECTED_SYNTHETIC[sample]
    found = dossier(synthetic_run, sample)
    assert found["molecular_state"] == state
    (fusion,) = found["fusions"]
    side = fusion["junction"]["five_prime"]
    assert (fusion["name"], side["contig"], side["position"]) == (name, *five)
    assert fusion["partner_class"] == partner_class


def test_what_was_declared_stands_in_the_dossier(run: Path) -> None:
    said = dossier(run, "bet")["sample"]
    assert said["declared"] == {"disease": "NUT carcinoma", "pretreated": True, "relapse": True}
    (test,) = said["orthogonal"]
    declared = {"kind": "ihc", "result": "positive", "detail": "invented for this test"}
    assert {key: value for key, value in test.items() if value is not None} == declared


def test_every_sample_has_its_page(run: Path) -> None:
    for folder in (run / "results").glob("[!_]*"):
        page = (folder / "dossier.html").read_text()
        assert page.lower().startswith("<!doctype html>")
        assert str(run) not in page


def test_the_whole_dossier_is_the_golden_one(run: Path) -> None:
    found = (run / "results" / "bet" / "dossier.json").read_text()
    if os.environ.get("NUTFUSION_UPDATE_GOLDEN"):
        GOLDEN.write_text(found)
    expected = GOLDEN.read_text()
    difference = difflib.unified_diff(
        expected.splitlines(), found.splitlines(), "golden", "found", lineterm=""
    )
    assert found == expected, "\n".join(difference)


def test_snakemakes_report_holds_every_dossier_without_a_network(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    done = snakemake(run, "--report", "report.html")
    assert done.returncode == 0, says(run, done)
    page = (run / "report.html").read_text("utf-8")
    assert "Ce rapport rassemble les dossiers" in page
    # the results stand in the page as one JSON object
    start = page.index('{"results/')
    results, _ = json.JSONDecoder().raw_decode(page, start)
    assert len(results) == 9
    for path, result in results.items():
        sample = result["labels"]["Échantillon"]
        assert path == f"results/{sample}/dossier.html"
        assert f"NUTM1 de l'échantillon {sample}." in result["caption"].replace("&#x27;", "'")
        assert "la décision revient à la RCP" in result["caption"]
        content = result["data_uri"].partition("base64,")[2]
        assert base64.b64decode(content) == (run / path).read_bytes()
    bet = results["results/bet/dossier.html"]["labels"]
    assert (bet["Fusions"], bet["Nature"]) == ("BRD4::NUTM1", "données de test")


def test_the_crate_of_the_run_holds_workflow_settings_and_dossiers(run: Path) -> None:
    done = snakemake(run, "results/_crate")
    assert done.returncode == 0, says(run, done)
    folder = run / "results" / "_crate"
    metadata = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))
    found = {entity["@id"]: entity for entity in metadata["@graph"]}
    assert len(found["#run"]["result"]) == len(list((folder / "dossiers").iterdir())) == 9
    assert found["#config-policy-value"]["value"] == "birabresib-put"
    assert (folder / "Snakefile").read_bytes() == (ROOT / "Snakefile").read_bytes()
    assert str(ROOT) not in json.dumps(metadata)


def test_the_exports_hold_every_sample(run: Path) -> None:
    folder = run / "results" / "_exports"
    header, *lines = (folder / "dossiers.tsv").read_text().splitlines()
    rows = [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]
    states = {row["sample"]: row["molecular_state"] for row in rows}
    samples = {path.parent.name for path in run.glob("results/*/dossier.json")}
    assert set(states) == samples
    assert states["bet"] == "confirmed_bet"
    assert {path.name for path in folder.glob("*.vcf")} == {f"{name}.vcf" for name in samples}


def test_one_process_and_the_workflow_give_the_same_dossier(run: Path, tmp_path: Path) -> None:
    """Without the other samples of its run, which one process does not know."""
    alone = tmp_path / "workflow"
    alone.mkdir()
    made = snakemake(alone, "results/bet/dossier.json", "--config", "run_level=null")
    assert made.returncode == 0, says(alone, made)
    assert not (alone / "results" / "_runs").exists()
    reads = ROOT / "test-data" / "reads"
    pairs = [[f"{reads}/bet_L00{lane}_R{mate}.fastq.gz" for mate in (1, 2)] for lane in (1, 2)]
    subprocess.run(
        [
            sys.executable, "-m", "nutfusion", "assess", "--sample", "bet",
            "--outdir", str(tmp_path), "--threads", "1",
            "--assay", str(ROOT / "test-data" / "assay.yaml"),
            "--sheet-row", str(run / "results" / "bet" / "sheet-row.json"),
            "--fastq", *pairs[0], "--fastq", *pairs[1],
        ],
        check=True,
    )  # fmt: skip
    for name in ("dossier.json", "dossier.html", "dossier.pdf"):
        assert (tmp_path / name).read_bytes() == (alone / "results" / "bet" / name).read_bytes()


def test_a_finished_run_has_nothing_to_do(run: Path) -> None:
    done = snakemake(run, "--dry-run")
    assert "Nothing to be done" in done.stdout + done.stderr


def test_every_stage_leaves_its_file(synthetic_run: Path) -> None:
    for sample in EXPECTED_SYNTHETIC:
        found = {path.name for path in (synthetic_run / "results" / sample).iterdir()}
        assert found >= {
            "annotated.parquet", "calls.parquet", "dossier.html", "dossier.json", "dossier.pdf",
            "evidence.parquet", "scored.json", "sheet-row.json", "supporting_reads.bam",
        }  # fmt: skip


def test_samples_of_a_run_are_held_against_each_other(run: Path) -> None:
    """Two fragments beside samples with 32 and 15: hopping leaves as many once in 150 runs."""
    found = dossier(run, "low_support")
    assert found["run_level"]["others"] == sorted(
        folder.name for folder in (run / "results").glob("[!_]*") if folder.name != "low_support"
    )
    suspects = [joint for joint in found["run_level"]["shared"] if joint["explained_by"]]
    assert [(joint["other"], joint["here"], joint["there"]) for joint in suspects] == [
        ("bet", 2, 32),
        ("other_programs", 2, 15),
    ]
    assert found["state_reasons"][0].startswith("carry_over_suspected(")
    assert dossier(run, "bet")["molecular_state"] == "confirmed_bet"
