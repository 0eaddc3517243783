"""Whether an index is that of the BAM beside it: another one's finds other reads, or none.

An index holds, for each contig with reads, where in the file these begin and end (its
*pseudo-bin*), and how many reads lie nowhere. Those places are looked up; an index without them
(samtools before 0.1.19) cannot be told and is taken as it is.

Source: SAM specification (hts-specs), "The BAI index format for BAM files" and CSIv1.
"""

from __future__ import annotations

import gzip
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pysam

_BAI: Final = b"BAI\x01"
_CSI: Final = b"CSI\x01"
_GZIP: Final = b"\x1f\x8b"
_PSEUDO_BIN: Final = 37450
"""Of a BAI, whose bins have five levels."""
_IN_BLOCK: Final = 16
"""Bits of a place that tell the byte within a block; those above, where the block begins."""


@dataclass(frozen=True, slots=True)
class IndexPlaces:
    """Where an index says that reads are.

    Attributes:
        contigs: Number of contigs.
        spans: (contig, first place, place behind the last), in the order of the contigs.
        unplaced: Reads that lie nowhere; ``None`` when the index does not say.
    """

    contigs: int
    spans: tuple[tuple[int, int, int], ...]
    unplaced: int | None


def index_places(path: Path) -> IndexPlaces | None:
    """Read an index; ``None`` when it is no BAI or CSI, or ends early.

    Raises:
        OSError: It cannot be read.
    """
    content = path.read_bytes()
    try:
        if content.startswith(_GZIP):
            content = gzip.decompress(content)
        return _places(content)
    except (struct.error, EOFError, gzip.BadGzipFile):
        return None


def _places(content: bytes) -> IndexPlaces | None:
    at = 4
    pseudo_bin, before_chunks = _PSEUDO_BIN, 4
    if content.startswith(_CSI):
        _, depth, extra = struct.unpack_from("<3i", content, at)
        at += 12 + extra
        pseudo_bin, before_chunks = ((1 << 3 * (depth + 1)) - 1) // 7 + 1, 12
    elif not content.startswith(_BAI):
        return None
    (contigs,) = struct.unpack_from("<i", content, at)
    at += 4
    spans = []
    for contig in range(contigs):
        (bins,) = struct.unpack_from("<i", content, at)
        at += 4
        for _ in range(bins):
            (number,) = struct.unpack_from("<I", content, at)
            (chunks,) = struct.unpack_from("<i", content, at + before_chunks)
            at += before_chunks + 4
            if number == pseudo_bin and chunks == 2:
                begin, end, mapped, unmapped = struct.unpack_from("<4Q", content, at)
                if mapped + unmapped:
                    spans.append((contig, begin, end))
            at += 16 * chunks
        if before_chunks == 4:
            (windows,) = struct.unpack_from("<i", content, at)
            at += 4 + 8 * windows
    unplaced = struct.unpack_from("<Q", content, at)[0] if len(content) >= at + 8 else None
    return IndexPlaces(contigs, tuple(spans), unplaced)


def fits(index: Path, handle: pysam.AlignmentFile, size: int) -> bool:
    """Whether the reads are where an index says.

    Args:
        index: BAI or CSI.
        handle: The BAM, open, at its first record; it is moved.
        size: Bytes of the BAM.
    """
    places = index_places(index)
    if places is None or not (places.spans or places.unplaced is not None):
        return True
    if places.contigs != handle.nreferences:
        return False
    last = handle.tell()
    for contig, begin, end in places.spans:
        if max(begin, end) >> _IN_BLOCK > size or _contig_at(handle, begin) != contig:
            return False
        last = max(last, end)
    # behind the last of them, reads that lie nowhere, or the end of the file
    behind = _contig_at(handle, last)
    if places.unplaced is None:
        return behind in (None, -1)
    return behind == (-1 if places.unplaced else None)


def _contig_at(handle: pysam.AlignmentFile, place: int) -> int | None:
    """Number of the contig on which the read at a place lies; ``None`` at the end of the file.

    A place that is none gives -2.
    """
    try:
        handle.seek(place)
        records: Iterator[pysam.AlignedSegment] = handle
        return next(records).reference_id
    except StopIteration:
        return None
    except (OSError, ValueError):
        return -2
