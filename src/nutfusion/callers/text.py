"""Bytes of a caller's file to text, whatever wrote it: gzip, BOM, line endings, encodings."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST: Final = 1 << 30
"""Bytes that a file may have after decompression (chosen by us): a fusion table has a few MB, and
what grows beyond this is no table, or is meant to fill the memory."""
LARGEST_RATIO: Final = 200
"""Times that gzip may have made a file smaller (chosen by us): tables of fusions shrink 3 to 30
times, what is meant to fill the memory a thousand times."""
UNSUSPICIOUS: Final = 1 << 24
"""Bytes of text up to which the ratio does not matter."""
HEAD_BYTES: Final = 1 << 18
"""Bytes that a format is recognised by; a header line of real files has a few hundred."""

_GZIP: Final = b"\x1f\x8b"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF8_BOM: Final = b"\xef\xbb\xbf"
_GIT_LFS: Final = b"version https://git-lfs"


@dataclass(frozen=True)
class Head:
    r"""The beginning of a file.

    Attributes:
        name: File name without folders and without ``.gz``.
        text: At most ``HEAD_BYTES`` bytes, decoded, line endings as ``\n``.
    """

    name: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Lines of the beginning; the last one may be cut."""
        return tuple(self.text.split("\n"))

    def first(self, *, skip: tuple[str, ...] = ()) -> str:
        """First line that is not empty and starts with none of ``skip``; ``""`` when none is."""
        for line in self.lines:
            if line.strip() and not line.startswith(skip):
                return line
        return ""


@dataclass(frozen=True)
class CallerText:
    r"""A whole file.

    Attributes:
        path: Where it was read from.
        sha256: Digest of the bytes as they lie on disk, hexadecimal.
        text: Decoded, line endings as ``\n``.
    """

    path: Path
    sha256: str
    text: str

    @cached_property
    def head(self) -> Head:
        """The beginning, to recognise it by."""
        name = self.path.name
        return Head(name.removesuffix(".gz"), self.text[:HEAD_BYTES])

    def numbered(self) -> Iterator[tuple[int, str]]:
        """(1-based line number, line without its end), blank lines left out."""
        start, number = 0, 0
        while start <= len(self.text):
            # NB: one line at a time, for a list of them takes many times the memory of the text
            end = self.text.find("\n", start)
            end = len(self.text) if end < 0 else end
            line = self.text[start:end]
            start, number = end + 1, number + 1
            if line and not line.isspace():
                yield number, line


def read_text(path: Path) -> CallerText:
    """Read a file whole.

    Args:
        path: Plain or gzip. UTF-8 with or without BOM, UTF-16 with BOM; anything else is read as
            Latin-1, in which gene symbols and numbers are the same.

    Raises:
        CallerFormatError: It is empty, binary, cut short, a Git LFS pointer, or larger than
            ``LARGEST``.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise _too_large(path, LARGEST)
    digest = hashlib.sha256(raw).hexdigest()
    data = _inflated(raw, path) if raw.startswith(_GZIP) else raw
    if not data or data.isspace():
        raise CallerFormatError(
            "expected a caller's output, found an empty file; a program that found no fusion still"
            " writes its header line, so run it again or leave the file out",
            path=path,
            code="empty",
        )
    if data.startswith(_GIT_LFS):
        raise CallerFormatError(
            'expected a caller\'s output, found a Git LFS pointer; fetch it with "git lfs pull"',
            path=path,
            code="git_lfs",
        )
    text = _decoded(data)
    if text is None:
        raise CallerFormatError(
            "expected text, found a binary file (it holds zero bytes)", path=path, code="binary"
        )
    return CallerText(path, digest, text.replace("\r\n", "\n").replace("\r", "\n"))


def _too_large(path: Path, most: int, where: str = "") -> CallerFormatError:
    return CallerFormatError(
        f"expected at most {most} bytes of text, found more{where}; this is no table of fusions, or"
        " it is damaged",
        path=path,
        code="too_large",
    )


def _inflated(raw: bytes, path: Path) -> bytes | bytearray:
    """Contents of a gzip file of one or more members."""
    most = min(LARGEST, max(UNSUSPICIOUS, len(raw) * LARGEST_RATIO))
    out = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            while len(out) <= most and (piece := file.read(1 << 20)):
                out += piece
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CallerFormatError(
            "expected a whole gzip file, found one that is cut short or damaged; copy it again",
            path=path,
            code="truncated",
        ) from error
    if len(out) > most:
        raise _too_large(path, most, f" in {len(raw)} bytes of gzip")
    return out


def _decoded(data: bytes | bytearray) -> str | None:
    """Text; ``None`` for binary data."""
    if data.startswith(_UTF16):
        return data.decode("utf-16", "replace")
    data = data.removeprefix(_UTF8_BOM)
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
