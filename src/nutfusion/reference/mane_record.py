"""A bare sequence of a shipped MANE transcript: checked against the shipped exons and placed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nutfusion.errors import ReferenceDataError
from nutfusion.reference.coding import frame_of_length, record_frame
from nutfusion.reference.digest import refget
from nutfusion.reference.lay import blocks_by_coding_start, blocks_of_exons, coding_start
from nutfusion.reference.place import place_by_sequence
from nutfusion.reference.sequence import longest_frame

if TYPE_CHECKING:
    from nutfusion.model.panel import Block, Transcript
    from nutfusion.reference.records import SequenceRecord
    from nutfusion.reference.sequence import Frame

ADVICE: Final = (
    "check the record's name and version, and whether it is cut "
    "(--prefix, --cds-prefix, --name-map)"
)


def attach_to_mane(record: SequenceRecord, mane: Transcript, notes: list[str]) -> Transcript:
    """Give a shipped MANE transcript the sequence of a record.

    Args:
        record: Of the transcript's accession in any version, or of its RefSeq twin.
        mane: As shipped, with or without a sequence.
        notes: Gets what differs without contradicting the shipped exons.

    Returns:
        The transcript with the shipped name and exons, and with the record's sequence and blocks.

    Raises:
        ReferenceDataError: The reading frame or the exons are not the shipped ones.
    """
    frame, problem = _frame(record, mane)
    if problem is not None and mane.cds_checked:
        raise refusal(record, problem)
    if problem is not None:
        notes.append(f"{record.accession} ({record.gene}): {problem}")
    blocks = _blocks(record, mane, frame)
    length = sum(exon.length for exon in mane.exons)
    if not blocks:
        notes.append(
            f"{record.accession} ({record.gene}): not placed, its length is not that of the "
            "shipped exons and the shipped coding part was not checked"
        )
    elif len(record.sequence) != length and not record.is_prefix:
        notes.append(
            f"{mane.accession}: {len(record.sequence)} bases where the shipped exons have "
            f"{length}; only the ends differ"
        )
    same_name = record.accession == mane.accession
    known = same_name or record.accession in mane.synonyms
    if not same_name:
        notes.append(
            f"{mane.accession}: the sequence is that of {record.accession}, accepted as the same "
            "transcript"
        )
    return replace(
        mane,
        synonyms=mane.synonyms if known else (*mane.synonyms, record.accession),
        sequence=record.sequence,
        is_prefix=record.is_prefix,
        is_cds=record.is_cds,
        cds_start=None if frame is None else frame.start,
        cds_end=None if frame is None else frame.end,
        blocks=blocks,
        refget=refget(record.sequence),
        sequence_of=None if same_name else record.accession,
    )


def refusal(record: SequenceRecord, problem: str) -> ReferenceDataError:
    """Return the error that refuses a panel because of one record."""
    return ReferenceDataError(
        f"{record.gene} {record.accession}: {problem}; {ADVICE}",
        path=record.path,
        line=record.line,
    )


def _frame(record: SequenceRecord, mane: Transcript) -> tuple[Frame | None, str | None]:
    """The reading frame, or what is wrong with it."""
    frame, problem = record_frame(record)
    if problem is not None or mane.protein_length is None:
        return frame, problem
    residues = mane.protein_length
    if frame is None and record.is_prefix:
        frame = longest_frame(record.sequence, complete=False)
    elif frame is None:
        frame = frame_of_length(record.sequence, residues)
        if frame is None:
            longest = longest_frame(record.sequence)
            found = "none" if longest is None else f"one of {longest.protein_length}"
            return None, f"expected one reading frame of {residues} residues, found {found}"
    if frame is None:
        return None, "expected an open reading frame, found none"
    if frame.end is not None and frame.protein_length != residues:
        found = f"{frame.protein_length}"
        return None, f"expected a protein of {residues} residues, found {found}"
    if frame.protein_length > residues:
        return None, f"expected at most {residues} residues, found {frame.protein_length}"
    return frame, None


def _blocks(record: SequenceRecord, mane: Transcript, frame: Frame | None) -> tuple[Block, ...]:
    if mane.sequence is not None and not mane.is_prefix:
        blocks = place_by_sequence(record.sequence, [mane])
        _refuse_other_exons(record, mane, blocks)
        return blocks
    if mane.strand is None:
        return ()
    length = sum(exon.length for exon in mane.exons)
    if len(record.sequence) == length and not record.is_cds:
        expected = coding_start(mane.exons, mane.strand) if mane.cds_checked else None
        if frame is not None and expected not in {None, frame.start}:
            raise refusal(
                record, f"expected the coding part from base {expected}, found {frame.start}"
            )
        return blocks_of_exons(mane.exons)
    if frame is None or (frame.end is None and not mane.cds_checked):
        return ()
    return blocks_by_coding_start(
        mane.exons, mane.strand, cds_start=frame.start, length=len(record.sequence)
    )


def _refuse_other_exons(
    record: SequenceRecord, mane: Transcript, blocks: tuple[Block, ...]
) -> None:
    """Every inner exon must be there whole, except where the record is declared to be cut."""
    if not blocks:
        raise refusal(record, f"expected the bases of {mane.accession}, found nothing like them")
    placed = {(block.start, block.end) for block in blocks}
    begun = min((e.number for e in mane.exons if e.cds_start is not None), default=0)
    ended = max(
        exon.number
        for exon in mane.exons
        if exon.start <= blocks[-1].start and blocks[-1].end <= exon.end
    )
    for exon in mane.exons[1:-1]:
        cut = (record.is_cds and exon.number <= begun) or (
            record.is_prefix and exon.number >= ended
        )
        if not cut and (exon.start, exon.end) not in placed:
            raise refusal(
                record,
                f"expected the {exon.length} bases of exon {exon.number} of {mane.accession} "
                f"({mane.contig}:{exon.start}-{exon.end} on GRCh38), found others",
            )
