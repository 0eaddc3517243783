"""What the reads of one sample show."""

from __future__ import annotations

from typing import Final, Literal

from nutfusion.model.base import Record
from nutfusion.model.gene import GeneRef
from nutfusion.model.junction import Junction
from nutfusion.model.reported import CallerEvidence, ReportedFusion
from nutfusion.model.terms import Assembly, UnassignedReason

UmiSource = Literal["none", "read_name", "umi_file", "rx_tag", "mi_tag"]
"""Where UMIs were found: ``rx_tag`` and ``mi_tag`` are tags of alignment records."""

Molecule = Literal["rna", "dna"]
"""What was sequenced."""

LEAST_SPLICED: Final = 0.02
"""Least share of BRD4 fragments that cross two of its exons in RNA: single reads of 50 nt and even
cover give 9 % (8 bases on each side of 19 joints in 7,231 bases), DNA none; chosen by us."""

LEAST_CONTROL: Final = 100
"""BRD4 fragments from which that share is looked at: with 9 %, at most one of 100 has a probability
of 0.1 %."""

ReadSource = Literal["fastq", "bam", "cram", "sam", "alignments"]
"""What the reads of a sample came as."""


class SupportingRead(Record):
    """One read of a fragment that supports a junction, in the sense of the fusion transcript.

    Attributes:
        name: Read name up to the first blank, without ``/1`` or ``/2``, in ASCII; one of more than
            254 characters is cut and ends with a digest of the whole.
        mate: 1 or 2; 0 for a single read.
        kind: ``split`` when this read crosses the joint, ``discordant`` when it lies on one side.
        sequence: Bases in the sense of the transcript, after trimming; of a long read the part
            around the joint, with N for a missing base and without bases the transcripts lack.
        offset: Where the first base lies, relative to the first base of the consensus (0-based,
            negative when it starts before it). ``None`` when the read is not placed on it.
        five_prime_anchor: Bases left of the joint (before a linker).
        three_prime_anchor: Bases right of the joint (after a linker).
        mismatches: Bases that differ from the consensus; ``None`` when not placed.
        duplicate: The fragment repeats an earlier one (same UMI, else same outer ends) and does
            not count.
    """

    name: str
    mate: Literal[0, 1, 2]
    kind: Literal["split", "discordant"]
    sequence: str
    offset: int | None
    five_prime_anchor: int
    three_prime_anchor: int
    mismatches: int | None
    duplicate: bool


class ReadSupport(Record):
    """What the reads of one input show of one joint or one break.

    Attributes:
        split_reads: Distinct fragments with a read across the joint.
        discordant_pairs: Distinct fragments with one mate on each side; disjoint from
            ``split_reads``.
        split_reads_raw: As ``split_reads``, duplicates included.
        discordant_pairs_raw: As ``discordant_pairs``, duplicates included.
        distinct_starts: Distinct outer ends on the partner side among the supporting fragments.
        longest_five_prime_anchor: Longest run of 5' bases in one split read (nt).
        longest_three_prime_anchor: Longest run of 3' bases in one split read (nt).
        consensus_sequence: Majority sequence across the joint, sense of the transcript; ``None``
            for a bounded joint.
        consensus_junction_offset: Number of consensus bases before the joint (before the linker);
            ``None`` without a consensus.
        reads: Supporting reads, split first, unique first, then by name; at most
            ``READS_SHOWN`` of them.
        reads_total: Number of supporting reads before that cut.
    """

    split_reads: int
    discordant_pairs: int
    split_reads_raw: int
    discordant_pairs_raw: int
    distinct_starts: int
    longest_five_prime_anchor: int
    longest_three_prime_anchor: int
    consensus_sequence: str | None
    consensus_junction_offset: int | None
    reads: tuple[SupportingRead, ...]
    reads_total: int


class JunctionSupport(ReadSupport):
    """One junction of RNA as the reads of one input show it.

    Attributes:
        five_prime_gene: ``None`` when the sequence 5' of the joint is not in the panel.
        three_prime_gene: ``None`` when the sequence 3' of the joint is not in the panel.
        junction: On GRCh38.
        partner_identity: Share of consensus bases on the partner side that equal the partner's
            transcript, 0 to 1; ``None`` when the partner is unknown or nothing was compared.
        partner_hint: For an unknown partner, what the sequence looks like (for instance the end
            of an intron); ``None`` when nothing is to be said.
    """

    five_prime_gene: GeneRef | None
    three_prime_gene: GeneRef | None
    junction: Junction
    partner_identity: float | None
    partner_hint: str | None


class BreakSupport(ReadSupport):
    """One break of DNA as the reads of one input show it.

    Attributes:
        reported: The break restated as a row of a DNA caller's file is: genes, order, the joint
            that a transcript may have; ``caller`` is ``reads``, ``sha256`` empty, ``line`` 0.
    """

    reported: ReportedFusion


class GeneFragments(Record):
    """Fragments of one gene, counted in the pass over all reads.

    Attributes:
        gene: The gene.
        fragments: Fragments with at least one 16-mer that only this gene of the panel has, those
            of a fusion with it included; ``None`` when the panel holds no sequence of it.
    """

    gene: GeneRef
    fragments: int | None


SHORTEST_ANCHOR: Final = 4
"""Shorter anchor (nt) that the first number of ``ExonEndFragments.split_by_anchor`` is of: with
fewer bases on one side no read is given to a joint."""


class ExonEndFragments(Record):
    """Wild-type fragments across the end of an exon: those that a fusion's joint would replace.

    A fragment counts as it would for a joint at this place: ``split`` when one of its reads goes on
    in the partner's own next exon, with as many bases as a joint needs; as a pair when its mates
    lie on either side. Copies count once. Fragments of a fusion and reads that go on in the intron
    are not among them.

    Attributes:
        gene: The partner.
        transcript: Its MANE Select transcript.
        exon: 1-based number in it.
        position: GRCh38 residue of the exon's last base.
        acceptor: NUTM1 exon with which it is in frame, and whose bases say what a read needs.
        split: Distinct fragments with a read across the end.
        pairs: Distinct fragments with one mate on either side; disjoint from ``split``.
        starts: Distinct outer ends on the 5' side among both.
        split_by_anchor: ``split`` by the shorter anchor of the fragment's best read, from
            ``SHORTEST_ANCHOR`` nt on; the last number is of all longer ones.
    """

    gene: GeneRef
    transcript: str
    exon: int
    position: int
    acceptor: int
    split: int
    pairs: int
    starts: int
    split_by_anchor: tuple[int, ...]


class UnassignedCluster(Record):
    """NUTM1 reads whose other part was seen but did not become a fusion.

    Attributes:
        reason: Why not.
        contig: ``chr`` spelling, GRCh38.
        position: 1-based residue of NUTM1 at which the reads leave it.
        fragments: Distinct fragments.
        sequence: Consensus of the other part (sense of the transcript); ``None`` when too short.
    """

    reason: UnassignedReason
    contig: str
    position: int
    fragments: int
    sequence: str | None


class AlignmentQc(Record):
    """How alignment files were looked at.

    Attributes:
        look: ``all_reads`` when every read was held against NUTM1; ``loci`` when an index let us
            read the loci of the panel's genes, the mates of what was found and the unplaced reads
            only.
        fragments_examined: Fragments held against NUTM1; with ``loci`` the least that the files
            hold.
        unmapped_reads: Reads without an alignment in all files. An aligner that leaves them out
            (STAR does unless told otherwise) leaves reads across a joint out with them.
        assembly: Assembly of the files by the lengths of their contigs; ``None`` when they have
            none that we know, or differ.
        control_fragments: BRD4 fragments examined; ``None`` when the panel has no exons of BRD4.
        control_spliced: Of those, fragments with a 16-mer across two BRD4 exons, which no DNA
            has; ``None`` as before.
        molecule: What was sequenced, by whether exons are spliced; ``None`` when nothing tells.
    """

    look: Literal["all_reads", "loci"]
    fragments_examined: int
    unmapped_reads: int
    assembly: Assembly | None
    control_fragments: int | None
    control_spliced: int | None
    molecule: Molecule | None = None


class ReadFigures(Record):
    """Quality of the reads of one sample; counts are fragments unless the name says reads.

    Of an indexed alignment file only the loci are read: then lengths, base qualities and N are
    those of the reads looked at.

    Attributes:
        fragments: Read pairs, or single reads, in all files; ``None`` when only the loci of an
            indexed file were read.
        reads: Reads in all files; ``None`` as before.
        bases: Bases in all reads; ``None`` as before.
        read_length_min: Shortest read (nt); ``None`` without reads.
        read_length_max: Longest read (nt); ``None`` without reads.
        read_length_mean: Mean (nt), 3 decimals; ``None`` without reads.
        mean_base_quality: Mean Phred score of every 16th record, 2 decimals; ``None`` without
            reads or qualities.
        n_fraction: Share of N in every 16th record, 6 decimals; ``None`` without reads.
        fragments_kept: Fragments that share sequence with NUTM1.
        nutm1_fragments: Fragments placed on NUTM1.
        nutm1_upstream_fragments: Of those, wild-type fragments that touch the exons before the
            catalogued acceptor (MANE exons 1 and 2).
        nutm1_downstream_fragments: Of those, fragments that touch the exons from the acceptor on.
        partner_fragments: Fragments of BET and BET-complex genes, panel order.
        insert_size_median: Median outer distance of pairs placed on one transcript (nt); ``None``
            when fewer than 20 pairs could be measured.
        umi: How fragments were told apart.
        unassigned: NUTM1 clusters that did not become a fusion, most fragments first; none of
            DNA, in which every exon goes on in an intron.
        single_fragment_chimeras: Fragments that join NUTM1 to something else once, off exon
            boundaries (template switching makes these); of DNA, fragments of breaks that too few
            fragments show.
        alignment: How alignment files were looked at; ``None`` for FASTQ.
    """

    fragments: int | None
    reads: int | None
    bases: int | None
    read_length_min: int | None
    read_length_max: int | None
    read_length_mean: float | None
    mean_base_quality: float | None
    n_fraction: float | None
    fragments_kept: int
    nutm1_fragments: int
    nutm1_upstream_fragments: int
    nutm1_downstream_fragments: int
    partner_fragments: tuple[GeneFragments, ...]
    insert_size_median: int | None
    umi: UmiSource
    unassigned: tuple[UnassignedCluster, ...]
    single_fragment_chimeras: int
    alignment: AlignmentQc | None = None

    @property
    def molecule(self) -> Molecule | None:
        """What the reads are of: FASTQ is taken for RNA; ``None`` when nothing tells."""
        return "rna" if self.alignment is None else self.alignment.molecule


class ReadQc(ReadFigures):
    """Quality of the reads of one sample, and what detectability is worked out from.

    Attributes:
        exon_ends: Wild-type fragments across the ends of exons that a fusion may join to NUTM1 in
            frame, of the genes whose sequence the panel has; ``None`` when nobody counted them
            (reads of DNA).
    """

    exon_ends: tuple[ExonEndFragments, ...] | None = None

    @property
    def figures(self) -> ReadFigures:
        """The figures without the counts of single exons' ends."""
        return ReadFigures(**{name: getattr(self, name) for name in ReadFigures.model_fields})


class InputFile(Record):
    """A file that went in.

    Attributes:
        role: ``fastq_1``, ``fastq_2``, ``fastq_single``, ``fastq_umi``, ``bam``, ``cram``, ``sam``,
            ``index``, or ``caller:<format>``.
        sha256: Digest of the file's bytes, hexadecimal; ``None`` for an alignment file of which
            only the loci were read (the digest of its index stands for it).
        records: Records read from it; ``None`` as before, and for an index.
    """

    role: str
    sha256: str | None
    records: int | None


class SampleEvidence(Record):
    """Everything the inputs of one sample say.

    Attributes:
        sample: Pseudonym.
        junctions: One per joint; order: most split reads, most pairs, then position.
        breaks: Breaks of DNA, in the same order.
        qc: ``None`` when the sample has no reads.
        inputs: In the order given.
        panel_digest: Digest of the panel that was used.
        callers: What other programs' files say.
        source: What the reads came as; ``alignments`` for several kinds of alignment file.
    """

    sample: str
    junctions: tuple[JunctionSupport, ...]
    qc: ReadQc | None
    inputs: tuple[InputFile, ...]
    panel_digest: str
    callers: CallerEvidence = CallerEvidence()
    source: ReadSource = "fastq"
    breaks: tuple[BreakSupport, ...] = ()

    @property
    def molecule(self) -> Molecule | None:
        """What the reads are of: FASTQ is taken for RNA; ``None`` when nothing tells."""
        return None if self.qc is None else self.qc.molecule
