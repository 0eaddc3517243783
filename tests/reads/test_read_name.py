"""Whatever a read is called, its sample gets a dossier."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pysam
import pytest
from tests.faults.place import Place, run

from nutfusion.reads.read_name import read_name

if TYPE_CHECKING:
    from pathlib import Path


def test_a_name_that_can_be_shown_is_as_it_was() -> None:
    for name in ("A00123:45:HXX:1:1101:1:2", "@odd", "n" * 254, ""):
        assert read_name(name) == name


def test_a_long_name_is_cut_and_told_apart_from_its_like() -> None:
    first, second = (read_name("n" * 300 + end) for end in "ab")
    assert len(first) == len(second) == 254
    assert first != second
    assert first[:237] == "n" * 237
    assert len(read_name("\x1b" * 200)) == 254


def test_control_characters_are_escaped() -> None:
    assert read_name("a\x1b[2J\x00é") == "a\\x1b[2J\\x00\\xe9"


@pytest.mark.parametrize("start", [b"@" + b"n" * 250, b"@" + b"n" * 5000, b"@a\x7f\xe9"])
def test_a_fusion_in_reads_of_odd_names_gets_its_dossier(start: bytes, tmp_path: Path) -> None:
    """BAM has room for 254 characters: the supporting reads could not be written, nor the rest."""
    place = Place(tmp_path)
    reads = [place.file(f"R{m}.fastq", place.text(m).replace(b"@t", start)) for m in (1, 2)]
    code, said = run(place.assess("--fastq", *reads))
    assert code == 0, said
    (fusion,) = json.loads(place.snapshot()["dossier.json"])["fusions"]
    shown = {read["name"] for read in fusion["support"]["reads"]}
    with pysam.AlignmentFile(str(place.out / "supporting_reads.bam")) as bam:
        written = {record.query_name for record in bam.fetch(until_eof=True)}
    assert shown == written
    assert len(written) == 12


def test_a_message_holds_no_more_of_a_name(tmp_path: Path) -> None:
    place = Place(tmp_path)
    first, _ = place.reads()
    other = place.file("R2.fastq", place.text(2).replace(b"@t1", b"@" + b"x" * 1_000_000))
    code, said = run(place.assess("--fastq", first, other))
    assert code == 2
    assert "mates out of order" in said
    assert len(said) < 1000
