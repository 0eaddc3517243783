"""``--bam`` instead of ``--fastq``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.reads.alignments import NUTM1_AT, records_of, write
from tests.reads.builders import fusion, pair, write_lane

from nutfusion.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

FRAGMENTS = [pair(f"p{i}", fusion(), -40 - 5 * i, 150) for i in range(6)]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def assess(folder: Path, *reads: object) -> tuple[Result, dict[str, object]]:
    """The result and the dossier without what went in."""
    result = run("assess", "--sample", "S1", "--outdir", folder, *reads)
    assert result.exit_code == 0, result.output
    dossier = json.loads((folder / "dossier.json").read_text())
    return result, dossier


def test_bam_gives_the_fusions_of_the_fastq_files(tmp_path: Path) -> None:
    lane = write_lane(tmp_path, FRAGMENTS)
    bam = write(tmp_path / "a.bam", records_of(FRAGMENTS, NUTM1_AT), index=True)
    _, expected = assess(tmp_path / "fastq", "--fastq", lane.fastq_1, lane.fastq_2)
    result, found = assess(tmp_path / "bam", "--bam", bam)
    assert result.output == ""
    fusions = [json.dumps(d["fusions"]).replace('"bam"', '"fastq"') for d in (found, expected)]
    assert fusions[0] == fusions[1]
    # the fusion's state and reasons are the same; what is said beside them is about the file
    assert found["molecular_state"] == expected["molecular_state"]


def test_dossier_says_where_the_reads_came_from(tmp_path: Path) -> None:
    bam = write(tmp_path / "a.bam", records_of(FRAGMENTS, NUTM1_AT), index=True)
    _, found = assess(tmp_path / "out", "--bam", bam)
    text = json.dumps(found)
    assert '"kind": "reads", "name": "bam"' in text
    assert '"role": "index"' in text
    assert '"look": "loci"' in text
    page = (tmp_path / "out" / "dossier.html").read_text()
    assert "file read in part; the digest of its index follows" in page


def test_alignment_needs_no_option(tmp_path: Path) -> None:
    """A file given without one is looked at for what it is."""
    bam = write(tmp_path / "a.bam", records_of(FRAGMENTS, NUTM1_AT), index=True)
    _, expected = assess(tmp_path / "option", "--bam", bam)
    _, found = assess(tmp_path / "bare", bam)
    assert found == expected


def test_file_without_an_index_is_read_whole_and_said_so(tmp_path: Path) -> None:
    bam = write(tmp_path / "a.bam", records_of(FRAGMENTS, NUTM1_AT))
    result, found = assess(tmp_path / "out", "--bam", bam)
    assert result.stdout == ""
    assert result.stderr == (
        f"nutfusion: {bam}: no index beside it, so all of it is read; of a sorted file with one"
        f" ('samtools index {bam}') only the loci are\n"
    )
    assert '"look": "all_reads"' in json.dumps(found)


def test_stage_and_assess_read_alike(tmp_path: Path) -> None:
    bam = write(tmp_path / "a.bam", records_of(FRAGMENTS, NUTM1_AT), index=True)
    _, expected = assess(tmp_path / "out", "--bam", bam)
    steps = (
        ("evidence", "--sample", "S1", "--bam", bam, "--out", tmp_path / "e"),
        ("calls", "--evidence", tmp_path / "e", "--out", tmp_path / "c"),
        ("annotate", "--calls", tmp_path / "c", "--out", tmp_path / "a"),
        ("score", "--annotated", tmp_path / "a", "--out", tmp_path / "s"),
        ("dossier", "--scored", tmp_path / "s", "--outdir", tmp_path / "d"),
    )
    for step in steps:
        assert run(*step).exit_code == 0
    assert json.loads((tmp_path / "d" / "dossier.json").read_text()) == expected


@pytest.mark.parametrize("content", [None, b"not a BAM"])
def test_what_is_no_alignment_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "a.bam"
    if content:
        path.write_bytes(content)
    result = run("assess", "--sample", "S1", "--outdir", tmp_path / "out", "--bam", path)
    assert result.exit_code == 2
    assert f"nutfusion: error: {path}: " in result.stderr
    assert not (tmp_path / "out" / "dossier.json").exists()


def test_reads_are_given_once(tmp_path: Path) -> None:
    lane = write_lane(tmp_path, FRAGMENTS)
    bam = write(tmp_path / "a.bam", records_of(FRAGMENTS))
    result = run(
        "evidence", "--sample", "S1", "--out", tmp_path / "e",
        "--bam", bam, "--fastq", lane.fastq_1, lane.fastq_2,
    )  # fmt: skip
    assert result.exit_code == 2
    assert "expected --bam or --fastq, found both" in result.stderr
