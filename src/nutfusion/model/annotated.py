"""A call with what the panel knows about it."""

from __future__ import annotations

from nutfusion.model.base import Record
from nutfusion.model.call import FusionCall
from nutfusion.model.evidence import InputFile, ReadQc
from nutfusion.model.reported import CallerEvidence
from nutfusion.model.terms import DomainStatus, PartnerClass, ReadingFrame


class ExonLabel(Record):
    """The MANE exon at one side of a joint.

    Attributes:
        transcript: accession.version of the MANE Select transcript.
        exon: 1-based exon number in that transcript.
        boundary: The joint lies exactly on the exon's edge.
    """

    transcript: str
    exon: int
    boundary: bool


class ExonPair(Record):
    """Exon labels of both sides; ``None`` where the side is unknown, bounded or not in an exon."""

    five_prime: ExonLabel | None
    three_prime: ExonLabel | None


class DomainStatement(Record):
    """Fate of one protein domain.

    Attributes:
        gene: HGNC symbol.
        name: Short name, for instance ``BD1``.
        status: Preserved, lost, or unknown when the joint is not exact.
        verified: False for residue numbers nobody verified; shown as such everywhere.
        source: Where the residues come from.
    """

    gene: str
    name: str
    status: DomainStatus
    verified: bool
    source: str


class LiftedJunction(Record):
    """The joint on another assembly; positions are 1-based, ``None`` when not liftable.

    Attributes:
        five_prime: Last base of the 5' part.
        three_prime: First base of the 3' part.
        five_prime_verified: An independent exon table confirms the exon; ``None`` without a
            position.
        three_prime_verified: As ``five_prime_verified``.
    """

    five_prime: int | None
    three_prime: int | None
    five_prime_verified: bool | None
    three_prime_verified: bool | None


class AnnotatedFusion(Record):
    """A call, named and interpreted.

    Attributes:
        call: The call.
        name: ``BRD4::NUTM1``, ``v::NUTM1`` for an unknown partner.
        synonyms: Exon-level, HGVS and legacy names, each with accession.version; fixed order.
        partner_class: Class of the gene joined to NUTM1.
        partner_class_source: Where the class comes from.
        partner_class_verified: False when that source is from memory.
        nutm1_is_three_prime: NUTM1 is the 3' gene (the oncogenic order).
        is_read_through: Adjacent genes, same strand, transcript order.
        lifted: GRCh37 positions.
        exons: MANE exons at the joint.
        reading_frame: Frame of NUTM1 after the joint.
        reading_frame_reason: Why it is not predicted, where the stop is, or what weakens the
            prediction, as a message key (``annotation.frame.FRAME_REASONS``); ``None``: nothing.
        protein_length: Residues of the fusion protein; ``None`` when not predicted.
        domains: Order: 5' gene by residue, then 3' gene by residue.
    """

    call: FusionCall
    name: str
    synonyms: tuple[str, ...]
    partner_class: PartnerClass
    partner_class_source: str | None
    partner_class_verified: bool
    nutm1_is_three_prime: bool
    is_read_through: bool
    lifted: LiftedJunction
    exons: ExonPair
    reading_frame: ReadingFrame
    reading_frame_reason: str | None
    protein_length: int | None
    domains: tuple[DomainStatement, ...]


class SampleAnnotated(Record):
    """All annotated fusions of one sample, in the order of the calls."""

    sample: str
    fusions: tuple[AnnotatedFusion, ...]
    qc: ReadQc | None
    inputs: tuple[InputFile, ...]
    panel_digest: str
    callers: CallerEvidence = CallerEvidence()
