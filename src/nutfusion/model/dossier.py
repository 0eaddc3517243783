"""The dossier: the only thing that leaves for the board; everything else is made from it."""

from __future__ import annotations

from typing import Final, Literal

from nutfusion.model.annotated import DomainStatement, ExonPair, LiftedJunction
from nutfusion.model.base import Record
from nutfusion.model.call import Support
from nutfusion.model.evidence import InputFile, ReadQc
from nutfusion.model.gene import GeneRef
from nutfusion.model.junction import Junction
from nutfusion.model.scored import CriterionOutcome, PartnerDetectability
from nutfusion.model.terms import (
    FusionDetection,
    GateVerdict,
    MolecularState,
    PartnerClass,
    ReadingFrame,
)

SCHEMA_VERSION: Final = (1, 1)
"""Major: a key changed or went; minor: a key came. 1.1 adds ``support.reads`` and what the page
needs to draw the figure, so that the page holds nothing the JSON lacks."""


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
        kind: ``ihc``, ``fish``, ``rt_pcr`` or ``sanger``.
        result: As declared.
        detail: As declared; ``None`` when not given.
    """

    kind: str
    result: str
    detail: str | None


class DossierSample(Record):
    """Whose dossier: a pseudonym and what was declared.

    Attributes:
        id: Pseudonym.
        run: Sequencing run; ``None`` when not given.
        declared: Declared clinical facts.
        orthogonal: In the order of the sheet.
    """

    id: str
    run: str | None
    declared: Declared
    orthogonal: tuple[OrthogonalTest, ...]


class DossierFusion(Record):
    """One fusion of the dossier; fields as in the types they come from."""

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
    junction: Junction
    genomic_breakpoint: Junction | None
    lifted: dict[str, LiftedJunction]
    exons: ExonPair
    reading_frame: ReadingFrame
    protein_length: int | None
    domains: tuple[DomainStatement, ...]
    support: Support
    consensus_sequence: str | None
    consensus_junction_offset: int | None
    partner_hint: str | None
    score: float | None
    criteria: tuple[CriterionOutcome, ...]


class PolicyGate(Record):
    """One gate of the policy.

    Attributes:
        id: Gate identifier.
        verdict: Met, not met, not assessable, declared, or to be completed.
        observed: What the verdict rests on; ``None`` when nothing.
        quote: The policy's own words, quoted from its source; ``None`` for a blank.
        source: Where the quote stands.
    """

    id: str
    verdict: GateVerdict
    observed: str | None
    quote: str | None
    source: str


class PolicyStatement(Record):
    """The policy, gate by gate; it never says eligible or not eligible.

    Attributes:
        id: Policy identifier.
        version: Version of the file.
        digest: sha256 of the file.
        gates: In the order of the file.
    """

    id: str
    version: str
    digest: str
    gates: tuple[PolicyGate, ...]


class DossierQc(Record):
    """Quality: the reads' figures and the criteria they were held against.

    Attributes:
        reads: ``None`` without reads.
        criteria: Quality criteria of the assay profile.
    """

    reads: ReadQc | None
    criteria: tuple[CriterionOutcome, ...]


class Provenance(Record):
    """What made the dossier.

    Attributes:
        nutfusion: Version.
        panel: ``<name>@<digest>``.
        assay: ``<id>@<version>@<digest>``.
        inputs: In the order given; the only part that may differ between containers of the same
            reads.
    """

    nutfusion: str
    panel: str
    assay: str
    inputs: tuple[InputFile, ...]


class Dossier(Record):
    """The structured molecular eligibility dossier of one sample."""

    tag: Literal["nutfusion dossier"] = "nutfusion dossier"
    schema_version: tuple[int, int] = SCHEMA_VERSION
    sample: DossierSample
    molecular_state: MolecularState
    state_reasons: tuple[str, ...]
    fusions: tuple[DossierFusion, ...]
    policy: PolicyStatement
    detectability: tuple[PartnerDetectability, ...]
    qc: DossierQc
    run_level: None
    run_level_reason: str
    reviews: tuple[()]
    provenance: Provenance
