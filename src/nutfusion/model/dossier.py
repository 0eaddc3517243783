"""The dossier: the only thing that leaves for the board; everything else is made from it."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import ConfigDict, Field

from nutfusion.model.annotated import DomainStatement, ExonPair, LiftedJunction
from nutfusion.model.assay_words import FailureMeaning, LaboratoryCheck
from nutfusion.model.base import Record
from nutfusion.model.call import Support
from nutfusion.model.evidence import InputFile, Molecule, ReadFigures
from nutfusion.model.evidence_score import ScoreBasis
from nutfusion.model.gene import GeneRef
from nutfusion.model.interrogates import AssayReach
from nutfusion.model.junction import Junction
from nutfusion.model.ledger import Ledger
from nutfusion.model.reported import CallerEvidence
from nutfusion.model.run_level import ControlKind, SampleComparison
from nutfusion.model.scored import CriterionOutcome, PartnerDetectability
from nutfusion.model.terms import (
    FusionDetection,
    GateVerdict,
    MolecularState,
    PartnerClass,
    ReadingFrame,
)

SCHEMA_VERSION: Final = (1, 4)
"""Major: a key changed or went; minor: a key came. 1.1 adds ``support.reads`` and what the page
needs to draw the figure, so that the page holds nothing the JSON lacks. 1.2 adds ``callers``, and
what a source says beyond its counts. 1.4 adds ``ledger``, a declared test's figures,
``score_basis``, ``exon_ends`` and what the score was computed with."""


class Declared(Record):
    """Clinical facts from the sample sheet: declared by somebody, never inferred.

    Attributes:
        disease: Free label; ``None`` when not declared.
        pretreated: ``None`` when not declared.
        relapse: ``None`` when not declared.
    """

    disease: str | None
    pretreated: bool | None
    relapse: bool | None


class OrthogonalTest(Record):
    """One orthogonal test from the sample sheet.

    Attributes:
        kind: What was done.
        result: As declared.
        detail: As declared; ``None`` when not given.
        clone: Antibody clone of an IHC; ``None`` when not given.
        positive_nuclei: Percent of tumour nuclei that an IHC stains, 0 to 100; ``None`` when not
            given, never zero.
        probe: What a FISH looks at: NUTM1 coming apart, or NUTM1 lying beside one other gene;
            ``None`` when not given.
        probe_partner: That other gene of a dual-fusion FISH, as declared; ``None`` for any other.
        split_cells: Percent of cells in which break-apart probes are split, 0 to 100; ``None`` when
            not given.
        joint: The joint that RT-PCR or Sanger claims, in the words of its report; ``None`` when not
            given.
    """

    kind: Literal["ihc", "fish", "rt_pcr", "sanger"]
    result: Literal["positive", "negative", "equivocal", "failed"]
    detail: str | None
    clone: str | None = None
    positive_nuclei: float | None = Field(default=None, ge=0, le=100)
    probe: Literal["break_apart", "dual_fusion"] | None = None
    probe_partner: str | None = None
    split_cells: float | None = Field(default=None, ge=0, le=100)
    joint: str | None = None


class DossierSample(Record):
    """Whose dossier: a pseudonym and what was declared.

    Attributes:
        id: Pseudonym.
        run: Sequencing run; ``None`` when not given.
        control: The sample is a control of the run; ``None`` for a patient's sample.
        declared: Declared clinical facts.
        orthogonal: In the order of the sheet.
    """

    id: str
    run: str | None
    control: ControlKind | None = None
    declared: Declared
    orthogonal: tuple[OrthogonalTest, ...]


class DossierFusion(Record):
    """One fusion of the dossier: what was annotated and scored, laid flat.

    Attributes:
        fusion_id: ``nf1.<digest>`` of the GRCh38 positions, strands, contigs and HGNC ids.
        name: ``BRD4::NUTM1``; ``v::NUTM1`` for an unknown partner.
        synonyms: Exon-level, HGVS and legacy names, each with accession.version; fixed order.
        fusion_detection: Observed in RNA, or inferred.
        state: State of this fusion alone.
        state_reasons: ``code(key=value)``, most important first.
        five_prime_gene: ``None`` for an unidentified 5' part.
        three_prime_gene: ``None`` for an unidentified 3' part.
        partner_class: Class of the gene joined to NUTM1.
        partner_class_source: Where the class comes from; ``None`` without a source.
        partner_class_verified: False when that source is from memory.
        is_read_through: Adjacent genes, same strand, transcript order.
        junction: Joint of the transcript, GRCh38.
        genomic_breakpoint: Where DNA broke; ``None`` when no source says (RNA does not tell).
        order_known: Which part is 5' is known; when false the two genes stand in the order of the
            source.
        lifted: The joint on other assemblies, by name of the assembly.
        exons: MANE exons at the joint.
        reading_frame: Frame of NUTM1 after the joint.
        reading_frame_reason: Why it is not predicted, where the stop is, or what weakens the
            prediction, as a message key; ``None``: nothing.
        protein_length: Residues of the fusion protein; ``None`` when not predicted.
        domains: Order: 5' gene by residue, then 3' gene by residue.
        support: Counts of distinct fragments, sources, supporting reads.
        longest_five_prime_anchor: nt in one split read; ``None`` without reads.
        longest_three_prime_anchor: nt in one split read; ``None`` without reads.
        consensus_sequence: Sense of the transcript; ``None`` when unknown.
        consensus_junction_offset: Bases before the joint; ``None`` without a consensus.
        partner_identity: Share of the consensus's partner side that equals the partner's
            transcript, 0 to 1; ``None`` when not compared.
        partner_hint: What an unknown partner looks like; ``None`` when nothing is to be said.
        score: log10 of the likelihood ratio of the evidence, a real fusion against the likeliest
            artefact, calibrated and cut; ``None``: ``score_basis`` has the reason. No state rests
            on it.
        score_basis: What the score is made of, artefact by artefact.
        criteria: Those that apply to this fusion, in the fixed order of the registry.
    """

    fusion_id: str
    name: str
    synonyms: tuple[str, ...]
    fusion_detection: FusionDetection
    state: MolecularState
    state_reasons: tuple[str, ...]
    five_prime_gene: GeneRef | None
    three_prime_gene: GeneRef | None
    partner_class: PartnerClass
    partner_class_source: str | None
    partner_class_verified: bool
    is_read_through: bool
    junction: Junction
    genomic_breakpoint: Junction | None
    order_known: bool
    lifted: dict[str, LiftedJunction]
    exons: ExonPair
    reading_frame: ReadingFrame
    reading_frame_reason: str | None
    protein_length: int | None
    domains: tuple[DomainStatement, ...]
    support: Support
    longest_five_prime_anchor: int | None
    longest_three_prime_anchor: int | None
    consensus_sequence: str | None
    consensus_junction_offset: int | None
    partner_identity: float | None
    partner_hint: str | None
    score: float | None
    score_basis: ScoreBasis
    criteria: tuple[CriterionOutcome, ...]


class PolicyGate(Record):
    """One gate of the policy.

    Attributes:
        id: Gate identifier.
        verdict: Met, not met, not assessable, declared, or to be completed.
        observed: What the verdict rests on; ``None`` when nothing. A declared fact stands here as
            it was declared: the label, ``yes`` or ``no``.
        reason: Why the verdict follows, as a message key; ``None`` for a blank.
        quote: The policy's own words, quoted from its source; ``None`` for a blank.
        source: Where the quote stands.
    """

    id: str
    verdict: GateVerdict
    observed: str | None
    reason: str | None
    quote: str | None
    source: str


class PolicyStatement(Record):
    """The policy, gate by gate; it never says eligible or not eligible.

    Attributes:
        id: Policy identifier.
        version: Version of the file.
        title: What the policy is about, in the words of the file.
        status: ``press_release_only`` when the policy's own text was not read, else ``full_text``.
        source_note: What was read, what was not, and what is not known of it.
        digest: sha256 of the file.
        gates: In the order of the file.
    """

    id: str
    version: str
    title: str
    status: Literal["press_release_only", "full_text"]
    source_note: str
    digest: str
    gates: tuple[PolicyGate, ...]


class DossierAssay(Record):
    """The assay profile whose thresholds held.

    Attributes:
        id: Profile identifier.
        version: Version of the profile.
        title: What the profile says it describes, one English sentence.
        title_fr: The same in French.
        note: What the profile warns of, in English; ``None`` when nothing.
        note_fr: The same in French; ``None`` as before.
        checks: What the laboratory has to look up itself; nothing here rests on it.
        molecule: What the assay sequences.
        interrogates: What the assay could show.
    """

    id: str
    version: str
    title: str
    title_fr: str
    note: str | None
    note_fr: str | None
    checks: tuple[LaboratoryCheck, ...]
    molecule: Molecule
    interrogates: AssayReach


class DossierQc(Record):
    """Quality: the reads' figures and the criteria they were held against.

    Attributes:
        reads: ``None`` without reads.
        criteria: Quality criteria of the assay profile.
        failed: What the profile says a failure means, criterion by criterion, then in general;
            empty when no criterion failed.
    """

    reads: ReadFigures | None
    criteria: tuple[CriterionOutcome, ...]
    failed: tuple[FailureMeaning, ...]


class Provenance(Record):
    """What made the dossier.

    Attributes:
        nutfusion: Version.
        panel: ``<name>@<digest>``.
        assay: ``<id>@<version>@<digest>``.
        error_model: ``<id>@<version>@<digest>`` of the numbers behind the scores; ``None`` when no
            fusion has a score.
        transcriptome: sha256 of the transcriptome in which the bases beside the joints were looked
            up; ``None``: in none.
        inputs: In the order given; the only part that may differ between containers of the same
            reads.
    """

    nutfusion: str
    panel: str
    assay: str
    error_model: str | None
    transcriptome: str | None
    inputs: tuple[InputFile, ...]


class Dossier(Record):
    """The structured molecular dossier of one sample.

    Attributes:
        tag: Says what the file is.
        schema_version: (major, minor) of this format.
        sample: Pseudonym and declared facts.
        assay: The assay profile.
        molecular_state: First state of the closed list that any fusion reaches, else from QC.
        state_reasons: ``code(key=value)``, most important first.
        fusions: By state precedence, then support (split reads, pairs), then ``fusion_id``.
        ledger: Declared tests beside what was read, and which test would help next.
        policy: Gate by gate; the board decides.
        detectability: Every BET and BET-complex gene, in the order of the partner list.
        qc: Figures and criteria of the sample's quality.
        callers: Files of other programs, and their rows that touch NUTM1 or a panel gene.
        run_level: What the other samples of the run say; ``None``: there is a reason.
        run_level_reason: Why ``run_level`` is null, as a message key; ``None`` when it is not.
        reviews: Always empty: reviews are signed files beside the dossier, which never changes.
        provenance: What made the dossier.
    """

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    tag: Literal["nutfusion dossier"] = "nutfusion dossier"
    schema_version: tuple[int, int] = SCHEMA_VERSION
    sample: DossierSample
    assay: DossierAssay
    molecular_state: MolecularState
    state_reasons: tuple[str, ...]
    fusions: tuple[DossierFusion, ...]
    ledger: Ledger
    policy: PolicyStatement
    detectability: tuple[PartnerDetectability, ...]
    qc: DossierQc
    callers: CallerEvidence
    run_level: SampleComparison | None
    run_level_reason: str | None
    reviews: tuple[()]
    provenance: Provenance
