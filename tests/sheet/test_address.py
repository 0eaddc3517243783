"""Reads that a sheet names in a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from nutfusion.cli import main
from nutfusion.cli.sheet import ROW_FILE
from nutfusion.errors import SampleSheetError
from nutfusion.model.stagefile import read_stage
from nutfusion.sheet import Address, SampleRow, StoreError, load_sheet

if TYPE_CHECKING:
    from pathlib import Path

READS = (Address(uri="s3://reads/run 1/a_R1.fq.gz"), Address(uri="s3://reads/run 1/a_R2.fq.gz"))


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    (tmp_path / "fusions.tsv").write_text("x\n")
    path = tmp_path / "samples.csv"
    path.write_text(f"sample,fastq_1,fastq_2,callers\nS1,{READS[0]},{READS[1]},fusions.tsv\n")
    return path


def test_addresses_stand_beside_files_and_reach_the_command_as_written(sheet: Path) -> None:
    asked: list[Address] = []

    def holds(address: Address) -> bool:
        asked.append(address)
        return True

    (row,) = load_sheet(sheet, is_in_store=holds)
    here = sheet.parent / "fusions.tsv"
    assert row.files == (*READS, here)
    assert row.addresses == READS == tuple(asked)
    assert row.read_options == ("--fastq", str(READS[0]), str(READS[1]), str(here))


def test_without_files_no_store_is_asked(sheet: Path) -> None:
    def holds(address: Address) -> bool:
        raise AssertionError(address)

    (row,) = load_sheet(sheet, check_files=False, is_in_store=holds)
    assert row.addresses == READS


def test_an_object_that_is_not_there_is_said_with_line_and_sample(sheet: Path) -> None:
    with pytest.raises(SampleSheetError) as caught:
        load_sheet(sheet, is_in_store=lambda address: address == READS[0])
    assert str(caught.value) == (
        f"{sheet}:2: expected an object of sample 'S1' in column 'fastq_2', found none: {READS[1]}"
    )


def test_a_store_that_does_not_answer_is_no_missing_object(sheet: Path) -> None:
    def down(address: Address) -> bool:
        raise StoreError("it is down")

    with pytest.raises(SampleSheetError) as caught:
        load_sheet(sheet, is_in_store=down)
    assert caught.value.line == 2
    assert str(caught.value).endswith(f"did not say whether {READS[0]} is there: it is down")
    assert "found none" not in str(caught.value)


@pytest.mark.parametrize(
    "cell",
    [
        "https://user:secret@host/a.fq?X-Amz-Signature=secret",  # would be printed and stored
        "s3://user:secret@bucket/a.fq",
        "s3://secret",  # no object
        "s3://bucket/",
        "s3://bucket//secret",  # Snakemake's plugin would fetch bucket/secret
        "s3://bucket/x/../secret",  # the same
        "s3://bucket/a.fq?secret",  # it would fetch a.fq
        "s3://bucket/a#secret",
        "s3://bucket/{secret}.fq",  # a wildcard
        "S3://bucket/secret",
        "file:///secret",
    ],
)
def test_what_would_fetch_another_object_or_print_a_password_is_refused_unrepeated(
    cell: str, tmp_path: Path
) -> None:
    path = tmp_path / "s.csv"
    path.write_text(f"sample,fastq_1\nS1,{cell}\n")
    with pytest.raises(SampleSheetError, match="found another address") as caught:
        load_sheet(path, check_files=False)
    assert caught.value.line == 2
    assert "secret" not in str(caught.value)


def test_an_object_stands_in_the_sheet_once(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("sample,fastq_1\nS1,s3://bucket/a.fq\nS2,s3://bucket/a.fq\n")
    with pytest.raises(SampleSheetError, match="here and in line 2"):
        load_sheet(path)


@pytest.mark.parametrize(
    ("name", "indexes"),
    [
        ("x.bam", ["x.bam.bai", "x.bai", "x.bam.csi", "x.csi"]),
        ("x.cram", ["x.cram.crai", "x.crai"]),
        ("genome.fa.gz", ["genome.fa.gz.fai", "genome.fa.gz.gzi"]),
        ("x.tsv", []),
    ],
)
def test_indexes_are_looked_for_where_a_reader_looks(name: str, indexes: list[str]) -> None:
    found = Address(uri=f"s3://bucket/{name}").indexes
    assert [address.uri for address in found] == [f"s3://bucket/{other}" for other in indexes]


def test_the_commands_take_such_a_sheet_and_say_what_they_did_not_look_for(sheet: Path) -> None:
    done = CliRunner().invoke(main, ["sheet", "check", str(sheet)])
    assert done.exit_code == 0
    assert "2 object(s) in a store, which only a run looks for" in done.stderr
    out = sheet.parent / "out"
    done = CliRunner().invoke(main, ["sheet", "rows", str(sheet), "--outdir", str(out)])
    assert done.exit_code == 0
    assert read_stage(SampleRow, out / "S1" / ROW_FILE).addresses == READS
