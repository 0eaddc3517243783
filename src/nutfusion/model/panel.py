"""The reference panel: genes, transcripts, exons, domains, sequences.

A panel is made once by ``nutfusion.reference`` and only read by every other room. Positions are
1-based inclusive residues. Sequences are upper-case DNA in the sense of the transcript.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.model.gene import GeneRef
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from collections.abc import Mapping

NUTM1: Final = "NUTM1"
"""HGNC symbol of the gene the whole program is about (HGNC:29919)."""

UPSTREAM_OF_NUTM1: Final = 10_000
"""Bases before NUTM1 in which a DNA break still joins its transcript: the chr15 breaks of the
first NUT carcinomas lie in a region of about 9 kb around its start (PMID 12543779)."""


@dataclass(frozen=True, slots=True)
class Gene:
    """A gene of the panel.

    Attributes:
        symbol: HGNC approved symbol.
        hgnc_id: ``HGNC:<n>``.
        name: HGNC approved name.
        previous_symbols: HGNC previous symbols, for instance C15orf55.
        alias_symbols: HGNC alias symbols, for instance NUT.
    """

    symbol: str
    hgnc_id: str
    name: str
    previous_symbols: tuple[str, ...]
    alias_symbols: tuple[str, ...]

    @property
    def ref(self) -> GeneRef:
        """The gene as records refer to it."""
        return GeneRef(symbol=self.symbol, hgnc_id=self.hgnc_id)


@dataclass(frozen=True, slots=True)
class Exon:
    """An exon of a transcript, on both assemblies.

    Attributes:
        number: 1-based, in the sense of the transcript.
        start: Lowest GRCh38 residue.
        end: Highest GRCh38 residue.
        start_grch37: Lowest GRCh37 residue; ``None`` when there is no lift.
        end_grch37: Highest GRCh37 residue; ``None`` when there is no lift.
        cds_start: Lowest coding GRCh38 residue; ``None`` without coding bases.
        cds_end: Highest coding GRCh38 residue; ``None`` without coding bases.
        start_phase: CDS bases before the exon's first coding base, modulo 3; ``None`` if unknown.
        end_phase: CDS bases up to and with the exon's last coding base, modulo 3; ``None`` if
            unknown. In frame means donor ``end_phase`` equals acceptor ``start_phase``.
        grch37_check: How many of the exon's GRCh37 ends an independent exon table confirms:
            ``both``, ``one``, ``none``, ``offset`` (not looked up); ``None`` without a lift.
    """

    number: int
    start: int
    end: int
    start_grch37: int | None
    end_grch37: int | None
    cds_start: int | None
    cds_end: int | None
    start_phase: int | None
    end_phase: int | None
    grch37_check: str | None = None

    @property
    def length(self) -> int:
        """Bases."""
        return self.end - self.start + 1

    def on(self, assembly: Assembly) -> tuple[int, int] | None:
        """Lowest and highest residue on an assembly; ``None`` when there is no lift."""
        if assembly is Assembly.GRCH38:
            return self.start, self.end
        if self.start_grch37 is None or self.end_grch37 is None:
            return None
        return self.start_grch37, self.end_grch37


@dataclass(frozen=True, slots=True)
class Block:
    """A gapless piece of a transcript on GRCh38.

    Attributes:
        transcript_start: 1-based first base in the transcript's stored sequence.
        transcript_end: 1-based last base in the transcript's stored sequence.
        start: Lowest GRCh38 residue.
        end: Highest GRCh38 residue.
    """

    transcript_start: int
    transcript_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript of a panel gene.

    Attributes:
        accession: accession.version.
        gene: HGNC symbol.
        is_mane: The gene's MANE Select transcript (names and exon numbers are printed with it).
        synonyms: Accessions of the same transcript elsewhere, for instance NM_001284292.2.
        contig: ``chr`` spelling, GRCh38; ``None`` when nothing is placed.
        strand: Of the transcript; ``None`` when nothing is placed.
        exons: In the sense of the transcript; empty when the exon structure is not known.
        sequence: Bases of the transcript from its first base on; ``None`` when the panel has none.
            May be a declared prefix (``is_prefix``).
        is_prefix: ``sequence`` ends before the transcript does.
        is_cds: ``sequence`` starts at the first coding base instead of the transcript's start.
        cds_start: 1-based first coding base in ``sequence``; ``None`` when unknown.
        cds_end: 1-based last base of the stop codon in ``sequence``; ``None`` when unknown or cut.
        blocks: Where pieces of ``sequence`` lie on GRCh38; in transcript order; bases in no block
            have no genomic position.
        refget: GA4GH refget ``SQ.`` digest of ``sequence``; ``None`` without one.
        protein_length: Residues of the encoded protein; ``None`` when unknown.
        cds_checked: The coding part gives a protein of the published length; false for a coding
            part that was only derived (the longest frame).
        sequence_of: accession.version that ``sequence`` has in its source, when it is another
            version or the RefSeq twin of ``accession`` (internal exons and coding part are the
            same, the ends may differ); ``None`` when it is ``accession`` itself.
    """

    accession: str
    gene: str
    is_mane: bool
    synonyms: tuple[str, ...]
    contig: str | None
    strand: Strand | None
    exons: tuple[Exon, ...]
    sequence: str | None
    is_prefix: bool
    is_cds: bool
    cds_start: int | None
    cds_end: int | None
    blocks: tuple[Block, ...]
    refget: str | None
    protein_length: int | None
    cds_checked: bool = False
    sequence_of: str | None = None

    def genomic_position(self, transcript_position: int) -> int | None:
        """The GRCh38 residue of a 1-based position in ``sequence``; ``None`` in no block."""
        for block in self.blocks:
            if block.transcript_start <= transcript_position <= block.transcript_end:
                offset = transcript_position - block.transcript_start
                if self.strand is Strand.PLUS:
                    return block.start + offset
                return block.end - offset
        return None

    def transcript_position(self, genomic_position: int) -> int | None:
        """The 1-based position in ``sequence`` of a GRCh38 residue; ``None`` in no block."""
        for block in self.blocks:
            if block.start <= genomic_position <= block.end:
                if self.strand is Strand.PLUS:
                    return block.transcript_start + genomic_position - block.start
                return block.transcript_start + block.end - genomic_position
        return None


@dataclass(frozen=True, slots=True)
class Decoy:
    """A sequence that reads may come from without being evidence (NUTM2 family, introns).

    Attributes:
        name: Accession or region.
        gene: HGNC symbol, or ``None``.
        sequence: DNA; the sense does not matter.
    """

    name: str
    gene: str | None
    sequence: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A protein domain in residues of the gene's MANE protein.

    Attributes:
        gene: HGNC symbol.
        name: Short name.
        aa_start: 1-based first residue.
        aa_end: 1-based last residue.
        verified: False for numbers from memory ([M]); they never decide a verdict.
        source: Where the numbers come from.
    """

    gene: str
    name: str
    aa_start: int
    aa_end: int
    verified: bool
    source: str


@dataclass(frozen=True)
class Panel:
    """Everything known before a read is looked at.

    Attributes:
        name: ``starter`` or the name given at build time.
        digest: sha256 over the manifest of file digests, hexadecimal.
        genes: By HGNC symbol, panel order.
        transcripts: By accession.version; MANE first within a gene, panel order of genes.
        decoys: Decoy sequences.
        domains: Protein domains.
        manifest: Provenance as written in ``manifest.json``.
    """

    name: str
    digest: str
    genes: Mapping[str, Gene]
    transcripts: Mapping[str, Transcript]
    decoys: tuple[Decoy, ...]
    domains: tuple[Domain, ...]
    manifest: Mapping[str, object] = field(default_factory=dict)

    def mane(self, symbol: str) -> Transcript | None:
        """The MANE Select transcript of a gene; ``None`` when the panel has no exons of it."""
        for transcript in self.transcripts.values():
            if transcript.gene == symbol and transcript.is_mane:
                return transcript
        return None

    def of_gene(self, symbol: str) -> tuple[Transcript, ...]:
        """All transcripts of a gene, MANE first."""
        return tuple(t for t in self.transcripts.values() if t.gene == symbol)

    def has_sequence(self, symbol: str) -> bool:
        """Whether any transcript of the gene has a sequence in this panel."""
        return any(t.sequence is not None for t in self.of_gene(symbol))
