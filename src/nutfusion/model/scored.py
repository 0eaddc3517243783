"""An annotated fusion with its criteria and its state."""

from __future__ import annotations

from nutfusion.model.annotated import AnnotatedFusion
from nutfusion.model.assay_words import BilingualText, FailureMeaning, LaboratoryCheck
from nutfusion.model.base import Record
from nutfusion.model.evidence import InputFile, Molecule, ReadQc
from nutfusion.model.evidence_score import ScoreBasis
from nutfusion.model.exon_names import NumberingTag
from nutfusion.model.interrogates import AssayReach
from nutfusion.model.ledger import Ledger
from nutfusion.model.reported import CallerEvidence
from nutfusion.model.run_level import SampleComparison
from nutfusion.model.terms import MolecularState, Verdict


class CriterionOutcome(Record):
    """What one criterion saw; it never drops a fusion.

    Attributes:
        id: Criterion identifier.
        verdict: Met, not met, or not assessable.
        observed: What was seen, with its unit; ``None`` when nothing could be.
        required: What the assay profile asks for, with its unit.
        source: Where the threshold comes from.
    """

    id: str
    verdict: Verdict
    observed: str | None
    required: str
    source: str


class ScoredFusion(Record):
    """A fusion's criteria and state.

    Attributes:
        annotated: The fusion.
        criteria: Those that apply to this fusion, in the fixed order of the registry.
        score: log10 of the likelihood ratio of the evidence, a real fusion against the likeliest
            artefact; ``None``: ``score_basis`` has the reason. No state rests on it.
        score_basis: What the score is made of.
        state: State of this fusion alone.
        state_reasons: Message keys with their parameters already filled, most important first.
    """

    annotated: AnnotatedFusion
    criteria: tuple[CriterionOutcome, ...]
    score: float | None
    score_basis: ScoreBasis
    state: MolecularState
    state_reasons: tuple[str, ...]


class ExonEndDetectability(Record):
    """The end of an exon that a fusion may join to NUTM1 in frame, and how rare a one would show.

    Attributes:
        transcript: MANE Select transcript of the partner.
        exon: 1-based number in it: the last exon that the fusion has of the partner.
        position: GRCh38 residue of the exon's last base.
        acceptor_exon: NUTM1's first exon, MANE Select number.
        tag: How far the catalogue of joints is to be trusted; ``None``: not catalogued.
        split_reads: Distinct wild-type fragments with a read across the end; ``None``: unknown.
        discordant_pairs: Distinct wild-type fragments with a mate on either side, disjoint from
            these; ``None``: unknown.
        detection_limit: Lowest share of fused transcripts, among all of the gene that have this
            exon's end, at which the profile's minimum support would have been reached with 95 %
            probability; ``None``: there is a reason.
        reason: Why there is none; ``None`` when there is one.
    """

    transcript: str
    exon: int
    position: int
    acceptor_exon: int
    tag: NumberingTag | None
    split_reads: int | None
    discordant_pairs: int | None
    detection_limit: float | None
    reason: str | None


class PartnerDetectability(Record):
    """Could a fusion of this partner have been seen in this sample?

    Attributes:
        gene: HGNC symbol.
        hgnc_id: HGNC id.
        gene_fragments: Fragments of the gene, those of a fusion with it included; ``None`` when
            unknown.
        detection_limit: Lowest fusion fraction that would have been seen at any of the gene's
            catalogued joints (verified or inferred), or at any of ``exon_ends`` when none is
            catalogued; ``None``: there is a reason.
        reason: Why there is none; ``None`` when there is one.
        exon_ends: Ends of exons that keep NUTM1's frame, in the order of the transcript; empty when
            the panel has no exons of the gene.
    """

    gene: str
    hgnc_id: str
    gene_fragments: int | None
    detection_limit: float | None
    reason: str | None
    exon_ends: tuple[ExonEndDetectability, ...]


class SampleScored(Record):
    """The verdict on one sample.

    Attributes:
        sample: Pseudonym.
        assay: Assay profile identifier.
        assay_version: Version of the profile.
        assay_digest: sha256 of the profile file.
        assay_title: What the profile says it describes, one sentence.
        assay_note: What the profile warns of; ``None`` when nothing.
        assay_checks: What the laboratory has to look up itself.
        assay_molecule: What the assay sequences.
        interrogates: What the assay could show.
        molecular_state: First state of the closed list that any fusion reaches, else from QC.
        state_reasons: Why, most important first.
        fusions: By state precedence, then support (split reads, pairs), then ``fusion_id``.
        quality: Criteria about the sample's quality.
        failed: What the profile says the failure means; empty when no criterion failed.
        detectability: Every BET and BET-complex gene, in the order of the partner list.
        qc: ``None`` without reads.
        inputs: In the order given.
        panel_digest: Digest of the panel.
        callers: What other programs' files say.
        run_level: What the other samples of the run say; ``None``: there is a reason.
        run_level_reason: Why ``run_level`` is null; ``None`` when it is not.
        ledger: Declared tests beside what was read, and which test would help next.
        error_model: ``id@version@sha256`` of the numbers behind the scores; ``None`` when no
            fusion has one.
        transcriptome: sha256 of the transcriptome that k-mers were looked up in; ``None``: in
            none.
    """

    sample: str
    assay: str
    assay_version: str
    assay_digest: str
    assay_title: BilingualText
    assay_note: BilingualText | None
    assay_checks: tuple[LaboratoryCheck, ...]
    assay_molecule: Molecule
    interrogates: AssayReach
    molecular_state: MolecularState
    state_reasons: tuple[str, ...]
    fusions: tuple[ScoredFusion, ...]
    quality: tuple[CriterionOutcome, ...]
    failed: tuple[FailureMeaning, ...]
    detectability: tuple[PartnerDetectability, ...]
    qc: ReadQc | None
    inputs: tuple[InputFile, ...]
    panel_digest: str
    ledger: Ledger
    callers: CallerEvidence = CallerEvidence()
    run_level: SampleComparison | None = None
    run_level_reason: str | None = "run_level_not_assessed"
    error_model: str | None = None
    transcriptome: str | None = None
