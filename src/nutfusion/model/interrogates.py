"""What an assay interrogates: genes, exons or introns, and the side that is read from them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Literal

from pydantic import Field

from nutfusion.model.base import Record

Reads = Literal["five_prime", "three_prime", "both"]
"""Where an assay reads from a target, in the sense of the transcript."""


JointNeeds = Literal["one_side", "both_sides"]
"""Whether targets on one gene show a joint, or only targets on both."""


class TargetSource(Record):
    """Who says that something is interrogated.

    Attributes:
        kind: ``published``: read in the document; ``stated``: the laboratory, or whoever chose the
            profile, answers for it; ``unverified``: nobody checked it, so it is shown as such and
            decides nothing.
        reference: Document and place in it, or who states it.
        date: When it was read or stated.
    """

    kind: Literal["published", "stated", "unverified"]
    reference: str = Field(min_length=1, description="Document and place in it, or who states it")
    date: dt.date = Field(description="When it was read or stated: YYYY-MM-DD")

    @property
    def is_verified(self) -> bool:
        """Whether a verdict may rest on it."""
        return self.kind != "unverified"


class Target(Record):
    """One gene of an assay.

    Attributes:
        gene: HGNC symbol.
        interrogated: Whether the assay has primers or baits on it; ``None``: unknown, the
            laboratory has to state it.
        transcript: Accession with version whose exons are numbered; ``None`` without numbers.
        exons: ``all``, or the exons of ``transcript`` that have primers or baits; ``None``:
            unknown, or not interrogated.
        introns: Only of DNA, where fusions break: ``all``, or numbers (intron n follows exon n);
            ``None``: unknown.
        upstream_bases: Only of DNA: bases before exon 1 that are captured; ``None``: unknown.
        side: Where it is read to from there: ``five_prime`` finds what precedes the exon in a
            transcript (any partner of NUTM1), ``three_prime`` what follows it (a 5' partner's
            joint), hybrid capture ``both``; ``None``: unknown.
        source: Who says so.
    """

    gene: str
    interrogated: bool | None
    transcript: str | None = None
    exons: Literal["all"] | tuple[int, ...] | None = None
    introns: Literal["all"] | tuple[int, ...] | None = None
    upstream_bases: int | None = None
    side: Reads | None = None
    source: TargetSource


class Reached(StrEnum):
    """Whether an assay would show a joint."""

    COVERED = "covered"
    NOT_COVERED = "not_covered"
    UNKNOWN = "unknown"


class JointReach(Record):
    """Whether an assay would show one catalogued joint, or one partner without any.

    Attributes:
        gene: HGNC symbol of the 5' partner.
        donor_exon: Its last exon, MANE Select number; ``None``: no joint of it is catalogued.
        donor_transcript: Whose number that is; ``None`` with it.
        acceptor_exon: NUTM1's first exon, MANE Select number.
        acceptor_transcript: Whose number that is; ``None``: the panel has no exons of NUTM1.
        partner_side: From the partner's primers or baits.
        nutm1_side: From those of NUTM1, whatever the partner.
        reached: From either side where one is enough: covered by one, not covered only by neither.
            From both where both are needed.
    """

    gene: str
    donor_exon: int | None
    donor_transcript: str | None
    acceptor_exon: int
    acceptor_transcript: str | None
    partner_side: Reached
    nutm1_side: Reached
    reached: Reached

    @property
    def label(self) -> str:
        """``BRD4:11``, or ``BRD2``."""
        return self.gene if self.donor_exon is None else f"{self.gene}:{self.donor_exon}"


class AssayReach(Record):
    """What an assay could show, as its profile states it, and what follows for known joints.

    Attributes:
        nutm1: Whether NUTM1 is interrogated; ``None``: unknown, or nobody checked it.
        partners: ``all`` when any partner of NUTM1 would be seen, else HGNC symbols of the
            listed partners that are known to be interrogated.
        source: Who says so.
        targets: ``all``, or the genes of the profile in its order.
        joint_needs: ``one_side``: primers or baits on one gene of a joint are enough;
            ``both_sides``: both need one; ``None``: unknown.
        other_genes: ``False``: genes that are not listed are not interrogated; ``None``: unknown.
        joints: Catalogued joints of BET and BET-complex genes, and such genes without one, in the
            order of the partner list, then of the catalogue.
    """

    nutm1: bool | None
    partners: Literal["all"] | tuple[str, ...]
    source: str
    targets: Literal["all"] | tuple[Target, ...]
    joint_needs: JointNeeds | None
    other_genes: Literal[False] | None
    joints: tuple[JointReach, ...]
