"""A review: what one biologist says of one dossier, at one time."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

from nutfusion.model.base import Record
from nutfusion.model.terms import MolecularState

REVIEW_VERSION: Final = (1, 0)
"""Major: a key changed or went; minor: a key came."""


class ReviewVerdict(StrEnum):
    """What the biologist says of one fusion."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class ReviewField(StrEnum):
    """What of a fusion can be corrected."""

    STATE = "state"
    NAME = "name"
    FIVE_PRIME_GENE = "five_prime_gene"
    THREE_PRIME_GENE = "three_prime_gene"
    FIVE_PRIME_POSITION = "five_prime_position"
    THREE_PRIME_POSITION = "three_prime_position"
    READING_FRAME = "reading_frame"
    PARTNER_CLASS = "partner_class"


class Correction(Record):
    """One statement of the dossier that the biologist replaces; the automatic one stays visible.

    Attributes:
        field: What is corrected.
        automatic: What the dossier says; ``None`` when it says nothing.
        to: What holds instead; positions as ``chr19:15254152`` on GRCh38, 1-based.
        reason: Why.
    """

    field: ReviewField
    automatic: str | None
    to: str
    reason: str


class Decision(Record):
    """What is said of one fusion.

    Attributes:
        fusion_id: The dossier's.
        verdict: Accepted, corrected or rejected.
        corrections: At least one when corrected, else none; in the order of ``ReviewField``.
        reason: Why it is rejected; ``None`` unless it is.
    """

    fusion_id: str
    verdict: ReviewVerdict
    corrections: tuple[Correction, ...]
    reason: str | None


class SampleDecision(Record):
    """The sample's state after the review.

    Attributes:
        automatic: What the dossier says.
        reviewed: What holds after the review.
        basis: ``accepted``: as the dossier says; ``fusions``: the first state of the closed list
            among the fusions that stand; ``stated``: the biologist's own word.
        reason: Why; ``None`` unless stated.
    """

    automatic: MolecularState
    reviewed: MolecularState
    basis: Literal["accepted", "fusions", "stated"]
    reason: str | None


class Reviewer(Record):
    """Who reviewed: a professional identifier, never a name.

    Attributes:
        id: Free code, such as an RPPS number.
        centre: Free code of the laboratory, such as a FINESS number; ``None`` when not given.
        public_key: Raw Ed25519 public key (32 bytes), base64.
    """

    id: str
    centre: str | None
    public_key: str


class PartDigest(Record):
    """Digest of one part of the dossier, so that a change can be named.

    Attributes:
        part: A top-level key, or ``fusions/<fusion_id>``.
        sha256: Of the part as compact JSON with sorted keys.
    """

    part: str
    sha256: str


class Review(Record):
    """One signed review of a dossier.

    Attributes:
        tag: Says what the file is.
        schema_version: (major, minor) of this format.
        number: 1 for the first review of the dossier, then one more each.
        sample: The dossier's pseudonym.
        dossier_sha256: Digest of ``dossier.json`` as it was reviewed.
        dossier_parts: Digests of its parts; order of the file.
        previous_sha256: Digest of the review before; ``None`` for the first.
        reviewer: Who, and with which key.
        decisions: One per fusion, in the dossier's order.
        sample_state: The sample's state before and after.
        comment: Free words on the whole; ``None`` for none.
        signed_at: Day of the signature, ``YYYY-MM-DD``, as the reviewer gave it.
    """

    tag: Literal["nutfusion review"] = "nutfusion review"
    schema_version: tuple[int, int] = REVIEW_VERSION
    number: int
    sample: str
    dossier_sha256: str
    dossier_parts: tuple[PartDigest, ...]
    previous_sha256: str | None
    reviewer: Reviewer
    decisions: tuple[Decision, ...]
    sample_state: SampleDecision
    comment: str | None
    signed_at: str
