"""Faults of FASTQ files."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Final

from tests.faults.place import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _second(change: Callable[[bytes, bytes], bytes]) -> Callable[[Place], list[str]]:
    """Another second file: made from the packed and the plain bytes of the good one."""

    def do(place: Place) -> list[str]:
        first, second = place.reads()
        second.write_bytes(change(second.read_bytes(), place.text(2)))
        return place.assess("--fastq", first, second)

    return do


def _missing(place: Place) -> list[str]:
    first, second = place.reads()
    second.unlink()
    return place.assess("--fastq", first, second)


def _folder(place: Place) -> list[str]:
    first, second = place.reads()
    second.unlink()
    second.mkdir()
    return place.assess("--fastq", first, second)


def _same_twice(place: Place) -> list[str]:
    first, _ = place.reads()
    return place.assess("--fastq", first, first)


def _same_lane_twice(place: Place) -> list[str]:
    first, second = place.reads()
    again = place.file("again_R1.fastq", place.text(1)), place.file("again_R2.fastq", place.text(2))
    return place.assess("--fastq", first, second, "--fastq", *again)


def _flipped(packed: bytes, _: bytes) -> bytes:
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 0x10]) + packed[middle + 1 :]


def _swapped(_: bytes, plain: bytes) -> bytes:
    lines = plain.splitlines(keepends=True)
    return b"".join([*lines[4:8], *lines[:4], *lines[8:]])


FAULTS: Final[Mapping[str, Fault]] = {
    "fastq_copy_stopped_early": Fault(
        "The copy from the sequencer's disk stopped in the middle.",
        _second(lambda packed, _: packed[: len(packed) // 2]),
        ("R2.fastq.gz", "truncated", "copy the file again"),
    ),
    "fastq_bit_flipped": Fault(
        "A disk gave back one bit wrong.",
        _second(_flipped),
        ("R2.fastq.gz",),
    ),
    "fastq_tail_of_zeros": Fault(
        "The server lost power: the file has its size and zeros at its end.",
        _second(lambda packed, _: packed[:-200] + bytes(200)),
        ("R2.fastq.gz",),
    ),
    "fastq_plain_tail_of_zeros": Fault(
        "The same to a file that is not compressed.",
        _second(lambda _, plain: plain[:-300] + bytes(300)),
        ("R2.fastq.gz", "not FASTQ"),
    ),
    "fastq_all_zeros": Fault(
        "A download reserved the space and never wrote.",
        _second(lambda packed, _: bytes(len(packed))),
        ("R2.fastq.gz:1", "expected a header that starts with '@'"),
    ),
    "fastq_ends_inside_a_record": Fault(
        "A script cut the file at a number of bytes.",
        _second(lambda _, plain: plain[:-40]),
        ("R2.fastq.gz:", "record 12"),
    ),
    "fastq_mates_in_another_order": Fault(
        "One of the two files was sorted.",
        _second(_swapped),
        ("R2.fastq.gz", "t0", "t1"),
    ),
    "fastq_one_mate_is_shorter": Fault(
        "One file was trimmed without the other.",
        _second(lambda _, plain: b"".join(plain.splitlines(keepends=True)[:-4])),
        ("R2.fastq.gz", "t11"),
    ),
    "fastq_quality_is_missing": Fault(
        "An editor wrapped a line.",
        _second(lambda _, plain: plain.replace(b"IIII\n", b"III\n", 1)),
        ("R2.fastq.gz:4", "as many qualities as bases", "record 1"),
    ),
    "fastq_gzip_in_gzip": Fault(
        "A file was compressed twice.",
        _second(lambda packed, _: gzip.compress(packed)),
        ("R2.fastq.gz", "gzip within gzip"),
    ),
    "fastq_is_a_login_page": Fault(
        "The download gave the portal's login page.",
        _second(lambda *_: b"<!DOCTYPE html><title>Connexion</title>"),
        ("R2.fastq.gz:1", "<!DOCTYPE html>"),
    ),
    "fastq_is_fasta": Fault(
        "FASTA was exported.",
        _second(lambda *_: b">r1\nACGT\n"),
        ("R2.fastq.gz:1", "FASTA"),
    ),
    "fastq_is_xz": Fault(
        "The archive uses another compression.",
        _second(lambda *_: b"\xfd7zXZ\x00\x00"),
        ("R2.fastq.gz", "xzcat"),
    ),
    "fastq_names_steer_the_terminal": Fault(
        "A header holds escape sequences.",
        _second(lambda *_: b"\x1b[2J\x1b]0;x\x07\n"),
        ("R2.fastq.gz:1", "\\x1b[2J"),
    ),
    "fastq_bomb_without_line_ends": Fault(
        "A few hundred kilobytes that unpack to one line without end.",
        _second(lambda *_: gzip.compress(b"@" + b"A" * (1 << 27), compresslevel=9)),
        ("R2.fastq.gz:1", "expected a record of at most 67108864 bytes"),
    ),
    "fastq_is_not_there": Fault(
        "The disk was unmounted, or the file moved.",
        _missing,
        ("R2.fastq.gz", "cannot be read: No such file or directory"),
    ),
    "fastq_is_a_folder": Fault(
        "A folder has the file's name.",
        _folder,
        ("R2.fastq.gz", "cannot be read: Is a directory"),
    ),
    "fastq_first_file_twice": Fault(
        "R1 was typed for R2.", _same_twice, ("R1.fastq.gz", "expected")
    ),
    "fastq_lane_given_twice": Fault(
        "A lane is in the list twice, once unpacked: each fragment would count twice.",
        _same_lane_twice,
        ("again_R1.fastq", "expected"),
    ),
}
