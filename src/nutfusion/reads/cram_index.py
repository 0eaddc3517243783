"""Whether a CRAM's index is whole and its own: another one's finds other reads, or none.

A CRAM is a row of containers, each of which says in its head where its reads lie and where its
slices begin. Its index (CRAI) is a gzip file with a line for each slice, or for each contig of a
slice of several. The heads are read without the reads and the lines held against them.

Source: CRAM format specification (hts-specs, version 3.1), "Container header structure" and "CRAM
index".
"""

from __future__ import annotations

import gzip
import os
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEFINITION: Final = 26
"""Bytes of a CRAM before its first container: magic, version, identifier."""
_VERSIONS: Final = {(2, 1), (3, 0), (3, 1)}
_SEVERAL: Final = -2
"""Contig of a container whose slices hold reads of several."""
_HEAD: Final = 4096
"""Bytes in which the head of a container begins; one with many slices is read on."""
_MOST_SLICES: Final = 1 << 16
"""Of a container (chosen by us); programs put one in it, or a few."""
_GZIP: Final = b"\x1f\x8b"
_LARGEST: Final = 1 << 28
"""Bytes of an index, unpacked (chosen by us): a line has some 40, a slice 10,000 reads."""


@dataclass(frozen=True, slots=True)
class Container:
    """The head of a container.

    Attributes:
        offset: Where it begins in the file.
        contig: Number of the contig of all its reads; -1: they lie nowhere; -2: of several.
        start: First base, 1-based.
        span: Bases from the first to the last.
        slices: Where they begin, in bytes behind the head.
    """

    offset: int
    contig: int
    start: int
    span: int
    slices: tuple[int, ...]


def fits_cram(index: Path, path: Path) -> bool | None:
    """Whether an index names every slice of a CRAM, and each with the place of its reads.

    Args:
        index: CRAI, gzip or plain text.
        path: The CRAM.

    Returns:
        ``None`` when the CRAM is of a version whose containers are not read here.

    Raises:
        OSError: One of them cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_DEFINITION)
        if tuple(head[4:6]) not in _VERSIONS:
            return None
        try:
            expected = list(_containers(file, has_checksum=head[4] > 2))
            lines = _lines(index)
        except (ValueError, IndexError, EOFError, zlib.error, gzip.BadGzipFile):
            return False
    found: dict[int, list[tuple[int, int, int, int]]] = {}
    for contig, start, span, offset, at in lines:
        found.setdefault(offset, []).append((contig, start, span, at))
    if found.keys() != {one.offset for one in expected}:
        return False
    return all(_is_named(one, found[one.offset]) for one in expected)


def _is_named(container: Container, lines: list[tuple[int, int, int, int]]) -> bool:
    if {at for *_, at in lines} != set(container.slices):
        return False
    if container.contig == _SEVERAL:
        return True
    if {contig for contig, *_ in lines} != {container.contig}:
        return False
    if container.contig < 0:
        return True
    start = min(start for _, start, _, _ in lines)
    behind = max(start + span for _, start, span, _ in lines)
    return (start, behind) == (container.start, container.start + container.span)


def _lines(index: Path) -> list[tuple[int, int, int, int, int]]:
    """Contig, first base, span, container and slice of every line.

    Raises:
        ValueError, EOFError, zlib.error: It is damaged.
    """
    with index.open("rb") as raw:
        is_packed = raw.read(2) == _GZIP
    with gzip.open(index) if is_packed else index.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST or (content and not content.endswith(b"\n")):
        raise ValueError("no index")
    rows = []
    for line in content.splitlines():
        contig, start, span, offset, at, _ = map(int, line.split(b"\t"))
        rows.append((contig, start, span, offset, at))
    return rows


def _containers(file: BinaryIO, *, has_checksum: bool) -> Iterator[Container]:
    """The heads of all containers with reads, in their order.

    Raises:
        ValueError, IndexError: The file ends within one, or is damaged.
    """
    size = file.seek(0, os.SEEK_END)
    offset = _DEFINITION
    is_first = True  # holds the SAM header
    while offset < size:
        file.seek(offset)
        head = _Head(file)
        length = head.fixed()
        contig, start, span, records = (head.short() for _ in range(4))
        head.skip_long()
        head.skip_long()
        head.short()
        number_of_slices = head.short()
        if not 0 <= number_of_slices <= _MOST_SLICES:
            raise ValueError("no number of slices")
        slices = tuple(head.short() for _ in range(number_of_slices))
        behind = offset + head.at + (4 if has_checksum else 0)
        if records and not is_first:
            yield Container(offset, contig, start, span, slices)
        is_first = False
        if length < 0 or behind + length > size:
            raise ValueError("a container ends behind the file")
        offset = behind + length


class _Head:
    """The numbers at the beginning of a container."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._bytes = file.read(_HEAD)
        self.at = 0

    def _need(self, count: int) -> None:
        while len(self._bytes) < self.at + count:
            more = self._file.read(_HEAD)
            if not more:
                raise ValueError("the file ends within a container")
            self._bytes += more

    def fixed(self) -> int:
        """Four bytes, the least first."""
        self._need(4)
        self.at += 4
        return int.from_bytes(self._bytes[self.at - 4 : self.at], "little", signed=True)

    def short(self) -> int:
        """ITF-8: the ones at the top of the first byte count the bytes behind it (up to four)."""
        self._need(5)
        first, *rest = self._bytes[self.at : self.at + 5]
        more = min(4, 8 - (0xFF ^ first).bit_length())
        if more == 4:  # the last byte has four bits
            value = first & 0xF
            for byte in rest[:3]:
                value = value << 8 | byte
            value = value << 4 | rest[3] & 0xF
        else:
            value = first & (0x7F >> more)
            for byte in rest[:more]:
                value = value << 8 | byte
        self.at += 1 + more
        return value - (1 << 32) if value >= 1 << 31 else value

    def skip_long(self) -> None:
        """LTF-8: the same, with at most eight behind it."""
        self._need(9)
        self.at += 1 + 8 - (0xFF ^ self._bytes[self.at]).bit_length()
