"""One dossier for one set of reads: threads, containers and lanes change its inputs alone."""

from __future__ import annotations

import gzip
import itertools
import json
from typing import TYPE_CHECKING, Any

import pysam
import pytest
from click.testing import CliRunner

from nutfusion.cli import main

if TYPE_CHECKING:
    from pathlib import Path

LANES = 8


@pytest.fixture(scope="module")
def records(project: Path) -> tuple[list[bytes], list[bytes]]:
    """The records of a packaged sample, first and second reads."""
    found = []
    for mate in (1, 2):
        files = sorted((project / "test-data" / "reads").glob(f"bet_L00*_R{mate}.fastq.gz"))
        lines = b"".join(gzip.decompress(path.read_bytes()) for path in files).splitlines(True)
        found.append([b"".join(lines[i : i + 4]) for i in range(0, len(lines), 4)])
    assert len(found[0]) == len(found[1]) > LANES
    return found[0], found[1]


def write(path: Path, content: bytes, container: str) -> Path:
    """One FASTQ file."""
    if container == "bgzf":
        with pysam.BGZFile(str(path), "wb", None) as out:
            out.write(content)
    else:
        path.write_bytes(content if container == "plain" else gzip.compress(content, mtime=0))
    return path


def dossier(arguments: list[str], outdir: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A dossier without its inputs, and these."""
    words = ["assess", "--sample", "S1", "--outdir", str(outdir), *arguments]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    found = json.loads((outdir / "dossier.json").read_text())
    return found, found["provenance"].pop("inputs")


def test_threads_containers_and_lanes(
    records: tuple[list[bytes], list[bytes]], tmp_path: Path
) -> None:
    seen: list[dict[str, Any]] = []
    for container, lanes in itertools.product(("plain", "gz", "bgzf"), (1, LANES)):
        folder = tmp_path / f"{container}_{lanes}"
        folder.mkdir()
        size = -(-len(records[0]) // lanes)
        reads = []
        for lane in range(lanes):
            part = slice(lane * size, (lane + 1) * size)
            reads += ["--fastq"] + [
                str(write(folder / f"L{lane}_R{mate}.fq", b"".join(one[part]), container))
                for mate, one in enumerate(records, start=1)
            ]
        inputs = []
        for threads in (1, 2, 4):
            found, given = dossier([*reads, "--threads", str(threads)], folder / str(threads))
            seen.append(found)
            inputs.append(given)
        assert inputs[0] == inputs[1] == inputs[2]
        assert sum(one["records"] for one in inputs[0]) == 2 * len(records[0])
    assert seen[0]["fusions"][0]["name"] == "BRD4::NUTM1"
    assert all(found == seen[0] for found in seen)
