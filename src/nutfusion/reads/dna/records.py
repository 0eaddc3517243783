"""The fragments that may show a break at NUTM1, as far as their records were met."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import NUTM1, UPSTREAM_OF_NUTM1
from nutfusion.reads.alignment_contigs import plain_name, span_of
from nutfusion.reads.alignment_records import (
    HARD_CLIP,
    NOT_PRIMARY,
    PAIRED,
    SECONDARY,
    SOFT_CLIP,
    TAGS,
    UNMAPPED,
    is_whole,
    other_places,
    sequenced,
    template_of,
)
from nutfusion.reads.dna.pieces import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pysam

    from nutfusion.model.panel import Panel
    from nutfusion.model.terms import Assembly, Kept
    from nutfusion.reads.alignment_contigs import Region
    from nutfusion.reads.alignment_records import Tag
    from nutfusion.reads.dna.pieces import End, Piece

SHORTEST_CLIP: Final = 8
"""Bases of a read beyond a break from which it says something about what is there."""

NEAR: Final = 10
"""Bases by which aligners may end the pieces of two reads of one break apart (as ``calls.draft``
has it for callers)."""

FAR: Final = 5_000
"""Bases from the locus within which nothing on the same contig counts as somewhere else: deletions
and inversions of that size are common in anybody's introns (chosen by us)."""


@dataclass(frozen=True, slots=True)
class Place:
    """The locus of NUTM1 in a file.

    Attributes:
        contig: As the file spells it.
        low: Lowest residue (1-based).
        high: Highest residue.
    """

    contig: str
    low: int
    high: int

    def holds(self, contig: str | None, position: int) -> bool:
        """Whether a residue lies in it."""
        return contig == self.contig and self.low <= position <= self.high

    def is_elsewhere(self, contig: str | None, position: int) -> bool:
        """Whether a residue lies so far from it that a break must have brought it close."""
        near = contig == self.contig and self.low - FAR <= position <= self.high + FAR
        return contig is not None and not near

    @property
    def region(self) -> Region:
        """The same for pysam."""
        return self.contig, self.low - 1, self.high


def nutm1_place(
    panel: Panel, lengths: Mapping[str, int], assembly: Assembly | None
) -> Place | None:
    """The locus of NUTM1, with what lies before it; ``None`` when nothing tells where it is.

    NUTM1 is on the plus strand: before means lower.
    """
    if assembly is None:
        return None
    names = {plain_name(name): name for name in reversed(list(lengths))}
    spans = [
        (names[t.contig], span)
        for t in panel.of_gene(NUTM1)
        if t.contig in names and t.exons and (span := span_of(t.exons, assembly)) is not None
    ]
    if not spans:
        return None
    low, high = min(span[0] for _, span in spans), max(span[1] for _, span in spans)
    return Place(spans[0][0], max(1, low - UPSTREAM_OF_NUTM1), high)


@dataclass(slots=True)
class DnaRead:
    """One read.

    Attributes:
        bases: As the sequencer wrote them; ``None`` until a whole record was met.
        length: Bases of the read.
        pieces: Where its pieces lie, in the order of the sequencer.
    """

    bases: str | None = None
    length: int = 0
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class DnaFragment:
    """One template.

    Attributes:
        mates: Mate 1 (or the single read) and mate 2; ``None`` for one not met.
        has_mate: The records say that there are two mates.
        tags: The first value of each of ``TAGS`` that was met.
    """

    mates: list[DnaRead | None] = field(default_factory=lambda: [None, None])
    has_mate: bool = False
    tags: dict[Tag, str] = field(default_factory=dict)

    def add(self, record: pysam.AlignedSegment) -> None:
        """Take a mapped record that is not secondary; a record that comes twice changes nothing."""
        template = template_of(record)
        self.has_mate |= template.has_mate
        read = self.mates[template.mate]
        if read is None:
            read = self.mates[template.mate] = DnaRead()
        for tag in TAGS:
            if tag not in self.tags and record.has_tag(tag):
                self.tags[tag] = str(record.get_tag(tag))
        if read.bases is None and is_whole(record):
            read.bases = sequenced(record)
        pieces, read.length = pieces_of(record)
        read.pieces = sorted({*read.pieces, *pieces})

    def take(self, other: DnaFragment) -> None:
        """Add what another file of the sample has of the same template."""
        self.has_mate |= other.has_mate
        self.tags = other.tags | self.tags
        for i, theirs in enumerate(other.mates):
            mine = self.mates[i]
            if mine is None or theirs is None:
                self.mates[i] = mine or theirs
                continue
            mine.bases = mine.bases or theirs.bases
            mine.length = mine.length or theirs.length
            mine.pieces = sorted({*mine.pieces, *theirs.pieces})


def is_usable(record: pysam.AlignedSegment) -> bool:
    """Whether a record has a place, which is not one among several of the same piece."""
    return not record.flag & (UNMAPPED | SECONDARY) and record.cigartuples is not None


def may_show_break(record: pysam.AlignedSegment, place: Place) -> bool:
    """Whether a record at the locus has something elsewhere: a piece, a clip, or its mate."""
    if record.has_tag("SA"):
        return True
    cigar = record.cigartuples or []
    if any(
        op in (SOFT_CLIP, HARD_CLIP) and n >= SHORTEST_CLIP for op, n in [*cigar[:1], *cigar[-1:]]
    ):
        return True
    mate = record.next_reference_name if record.flag & PAIRED else None
    return place.is_elsewhere(mate, record.next_reference_start + 1)


def places_of(record: pysam.AlignedSegment) -> list[tuple[str, int]]:
    """Where the mate and the other pieces of a record's read start (0-based)."""
    found = other_places(record)
    if record.flag & PAIRED and record.next_reference_name is not None:
        found.append((record.next_reference_name, record.next_reference_start))
    return found


class Clips:
    """Knows where reads are clipped that may show known breaks.

    Args:
        ends: Sides of breaks.
    """

    def __init__(self, ends: Iterable[End]) -> None:
        self._at: dict[tuple[str, Kept], list[int]] = {}
        for end in sorted(ends):
            self._at.setdefault((end.contig, end.kept), []).append(end.position)

    def holds(self, record: pysam.AlignedSegment) -> bool:
        """Whether a primary record is clipped within ``NEAR`` bases of one of them."""
        cigar = record.cigartuples
        if record.flag & NOT_PRIMARY or not cigar:
            return False
        contig = record.reference_name or ""
        if cigar[-1][0] == SOFT_CLIP and self._is_near(
            self._at.get((contig, "lower")), record.reference_end or 0
        ):
            return True
        return cigar[0][0] == SOFT_CLIP and self._is_near(
            self._at.get((contig, "higher")), record.reference_start + 1
        )

    @staticmethod
    def _is_near(positions: list[int] | None, at: int) -> bool:
        if positions is None:
            return False
        i = bisect_left(positions, at - NEAR)
        return i < len(positions) and positions[i] <= at + NEAR
