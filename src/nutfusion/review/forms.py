"""The form of a review: what a browser sends, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from nutfusion.errors import ReviewError
from nutfusion.review.make import CHOICES, Said
from nutfusion.review.model import ReviewField, ReviewVerdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.review.facts import DossierFacts

MOST_FIELDS: Final = 2000
"""More than any dossier's form has (chosen by us, ADR 0017)."""

PATTERNS: Final[Mapping[ReviewField, str]] = {
    ReviewField.NAME: r"[A-Za-z0-9.?\-]{1,31}(::|\(::\)|-)[A-Za-z0-9.?\-]{1,31}",
    ReviewField.FIVE_PRIME_GENE: r"[A-Z][A-Za-z0-9.\-]{0,30}",
    ReviewField.THREE_PRIME_GENE: r"[A-Z][A-Za-z0-9.\-]{0,30}",
    ReviewField.FIVE_PRIME_POSITION: r"chr([1-9]|1[0-9]|2[0-2]|X|Y|M):[1-9][0-9]{0,8}",
    ReviewField.THREE_PRIME_POSITION: r"chr([1-9]|1[0-9]|2[0-2]|X|Y|M):[1-9][0-9]{0,8}",
}
"""What a browser asks for; ``make`` decides."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form by name; one that is not there is empty."""

    values: Mapping[str, str]

    def get(self, name: str) -> str:
        """A field's value."""
        return self.values.get(name, "")

    def said(self, facts: DossierFacts) -> dict[str, Said]:
        """What the form says of every fusion that has a decision."""
        found = {}
        for number, fusion in enumerate(facts.fusions):
            verdict = self.get(f"v-{number}")
            if verdict not in tuple(ReviewVerdict):
                continue
            # NB: a correction is one as soon as it has a value or a reason, so that none is lost
            pairs = {
                field: (self.get(f"c-{number}-{field}").strip(), self.get(f"w-{number}-{field}"))
                for field in ReviewField
            }
            corrections = tuple(
                (field.value, value, reason)
                for field, (value, reason) in pairs.items()
                if value or reason.strip()
            )
            reason = self.get(f"r-{number}")
            found[fusion.fusion_id] = Said(
                ReviewVerdict(verdict), corrections, reason if reason.strip() else None
            )
        return found

    def state(self) -> tuple[str, str] | None:
        """The sample's state in the biologist's own word, and why."""
        state, reason = self.get("state"), self.get("state_reason")
        return (state, reason) if state or reason.strip() else None

    def comment(self) -> str | None:
        """Free words; ``None`` for none."""
        return self.get("comment") if self.get("comment").strip() else None


def read_form(body: bytes) -> Form:
    """Read ``application/x-www-form-urlencoded``.

    Raises:
        ReviewError: It is none, or a field stands twice.
    """
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise ReviewError("expected a form of this page, found something else") from error
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ReviewError("expected every field of the form once")
    return Form(values)


def choices(field: ReviewField) -> tuple[str, ...]:
    """The values of a closed vocabulary; none for other fields."""
    return tuple(str(value) for value in CHOICES.get(field, ()))
