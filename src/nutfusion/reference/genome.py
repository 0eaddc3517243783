"""The few windows of a genome that a panel needs, from one pass over its FASTA file.

A record is a whole contig (``15``, ``chr15``) or a region of one in true coordinates
(``chr15:34343215-34357837``, or Ensembl's ``chromosome:GRCh38:15:34343215:34357837:1``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError
from nutfusion.reference.gtf import canonical_contig
from nutfusion.reference.opening import opened
from nutfusion.reference.sequence import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from nutfusion.reference.intervals import Interval

_CHUNK: Final = 1 << 22
_REGION: Final = re.compile(r"(.+):(\d+)-(\d+)")
_ENSEMBL_REGION: Final = re.compile(r"[a-z]+:[^:]+:([^:]+):(\d+):(\d+):1")


@dataclass(slots=True)
class _Record:
    """A FASTA record on its way through the pass; positions are 1-based residues."""

    name: str
    contig: str
    start: int
    declared_end: int | None
    next: int


@dataclass(slots=True)
class Genome:
    """Windows of a genome.

    Attributes:
        path: The FASTA file, for messages.
        pieces: Contig to (first residue, upper-case bases), in the order of the file.
        contig_ends: Last residue of contigs that the file has whole.
    """

    path: Path
    pieces: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    contig_ends: dict[str, int] = field(default_factory=dict)

    def bases(self, contig: str, start: int, end: int) -> str | None:
        """Return the bases of 1-based residues, forward strand; ``None`` when not all are there."""
        for first, bases in self.pieces.get(contig, ()):
            if first <= start and end < first + len(bases):
                return bases[start - first : end - first + 1]
        return None

    def ends_before(self, contig: str, end: int) -> int | None:
        """Return the last residue of a whole contig that ends before ``end``, else ``None``."""
        last = self.contig_ends.get(contig)
        return last if last is not None and last < end else None


def read_windows(path: Path, windows: Mapping[str, Sequence[Interval]]) -> Genome:
    """Read windows of a genome.

    Args:
        path: FASTA, plain, gzip or bgzip; bases of either case.
        windows: Contig (``chr`` spelling) to 1-based inclusive intervals.

    Returns:
        What the file has of the windows, which may be nothing.

    Raises:
        InputError: The file cannot be read, is not FASTA, or a region record has another number
            of bases than its name says.
    """
    genome = Genome(path)
    record: _Record | None = None
    buffers: dict[Interval, list[bytes]] = {}
    for header, bases in _parts(path):
        if header is not None:
            _close(genome, record, buffers)
            record, buffers = _opened_record(header), {}
        elif record is not None:
            end = record.next + len(bases) - 1
            for window in windows.get(record.contig, ()):
                if window[0] <= end and window[1] >= record.next:
                    low = max(window[0] - record.next, 0)
                    high = window[1] - record.next + 1
                    buffers.setdefault(window, []).append(bases[low:high])
            record.next = end + 1
    _close(genome, record, buffers)
    return genome


def _parts(path: Path) -> Iterator[tuple[str | None, bytes]]:
    """Yield (header, empty) at each record and (``None``, bases) for the pieces in between."""
    with opened(path) as handle:
        carry = b""
        started = False
        while chunk := handle.read(_CHUNK):
            chunk = carry + chunk
            carry = b""
            while chunk:
                mark = chunk.find(b">")
                if not started and mark != 0:
                    raise InputError("expected FASTA, a file that starts with >", path=path)
                started = True
                if mark != 0:
                    piece = chunk if mark < 0 else chunk[:mark]
                    yield None, piece.translate(None, b" \t\r\n")
                    chunk = b"" if mark < 0 else chunk[mark:]
                    continue
                stop = chunk.find(b"\n")
                if stop < 0:
                    carry, chunk = chunk, b""
                else:
                    yield chunk[1:stop].decode("utf-8", errors="replace").strip(), b""
                    chunk = chunk[stop + 1 :]
    if not started:
        raise InputError("expected FASTA, found an empty file", path=path)


def _opened_record(header: str) -> _Record:
    name = header.split(maxsplit=1)[0] if header else ""
    match = _REGION.fullmatch(name) or _ENSEMBL_REGION.fullmatch(name)
    if match is None:
        return _Record(name, canonical_contig(name), 1, None, 1)
    start = int(match[2])
    return _Record(name, canonical_contig(match[1]), start, int(match[3]), start)


def _close(genome: Genome, record: _Record | None, buffers: Mapping[Interval, list[bytes]]) -> None:
    if record is None:
        return
    last = record.next - 1
    if record.declared_end is None:
        genome.contig_ends.setdefault(record.contig, last)
    elif record.declared_end != last:
        raise InputError(
            f"record {record.name}: expected {record.declared_end - record.start + 1} bases, "
            f"found {last - record.start + 1}: the file is truncated or the name is wrong",
            path=genome.path,
        )
    for window, parts in buffers.items():
        first = max(window[0], record.start)
        bases = clean(b"".join(parts).decode("ascii", errors="replace"))
        genome.pieces.setdefault(record.contig, []).append((first, bases))
