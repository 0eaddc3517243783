"""Lay a transcript sequence on GRCh38 along the exons it is known to have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nutfusion.model.panel import Block
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nutfusion.model.panel import Exon


def blocks_of_exons(exons: Iterable[Exon]) -> tuple[Block, ...]:
    """Return the blocks of a sequence that is exactly the exons joined."""
    blocks = []
    position = 1
    for exon in exons:
        blocks.append(Block(position, position + exon.length - 1, exon.start, exon.end))
        position += exon.length
    return tuple(blocks)


def blocks_by_coding_start(
    exons: Sequence[Exon], strand: Strand, *, cds_start: int, length: int
) -> tuple[Block, ...]:
    """Return the blocks of a sequence that follows the exons but may begin or end elsewhere.

    Args:
        exons: Exons in the sense of the transcript, with a coding part.
        strand: Of the transcript.
        cds_start: 1-based first coding base in the sequence.
        length: Bases of the sequence.

    Returns:
        The exons laid from the first coding base in both directions and cut where the sequence
        ends. Bases before the first exon or behind the last one are in no block.
    """
    shift = cds_start - coding_start(exons, strand)
    moved = (
        replace(
            b, transcript_start=b.transcript_start + shift, transcript_end=b.transcript_end + shift
        )
        for b in blocks_of_exons(exons)
    )
    return blocks_within(moved, strand, 1, length)


def coding_start(exons: Sequence[Exon], strand: Strand) -> int:
    """Return the 1-based first coding base in the joined exons.

    Raises:
        ValueError: No exon has a coding part.
    """
    position = 1
    for exon in exons:
        if exon.cds_start is not None and exon.cds_end is not None:
            before = (
                exon.cds_start - exon.start if strand is Strand.PLUS else exon.end - exon.cds_end
            )
            return position + before
        position += exon.length
    raise ValueError("no exon has a coding part")


def blocks_within(
    blocks: Iterable[Block], strand: Strand, first: int, last: int
) -> tuple[Block, ...]:
    """Return blocks cut to the 1-based transcript positions ``first`` to ``last``."""
    kept = []
    for block in blocks:
        head = max(0, first - block.transcript_start)
        tail = max(0, block.transcript_end - last)
        if head + tail > block.end - block.start:
            continue
        below, above = (head, tail) if strand is Strand.PLUS else (tail, head)
        kept.append(
            Block(
                block.transcript_start + head,
                block.transcript_end - tail,
                block.start + below,
                block.end - above,
            )
        )
    return tuple(kept)
