"""FASTQ is read whole, in whatever container and shape it comes."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

import pysam
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reads.builders import Record, random_bases, read_back, starter_table

from nutfusion.reads import source as source_module
from nutfusion.reads.kernels import scan
from nutfusion.reads.source import FastqSource

if TYPE_CHECKING:
    from pathlib import Path

SMALL_BLOCKS = (64, 97, 256, 1 << 20)
CONTAINERS = ("plain", "gzip", "gzip of many members", "bgzf")


def text_of(records: list[Record], newline: str = "\n", plus: str = "+") -> str:
    return "".join(newline.join((f"@{n}", s, plus, q, "")) for n, s, q in records)


def write(path: Path, text: str, container: str = "plain") -> Path:
    raw = text.encode("ascii")
    if container == "plain":
        path.write_bytes(raw)
    elif container == "gzip":
        path.write_bytes(gzip.compress(raw))
    elif container == "bgzf":
        with pysam.BGZFile(str(path), "wb", None) as out:
            out.write(raw)
    else:  # as `cat a.fq.gz b.fq.gz` makes; the cuts need not be between records
        third = len(raw) // 3
        pieces = (raw[:third], raw[third : 2 * third], b"", raw[2 * third :])
        path.write_bytes(b"".join(gzip.compress(piece) for piece in pieces))
    return path


def good(lengths: list[int]) -> list[Record]:
    return [(f"r{i}", random_bases(n, i), "I" * n) for i, n in enumerate(lengths)]


def sequences(records: list[Record]) -> list[tuple[str, str]]:
    return [(name, sequence) for name, sequence, _ in records]


def expected_stats(records: list[Record]) -> dict[str, int]:
    lengths = [len(sequence) for _, sequence, _ in records]
    sampled = records[:: scan.SAMPLED]
    return {
        "bases": sum(lengths),
        "shortest": min(lengths, default=-1),
        "longest": max(lengths, default=0),
        "sampled_bases": sum(len(s) for _, s, _ in sampled),
        "quality_sum": sum(ord(c) - 33 for _, _, q in sampled for c in q),
        "n_count": sum(c in "Nn." for _, s, _ in sampled for c in s),
    }


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("block", SMALL_BLOCKS)
def test_records_over_block_borders_are_whole(
    container: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", block)
    records = good([75, 30, 75, 1, 300, 75, 76, 20] * 5)
    path = write(tmp_path / "r.fq", text_of(records), container)
    assert read_back(path) == (sequences(records), expected_stats(records))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("end", "block"),
    [
        *(("whole", block) for block in SMALL_BLOCKS),
        *(("without its last newline", block) for block in SMALL_BLOCKS),
        ("blank lines after it", 1 << 20),
    ],
)
def test_line_ends_of_other_systems_and_editors_do_not_matter(
    newline: str, end: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", block)
    records = good([40, 41, 39, 40])
    text = text_of(records, newline)
    text = {
        "whole": text,
        "without its last newline": text.removesuffix(newline),
        "blank lines after it": text + 3 * newline,
    }[end]
    assert read_back(write(tmp_path / "r.fq", text)) == (
        sequences(records),
        expected_stats(records),
    )


@pytest.mark.parametrize(
    "lengths",
    [
        pytest.param([100, 97, 98, 99, 100, 101, 102, 103], id="one to three longer or shorter"),
        pytest.param([101, 100, 101, 100, 99, 101], id="a base trimmed here and there"),
        pytest.param([36, 300, 36, 300, 1, 300], id="far apart"),
        pytest.param([1, 2, 3, 4, 5, 4, 3, 2, 1], id="hardly anything left after trimming"),
        pytest.param(list(range(1, 301)), id="every length up to 300"),
        pytest.param(list(range(300, 0, -1)), id="every length down from 300"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("block", [1 << 10, 1 << 20])
def test_reads_of_changing_length_are_told_apart(
    lengths: list[int],
    newline: str,
    block: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A shorter read after a longer one once ended in its own qualities.
    monkeypatch.setattr(source_module, "BLOCK", block)
    records = good(lengths)
    path = write(tmp_path / "r.fq", text_of(records, newline))
    assert read_back(path) == (sequences(records), expected_stats(records))


@pytest.mark.parametrize("first", "@+~!")
@pytest.mark.parametrize("length", [1, 2, 40])
def test_qualities_may_begin_with_a_sign_that_begins_other_lines(
    first: str, length: int, tmp_path: Path
) -> None:
    # '@' is Phred 31, '+' is Phred 10.
    records = [(f"r{i}", random_bases(length, i), first * length) for i in range(20)]
    path = write(tmp_path / "r.fq", text_of(records))
    assert read_back(path) == (sequences(records), expected_stats(records))


def test_the_name_may_be_repeated_after_the_plus(tmp_path: Path) -> None:
    # as old instruments and the SRA wrote it
    records = good([50, 49, 51])
    text = "".join(f"@{n} 1:N:0:ACGT\n{s}\n+{n} 1:N:0:ACGT\n{q}\n" for n, s, q in records)
    found, _ = read_back(write(tmp_path / "r.fq", text))
    assert [sequence for _, sequence in found] == [sequence for _, sequence, _ in records]


def test_lower_case_and_unread_bases_are_kept_as_they_are(tmp_path: Path) -> None:
    records = [("soft-masked", "acgtn", "IIIII"), ("unread", "AC.TN", "II##!")]
    found, stats = read_back(write(tmp_path / "r.fq", text_of(records)))
    assert found == sequences(records)
    assert stats["bases"] == 10
    assert stats["n_count"] == 1  # of the first record: every 16th is measured


@pytest.mark.parametrize("unread", "Nn.")
def test_every_way_to_write_an_unread_base_counts(unread: str, tmp_path: Path) -> None:
    records = [("r", f"ACGT{unread}{unread}", "IIII##")]
    assert read_back(write(tmp_path / "r.fq", text_of(records)))[1]["n_count"] == 2


@pytest.mark.parametrize("text", ["", "\n", "\r\n\n"])
@pytest.mark.parametrize("container", CONTAINERS)
def test_an_empty_file_has_no_records(text: str, container: str, tmp_path: Path) -> None:
    found, stats = read_back(write(tmp_path / "r.fq", text, container))
    assert found == []
    assert stats == expected_stats([])


def test_a_record_longer_than_a_block_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", 64)
    records = good([20, 5000, 20])
    assert read_back(write(tmp_path / "r.fq", text_of(records)))[0] == sequences(records)


@pytest.mark.parametrize("container", CONTAINERS)
def test_the_digest_is_that_of_the_bytes_on_disk(container: str, tmp_path: Path) -> None:
    path = write(tmp_path / "r.fq", text_of(good([50] * 100)), container)
    source = FastqSource(path, starter_table())
    for block in source.blocks():
        source.give_back(block)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.share_done == 1.0
    source.close()


def test_quality_and_n_are_measured_on_every_16th_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", 100)  # the count goes on from block to block
    records = [("r", "ACGTN", "5555#" if i % 16 == 0 else "IIIII") for i in range(33)]
    _, stats = read_back(write(tmp_path / "r.fq", text_of(records)))
    assert stats["sampled_bases"] == 3 * 5
    assert stats["quality_sum"] == 3 * (4 * 20 + 2)
    assert stats["n_count"] == 3


RECORDS = st.lists(
    st.integers(1, 70).flatmap(
        lambda n: st.tuples(
            st.text("abcXYZ019:_/.#@+ ", min_size=1, max_size=30).map(lambda s: "r" + s.rstrip()),
            st.text("ACGTNacgtn.", min_size=n, max_size=n),
            st.text("!#+5@I~", min_size=n, max_size=n),
        )
    ),
    max_size=30,
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    records=RECORDS,
    container=st.sampled_from(CONTAINERS),
    block=st.integers(16, 600),
    newline=st.sampled_from(["\n", "\r\n"]),
    cut=st.booleans(),
)
def test_any_records_in_any_container_and_block_size_are_read_back(
    records: list[Record],
    container: str,
    block: int,
    newline: str,
    cut: bool,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", block)
    text = text_of(records, newline)
    text = text.removesuffix(newline) if cut else text
    path = write(tmp_path_factory.mktemp("any") / "r.fq", text, container)
    assert read_back(path) == (sequences(records), expected_stats(records))
