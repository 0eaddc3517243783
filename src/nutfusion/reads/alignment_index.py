"""Whether a BAM's index is whole and its own: another one's finds other reads, or none.

An index holds, for each contig with reads, *chunks* of the file in *bins* of the contig, and from
where on reads overlap each window (BAI) or bin (CSI). BAI has no checksum, so it is held against
itself: the chunks of a contig leave no part of it out, and follow each other as bins do. Most hold
besides where the reads of a contig begin and end (its *pseudo-bin*), and how many reads lie
nowhere. Those places are looked up in the BAM.

Source: SAM specification (hts-specs), "The BAI index format for BAM files" and CSIv1.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pysam
    from numpy.typing import NDArray

_BAI: Final = b"BAI\x01"
_CSI: Final = b"CSI\x01"
_GZIP: Final = b"\x1f\x8b"
_IN_BLOCK: Final = 16
"""Bits of a place that tell the byte within a block; those above, where the block begins."""
_LARGEST_BLOCK: Final = 1 << 16
_LOOKED_UP: Final = 4
"""Chunks of a contig whose first read is looked up, chosen by us: all of a small file's."""


@dataclass(frozen=True, slots=True)
class Bins:
    """How a kind of index divides a contig: SAM specification, "C source code for computing bins".

    Attributes:
        shift: Bits of the smallest bin's length.
        depth: Levels below the one of the whole contig.
    """

    shift: int = 14
    depth: int = 5

    @property
    def pseudo(self) -> int:
        """Number of the bin that holds no reads; all others are at most this less two."""
        return ((1 << 3 * (self.depth + 1)) - 1) // 7 + 1

    def interval(self, number: int) -> tuple[int, int]:
        """First base of a bin, and the one behind its last; 0-based."""
        level = ((7 * number + 1).bit_length() - 1) // 3
        bits = self.shift + 3 * (self.depth - level)
        start = (number - ((1 << 3 * level) - 1) // 7) << bits
        return start, start + (1 << bits)


@dataclass(frozen=True, slots=True)
class ContigPlaces:
    """What an index says of one contig.

    Attributes:
        contig: Its number.
        span: First place and the one behind the last; ``None``: without a pseudo-bin.
        chunks: Shape (n, 4), by place: begin, end, first base of the bin, one behind its last.
        windows: From where on reads overlap each window of 16,384 bases; empty for CSI.
    """

    contig: int
    span: tuple[int, int] | None
    chunks: NDArray[np.int64]
    windows: NDArray[np.int64]

    @property
    def is_whole(self) -> bool:
        """Whether the chunks leave no part of the contig out, and lie as a sorted file's do."""
        if not len(self.chunks):
            return self.span is None
        begin, end, first, behind = self.chunks.T
        if (begin < 0).any() or (begin >= end).any():
            return False
        reached = np.maximum.accumulate(end)
        if self.span is not None and self.span != (begin[0], reached[-1]):
            return False
        # the end of a block is also the beginning of the next one
        step = (begin[1:] >> _IN_BLOCK) - (reached[:-1] >> _IN_BLOCK)
        same = (begin[1:] & (_LARGEST_BLOCK - 1) == 0) & (step > 0) & (step <= _LARGEST_BLOCK)
        if not ((begin[1:] <= reached[:-1]) | same).all():
            return False
        # the first read of each chunk starts in its bin, and reads are sorted
        if not (np.maximum.accumulate(first) < behind).all():
            return False
        known = self.windows[self.windows != 0]
        return bool((np.diff(known) >= 0).all() and (known <= reached[-1]).all())


@dataclass(frozen=True, slots=True)
class IndexPlaces:
    """Where an index says that reads are.

    Attributes:
        contigs: Number of contigs.
        found: Those with reads, in their order.
        unplaced: Reads that lie nowhere; ``None`` when the index does not say.
    """

    contigs: int
    found: tuple[ContigPlaces, ...]
    unplaced: int | None


def index_places(path: Path) -> IndexPlaces | None:
    """Read an index; ``None`` when it is no BAI or CSI, or damaged.

    Raises:
        OSError: It cannot be read.
    """
    content = path.read_bytes()
    try:
        if content.startswith(_GZIP):
            content = gzip.decompress(content)
        return _places(content)
    except (struct.error, EOFError, gzip.BadGzipFile, zlib.error, ValueError, OverflowError):
        return None


def _places(content: bytes) -> IndexPlaces | None:
    at = 4
    bins, is_csi = Bins(), content.startswith(_CSI)
    if is_csi:
        shift, depth, extra = struct.unpack_from("<3i", content, at)
        at += 12 + extra
        if not (0 < shift <= 32 and 0 < depth <= 10 and extra >= 0):
            return None
        bins = Bins(shift, depth)
    elif not content.startswith(_BAI):
        return None
    (contigs,) = struct.unpack_from("<i", content, at)
    at += 4
    found = []
    for contig in range(contigs):
        places, at = _contig(content, at, contig, bins, is_csi=is_csi)
        if places is None:
            return None
        if len(places.chunks) or places.span is not None:
            found.append(places)
    if len(content) not in (at, at + 8):
        return None
    unplaced = struct.unpack_from("<Q", content, at)[0] if len(content) > at else None
    return IndexPlaces(contigs, tuple(found), unplaced)


def _contig(
    content: bytes, at: int, contig: int, bins: Bins, *, is_csi: bool
) -> tuple[ContigPlaces | None, int]:
    """One contig, and where the next one begins; ``None`` when it holds what no index does."""
    (number_of_bins,) = struct.unpack_from("<i", content, at)
    at += 4
    span, chunks, seen = None, [], set()
    for _ in range(number_of_bins):
        (number,) = struct.unpack_from("<I", content, at)
        at += 4
        if is_csi:
            (least,) = struct.unpack_from("<Q", content, at)
            at += 8
        else:
            least = 0
        (number_of_chunks,) = struct.unpack_from("<i", content, at)
        at += 4
        if number in seen or number_of_chunks < 0:
            return None, at
        seen.add(number)
        if number == bins.pseudo and number_of_chunks == 2:
            begin, end, mapped, unmapped = struct.unpack_from("<4Q", content, at)
            span = (begin, end) if mapped + unmapped else None
        elif number > bins.pseudo - 2:
            return None, at
        else:
            here = np.frombuffer(content, "<i8", 2 * number_of_chunks, at).reshape(-1, 2)
            if len(here) and here[:, 0].min() < least:
                return None, at
            chunks.append((here, bins.interval(number)))
        at += 16 * number_of_chunks
    windows = np.empty(0, np.int64)
    if not is_csi:
        (number_of_windows,) = struct.unpack_from("<i", content, at)
        if number_of_windows < 0:
            return None, at
        windows = np.frombuffer(content, "<i8", number_of_windows, at + 4)
        at += 4 + 8 * number_of_windows
    return ContigPlaces(contig, span, _by_place(chunks), windows), at


def _by_place(chunks: list[tuple[NDArray[np.int64], tuple[int, int]]]) -> NDArray[np.int64]:
    if not chunks:
        return np.empty((0, 4), np.int64)
    places = np.concatenate([here for here, _ in chunks])
    intervals = np.repeat([interval for _, interval in chunks], [len(h) for h, _ in chunks], axis=0)
    together = np.column_stack([places, intervals]).astype(np.int64)
    return together[np.lexsort((together[:, 1], together[:, 0]))]


def fits(index: Path, handle: pysam.AlignmentFile, size: int) -> bool:
    """Whether an index is whole and the reads are where it says.

    Args:
        index: BAI or CSI.
        handle: The BAM, open, at its first record; it is moved.
        size: Bytes of the BAM.
    """
    places = index_places(index)
    if places is None or not all(contig.is_whole for contig in places.found):
        return False
    if places.contigs != handle.nreferences:
        return False
    last = handle.tell()
    for contig in places.found:
        behind_it = int(contig.chunks[:, 1].max())
        if behind_it >> _IN_BLOCK > size or not _lie_there(handle, contig):
            return False
        last = max(last, behind_it)
    if places.unplaced is None and all(contig.span is None for contig in places.found):
        return True  # samtools before 0.1.19: nothing more can be told
    # behind the last of them, reads that lie nowhere, or the end of the file
    behind = _contig_at(handle, last)
    if places.unplaced is None:
        return behind in (None, -1)
    return behind == (-1 if places.unplaced else None)


def _lie_there(handle: pysam.AlignmentFile, contig: ContigPlaces) -> bool:
    """Whether the first reads of some chunks, the first one's among them, start in their bins."""
    for row in np.linspace(0, len(contig.chunks) - 1, _LOOKED_UP).astype(int):
        begin, _, first, behind = map(int, contig.chunks[row])
        try:
            record = _record_at(handle, begin)
        except StopIteration:
            return False
        if record is None or record.reference_id != contig.contig:
            return False
        if not first <= max(0, record.reference_start) < behind:
            return False
    return True


def _contig_at(handle: pysam.AlignmentFile, place: int) -> int | None:
    """Number of the contig on which the read at a place lies; ``None`` at the end of the file.

    A place that is none gives -2.
    """
    try:
        record = _record_at(handle, place)
    except StopIteration:
        return None
    return -2 if record is None else record.reference_id


def _record_at(handle: pysam.AlignmentFile, place: int) -> pysam.AlignedSegment | None:
    """The read at a place; ``None`` for a place that is none.

    Raises:
        StopIteration: It is the end of the file.
    """
    try:
        handle.seek(place)
        records: Iterator[pysam.AlignedSegment] = handle
        return next(records)
    except (OSError, ValueError):
        return None
