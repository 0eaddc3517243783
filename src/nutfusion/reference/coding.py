"""Where the coding part of a bare sequence lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.reference.sequence import Frame, frame_at, longest_frame, open_frames
from nutfusion.reference.verify import frame_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nutfusion.model.panel import Block, Transcript
    from nutfusion.reference.records import SequenceRecord


def record_frame(record: SequenceRecord) -> tuple[Frame | None, str | None]:
    """Return the frame that the record itself settles, or what is wrong with it.

    Returns:
        The frame where the header gives a coding part or the record is declared to start with
        one; neither when the record says nothing; a problem when the bases contradict it.
    """
    if record.is_cds:
        start, end = 1, None
    elif record.cds is not None:
        start, end = record.cds
    else:
        return None, None
    frame = frame_at(record.sequence, start)
    if frame is None:
        found = record.sequence[start - 1 : start + 2] or "nothing"
        return None, f"expected ATG at base {start}, found {found}"
    if frame.end is None and not record.is_prefix:
        return None, "expected a stop codon, found none before the sequence ends"
    if end is not None and not record.is_prefix:
        problem = frame_problem(record.sequence[start - 1 : end], residues=None)
        if problem is not None:
            return None, problem
    return frame, None


def frame_of_length(sequence: str, residues: int) -> Frame | None:
    """Return the complete open frame of a given protein length; ``None`` without exactly one.

    Args:
        sequence: Upper-case DNA.
        residues: Protein length.
    """
    frames = [
        frame
        for frame in open_frames(sequence)
        if frame.end is not None and frame.protein_length == residues
    ]
    return frames[0] if len(frames) == 1 else None


def agreeing_frame(
    record: SequenceRecord,
    placing: tuple[Sequence[Block], Iterable[Transcript]] | None,
) -> Frame | None:
    """Return the longest open frame that is in step with placed transcripts of the gene.

    Args:
        record: Without a settled frame. Only in a prefix may the frame run off the end.
        placing: The record's blocks and the placed transcripts; ``None`` when it is not placed,
            then the longest frame is taken.

    Returns:
        ``None`` when no frame agrees.
    """
    if placing is None:
        return longest_frame(record.sequence, complete=not record.is_prefix)
    blocks, references = placing
    known = [t for t in references if t.cds_start is not None and t.cds_end is not None]
    frames = sorted(open_frames(record.sequence), key=lambda f: (-f.protein_length, f.start))
    for frame in frames:
        if frame.end is None and not record.is_prefix:
            continue
        if any(_in_step(frame, record, blocks, reference) for reference in known):
            return frame
    return None


def _in_step(
    frame: Frame, record: SequenceRecord, blocks: Sequence[Block], reference: Transcript
) -> bool:
    """Whether the frame and the reference's read some placed base at the same codon position."""
    last = frame.end or len(record.sequence)
    for block in blocks:
        position = max(block.transcript_start, frame.start)
        if position > min(block.transcript_end, last):
            continue
        skipped = position - block.transcript_start
        genomic = block.start + skipped if reference.strand == "+" else block.end - skipped
        other = reference.transcript_position(genomic)
        if other is None or reference.cds_start is None or reference.cds_end is None:
            continue
        if reference.cds_start <= other <= reference.cds_end:
            return (position - frame.start) % 3 == (other - reference.cds_start) % 3
    return False
