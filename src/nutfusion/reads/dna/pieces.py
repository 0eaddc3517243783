"""Where the pieces of a read lie, and where it goes from one to the next."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.reads.alignment_records import REVERSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pysam

    from nutfusion.model.terms import Kept

_CIGAR: Final = re.compile(r"(\d+)([MIDNSHP=X])")
_ON_READ: Final = frozenset("MI=X")
_ON_GENOME: Final = frozenset("MDN=X")
_CLIPS: Final = frozenset("SH")


class End(NamedTuple):
    """One side of a break.

    Attributes:
        contig: As the file spells it.
        position: 1-based last residue that stays.
        kept: Which side of it stays.
    """

    contig: str
    position: int
    kept: Kept

    def moved_in(self, bases: int) -> End:
        """The side with so many bases less."""
        step = -bases if self.kept == "lower" else bases
        return End(self.contig, self.position + step, self.kept)


class Piece(NamedTuple):
    """A part of a read that lies in one place.

    Attributes:
        start: First base of the read in it (0-based, in the order of the sequencer).
        stop: Base after the last.
        contig: As the file spells it.
        low: Lowest residue (1-based).
        high: Highest residue.
        reverse: It lies on the other strand.
        quality: Mapping quality.
    """

    start: int
    stop: int
    contig: str
    low: int
    high: int
    reverse: bool
    quality: int

    @property
    def leaves(self) -> End:
        """The side of a break behind the piece."""
        if self.reverse:
            return End(self.contig, self.low, "higher")
        return End(self.contig, self.high, "lower")

    @property
    def enters(self) -> End:
        """The side of a break before the piece."""
        if self.reverse:
            return End(self.contig, self.high, "lower")
        return End(self.contig, self.low, "higher")

    def cut(self, end: End) -> int:
        """Bases of the read before a break of this side, if the piece went on that far.

        Negative, or more than the read has, when the read does not reach the break.
        """
        if self.reverse:
            return self.start + (self.high - end.position) + (end.kept == "higher")
        return self.start + (end.position - self.low) + (end.kept == "lower")

    def faces(self, end: End) -> bool:
        """Whether the read goes from this piece towards the break."""
        return self.reverse is (end.kept == "higher")

    def is_on(self, end: End, reach: int, overshoot: int) -> bool:
        """Whether the piece lies on the side that stays, not further than ``reach`` from it.

        Args:
            end: The side.
            reach: Bases between the break and the piece.
            overshoot: Bases by which it may go on beyond the break.
        """
        if self.contig != end.contig:
            return False
        if end.kept == "lower":
            return self.high <= end.position + overshoot and end.position - self.high < reach
        return self.low >= end.position - overshoot and self.low - end.position < reach


class Crossing(NamedTuple):
    """A read that goes from one piece to the next.

    Attributes:
        before: The side that is read first.
        after: The side that is read then.
        between: Bases of the read in neither piece; negative for bases in both (homology).
        quality: Lower mapping quality of the two.
    """

    before: End
    after: End
    between: int
    quality: int


def _piece(contig: str, low: int, cigar: str, *, reverse: bool, quality: int) -> tuple[Piece, int]:
    """A piece, and the length of its read."""
    parts = [(int(n), op) for n, op in _CIGAR.findall(cigar)]
    length = sum(n for n, op in parts if op in _ON_READ or op in _CLIPS)
    clips = [0, 0]
    for n, op in parts:
        if op not in _CLIPS:
            break
        clips[0] += n
    for n, op in reversed(parts):
        if op not in _CLIPS:
            break
        clips[1] += n
    first, last = reversed(clips) if reverse else clips
    span = sum(n for n, op in parts if op in _ON_GENOME)
    return Piece(first, length - last, contig, low, low + span - 1, reverse, quality), length


def _is_on_contig(record: pysam.AlignedSegment, piece: Piece) -> bool:
    try:
        length = record.header.get_reference_length(piece.contig)
    except KeyError:
        return False
    return piece.low >= 1 and piece.high <= length


def pieces_of(record: pysam.AlignedSegment) -> tuple[list[Piece], int]:
    """The pieces of a mapped record's read, in the order of the sequencer; bases of the read.

    They are its own alignment and those of its ``SA`` tag (SAM optional fields: contig, position,
    strand, CIGAR, mapping quality, differences). Parts of the tag that are malformed, of another
    read's length or on no contig of the file are left out: that end of the read is a clip.
    """
    own, length = _piece(
        record.reference_name or "",
        record.reference_start + 1,
        record.cigarstring or "",
        reverse=bool(record.flag & REVERSE),
        quality=record.mapping_quality,
    )
    found = [own]
    if record.has_tag("SA"):
        for part in str(record.get_tag("SA")).split(";"):
            fields = part.split(",")
            if len(fields) < 5 or not (fields[1].isdigit() and fields[4].isdigit()):
                continue
            contig, position, strand, cigar, quality = fields[:5]
            reverse = strand == "-"
            other, whole = _piece(
                contig, int(position), cigar, reverse=reverse, quality=int(quality)
            )
            if whole == length and strand in ("+", "-") and _is_on_contig(record, other):
                found.append(other)
    return sorted(found), length


def crossings(pieces: Sequence[Piece]) -> list[Crossing]:
    """Where a read goes from one of its pieces to the next."""
    return [
        Crossing(a.leaves, b.enters, b.start - a.stop, min(a.quality, b.quality))
        for a, b in itertools.pairwise(pieces)
    ]
