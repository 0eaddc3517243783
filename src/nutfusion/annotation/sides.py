"""One side of an exact joint on the transcripts of its gene: exon, coding offset, position."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Exon, Panel, Transcript


class Side(StrEnum):
    """Which part of the fusion transcript a position ends or begins."""

    FIVE_PRIME = "five_prime"
    THREE_PRIME = "three_prime"


@dataclass(frozen=True, slots=True)
class Segment:
    """An exon, or a stored block that stands for one.

    Attributes:
        number: 1-based, in the sense of the transcript.
        start: Lowest GRCh38 residue.
        end: Highest GRCh38 residue.
        before: Transcript bases before the segment.
    """

    number: int
    start: int
    end: int
    before: int


def has_place(transcript: Transcript, end: JunctionEnd) -> bool:
    """Whether contig and strand of the two agree; a strand nobody knows agrees with none."""
    return (
        transcript.contig is not None
        and transcript.strand is not None
        and end.contig == transcript.contig
        and end.strand is transcript.strand
    )


def transcripts_of(panel: Panel, gene: GeneRef | None) -> tuple[Transcript, ...]:
    """The panel's transcripts of a gene, MANE Select first; none for a gene it does not know."""
    if gene is None:
        return ()
    return panel.of_gene(gene.symbol)


def exon_at(transcript: Transcript, end: JunctionEnd) -> Exon | None:
    """The exon that holds an exact position, found by coordinate and strand alone."""
    if end.position is None or not has_place(transcript, end):
        return None
    for exon in transcript.exons:
        if exon.start <= end.position <= exon.end:
            return exon
    return None


def segments(panel: Panel, transcript: Transcript) -> tuple[Segment, ...]:
    """The exons of a transcript in its own sense.

    Returns:
        From ``exons``. Without them from ``blocks``, when these run without a gap to the end of
        the whole sequence and either start at its first base or are MANE Select's exons from the
        second on: then what is not placed is a first exon of its own. Else empty: a number that
        would have to be guessed is not given.
    """
    found: list[Segment] = []
    before = 0
    if transcript.exons:
        for exon in transcript.exons:
            found.append(Segment(exon.number, exon.start, exon.end, before))
            before += exon.length
        return tuple(found)
    if not is_whole(transcript) or not transcript.blocks:
        return ()
    first = 1
    if transcript.blocks[0].transcript_start > 1:
        if not _is_mane_from_second_exon(panel, transcript):
            return ()
        first, before = 2, transcript.blocks[0].transcript_start - 1
    for number, block in enumerate(transcript.blocks, start=first):
        if block.transcript_start != before + 1:
            return ()
        found.append(Segment(number, block.start, block.end, before))
        before = block.transcript_end
    return tuple(found) if before == len(transcript.sequence or "") else ()


def _is_mane_from_second_exon(panel: Panel, transcript: Transcript) -> bool:
    mane = panel.mane(transcript.gene)
    if mane is None:
        return False
    theirs = [(exon.start, exon.end) for exon in mane.exons[1:]]
    return theirs == [(block.start, block.end) for block in transcript.blocks]


def is_whole(transcript: Transcript) -> bool:
    """Whether the stored sequence is the transcript from end to end, under its own accession."""
    return (
        transcript.sequence is not None
        and not transcript.is_prefix
        and not transcript.is_cds
        and transcript.sequence_of is None
    )


def segment_at(panel: Panel, transcript: Transcript, end: JunctionEnd) -> Segment | None:
    """The segment that holds an exact position; ``None`` between exons or off the strand."""
    if end.position is None or not has_place(transcript, end):
        return None
    for segment in segments(panel, transcript):
        if segment.start <= end.position <= segment.end:
            return segment
    return None


def bases_into(segment: Segment | Exon, position: int, strand: Strand) -> int:
    """Bases of an exon before ``position``, in the sense of the transcript (0 for its first)."""
    return position - segment.start if strand is Strand.PLUS else segment.end - position


def bases_after(segment: Segment | Exon, position: int, strand: Strand) -> int:
    """Bases of an exon after ``position``, in the sense of the transcript (0 for its last)."""
    return segment.end - position if strand is Strand.PLUS else position - segment.start
