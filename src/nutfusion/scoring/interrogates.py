"""The part of an assay profile that says what the assay interrogates, checked."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from nutfusion.model.base import Record
from nutfusion.model.interrogates import JointNeeds, Reads, Target, TargetSource
from nutfusion.model.panel import NUTM1

_SYMBOL: Final = re.compile(r"[A-Z0-9][A-Z0-9-]*")
_ACCESSION: Final = re.compile(r"(?:ENST|NM_|NR_)[0-9]+\.[0-9]+")


Number = Annotated[int, Field(ge=1, strict=True)]
"""Number of an exon or intron of a transcript, counted from 1; intron n follows exon n."""


class StatedTarget(Target):
    """A target as a profile states it: what contradicts itself does not load."""

    gene: str = Field(description="HGNC symbol")
    interrogated: bool | None = Field(strict=True, description="true, false; null: unknown")
    transcript: str | None = Field(
        default=None, description="Accession with version, for instance NM_001284292.2"
    )
    exons: Literal["all"] | tuple[Number, ...] | None = Field(
        default=None, description="all, exon numbers of the transcript; null: unknown"
    )
    introns: Literal["all"] | tuple[Number, ...] | None = Field(
        default=None, description="Of DNA: all, numbers (intron n follows exon n); null: unknown"
    )
    upstream_bases: int | None = Field(
        default=None, ge=0, strict=True, description="Of DNA: bases captured before exon 1"
    )
    side: Reads | None = Field(default=None, description="Where it is read to; null: unknown")

    @model_validator(mode="after")
    def _says_one_thing(self) -> StatedTarget:
        if not _SYMBOL.fullmatch(self.gene):
            raise ValueError("gene is an HGNC symbol in capitals")
        if self.transcript is not None and not _ACCESSION.fullmatch(self.transcript):
            raise ValueError("transcript is an accession with its version, as NM_001284292.2")
        details = (self.transcript, self.exons, self.introns, self.upstream_bases, self.side)
        if self.interrogated is not True and any(detail is not None for detail in details):
            raise ValueError("exons, introns and side belong to a gene that is interrogated")
        for numbers in (self.exons, self.introns):
            if not isinstance(numbers, tuple):
                continue
            if not numbers or list(numbers) != sorted(set(numbers)):
                raise ValueError("numbers stand once each, lowest first; give null when unknown")
            if self.transcript is None:
                raise ValueError("numbers need the transcript that they are counted in")
        return self

    @property
    def target(self) -> Target:
        """The statement as other stages read it."""
        return Target.model_validate(self.model_dump())


class Interrogates(Record):
    """What an assay could show if it were there, as its profile states it.

    Attributes:
        targets: ``all`` (a whole transcriptome or genome), or the genes that matter here: NUTM1
            always, the others as far as they are known.
        joint_needs: ``one_side``: primers or baits on one of the two genes show the joint, as in
            capture and anchored PCR; ``both_sides``: it shows between a primer of each, as in an
            amplicon; ``None``: unknown.
        other_genes: Whether genes that are not listed are interrogated: ``False``, or ``None``
            when unknown or with ``all``.
        source: Who says so of the whole.
    """

    targets: Literal["all"] | tuple[StatedTarget, ...]
    joint_needs: JointNeeds | None = Field(
        description="one_side (capture, anchored PCR), both_sides (amplicons), or null: unknown"
    )
    other_genes: Literal[False] | None = Field(
        default=None, description="false: no other gene is interrogated; null: unknown"
    )
    source: TargetSource

    @model_validator(mode="after")
    def _names_nutm1(self) -> Interrogates:
        if self.targets == "all":
            if self.other_genes is not None:
                raise ValueError("other_genes is null where targets is all")
            return self
        genes = [target.gene for target in self.targets]
        if len(set(genes)) != len(genes):
            raise ValueError("a gene stands twice in targets")
        if NUTM1 not in genes:
            raise ValueError("targets has to name NUTM1, with interrogated true, false or null")
        return self

    def target(self, gene: str) -> StatedTarget | None:
        """What is said of a gene; ``None`` when it is not listed."""
        if self.targets == "all":
            return None
        return next((target for target in self.targets if target.gene == gene), None)
