"""Broken input is refused, naming the record, and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.validation.samples import common_fusion, sample_with

from nutfusion.cli import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.real, pytest.mark.slow]

BAD_RECORD = 100


@pytest.fixture
def mates(tmp_path: Path) -> tuple[Path, Path]:
    (files,) = sample_with(common_fusion()).write(tmp_path / "reads", container="plain")
    assert files.fastq_2 is not None
    return files.fastq_1, files.fastq_2


def refused(fastq_1: Path, fastq_2: Path, outdir: Path, threads: int = 2) -> str:
    """The message of a run that must end with 2 and leave nothing behind."""
    arguments = ["assess", "--sample", "S1", "--outdir", str(outdir), "--threads", str(threads)]
    result = CliRunner().invoke(main, [*arguments, "--fastq", str(fastq_1), str(fastq_2)])
    assert result.exit_code == 2, result.output
    assert not outdir.exists() or not list(outdir.iterdir())
    assert "Traceback" not in result.output
    return result.output


def records(path: Path) -> list[list[str]]:
    lines = path.read_text().splitlines(keepends=True)
    return [lines[start : start + 4] for start in range(0, len(lines), 4)]


def name_of(record: list[str]) -> str:
    return record[0][1:].split()[0]


def write(path: Path, content: list[list[str]]) -> None:
    path.write_text("".join(line for record in content for line in record))


@pytest.mark.parametrize("threads", [1, 2])
def test_mates_out_of_order_are_refused_naming_the_record(
    mates: tuple[Path, Path], threads: int, tmp_path: Path
) -> None:
    content = records(mates[1])
    content[BAD_RECORD], content[BAD_RECORD + 1] = content[BAD_RECORD + 1], content[BAD_RECORD]
    write(mates[1], content)
    message = refused(*mates, tmp_path / "out", threads)
    assert name_of(content[BAD_RECORD]) in message


@pytest.mark.parametrize("shorter", [0, 1])
def test_unequal_counts_are_refused(mates: tuple[Path, Path], shorter: int, tmp_path: Path) -> None:
    content = records(mates[shorter])
    write(mates[shorter], content[:-1])
    message = refused(*mates, tmp_path / "out")
    assert name_of(content[-1]) in message or str(len(content)) in message


def test_truncated_gzip_is_refused(tmp_path: Path) -> None:
    (files,) = sample_with(common_fusion()).write(tmp_path / "reads")
    assert files.fastq_2 is not None
    whole = files.fastq_2.read_bytes()
    files.fastq_2.write_bytes(whole[: len(whole) * 2 // 3])
    message = refused(files.fastq_1, files.fastq_2, tmp_path / "out")
    assert files.fastq_2.name in message


def test_truncated_bgzf_is_refused(tmp_path: Path) -> None:
    (files,) = sample_with(common_fusion()).write(tmp_path / "reads", container="bgzf")
    assert files.fastq_2 is not None
    whole = files.fastq_2.read_bytes()
    files.fastq_2.write_bytes(whole[: len(whole) // 2])
    message = refused(files.fastq_1, files.fastq_2, tmp_path / "out")
    assert files.fastq_2.name in message


def test_damaged_gzip_is_refused(tmp_path: Path) -> None:
    (files,) = sample_with(common_fusion()).write(tmp_path / "reads")
    assert files.fastq_2 is not None
    damaged = bytearray(files.fastq_2.read_bytes())
    damaged[-6] ^= 0xFF  # the checksum of the text
    files.fastq_2.write_bytes(damaged)
    refused(files.fastq_1, files.fastq_2, tmp_path / "out")


def test_qualities_of_another_length_are_refused_naming_the_record(
    mates: tuple[Path, Path], tmp_path: Path
) -> None:
    content = records(mates[0])
    content[BAD_RECORD][3] = content[BAD_RECORD][3][5:]
    write(mates[0], content)
    message = refused(*mates, tmp_path / "out")
    assert name_of(content[BAD_RECORD]) in message or str(BAD_RECORD + 1) in message


def test_a_file_cut_inside_a_record_is_refused(mates: tuple[Path, Path], tmp_path: Path) -> None:
    text = mates[0].read_text()
    mates[0].write_text(text[: len(text) - 60])
    refused(*mates, tmp_path / "out")


def test_the_same_file_twice_is_refused(mates: tuple[Path, Path], tmp_path: Path) -> None:
    # R1 given as R2 pairs every read with itself.
    refused(mates[0], mates[0], tmp_path / "out")


def test_a_sample_without_reads_is_not_assessable(tmp_path: Path) -> None:
    for mate in (1, 2):
        (tmp_path / f"R{mate}.fastq").write_text("")
    outdir = tmp_path / "out"
    arguments = ["assess", "--sample", "S1", "--outdir", str(outdir), "--fastq"]
    arguments += [str(tmp_path / "R1.fastq"), str(tmp_path / "R2.fastq")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert '"molecular_state": "not_assessable"' in (outdir / "dossier.json").read_text()
