"""Exons of an annotated transcript as panel exons: GRCh38, GRCh37, coding parts, phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.panel import Exon
from nutfusion.model.terms import Assembly, Strand
from nutfusion.reference.intervals import gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nutfusion.reference.gtf import AnnotatedTranscript
    from nutfusion.reference.intervals import Interval


def panel_exons(
    transcript: AnnotatedTranscript, assembly: Assembly, offset: int | None
) -> tuple[Exon, ...]:
    """Turn annotated exons into panel exons.

    Args:
        transcript: Positions on ``assembly``.
        assembly: Of the annotation.
        offset: GRCh37 position minus GRCh38 position; ``None`` when the gene has no lift.

    Returns:
        In the sense of the transcript. GRCh37 positions are ``None`` without a lift;
        ``grch37_check`` is ``offset`` when only the lift says where the exon is on GRCh37.

    Raises:
        ValueError: The annotation is GRCh37 and there is no lift.
    """
    to_38 = 0
    if assembly is Assembly.GRCH37:
        if offset is None:
            raise ValueError(f"{transcript.gene} has no lift from GRCh37")
        to_38 = -offset
    exons = []
    bases = transcript.first_phase
    for number, (start, end) in enumerate(transcript.exons, start=1):
        coding = _coding_part((start, end), transcript.coding)
        length = 0 if coding is None else coding[1] - coding[0] + 1
        exons.append(
            Exon(
                number=number,
                start=start + to_38,
                end=end + to_38,
                start_grch37=None if offset is None else start + to_38 + offset,
                end_grch37=None if offset is None else end + to_38 + offset,
                cds_start=None if coding is None else coding[0] + to_38,
                cds_end=None if coding is None else coding[1] + to_38,
                start_phase=None if coding is None else bases % 3,
                end_phase=None if coding is None else (bases + length) % 3,
                grch37_check=_check(assembly, offset),
            )
        )
        bases += length
    return tuple(exons)


def introns(exons: Iterable[Exon]) -> list[Interval]:
    """Return the GRCh38 intervals between consecutive exons, in the order of the exons."""
    return gaps([(exon.start, exon.end) for exon in exons])


def coding_bounds(exons: Sequence[Exon], strand: Strand) -> tuple[int, int] | None:
    """Return the 1-based first and last coding base in the joined exons; ``None`` without."""
    position = 1
    first = last = None
    for exon in exons:
        if exon.cds_start is not None and exon.cds_end is not None:
            skipped = (
                exon.cds_start - exon.start if strand is Strand.PLUS else exon.end - exon.cds_end
            )
            first = position + skipped if first is None else first
            last = position + skipped + exon.cds_end - exon.cds_start
        position += exon.length
    return None if first is None or last is None else (first, last)


def _coding_part(exon: Interval, coding: Sequence[Interval]) -> Interval | None:
    parts = [
        (max(start, exon[0]), min(end, exon[1]))
        for start, end in coding
        if start <= exon[1] and end >= exon[0]
    ]
    if not parts:
        return None
    return min(start for start, _ in parts), max(end for _, end in parts)


def _check(assembly: Assembly, offset: int | None) -> str | None:
    if offset is None:
        return None
    return "both" if assembly is Assembly.GRCH37 else "offset"
