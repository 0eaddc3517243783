"""One consolidated statement per junction."""

from __future__ import annotations

from nutfusion.model.base import Record
from nutfusion.model.evidence import InputFile, ReadQc, SupportingRead
from nutfusion.model.gene import GeneRef
from nutfusion.model.junction import Junction
from nutfusion.model.reported import CallerEvidence
from nutfusion.model.terms import FusionDetection, ReadingFrame, SourceSays


class SourceStatement(Record):
    """What one source says about a fusion.

    Attributes:
        kind: ``reads`` for our own look at the reads, ``caller`` for somebody else's output,
            ``orthogonal`` for a test declared in the sample sheet.
        name: For reads what they came as (``ReadSource``), the caller's name, or the kind of
            test.
        split_reads: Distinct fragments; ``None`` when the source does not say.
        discordant_pairs: Distinct fragments; ``None`` when the source does not say.
        says: Seen, not seen, or not assessed.
        evidence: Where the proof is: a file's digest with a line or with read names.
        reading_frame: As the source states it; ``None`` when it does not.
        remarks: Where it differs from the call, and what was concluded to match it, as
            ``code(key=value)``.
    """

    kind: str
    name: str
    split_reads: int | None
    discordant_pairs: int | None
    says: SourceSays
    evidence: str
    reading_frame: ReadingFrame | None = None
    remarks: tuple[str, ...] = ()


class Support(Record):
    """Support of one fusion over all sources; counts are distinct fragments, ``None`` unknown.

    Attributes:
        split_reads: Fragments with a read across the joint.
        discordant_pairs: Fragments with one mate on each side, disjoint from ``split_reads``.
        distinct_starts: Distinct outer ends among the supporting fragments.
        split_reads_raw: With duplicates.
        discordant_pairs_raw: With duplicates.
        sources: Every source, reads first, then callers by name.
        reads: Supporting reads shown (see ``JunctionSupport.reads``).
        reads_total: Supporting reads there were.
    """

    split_reads: int | None
    discordant_pairs: int | None
    distinct_starts: int | None
    split_reads_raw: int | None
    discordant_pairs_raw: int | None
    sources: tuple[SourceStatement, ...]
    reads: tuple[SupportingRead, ...]
    reads_total: int | None


class FusionCall(Record):
    """One junction with every source that says so.

    Attributes:
        fusion_id: ``nf1.<digest>`` of the GRCh38 positions, strands, contigs and HGNC ids.
        five_prime_gene: ``None`` for an unidentified 5' part.
        three_prime_gene: ``None`` for an unidentified 3' part.
        junction: On GRCh38.
        fusion_detection: Observed in RNA, or inferred.
        support: Counts and sources.
        longest_five_prime_anchor: nt in one split read; ``None`` without reads.
        longest_three_prime_anchor: nt in one split read; ``None`` without reads.
        consensus_sequence: Sense of the transcript; ``None`` when unknown.
        consensus_junction_offset: Bases before the joint; ``None`` without a consensus.
        partner_identity: 0 to 1; ``None`` when not compared.
        partner_hint: See ``JunctionSupport.partner_hint``.
        order_known: Which part is 5' is known; when false the two genes stand in the order of the
            source.
        genomic_breakpoint: Where DNA broke, GRCh38; ``None`` when no source says.
    """

    fusion_id: str
    five_prime_gene: GeneRef | None
    three_prime_gene: GeneRef | None
    junction: Junction
    fusion_detection: FusionDetection
    support: Support
    longest_five_prime_anchor: int | None
    longest_three_prime_anchor: int | None
    consensus_sequence: str | None
    consensus_junction_offset: int | None
    partner_identity: float | None
    partner_hint: str | None
    order_known: bool = True
    genomic_breakpoint: Junction | None = None


class SampleCalls(Record):
    """All calls of one sample; order: split reads, pairs, then ``fusion_id``.

    Attributes:
        sample: Pseudonym.
        calls: One per junction.
        qc: ``None`` when the sample has no reads.
        inputs: In the order given.
        panel_digest: Digest of the panel.
        callers: What other programs' files say.
    """

    sample: str
    calls: tuple[FusionCall, ...]
    qc: ReadQc | None
    inputs: tuple[InputFile, ...]
    panel_digest: str
    callers: CallerEvidence = CallerEvidence()
