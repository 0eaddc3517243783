"""Windows of a genome come out the same from every way of writing it down."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pysam
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutfusion.errors import InputError
from nutfusion.reference import genome as module
from nutfusion.reference.genome import read_windows

if TYPE_CHECKING:
    from pathlib import Path

BASES = "ACGTTGCAACGGTTAACCGGTACGATCGATTACGGCATGCAATGC"
WINDOWS = {"chr15": [(5, 12), (20, 40)]}


def check(path: Path) -> None:
    genome = read_windows(path, WINDOWS)
    assert genome.bases("chr15", 5, 12) == BASES[4:12]
    assert genome.bases("chr15", 20, 40) == BASES[19:40]
    assert genome.bases("chr15", 25, 30) == BASES[24:30]
    assert genome.bases("chr15", 4, 12) is None
    assert genome.bases("chr1", 5, 12) is None


# how a genome may be written: header, bases
WRITINGS = [
    (">chr15", BASES),
    (">15", BASES),
    (">15 dna:chromosome chromosome:GRCh38:15:1:45:1 REF", BASES),  # Ensembl
    (">chr15", BASES.lower()),  # soft-masked
    (">chr15:3-45 a region in true coordinates", BASES[2:]),
    (">15:3-45", BASES[2:]),
    (">chromosome:GRCh38:15:3:45:1", BASES[2:]),  # Ensembl REST
    (">other\nACGT\n>chr15", BASES),
    (">chr15", "\r\n".join(BASES[i : i + 7] for i in range(0, len(BASES), 7))),
]


@pytest.mark.parametrize(("header", "bases"), WRITINGS)
def test_headers_case_and_line_ends(tmp_path: Path, header: str, bases: str) -> None:
    path = tmp_path / "genome.fa"
    path.write_bytes(f"{header}\n{bases}\n".encode())
    check(path)


def test_gzip_and_bgzip(tmp_path: Path) -> None:
    plain = tmp_path / "plain.fa"
    plain.write_text(f">chr15\n{BASES}\n")
    (tmp_path / "plain.gz").write_bytes(gzip.compress(plain.read_bytes()))
    pysam.tabix_compress(str(plain), str(tmp_path / "blocks.gz"))
    check(tmp_path / "plain.gz")
    check(tmp_path / "blocks.gz")


def test_several_regions_of_one_contig(tmp_path: Path) -> None:
    path = tmp_path / "genome.fa"
    path.write_text(f">chr15:1-15\n{BASES[:15]}\n>chr15:18-45\n{BASES[17:]}\n")
    check(path)
    genome = read_windows(path, {"chr15": [(10, 30)]})
    assert genome.bases("chr15", 10, 30) is None  # 16 and 17 are in no record
    assert genome.bases("chr15", 10, 15) == BASES[9:15]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chunk=st.integers(1, 60), width=st.integers(1, 50), start=st.integers(1, 1000))
def test_the_size_of_chunks_and_lines_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, width: int, start: int
) -> None:
    monkeypatch.setattr(module, "_CHUNK", chunk)
    path = tmp_path / "genome.fa"
    lines = "\n".join(BASES[i : i + width] for i in range(0, len(BASES), width))
    path.write_text(f">chr9 x\nACGTACGT\n>chr15:{start}-{start + len(BASES) - 1}\n{lines}\n")
    genome = read_windows(path, {"chr15": [(start + 3, start + 9), (start + 20, start + 99)]})
    assert genome.bases("chr15", start + 3, start + 9) == BASES[3:10]
    assert genome.bases("chr15", start + 20, start + 44) == BASES[20:45]


def test_letters_that_are_no_bases_become_n(tmp_path: Path) -> None:
    path = tmp_path / "genome.fa"
    path.write_text(">chr15\nACGTRYKM\n")
    assert read_windows(path, {"chr15": [(1, 8)]}).bases("chr15", 1, 8) == "ACGTNNNN"


def test_a_region_that_is_cut_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "genome.fa"
    path.write_text(f">chr15:101-145\n{BASES[:40]}\n")
    with pytest.raises(InputError) as caught:
        read_windows(path, WINDOWS)
    assert str(caught.value) == (
        f"{path}: record chr15:101-145: expected 45 bases, found 40: the file is truncated or the "
        "name is wrong"
    )


def test_a_gzip_file_that_ends_early_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "genome.fa.gz"
    packed = gzip.compress(f">chr15\n{BASES * 1000}\n".encode())
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(InputError) as caught:
        read_windows(path, WINDOWS)
    assert str(caught.value) == (
        f"{path}: the compressed data end early: the file is truncated; copy or download it again"
    )


def test_damaged_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "genome.fa.gz"
    packed = bytearray(gzip.compress(f">chr15\n{BASES}\n".encode()))
    packed[14] ^= 0xFF
    path.write_bytes(bytes(packed))
    with pytest.raises(InputError, match=r"compressed data are damaged|compressed data end early"):
        read_windows(path, WINDOWS)


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "found an empty file"), ("@r1\nACGT\n+\n!!!!\n", "a file that starts with >")],
)
def test_what_is_no_fasta_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "genome.fa"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        read_windows(path, WINDOWS)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_windows(tmp_path / "no.fa", WINDOWS)
