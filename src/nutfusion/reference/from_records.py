"""Transcripts from bare sequences: placed and checked by the shipped exons.

A record with the accession.version of a shipped MANE transcript must have its exons and coding
part, or the panel is refused (``mane_record``); under another version it is left out with a
warning. Any other record of a panel gene is placed as far as it matches what is placed already; one
whose reading frame is wrong is left out with a note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.errors import ReferenceDataError
from nutfusion.model.panel import Decoy, Transcript
from nutfusion.reference.coding import agreeing_frame, record_frame
from nutfusion.reference.digest import refget
from nutfusion.reference.lay import blocks_by_coding_start, blocks_within
from nutfusion.reference.mane_record import attach_to_mane
from nutfusion.reference.place import place_by_sequence
from nutfusion.reference.shipped import DECOY_GENES, ISOFORM_RESIDUES, base_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nutfusion.model.panel import Block
    from nutfusion.reference.harvest import Harvest
    from nutfusion.reference.records import SequenceRecord
    from nutfusion.reference.sequence import Frame
    from nutfusion.reference.shipped import Shipped


@dataclass(slots=True)
class Attacher:
    """Checks records and adds them to a harvest.

    Attributes:
        shipped: The starter.
        harvest: Gets transcripts, decoys and notes.
    """

    shipped: Shipped
    harvest: Harvest

    def add_all(self, records: Iterable[SequenceRecord]) -> None:
        """Check and add records, those of shipped transcripts first.

        Raises:
            ReferenceDataError: A record with the accession.version of a shipped MANE transcript
                does not have its exons or its coding part.
        """
        for record in sorted(records, key=self._rank):
            target = self.shipped.transcript(record.accession)
            if record.gene in DECOY_GENES:
                decoy = Decoy(name=record.accession, gene=record.gene, sequence=record.sequence)
                self.harvest.decoys[decoy.name] = decoy
            elif target is not None and target.accession in self.harvest.transcripts:
                self._leave_out(record, f"{target.accession} has a sequence already")
            elif target is not None and target.is_mane:
                self._add_mane(record, target)
            else:
                self._add_isoform(record, target)

    def _rank(self, record: SequenceRecord) -> tuple[int, str]:
        """Order: MANE by its own name, by another name, other shipped ones, the rest by name."""
        target = self.shipped.transcript(record.accession)
        if target is None:
            return 4, record.accession
        same = target.accession == record.accession
        return (0 if target.is_mane else 2) + (0 if same else 1), record.accession

    def _add_mane(self, record: SequenceRecord, mane: Transcript) -> None:
        """Attach a record; another version or a twin that is another transcript is left out."""
        try:
            attached = attach_to_mane(record, mane, self.harvest.notes)
        except ReferenceDataError as error:
            if record.accession == mane.accession:
                raise
            self.harvest.warnings.append(
                f"{mane.accession} ({mane.gene}): gets no sequence from {record.accession}, which "
                f"is another transcript: {error.message}"
            )
        else:
            self._keep(attached, record)

    def _add_isoform(self, record: SequenceRecord, target: Transcript | None) -> None:
        placed = self._placed(record.gene)
        blocks = place_by_sequence(record.sequence, placed)
        frame, problem = record_frame(record)
        if frame is None and problem is None:
            frame = agreeing_frame(record, (blocks, placed) if blocks else None)
        residues = ISOFORM_RESIDUES.get(base_of(record.accession))
        if target is not None and target.cds_checked:
            residues = target.protein_length
        if problem is None and residues is not None and not record.is_prefix:
            found = 0 if frame is None else frame.protein_length
            if found != residues:
                problem = f"expected a protein of {residues} residues, found {found}"
        if problem is not None:
            self._leave_out(record, problem)
            return
        mane = self.shipped.panel.mane(record.gene)
        if not blocks and not placed and mane is not None:
            blocks = self._coding_blocks(record, mane, frame)
        if not blocks:
            self.harvest.notes.append(
                f"{record.accession} ({record.gene}): not placed, nothing of the gene that is "
                "placed matches it; a fusion with it has a name but no position"
            )
        is_placed = bool(blocks) and mane is not None
        shipped_name = None if target is None else target.accession
        self._keep(
            Transcript(
                accession=shipped_name or record.accession,
                gene=record.gene,
                is_mane=False,
                synonyms=() if target is None else target.synonyms,
                contig=mane.contig if is_placed and mane is not None else None,
                strand=mane.strand if is_placed and mane is not None else None,
                exons=(),
                sequence=record.sequence,
                is_prefix=record.is_prefix,
                is_cds=record.is_cds,
                cds_start=None if frame is None else frame.start,
                cds_end=None if frame is None else frame.end,
                blocks=blocks,
                refget=refget(record.sequence),
                protein_length=None if frame is None or frame.end is None else frame.protein_length,
                cds_checked=not record.is_prefix and frame is not None and residues is not None,
                sequence_of=None if shipped_name in {None, record.accession} else record.accession,
            ),
            record,
        )

    def _placed(self, gene: str) -> Sequence[Transcript]:
        """MANE transcripts of a gene, else all that are placed, the user's before the shipped."""
        own = [t for t in self.harvest.transcripts.values() if t.gene == gene]
        both = (*own, *self.shipped.panel.of_gene(gene))
        placed = [t for t in both if t.sequence is not None and t.blocks]
        return [t for t in placed if t.is_mane] or placed

    def _coding_blocks(
        self, record: SequenceRecord, mane: Transcript, frame: Frame | None
    ) -> tuple[Block, ...]:
        """Place the coding part alone, when the protein is as long as the MANE transcript's."""
        if frame is None or frame.end is None or mane.strand is None or not mane.cds_checked:
            return ()
        if frame.protein_length != mane.protein_length:
            return ()
        coding = tuple(exon for exon in mane.exons if exon.cds_start is not None)
        blocks = blocks_by_coding_start(
            coding, mane.strand, cds_start=frame.start, length=len(record.sequence)
        )
        self.harvest.notes.append(
            f"{record.accession} ({record.gene}): its coding part is placed as that of "
            f"{mane.accession}, whose protein is as long"
        )
        return blocks_within(blocks, mane.strand, frame.start, frame.end)

    def _keep(self, transcript: Transcript, record: SequenceRecord) -> None:
        for other in self.harvest.transcripts.values():
            if other.gene == transcript.gene and other.refget == transcript.refget:
                self._leave_out(record, f"{other.accession} has the same sequence")
                return
        self.harvest.transcripts[transcript.accession] = transcript

    def _leave_out(self, record: SequenceRecord, why: str) -> None:
        self.harvest.notes.append(f"{record.accession} ({record.gene}): left out, {why}")
