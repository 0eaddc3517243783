"""Splice annotated transcripts from a genome and check each before it is let in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError, ReferenceDataError
from nutfusion.model.panel import Decoy, Transcript
from nutfusion.model.terms import Assembly, Strand
from nutfusion.reference.as_shipped import as_shipped
from nutfusion.reference.digest import refget
from nutfusion.reference.exons import coding_bounds, panel_exons
from nutfusion.reference.intervals import gaps
from nutfusion.reference.lay import blocks_of_exons
from nutfusion.reference.records import SequenceRecord
from nutfusion.reference.sequence import reverse_complement
from nutfusion.reference.shipped import DECOY_GENES, ISOFORM_RESIDUES, base_of, is_unversioned
from nutfusion.reference.verify import (
    USUAL_SPLICE_SITES,
    check_coding_part,
    check_exons,
    frame_problem,
    splice_sites,
)

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Exon
    from nutfusion.reference.genome import Genome
    from nutfusion.reference.gtf import AnnotatedTranscript
    from nutfusion.reference.harvest import Harvest
    from nutfusion.reference.shipped import Shipped

_NO_START: Final = "cds_start_NF"
_NO_END: Final = "cds_end_NF"
"""Ensembl's tags for a coding part whose start or end nobody found."""

_MISFIT: Final = (
    "the FASTA and the annotation do not fit together; use the genome of the annotation's assembly"
)


@dataclass(slots=True)
class Splicer:
    """Splices and checks transcripts; fills a harvest.

    Attributes:
        genome: Windows of the genome.
        annotation: The annotation's path, for messages.
        shipped: The starter.
        assembly: Of genome and annotation.
        harvest: Gets transcripts, decoys and notes.
        sites: Introns of the transcripts let in, by their first and last two bases.
    """

    genome: Genome
    annotation: Path
    shipped: Shipped
    assembly: Assembly
    harvest: Harvest
    sites: Counter[str] = field(default_factory=Counter)

    def add(self, transcript: AnnotatedTranscript) -> SequenceRecord | None:
        """Splice, check and keep one transcript of the annotation.

        Returns:
            The bare sequence of a transcript whose gene has no lift from GRCh37; else ``None``.

        Raises:
            InputError: A whole contig ends before the transcript does.
            ReferenceDataError: A transcript whose coordinates ship is not the shipped one, under
                the shipped accession.version. Another version may be another transcript: it is
                left out, and the shipped exons are used.
        """
        sequence = self._sequence(transcript)
        if sequence is None:
            self._refuse_short_contig(transcript)
            self._leave_out(transcript, "the FASTA does not have all of it")
        elif self._is_unversioned(transcript):
            self._leave_out(transcript, "the annotation gives no version")
        elif transcript.gene in DECOY_GENES:
            decoy = Decoy(name=transcript.accession, gene=transcript.gene, sequence=sequence)
            self.harvest.decoys[decoy.name] = decoy
        elif self.assembly is Assembly.GRCH37 and self.shipped.offset(transcript.gene) is None:
            return self._bare_record(transcript, sequence)
        elif self._is_another_version(transcript):
            self._add_if_it_fits(transcript, sequence)
        else:
            self._add_placed(transcript, sequence)
        return None

    def add_shipped(self, transcript: AnnotatedTranscript) -> None:
        """Splice a shipped transcript that the annotation lacks, where the genome has it.

        Raises:
            ReferenceDataError: The genome contradicts the shipped exons.
        """
        if self._sequence(transcript) is None:
            return
        self.add(transcript)
        self.harvest.notes.append(
            f"{transcript.accession}: spliced by the shipped exons, the annotation has it not or "
            "in another form"
        )

    def _is_unversioned(self, transcript: AnnotatedTranscript) -> bool:
        known = self.shipped.transcript(transcript.accession) is not None
        return is_unversioned(transcript.accession) and not known

    def _is_another_version(self, transcript: AnnotatedTranscript) -> bool:
        target = self.shipped.transcript(transcript.accession)
        return target is not None and target.accession != transcript.accession

    def _add_if_it_fits(self, transcript: AnnotatedTranscript, sequence: str) -> None:
        try:
            self._add_placed(transcript, sequence)
        except ReferenceDataError as error:
            self._leave_out(transcript, error.message)

    def _add_placed(self, transcript: AnnotatedTranscript, sequence: str) -> None:
        exons = panel_exons(transcript, self.assembly, self.shipped.offset(transcript.gene))
        target = self.shipped.transcript(transcript.accession)
        must_fit = target is not None and target.is_mane
        if target is not None and must_fit:
            self._check_against(target, transcript, exons)
        residues = self._published(target, transcript)
        cds = None if _NO_START in transcript.tags else coding_bounds(exons, transcript.strand)
        cut = _NO_END in transcript.tags
        problem = None
        if cds is not None:
            coding = sequence[cds[0] - 1 : cds[1]]
            problem = frame_problem(coding, residues=residues, is_prefix=cut)
        if problem is not None and transcript.line is None and residues is None:
            self.harvest.notes.append(f"{transcript.accession}: no coding part, {problem}")
            cds = problem = None
        problem = self._splice_problem(transcript) or problem
        if problem is not None:
            if not must_fit:
                self._leave_out(transcript, problem)
                return
            raise ReferenceDataError(
                f"{transcript.gene} {transcript.accession}: {problem}: {_MISFIT}",
                path=self.genome.path,
            )
        built = Transcript(
            accession=transcript.accession,
            gene=transcript.gene,
            is_mane="MANE_Select" in transcript.tags
            and self.shipped.panel.mane(transcript.gene) is None,
            synonyms=(),
            contig=transcript.contig,
            strand=transcript.strand,
            exons=exons,
            sequence=sequence,
            is_prefix=False,
            is_cds=False,
            cds_start=None if cds is None else cds[0],
            cds_end=None if cds is None or cut else cds[1],
            blocks=blocks_of_exons(exons),
            refget=refget(sequence),
            protein_length=None if cds is None or cut else (cds[1] - cds[0] + 1) // 3 - 1,
            cds_checked=cds is not None and not cut and residues is not None,
        )
        if target is not None:
            built = as_shipped(built, target, self.harvest.notes)
        self.sites.update(self._sites(transcript))
        self.harvest.transcripts[built.accession] = built

    def _check_against(
        self, mane: Transcript, transcript: AnnotatedTranscript, exons: tuple[Exon, ...]
    ) -> None:
        check_exons(exons, mane, path=self.annotation, line=transcript.line)
        if mane.cds_checked:
            check_coding_part(exons, mane, path=self.annotation, line=transcript.line)

    def _sequence(self, transcript: AnnotatedTranscript) -> str | None:
        parts = [self.genome.bases(transcript.contig, *exon) for exon in transcript.exons]
        bases = [part for part in parts if part is not None]
        if len(bases) < len(parts):
            return None
        if transcript.strand is Strand.MINUS:
            bases = [reverse_complement(part) for part in bases]
        return "".join(bases)

    def _bare_record(self, transcript: AnnotatedTranscript, sequence: str) -> SequenceRecord:
        self.harvest.notes.append(
            f"{transcript.accession}: {transcript.gene} has no lift from GRCh37; its exons' "
            "positions in the annotation are not used"
        )
        return SequenceRecord(
            name=transcript.accession,
            accession=transcript.accession,
            gene=transcript.gene,
            sequence=sequence,
            cds=None,
            is_prefix=False,
            is_cds=False,
            path=self.annotation,
            line=transcript.line,
        )

    def _splice_problem(self, transcript: AnnotatedTranscript) -> str | None:
        for number, site in enumerate(self._sites(transcript), start=1):
            if site not in USUAL_SPLICE_SITES:
                return (
                    f"expected intron {number} to begin and end with one of "
                    f"{', '.join(USUAL_SPLICE_SITES)}, found {site}"
                )
        return None

    def _sites(self, transcript: AnnotatedTranscript) -> list[str]:
        introns = gaps(transcript.exons)
        return splice_sites(self.genome, transcript.contig, transcript.strand, introns)

    def _published(self, target: Transcript | None, transcript: AnnotatedTranscript) -> int | None:
        if target is not None and target.cds_checked:
            return target.protein_length
        return ISOFORM_RESIDUES.get(base_of(transcript.accession))

    def _refuse_short_contig(self, transcript: AnnotatedTranscript) -> None:
        last = max(end for exon in transcript.exons for end in exon)
        ends = self.genome.ends_before(transcript.contig, last)
        if ends is not None:
            raise InputError(
                f"{transcript.contig} ends at {ends}, but {transcript.gene} "
                f"{transcript.accession} needs its bases up to {last}: the file is truncated, or "
                "of another assembly than the annotation",
                path=self.genome.path,
            )

    def _leave_out(self, transcript: AnnotatedTranscript, why: str) -> None:
        self.harvest.notes.append(f"{transcript.accession} ({transcript.gene}): left out, {why}")
