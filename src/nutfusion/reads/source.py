"""FASTQ files as blocks of whole records: plain, gzip or BGZF, hashed on the way in."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import numpy as np
from isal import isal_zlib

from nutfusion.errors import FastqError
from nutfusion.reads.kernels import scan as k
from nutfusion.reads.kernels.wide import SLACK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Protocol

    from nutfusion.reads.table import KmerTable

    class _Stream(Protocol):
        """Bytes that are read into a buffer."""

        def readinto(self, buffer: memoryview, /) -> int | None: ...
        def close(self) -> None: ...


BLOCK: Final = 1 << 21
"""Bytes of decompressed FASTQ in one block."""
LARGEST_BLOCK: Final = 1 << 26
"""A record longer than this is not a sequencer's read."""
SMALLEST_RECORD: Final = 8
"""Bytes of the shortest record there is (a name, a base, a quality): bounds records per block."""

COMPRESSED: Final = 1 << 18
"""Bytes of compressed FASTQ that are read and digested at a time."""

_gzip_reader: Final = cast("Callable[[io.RawIOBase, int], _Stream]", isal_zlib._GzipReader)  # noqa: SLF001
"""What ``isal.igzip.IGzipFile`` reads from, without the copies that the file object makes."""
_ISAL_ERROR: Final = cast("type[Exception]", isal_zlib.IsalError)
_GZIP: Final = b"\x1f\x8b"
SHOWN: Final = 24
"""Bytes of a wrong line that a message shows."""
_LOOKS_LIKE: Final = {
    b">": "FASTA",
    b"BAM\x01": "BAM ('samtools fastq')",
    b"%PDF": "a PDF",
    b"\xef\xbb\xbf": "a byte order mark",
    b"\x1f\x8b": "gzip within gzip",
}
_FOREIGN: Final = {
    b"BZh": ("bzip2", "bzcat"),
    b"\xfd7zXZ": ("xz", "xzcat"),
    b"\x28\xb5\x2f\xfd": ("zstandard", "zstdcat"),
    b"CRAM": ("CRAM", "samtools fastq"),
}


class _Hashing(io.RawIOBase):
    """The bytes of a file, digested as they are read; works for pipes too."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self._ahead = b""
        self.digest = hashlib.sha256()
        self.size = path.stat().st_size
        self.done = 0

    def readable(self) -> bool:
        return True

    def peek(self, n: int) -> bytes:
        """The next bytes, at most ``n``, without consuming them."""
        while len(self._ahead) < n and (more := self._file.read(n - len(self._ahead))):
            self._ahead += more
        return self._ahead

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._ahead:
            n = min(len(self._ahead), len(buffer))
            buffer[:n] = self._ahead[:n]
            self._ahead = self._ahead[n:]
        else:
            n = self._file.readinto(buffer) or 0
        self.digest.update(memoryview(buffer)[:n])
        self.done += n
        return n

    def close(self) -> None:
        self._file.close()
        super().close()


def _shown(found: bytes) -> str:
    """The beginning of what stands where a header should, printable."""
    line = found.split(b"\n")[0]
    for magic, name in _LOOKS_LIKE.items():
        if line.startswith(magic):
            return f"{name}; convert it to FASTQ"
    return repr(line.decode("ascii", "backslashreplace"))


class _Room:
    """Arrays for a block, which are used again.

    Memory that is given back and asked for anew makes all threads wait.

    Args:
        size: Bytes of decompressed FASTQ.
    """

    __slots__ = ("buffer", "classes", "seq_lengths", "seq_starts", "starts")

    def __init__(self, size: int) -> None:
        most = (size + SLACK) // SMALLEST_RECORD
        self.buffer = np.empty(size + SLACK, np.uint8)
        self.starts = np.empty(most, np.int32)
        self.seq_starts = np.empty(most, np.int32)
        self.seq_lengths = np.empty(most, np.int32)
        self.classes = np.empty(most, np.uint8)


@dataclass(slots=True)
class Block:
    """Whole records of one file.

    Attributes:
        buffer: uint8; offsets below point into it; ``SLACK`` bytes at its end mean nothing.
        starts: int32 per record: where the header's ``@`` stands.
        seq_starts: int32 per record: first base.
        seq_lengths: int32 per record: bases.
        classes: uint8 per record: what the sieve says (see ``kernels.probes``).
        room: What the arrays are parts of, where it is used again.
    """

    buffer: np.ndarray
    starts: np.ndarray
    seq_starts: np.ndarray
    seq_lengths: np.ndarray
    classes: np.ndarray
    room: _Room | None = None

    def __len__(self) -> int:
        return len(self.starts)


class FastqSource:
    """One FASTQ file, read once from its first byte to its last.

    Args:
        path: Plain, gzip or BGZF; a pipe works too, when each file has a writer of its own.
        table: What the sieve looks for.
        before: Fragments in the lanes before this file; which records are measured for quality
            does not depend on how reads are split into lanes.

    Attributes:
        records: Records seen so far.
        stats: int64[STATS] (see ``kernels.scan``).

    Raises:
        FastqError: On opening or while iterating: not FASTQ, truncated, corrupt; the line of the
            record is named.
    """

    def __init__(self, path: Path, table: KmerTable, before: int = 0) -> None:
        self.path = path
        self.records = 0
        self.stats = np.zeros(k.STATS, dtype=np.int64)
        self.stats[k.SHORTEST] = -1
        self._table = table
        self._before = before
        self._free: list[_Room] = []
        try:
            self._raw = _Hashing(path)
            head = self._raw.peek(6)
        except OSError as error:
            raise FastqError(f"cannot be read: {error.strerror}", path=path) from error
        for magic, (name, tool) in _FOREIGN.items():
            if head.startswith(magic):
                self._raw.close()
                raise FastqError(
                    f"expected FASTQ, plain or gzip, found {name}; convert it with '{tool}'",
                    path=path,
                )
        self._stream: _Stream = self._raw
        if head.startswith(_GZIP):
            self._stream = _gzip_reader(self._raw, COMPRESSED)

    @property
    def sha256(self) -> str:
        """Digest of the file's bytes, hexadecimal; whole once iteration has ended."""
        return self._raw.digest.hexdigest()

    @property
    def share_done(self) -> float:
        """How much of the file has been read, 0 to 1; 0 for a pipe."""
        return self._raw.done / self._raw.size if self._raw.size else 0.0

    def give_back(self, block: Block) -> None:
        """Let the arrays of a block be used again; nothing may point into them any more."""
        if block.room is not None and len(block.buffer) == BLOCK + SLACK:
            self._free.append(block.room)

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        self._raw.close()

    def blocks(self) -> Iterator[Block]:
        """Yield the records in order, a block at a time."""
        rest = np.empty(0, dtype=np.uint8)
        final = False
        while not final:
            size = max(BLOCK, 2 * len(rest))
            if size > LARGEST_BLOCK:
                raise FastqError(
                    f"not FASTQ: expected a record of at most {LARGEST_BLOCK} bytes, found a longer"
                    f" one (record {self.records + 1})",
                    path=self.path,
                    line=4 * self.records + 1,
                )
            room = self._free.pop() if self._free and size == BLOCK else _Room(size)
            buffer = room.buffer
            filled = len(rest)
            buffer[:filled] = rest
            while filled < size and not final:
                n = self._read(buffer[filled:size].data)
                final = n == 0
                filled += n
            block, used, code = self._scan(room, filled, final=final)
            self.records += len(block)
            if code != k.OK:
                raise self._error(code, buffer[used : min(used + SHOWN, filled)].tobytes())
            rest = buffer[used:filled].copy()
            if len(block):
                yield block
            if final and len(rest) and bytes(rest).strip():
                raise self._error(k.TRUNCATED)

    def _scan(self, room: _Room, end: int, *, final: bool) -> tuple[Block, int, int]:
        t = self._table
        n, used, code = k.scan(
            room.buffer,
            end,
            final,
            self._before + self.records,
            t.sieve,
            t.shift,
            t.keys,
            t.classes,
            t.first_words,
            t.last_words,
            t.first_tried,
            t.last_tried,
            t.first_edges,
            t.last_edges,
            room.starts,
            room.seq_starts,
            room.seq_lengths,
            room.classes,
            self.stats,
        )
        block = Block(
            room.buffer,
            room.starts[:n],
            room.seq_starts[:n],
            room.seq_lengths[:n],
            room.classes[:n],
            room,
        )
        return block, used, code

    def _read(self, view: memoryview) -> int:
        try:
            return self._stream.readinto(view) or 0
        except EOFError as error:
            raise FastqError(
                "truncated: the compressed data ends before its end mark; copy the file again",
                path=self.path,
            ) from error
        except (gzip.BadGzipFile, zlib.error, _ISAL_ERROR) as error:
            raise FastqError(
                f"corrupt gzip data ({error}); copy the file again",
                path=self.path,
            ) from error
        except OSError as error:
            raise FastqError(
                f"cannot be read: {error.strerror or error}", path=self.path
            ) from error

    def _error(self, code: int, found: bytes = b"") -> FastqError:
        record = self.records + 1
        line = 4 * self.records + 1
        what = {
            k.NO_AT: (0, "a header that starts with '@'", _shown(found)),
            k.NO_PLUS: (2, "a line that starts with '+' (one line of bases per record)", "none"),
            k.QUALITY_LENGTH: (3, "as many qualities as bases", "another number"),
            k.TRUNCATED: (0, "a whole record of four lines", "the end of the file"),
            k.NO_QUALITY: (3, "qualities from '!' to '~' (Phred+33)", "other characters"),
            k.EMPTY_READ: (1, "at least one base", "an empty line; trim with a minimum length"),
        }[code]
        return FastqError(
            f"not FASTQ: expected {what[1]}, found {what[2]} (record {record})",
            path=self.path,
            line=line + what[0],
        )
