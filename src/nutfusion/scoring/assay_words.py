"""The parts of an assay profile that are words for people, in French and English, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from nutfusion.model.assay_words import BilingualText, FailureMeaning, LaboratoryCheck
from nutfusion.model.base import Record
from nutfusion.model.source import Source
from nutfusion.model.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.model.scored import CriterionOutcome


class Text(BilingualText):
    """Words in both languages, on one line each, neither of them empty."""

    fr: str = Field(max_length=600, description="French")
    en: str = Field(max_length=600, description="English")

    @field_validator("fr", "en")
    @classmethod
    def _is_said(cls, text: str) -> str:
        words = " ".join(text.split())
        if not words:
            raise ValueError("both languages have to be filled in")
        return words

    @property
    def plain(self) -> BilingualText:
        """The words as other stages read them."""
        return BilingualText(fr=self.fr, en=self.en)


class Failed(Record):
    """What it means when a quality criterion of the assay is not met.

    Attributes:
        run: Said of every failure of this assay.
        enough_fragments: Said besides, when this criterion is not met; ``None``: nothing more.
        read_length: As before.
        base_quality: As before.
        partner_wild_type_seen: As before.
        detection_limit: As before.
        unmapped_reads_kept: As before.
        exon_joints_read: As before.
    """

    run: Text
    enough_fragments: Text | None = None
    read_length: Text | None = None
    base_quality: Text | None = None
    partner_wild_type_seen: Text | None = None
    detection_limit: Text | None = None
    unmapped_reads_kept: Text | None = None
    exon_joints_read: Text | None = None

    def meanings(self, quality: Iterable[CriterionOutcome]) -> tuple[FailureMeaning, ...]:
        """What to say of a sample: each criterion that is not met, then the run; else nothing."""
        unmet = [outcome.id for outcome in quality if outcome.verdict is Verdict.NOT_MET]
        if not unmet:
            return ()
        words = [(name, getattr(self, name, None)) for name in unmet]
        return (
            *(FailureMeaning(criterion=n, text=text.plain) for n, text in words if text),
            FailureMeaning(criterion=None, text=self.run.plain),
        )


class Check(Record):
    """Something to look up in the laboratory's own report; it decides nothing here.

    Attributes:
        text: What, with the figure asked for.
        source: Where the figure comes from.
    """

    text: Text
    source: Source

    @property
    def plain(self) -> LaboratoryCheck:
        """The check as other stages read it."""
        return LaboratoryCheck(text=self.text.plain, source=self.source.text)
