"""What is not FASTQ is refused, naming the file and the line."""

from __future__ import annotations

import bz2
import gzip
import lzma
from typing import TYPE_CHECKING

import pytest
from tests.reads.builders import random_bases, read_back, starter_table

from nutfusion.errors import FastqError
from nutfusion.reads import source as source_module
from nutfusion.reads.source import FastqSource

if TYPE_CHECKING:
    from pathlib import Path

GOOD = f"@good\n{random_bases(50, 1)}\n+\n{'I' * 50}\n"
READ = f"{random_bases(40, 2)}\n"
QUALITY = "I" * 40 + "\n"


def refusal(path: Path) -> FastqError:
    """The error of a file that must be refused."""
    with pytest.raises(FastqError) as caught:
        read_back(path)
    assert caught.value.path == str(path)
    return caught.value


@pytest.mark.parametrize(
    ("bad", "line", "message"),
    [
        pytest.param(
            f">fasta\n{READ}+\n{QUALITY}", 0, "expected a header that starts with '@'", id="no @"
        ),
        pytest.param(
            f"@r\n{READ}{READ}+\n{QUALITY}{QUALITY}", 2, "one line of bases", id="wrapped lines"
        ),
        pytest.param(f"@r\n{READ}{QUALITY}", 2, "a line that starts with '+'", id="no +"),
        pytest.param(
            f"@r\n{READ}+\n{QUALITY[5:]}", 3, "as many qualities as bases", id="few qualities"
        ),
        pytest.param(
            f"@r\n{READ}+\nIII{QUALITY}", 3, "as many qualities as bases", id="many qualities"
        ),
        pytest.param(f"@r\n{READ}+\n\n", 3, "as many qualities as bases", id="no qualities"),
        pytest.param("@r\n\n+\n\n", 1, "at least one base", id="empty read, as trimmers leave it"),
    ],
)
@pytest.mark.parametrize("before", [0, 1, 17])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("block", [128, 1 << 20])
def test_a_bad_record_is_refused_with_its_line(
    bad: str,
    line: int,
    message: str,
    before: int,
    newline: str,
    block: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", block)
    path = tmp_path / "r.fq"
    text = GOOD * before + bad + GOOD * 3
    path.write_bytes(text.replace("\n", newline).encode("ascii"))
    error = refusal(path)
    assert error.line == 4 * before + 1 + line
    assert message in error.message
    assert f"(record {before + 1})" in error.message


def test_the_whole_message_says_what_was_expected_and_found(tmp_path: Path) -> None:
    path = tmp_path / "r.fq"
    path.write_text(f"{GOOD}@r\n{READ}+\n{QUALITY[3:]}{GOOD}")
    assert str(refusal(path)) == (
        f"{path}:8: not FASTQ: expected as many qualities as bases, found another number (record 2)"
    )


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("@r", id="in the name"),
        pytest.param("@r\n", id="after the name"),
        pytest.param(f"@r\n{READ[:20]}", id="in the bases"),
        pytest.param(f"@r\n{READ}", id="after the bases"),
        pytest.param(f"@r\n{READ}+", id="in the third line"),
        pytest.param(f"@r\n{READ}+\n{QUALITY[:20]}", id="in the qualities"),
    ],
)
@pytest.mark.parametrize("block", [64, 1 << 20])
def test_a_file_that_ends_inside_a_record_is_refused(
    rest: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as a full disk or a broken copy leaves it
    monkeypatch.setattr(source_module, "BLOCK", block)
    path = tmp_path / "r.fq"
    path.write_text(GOOD * 2 + rest)
    error = refusal(path)
    assert "(record 3)" in error.message
    assert error.line is not None
    assert 9 <= error.line <= 12


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            bz2.compress(GOOD.encode()),
            "expected FASTQ, plain or gzip, found bzip2; convert it with 'bzcat'",
        ),
        (
            lzma.compress(GOOD.encode()),
            "expected FASTQ, plain or gzip, found xz; convert it with 'xzcat'",
        ),
        (
            b"\x28\xb5\x2f\xfd\x04\x00",
            "expected FASTQ, plain or gzip, found zstandard; convert it with 'zstdcat'",
        ),
        (
            b"CRAM\x03\x00rest",
            "expected FASTQ, plain or gzip, found CRAM; convert it with 'samtools fastq'",
        ),
    ],
    ids=["bzip2", "xz", "zstandard", "CRAM"],
)
def test_other_containers_are_named_with_the_way_out(
    content: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "r.fastq.gz"  # whatever it is called
    path.write_bytes(content)
    assert refusal(path).message == message


@pytest.mark.parametrize("left", [0.2, 0.6, 0.99])
def test_truncated_gzip_is_refused(left: float, tmp_path: Path) -> None:
    path = tmp_path / "r.fq.gz"
    whole = gzip.compress(
        "".join(f"@r{i}\n{random_bases(60, i)}\n+\n{'I' * 60}\n" for i in range(99)).encode()
    )
    path.write_bytes(whole[: int(len(whole) * left)])
    error = refusal(path)
    assert error.message.startswith("truncated: the compressed data ends before its end mark")
    assert error.message.endswith("copy the file again")


@pytest.mark.parametrize("at", [-6, -2, 100])
def test_damaged_gzip_is_refused(at: int, tmp_path: Path) -> None:
    # the checksum, the length, the data
    path = tmp_path / "r.fq.gz"
    damaged = bytearray(
        gzip.compress(
            (
                GOOD * 30
                + "".join(f"@r{i}\n{random_bases(60, i)}\n+\n{'I' * 60}\n" for i in range(99))
            ).encode()
        )
    )
    damaged[at] ^= 0xFF
    path.write_bytes(damaged)
    error = refusal(path)
    assert "gzip" in error.message or "FASTQ" in error.message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.fq"
    with pytest.raises(FastqError) as caught:
        FastqSource(path, starter_table())
    assert str(caught.value) == f"{path}: cannot be read: No such file or directory"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FastqError) as caught:
        FastqSource(tmp_path, starter_table())
    assert str(caught.value) == f"{tmp_path}: cannot be read: Is a directory"


def test_a_file_without_end_of_line_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", 64)
    monkeypatch.setattr(source_module, "LARGEST_BLOCK", 1024)
    path = tmp_path / "r.fq"
    path.write_text("@" + "A" * 10_000)
    assert "expected a record of at most 1024 bytes" in refusal(path).message


def test_a_record_may_be_as_long_as_the_largest_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "BLOCK", 64)
    monkeypatch.setattr(source_module, "LARGEST_BLOCK", 1024)
    path = tmp_path / "r.fq"
    path.write_text(f"@r\n{'A' * 400}\n+\n{'I' * 400}\n" * 3)
    assert len(read_back(path)[0]) == 3
