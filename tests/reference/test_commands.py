"""``nutfusion reference``: what is printed where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.conftest import lacking
from tests.reference.builders import mane, sequence_of, world, write_fasta

from nutfusion.cli import main
from nutfusion.reference import load_panel
from nutfusion.reference.ensembl import ServiceError
from nutfusion.reference.greet import greet
from nutfusion.reference.show import as_text, shown_genes

if TYPE_CHECKING:
    from click.testing import Result
    from tests.reference.conftest import Service


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["reference", *map(str, arguments)])


def test_show_says_what_a_lack_means() -> None:
    result = run("show")
    assert result.exit_code == 0
    assert (
        "BRD3 (HGNC:1104): no sequence: a fusion is found as partner unknown, its sequence shown; "
        'name it with "nutfusion reference fetch".\n'
        "  exons: 12 of ENST00000303407.12 on GRCh38, 12 on GRCh37\n"
        "  domains, unverified: BD1 51-123, BD2 326-398, ET 562-644\n"
    ) in result.stdout
    assert (
        "  sequence: ENST00000537011.6, whole, 4109 nt, 4109 of them placed, "
        "SQ.LEcXtScBDgss3JOsbxYr5YiCl8NAwmfX\n"
    ) in result.stdout
    assert "  exons: 8 of ENST00000331340.8 on GRCh38, no lift to GRCh37" in result.stdout
    assert "  domains, verified: ET-binding 148-184\n" in result.stdout


def test_show_as_json_has_every_gene() -> None:
    result = run("show", "--json")
    shown = json.loads(result.stdout)
    panel = load_panel()
    assert [gene["symbol"] for gene in shown["genes"]] == list(panel.genes)
    assert shown["digest"] == panel.digest


def test_show_of_a_folder_that_is_no_panel_exits_with_3(tmp_path: Path) -> None:
    result = run("show", "--panel", tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"nutfusion: error: {tmp_path}: not a panel")


def test_show_of_a_folder_that_is_not_there_exits_with_2(tmp_path: Path) -> None:
    result = run("show", "--panel", tmp_path / "panle")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(
        f"nutfusion: error: {tmp_path}/panle: expected a panel directory, found no such folder"
    )


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_show_says_when_its_output_could_not_be_written(options: tuple[str, ...]) -> None:
    if not Path("/dev/full").is_char_device():
        lacking("no device /dev/full, as Linux has it")
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "nutfusion", "reference", "show", *options],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "nutfusion: error: no space left on device\n"


def test_build_from_a_genome(tmp_path: Path) -> None:
    made = world("NUTM1", "BRD3")
    genome = made.write_genome(tmp_path / "genome.fa")
    annotation = made.write_gtf(tmp_path / "annotation.gtf")
    out = tmp_path / "panel"
    result = run("build", "--genome", genome, "--annotation", annotation, "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        f"{out}: 47 genes, 3 of them with a sequence; 7 decoys; built from GRCh38 (18 of 18 "
        "shipped introns found)\n"
    )
    genes = {gene.symbol: gene for gene in shown_genes(load_panel(out))}
    assert genes["BRD3"].meaning == "sequence: a fusion is named with its exons."
    assert genes["NUTM1"].meaning == "sequence: reads are caught by it; its introns are decoys."


def test_build_from_transcripts_with_declarations(tmp_path: Path) -> None:
    brd3 = sequence_of(mane("BRD3"))
    fasta = write_fasta(
        tmp_path / "t.fa", [("mine", brd3), ("NM_023034.2", sequence_of(mane("NSD3"))[:2000])]
    )
    names = tmp_path / "names.tsv"
    names.write_text("record\taccession\nmine\tENST00000303407.12\n")
    out = tmp_path / "panel"
    result = run(
        "build", "--transcripts", fasta, "--name-map", names, "--prefix", "NM_023034",
        "--name", "ours", "--no-starter", "--out", out,
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    panel = load_panel(out)
    assert panel.name == "ours"
    assert [s for s in panel.genes if panel.has_sequence(s)] == ["BRD3", "NSD3"]
    text = as_text(panel)
    assert "NUTM1 (HGNC:29919): no sequence: no read can be caught" in text
    assert "part of a sequence: a fusion is named when its junction lies in that part." in text
    assert "(the sequence of NM_023034.2), prefix, 2000 nt" in text
    assert "noted when the panel was made:" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--out", "x"],
        ["build", "--out", "x", "--genome", "g.fa"],
        ["build", "--out", "x", "--genome", "g", "--annotation", "a", "--transcripts", "t"],
        ["build", "--out", "x", "--genome", "g", "--annotation", "a", "--prefix", "t"],
        ["build", "--transcripts", "no-such.fa", "--out", "x"],
        ["fetch", "--out", "x", "--base-url", "http://rest.ensembl.org"],
    ],
)
def test_mistakes_exit_with_2_and_one_line(arguments: list[str], tmp_path: Path) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("nutfusion: error: ")
    assert result.stderr.count("\n") == 1


def test_fetch(service: Service, tmp_path: Path) -> None:
    out = tmp_path / "panel"
    result = run("fetch", "--out", out, "--base-url", service.url)
    assert result.exit_code == 0, result.stderr
    asked, made = result.stderr.splitlines()
    assert asked == f"nutfusion: asking {service.url} for sequences"
    assert made.startswith(f"{out}: 47 genes, 40 of them with a sequence; 13 decoys")


def test_fetch_offline_goes_on_with_the_starter_when_told_to(tmp_path: Path) -> None:
    out = tmp_path / "panel"
    arguments = ["fetch", "--out", out, "--base-url", "http://127.0.0.1:9"]
    assert run(*arguments).exit_code == 2
    result = run(*arguments, "--or-starter")
    assert (result.exit_code, result.stdout) == (0, "")
    asked, said = result.stderr.splitlines()
    assert asked == "nutfusion: asking http://127.0.0.1:9 for sequences"
    assert said.startswith("nutfusion: going on with the packaged starter panel: http://")
    assert list(tmp_path.iterdir()) == []


NUTM1 = "ENST00000537011.6"


@pytest.mark.parametrize("fault", ["garbage", 403, 404, 500])
def test_a_login_page_is_no_service(fault: object, service: Service, tmp_path: Path) -> None:
    service.faults = {NUTM1: [fault] * 9}
    begun = time.monotonic()
    result = run("fetch", "--out", tmp_path / "p", "--base-url", service.url, "--or-starter")
    assert time.monotonic() - begun < 5
    assert (result.exit_code, result.stdout) == (0, "")
    _, said = result.stderr.splitlines()
    assert said.startswith("nutfusion: going on with the packaged starter panel: ")
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_never_answers_is_left_waiting(service: Service) -> None:
    service.faults = {NUTM1: ["slow"] * 9}
    with pytest.raises(ServiceError, match=r"no answer in 0 seconds"):
        greet(service.url, longest=0.1)


def test_a_service_is_fetched_from_after_the_greeting(service: Service, tmp_path: Path) -> None:
    out = tmp_path / "panel"
    result = run("fetch", "--out", out, "--base-url", service.url, "--or-starter")
    assert result.exit_code == 0, result.stderr
    assert load_panel(out).has_sequence("BRD3")


def test_a_service_that_contradicts_is_an_error_even_with_or_starter(
    service: Service, tmp_path: Path
) -> None:
    service.changed = {"ENST00000303407.12": "ACGT" * 500}
    result = run("fetch", "--out", tmp_path / "p", "--base-url", service.url, "--or-starter")
    assert result.exit_code == 3


def test_an_empty_folder_is_a_place_for_a_panel(tmp_path: Path) -> None:
    fasta = write_fasta(tmp_path / "t.fa", [("ENST00000303407.12", sequence_of(mane("BRD3")))])
    (tmp_path / "panel").mkdir()
    result = run("build", "--transcripts", fasta, "--out", tmp_path / "panel")
    assert result.exit_code == 0, result.stderr
    assert load_panel(tmp_path / "panel").has_sequence("BRD3")


def test_force_replaces_a_panel_without_its_manifest(tmp_path: Path) -> None:
    fasta = write_fasta(tmp_path / "t.fa", [("ENST00000303407.12", sequence_of(mane("BRD3")))])
    arguments = ("build", "--transcripts", fasta, "--out", tmp_path / "panel")
    assert run(*arguments).exit_code == 0
    (tmp_path / "panel" / "manifest.json").unlink()
    assert run(*arguments).exit_code == 2
    assert run(*arguments, "--force").exit_code == 0
    assert load_panel(tmp_path / "panel").has_sequence("BRD3")


def test_force_never_deletes_files_of_others(tmp_path: Path) -> None:
    fasta = write_fasta(tmp_path / "t.fa", [("ENST00000303407.12", sequence_of(mane("BRD3")))])
    arguments = ("build", "--transcripts", fasta, "--out", tmp_path / "panel")
    assert run(*arguments).exit_code == 0
    for number in range(7):
        (tmp_path / "panel" / f"thesis{number}.txt").write_text("years of work")
    result = run(*arguments, "--force")
    assert result.exit_code == 2
    assert result.stderr == (
        f"nutfusion: error: {tmp_path}/panel: already exists and holds what is not a panel's "
        "(thesis0.txt, thesis1.txt, thesis2.txt, thesis3.txt, thesis4.txt, ...); give another "
        "--out\n"
    )
    assert (tmp_path / "panel" / "thesis6.txt").read_text() == "years of work"
