"""What samples can be made of: the panel's transcripts, where they may be cut, a background."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.annotation.exon_numberings import shipped_joints
from nutfusion.annotation.partner_class import is_neighbour, listed_partner
from nutfusion.errors import InputError
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import PartnerClass, Strand
from nutfusion.simulation.templates import (
    NUCLEOTIDES,
    random_sequences,
    read_fasta,
    reverse_complement,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from nutfusion.model.panel import Panel, Transcript

INVENTED: Final = 300
"""Transcripts of random bases when no background is given."""
SHORTEST: Final = 400
"""nt of a transcript that a fragment of any library fits in; shorter ones are left out."""
PANEL_SHARE: Final = 0.3
"""Share of 16-mers that a background transcript has in common with the panel from which on it is a
transcript of the panel's own genes, and left out: what a sample expresses must be known."""
_EVERY: Final = 8
"""Every eighth 16-mer of a transcript is looked up: the share is as plain, and cheaper."""
LEAST_PART: Final = 300
"""nt that a part of a fused transcript must have, so that fragments fit on both sides."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a transcript is cut.

    Attributes:
        gene: HGNC symbol.
        exon: MANE exon whose edge it is; ``None`` inside an exon.
        at: 1-based place in the transcript's sequence: the last base of a 5' part, the first base
            of a 3' part.
        residue: The same base on GRCh38 (1-based).
    """

    gene: str
    exon: int | None
    at: int
    residue: int

    @property
    def name(self) -> str:
        """Short, for identifiers."""
        return f"{self.gene}-e{self.exon}" if self.exon else f"{self.gene}-{self.at}"


@dataclass(frozen=True, slots=True)
class NotSimulated:
    """A catalogued edge that no sample can be made of.

    Attributes:
        gene: HGNC symbol.
        exon: MANE exon.
        why: ``no_sequence``, ``sequence_too_short``, or ``elsewhere``: the panel's exon ends at
            another place than the catalogue's.
    """

    gene: str
    exon: int
    why: str


@dataclass(frozen=True)
class Materials:
    """Everything that reads are cut from.

    Attributes:
        panel: The panel whose transcripts are used, and that the reads are assessed with.
        background: Transcripts of other genes by name.
        background_name: Where they come from.
        background_digest: sha256 of that file; ``None`` for invented ones.
        background_left_out: Transcripts of that file that are the panel's own, or shorter than
            400 nt.
    """

    panel: Panel
    background: Mapping[str, str]
    background_name: str
    background_digest: str | None
    background_left_out: int = 0

    def transcript(self, gene: str) -> Transcript | None:
        """The gene's transcript with a sequence and places on the genome, MANE first."""
        for found in self.panel.of_gene(gene):
            if found.sequence is not None and found.blocks and found.contig and found.strand:
                return found
        return None

    def sequence(self, gene: str) -> str:
        """Bases of that transcript, or of one that has no places on the genome.

        Raises:
            LookupError: The panel has none.
        """
        found = self.transcript(gene)
        for one in (found, *self.panel.of_gene(gene)):
            if one is not None and one.sequence is not None:
                return one.sequence
        raise LookupError(f"the panel has no sequence of {gene}")

    @cached_property
    def catalogued(self) -> tuple[tuple[Cut, ...], tuple[NotSimulated, ...]]:
        """Cuts of the catalogued 5' partners, and those that this panel cannot give.

        A panel's exon at another place than the catalogue's is another exon: held against itself
        it would always be right.
        """
        found: list[Cut] = []
        missing: list[NotSimulated] = []
        for edge in shipped_joints():
            if edge.gene == NUTM1 or edge.label.exon is None:
                continue
            cut = self.five_prime(edge.gene, edge.label.exon)
            if cut is not None and cut.residue == edge.position:
                found.append(cut)
                continue
            why = "no_sequence" if self.transcript(edge.gene) is None else "sequence_too_short"
            missing.append(NotSimulated(edge.gene, edge.label.exon, "elsewhere" if cut else why))
        return tuple(found), tuple(missing)

    @cached_property
    def acceptor(self) -> Cut:
        """NUTM1's catalogued first base.

        Raises:
            InputError: The panel has no sequence of NUTM1, or its exon at another place.
        """
        exon, place = next(
            (e.label.exon, e.position)
            for e in shipped_joints()
            if e.gene == NUTM1 and e.label.exon is not None
        )
        cut = self.three_prime(exon)
        if cut is None or cut.residue != place:
            raise InputError(
                f"panel {self.panel.name!r}: expected a sequence of NUTM1 with exon {exon} from"
                f" {place} on (GRCh38), found {'none' if cut is None else cut.residue}; build it"
                " again without --no-starter"
            )
        return cut

    def five_prime(self, gene: str, exon: int) -> Cut | None:
        """The cut after an exon's last base; ``None`` when the panel's sequence does not reach."""
        return self._edge(gene, exon, last=True)

    def three_prime(self, exon: int) -> Cut | None:
        """The cut before the first base of an exon of NUTM1; ``None`` as before."""
        return self._edge(NUTM1, exon, last=False)

    def _edge(self, gene: str, exon: int, *, last: bool) -> Cut | None:
        transcript = self.transcript(gene)
        if transcript is None or transcript.strand is None:
            return None
        for one in transcript.exons:
            if one.number == exon:
                at_high = last is (transcript.strand is Strand.PLUS)
                return self._at_residue(transcript, one.end if at_high else one.start, exon)
        return None

    def _at_residue(self, transcript: Transcript, residue: int, exon: int | None) -> Cut | None:
        at = transcript.transcript_position(residue)
        return None if at is None else Cut(transcript.gene, exon, at, residue)

    def inside(self, gene: str, at: int) -> Cut | None:
        """The cut at a place of the gene's sequence; ``None`` where it has no genomic place."""
        transcript = self.transcript(gene)
        residue = None if transcript is None else transcript.genomic_position(at)
        if transcript is None or residue is None:
            return None
        return self._at_residue(transcript, residue, None)

    def exon_ends(self, gene: str) -> tuple[Cut, ...]:
        """Cuts after the exons of a gene that leave enough sequence before them; not its last."""
        transcript = self.transcript(gene)
        exons = () if transcript is None else transcript.exons[:-1]
        found = [cut for exon in exons if (cut := self.five_prime(gene, exon.number))]
        return tuple(cut for cut in found if cut.at >= LEAST_PART)

    def coding_exon_ends(self, gene: str) -> tuple[Cut, ...]:
        """Of those, the ends of coding exons."""
        transcript = self.transcript(gene)
        exons = () if transcript is None else transcript.exons
        coding = {exon.number for exon in exons if exon.end_phase is not None}
        return tuple(cut for cut in self.exon_ends(gene) if cut.exon in coding)

    @cached_property
    def acceptors(self) -> tuple[Cut, ...]:
        """Cuts before the exons of NUTM1 that follow its first, its last exon left out."""
        transcript = self.transcript(NUTM1)
        exons = () if transcript is None else transcript.exons[2:-1]
        return tuple(cut for exon in exons if (cut := self.three_prime(exon.number)) is not None)

    def can_be_reversed(self, cut: Cut) -> bool:
        """Whether enough sequence follows the cut for the reciprocal transcript."""
        return len(self.sequence(cut.gene)) - cut.at >= LEAST_PART

    def random_joint(self, gene: str, rng: np.random.Generator) -> tuple[Cut, Cut, str] | None:
        """A joint inside coding exons of both genes, every third with inserted bases.

        Inserted bases differ from what either gene has there, so that the joint is where it is
        said to be.
        """
        five, three = self.transcript(gene), self.transcript(NUTM1)
        if five is None or three is None or five.sequence is None or three.sequence is None:
            return None
        lowest = max(LEAST_PART, (five.cds_start or 1) + 60)
        highest = min(len(five.sequence) - 30, (five.cds_end or len(five.sequence)) - 30)
        first = self.acceptor.at
        if highest <= lowest:
            return None
        before = self.inside(gene, int(rng.integers(lowest, highest)))
        after = self.inside(NUTM1, int(rng.integers(first, first + 1500)))
        if before is None or after is None:
            return None
        linker = ""
        if rng.integers(0, 3) == 0:
            last, next_base = three.sequence[after.at - 2], five.sequence[before.at]
            bases = [str(rng.choice(list("ACGT"))) for _ in range(int(rng.integers(1, 7)))]
            if bases[0] == next_base:
                bases[0] = next(b for b in "ACGT" if b not in (next_base, last))
            if bases[-1] == last:
                bases[-1] = next(b for b in "ACGT" if b not in (next_base, last))
            linker = "".join(bases)
        return before, after, linker

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """Genes with a sequence that a NUTM1 fusion may have as 5' partner, panel order."""
        return tuple(
            gene
            for gene in self.panel.genes
            if gene != NUTM1 and not self.is_neighbour(gene) and self._is_listed(gene)
        )

    def _is_listed(self, gene: str) -> bool:
        listed = listed_partner(self.panel.genes[gene].ref)
        return self.transcript(gene) is not None and listed is not None and listed.verified

    @cached_property
    def neighbours(self) -> tuple[str, ...]:
        """Genes beside NUTM1 with a sequence, placed on the genome or not; panel order."""
        return tuple(
            gene
            for gene in self.panel.genes
            if gene != NUTM1 and self.panel.has_sequence(gene) and self.is_neighbour(gene)
        )

    @cached_property
    def paralogues(self) -> dict[str, str]:
        """Decoys of the panel that are other genes than NUTM1, by symbol."""
        return {
            decoy.gene: decoy.sequence
            for decoy in self.panel.decoys
            if decoy.gene is not None and decoy.gene != NUTM1 and len(decoy.sequence) >= SHORTEST
        }

    def is_neighbour(self, gene: str) -> bool:
        """Whether the gene lies beside NUTM1."""
        return is_neighbour(self.panel.genes[gene].ref, None, self.panel)

    def partner_class(self, gene: str) -> PartnerClass:
        """What the gene is known for; a neighbour first."""
        if self.is_neighbour(gene):
            return PartnerClass.NEIGHBOUR_15Q14
        listed = listed_partner(self.panel.genes[gene].ref)
        return PartnerClass.UNCLASSIFIED if listed is None else listed.partner_class

    @cached_property
    def templates(self) -> dict[str, str]:
        """Everything that wild-type reads are cut from: panel transcripts by gene, background."""
        genes = {
            f"panel|{gene}": self.sequence(gene)
            for gene in self.panel.genes
            if self.panel.has_sequence(gene)
        }
        return genes | dict(self.background)


def gather(panel: Panel, background: Path | None, *, seed: int) -> Materials:
    """The materials of a validation.

    Args:
        panel: The panel under test.
        background: FASTA of transcripts of other genes, plain or gzip; ``None``: invented ones.
        seed: Of the invented ones.

    Raises:
        InputError: The file holds no transcript of 400 nt, or is not FASTA.
    """
    if background is None:
        made = random_sequences(INVENTED, np.random.default_rng([seed, 7]))
        return Materials(panel, made, "invented", None)
    raw = background.read_bytes()
    try:
        records = read_fasta(background)
    except (UnicodeDecodeError, EOFError, OSError) as error:
        raise InputError("expected FASTA, plain or gzip", path=background) from error
    own = _panel_words(panel)
    long = {
        f"background|{name}": sequence
        for name, sequence in records.items()
        if len(sequence) >= SHORTEST and _share_of(_words(sequence)[::_EVERY], own) < PANEL_SHARE
    }
    if not long:
        raise InputError(
            f"expected FASTA with transcripts of {SHORTEST} nt or more, found none",
            path=background,
        )
    digest = hashlib.sha256(raw).hexdigest()
    return Materials(panel, long, background.name, digest, len(records) - len(long))


def _words(sequence: str) -> NDArray[np.uint64]:
    """Codes of all 16-mers of a sequence; N counts as A."""
    bases = np.frombuffer(sequence.encode("ascii"), np.uint8)
    codes = np.searchsorted(NUCLEOTIDES, bases).astype(np.uint64) % np.uint64(4)
    count = len(codes) - 15
    words = np.zeros(max(0, count), np.uint64)
    for place in range(16 if count > 0 else 0):
        words = words << np.uint64(2) | codes[place : place + count]
    return words


def _share_of(words: NDArray[np.uint64], known: NDArray[np.uint64]) -> float:
    """Share of words among sorted ones; searched, because sorting them each time would cost."""
    if not len(known):
        return 0.0
    place = np.minimum(np.searchsorted(known, words), len(known) - 1)
    return float((known[place] == words).mean())


def _panel_words(panel: Panel) -> NDArray[np.uint64]:
    both = [
        _words(strand)
        for transcript in panel.transcripts.values()
        if transcript.sequence is not None
        for strand in (transcript.sequence, reverse_complement(transcript.sequence))
    ]
    return np.unique(np.concatenate(both)) if both else np.zeros(0, np.uint64)
