"""Faults of BAM, CRAM and SAM files and their indexes."""

from __future__ import annotations

import gzip
import os
import shutil
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pysam
from tests.faults.place import Fault, Place
from tests.reads.alignments import NUTM1_AT, header, record
from tests.reads.builders import random_bases

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EOF_BLOCK: Final = 28
"""Bytes of the empty block at the end of a BAM."""
BLOCK_HEAD: Final = 18
"""Bytes of a block before what is compressed."""


def _changed(
    change: Callable[[bytes], bytes], *, index: bool = False
) -> Callable[[Place], list[str]]:
    def do(place: Place) -> list[str]:
        path = place.bam(index=index)
        path.write_bytes(change(path.read_bytes()))
        return place.assess("--bam", path)

    return do


def _damaged(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes(300) + content[middle + 300 :]


def _index(change: Callable[[Place, Path], None]) -> Callable[[Place], list[str]]:
    def do(place: Place) -> list[str]:
        path = place.bam(index=True)
        change(place, path)
        return place.assess("--bam", path)

    return do


def _index_of(*places: tuple[str, int] | None, reads: int = 300) -> Callable[[Place, Path], None]:
    """The index of a file with so many reads at each of these places."""

    def change(place: Place, path: Path) -> None:
        other = place.root / "b.bam"
        made = [
            record(f"x{i}", random_bases(100, 9000 + i), place=at)
            for at in places
            for i in range(reads)
        ]
        with pysam.AlignmentFile(str(other), "wb", header=header()) as out:
            for one in made:
                out.write(one)
        pysam.index(str(other))
        shutil.move(f"{other}.bai", f"{path}.bai")

    return change


def _index_cut(_: Place, path: Path) -> None:
    index = Path(f"{path}.bai")
    index.write_bytes(index.read_bytes()[:60])


def _file_grew_after_index(_: Place, path: Path) -> None:
    """The file was made anew, its index was not."""
    with pysam.AlignmentFile(str(path)) as old:
        kept = list(old)
    more = [record(f"m{i}", random_bases(100, 900 + i), place=("chr1", 10 + i)) for i in range(900)]
    with pysam.AlignmentFile(str(path), "wb", header=header()) as out:
        for made in (*more, *kept):
            out.write(made)


def _index_hole(_: Place, path: Path) -> None:
    """Zeros where the reads of chromosome 15 should stand; the rest is as it was."""
    index = Path(f"{path}.bai")
    content = index.read_bytes()
    bin_of_nutm1 = struct.pack("<I", 4681 + (NUTM1_AT[1] >> 14))
    at = content.index(bin_of_nutm1) + 8  # behind it and the number of its chunks
    index.write_bytes(content[:at] + bytes(16) + content[at + 16 :])


def _csi_damaged(place: Place) -> list[str]:
    path = place.bam()
    pysam.index("-c", str(path))
    index = Path(f"{path}.csi")
    content = index.read_bytes()
    at = len(content) - EOF_BLOCK + BLOCK_HEAD
    index.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    return place.assess("--bam", path)


def _cram_index(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Place], list[str]]:
    """The good sample as CRAM, with another index."""

    def do(place: Place) -> list[str]:
        bam = place.bam()
        path = place.root / "a.cram"
        with pysam.AlignmentFile(str(bam)) as reads:
            into = pysam.AlignmentFile(str(path), "wc", template=reads, format_options=["no_ref=1"])
            with into:
                for one in reads:
                    into.write(one)
        pysam.index(str(path))
        index = Path(f"{path}.crai")
        lines = gzip.decompress(index.read_bytes()).splitlines(keepends=True)
        assert lines[-1].startswith(b"1\t")  # chr15
        index.write_bytes(gzip.compress(b"".join(change(lines))))
        return place.assess("--bam", path)

    return do


def _cram(place: Place) -> tuple[Path, Path]:
    text = random_bases(3000, 1)
    genome = place.file("genome.fa", f">chr15\n{text}\n")
    pysam.faidx(str(genome))
    into = header({"chr15": 3000})
    path = place.root / "a.cram"
    with pysam.AlignmentFile(str(path), "wc", header=into, reference_filename=str(genome)) as out:
        for i in range(1500):
            out.write(record(f"r{i}", text[i : i + 100], place=("chr15", i), into=into))
    return path, genome


def _cram_without_genome(place: Place) -> list[str]:
    path, genome = _cram(place)
    genome.unlink()
    return place.assess("--bam", path)


def _cram_cut(place: Place) -> list[str]:
    path, genome = _cram(place)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return place.assess("--bam", path, "--reference-fasta", genome)


def _bomb(place: Place) -> list[str]:
    size = 1 << 30
    return place.assess(
        "--bam", place.file("a.bam", gzip.compress(b"BAM\1" + struct.pack("<i", size) + b"@CO\t"))
    )


def _fifo(place: Place) -> list[str]:
    path = place.root / "a.bam"
    os.mkfifo(path)
    return place.assess("--bam", path)


def _sam(place: Place) -> list[str]:
    lines = "@HD\tVN:1.6\n@SQ\tSN:chr15\tLN:101991189\nr1\t0\tchr15\tninety\n"
    return place.assess("--bam", place.file("a.sam", lines))


def _twice(place: Place) -> list[str]:
    return place.assess("--bam", place.bam(), "--bam", place.bam(name="b.bam"))


def _both(place: Place) -> list[str]:
    first, second = place.reads()
    return place.assess("--bam", place.bam(), "--fastq", first, second)


_AGAIN: Final = "samtools index"

FAULTS: Final[Mapping[str, Fault]] = {
    "bam_copy_stopped_early": Fault(
        "The copy stopped in the middle.",
        _changed(lambda content: content[: len(content) // 2]),
        ("a.bam", "cut short or damaged", "copy it again"),
    ),
    "bam_without_end_mark": Fault(
        "The aligner was killed between two blocks: all there is reads well.",
        _changed(lambda content: content[:-EOF_BLOCK]),
        ("a.bam", "no BGZF EOF marker"),
    ),
    "bam_indexed_without_end_mark": Fault(
        "The same to a file with an index, of which only the loci are read.",
        _changed(lambda content: content[:-EOF_BLOCK], index=True),
        ("a.bam", "no BGZF EOF marker"),
    ),
    "bam_damaged": Fault(
        "A sector of the disk is gone.",
        _changed(_damaged),
        ("a.bam", "cut short or damaged"),
    ),
    "bam_is_empty": Fault(
        "The job that makes it failed.", _changed(lambda _: b""), ("a.bam", "found an empty file")
    ),
    "bam_is_a_pipe": Fault(
        "A pipe was given, and alignments are read twice.", _fifo, ("a.bam", "save them to a file")
    ),
    "bam_header_bomb": Fault(
        "A few bytes that announce a header of a gigabyte.", _bomb, ("a.bam", "found one of")
    ),
    "bam_index_of_another_file": Fault(
        "The index is another sample's: the loci would be looked up in the wrong place.",
        _index(_index_of(("chr1", 5000), ("chr19", 9000))),
        ("a.bam", "a.bam.bai", _AGAIN),
    ),
    "bam_index_of_a_file_without_reads": Fault(
        "The index was made of an empty file: nothing would be found, without an error.",
        _index(_index_of()),
        ("a.bam", "a.bam.bai", _AGAIN),
    ),
    "bam_index_of_a_file_of_other_places": Fault(
        "The index is of a larger file with reads elsewhere: it names no place of NUTM1.",
        _index(_index_of(("chr1", 5000), reads=3000)),
        ("a.bam", "a.bam.bai", _AGAIN),
    ),
    "bam_index_of_unplaced_reads": Fault(
        "The index is of a file whose reads lie nowhere.",
        _index(_index_of(None)),
        ("a.bam", "a.bam.bai", _AGAIN),
    ),
    "bam_index_is_stale": Fault(
        "The BAM was made anew after it was indexed.",
        _index(_file_grew_after_index),
        ("a.bam", "a.bam.bai", _AGAIN),
    ),
    "bam_index_is_cut": Fault(
        "The index was not copied to its end.",
        _index(_index_cut),
        ("a.bam", "a.bam.bai", _AGAIN),
    ),
    "bam_index_has_a_hole": Fault(
        "A disk gave zeros for a part of the index: NUTM1's reads would not be found.",
        _index(_index_hole),
        ("a.bam", "a.bam.bai", _AGAIN),
    ),
    "bam_csi_is_damaged": Fault(
        "The last block of an index of the newer kind does not unpack.",
        _csi_damaged,
        ("a.bam.csi", _AGAIN),
    ),
    "cram_index_of_an_empty_file": Fault(
        "The index of a CRAM was made before there were reads in it.",
        _cram_index(lambda _: []),
        ("a.cram", "a.cram.crai", _AGAIN),
    ),
    "cram_index_lacks_its_last_line": Fault(
        "The index of a CRAM was not copied to its end: the line of NUTM1 is not there.",
        _cram_index(lambda lines: lines[:-1]),
        ("a.cram", "a.cram.crai", _AGAIN),
    ),
    "cram_index_of_another_file": Fault(
        "The index is another CRAM's, whose reads lie elsewhere.",
        _cram_index(lambda lines: [*lines[:-1], lines[-1].replace(b"\t3434", b"\t4434", 1)]),
        ("a.cram", "a.cram.crai", _AGAIN),
    ),
    "cram_without_its_genome": Fault(
        "The genome that the CRAM was written with is not here.",
        _cram_without_genome,
        ("a.cram", "--reference-fasta"),
    ),
    "cram_copy_stopped_early": Fault(
        "The copy of a CRAM stopped in the middle.", _cram_cut, ("a.cram", "cut short")
    ),
    "sam_with_a_broken_line": Fault(
        "Somebody edited the SAM by hand.", _sam, ("a.sam", "cut short or damaged")
    ),
    "bam_given_twice": Fault(
        "Two copies of one alignment were given.", _twice, ("b.bam", "expected every read once")
    ),
    "reads_as_bam_and_as_fastq": Fault(
        "The reads were given as FASTQ and as BAM.", _both, ("give the reads once",)
    ),
}
