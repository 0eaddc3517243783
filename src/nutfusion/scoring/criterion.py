"""What a criterion is: one question about one fusion, answered met, not met or not assessable."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from nutfusion.model.scored import CriterionOutcome
from nutfusion.model.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.model.annotated import AnnotatedFusion

BY_DEFINITION: Final = "nutfusion, docs/scoring.md"
"""Source of a criterion that has no threshold."""

NOT_ASKED: Final = "not asked by this profile"
"""``required`` of a criterion whose threshold the profile leaves out."""

PHRASES: Final = (
    NOT_ASKED,
    "# fragments",
    "at least # fragments",
    "# starts",
    "at least # starts",
    "# nt and # nt",
    "at least # nt on both sides in one read",
    "#",
    "identity of at least #",
    "exact",
    "bounded or one side unknown",
    "both sides on a boundary",
    "off a boundary",
    "exon boundary on both sides",
    "NUTM1 is 3'",
    "NUTM1 is not 3'",
    "both sense",
    "one part is antisense",
    "in-frame",
    "out-of-frame",
    "stop-codon",
    "not-predicted",
    "# of # fragments on exons 1 and 2",
    "at most # of # or more NUTM1 fragments",
    "nothing found",
    "no other explanation",
    "# nt on average",
    "at least # nt on average",
    "# (mean Phred)",
    "at least # (mean Phred)",
    "# BRD4 fragments, fusion included",
    "at least # BRD4 fragments, fusion included",
    "DUST # and #",
    "DUST of at most # on both sides",
    "# of # and # of # stretches of # nt",
    "at least # of stretches in no other gene of the panel",
    "at least # of stretches in no other gene of the transcriptome",
    "catalogued",
    "catalogued, not verified",
    "not in the catalogue",
    "supports, is not required",
    "# of # domains kept",
    "# of # domains kept, residues unverified",
    "all domains kept",
    "# of # independent sources",
    "at least # independent sources",
    "reciprocal joint seen",
    "reciprocal joint not seen",
    "# unmapped reads",
    "at least # unmapped reads",
    "# of # BRD4 fragments",
    "at least # of BRD4 fragments",
    "a share of #",
    "a share of more than #",
    "a share of at most #",
)
"""Every text that ``observed`` and ``required`` may hold, ``#`` standing for a number, so that a
page can say them in another language. Two things may come besides: after a frame, its reason in
brackets (``annotation.frame.FRAME_REASONS``), and the hint about an unknown partner."""


class Criterion(Protocol):
    """One question about one fusion. A criterion never drops a fusion."""

    identifier: ClassVar[str]

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome | None:
        """Answer it; ``None`` when the question does not arise for this fusion."""
        ...


def answers(criteria: Iterable[Criterion], fusion: AnnotatedFusion) -> tuple[CriterionOutcome, ...]:
    """The answers of every criterion that applies to a fusion, in the order of the criteria."""
    found = (criterion.assess(fusion) for criterion in criteria)
    return tuple(outcome for outcome in found if outcome is not None)


def outcome(
    identifier: str, verdict: Verdict, observed: str | None, required: str, source: str
) -> CriterionOutcome:
    """A criterion's answer."""
    return CriterionOutcome(
        id=identifier, verdict=verdict, observed=observed, required=required, source=source
    )


def verdict_of(answer: bool | None) -> Verdict:
    """Met for yes, not met for no, not assessable for unknown."""
    if answer is None:
        return Verdict.NOT_ASSESSABLE
    return Verdict.MET if answer else Verdict.NOT_MET


def number(value: float) -> str:
    """A number as the dossier prints it: no exponent, no trailing zeros."""
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def at_least(
    identifier: str,
    observed: float | None,
    minimum: float | None,
    source: str,
    *,
    shown: str = "# fragments",
    asked: str = "at least # fragments",
    is_lower_bound: bool = False,
) -> CriterionOutcome:
    """Hold a number against a minimum.

    Args:
        identifier: The criterion.
        observed: ``None`` when unknown, which is not zero.
        minimum: ``None`` when the profile does not ask.
        source: Where the minimum comes from.
        shown: Of ``PHRASES``, for what was observed.
        asked: Of ``PHRASES``, for what is required.
        is_lower_bound: ``observed`` is the known part of a number whose rest is unknown; it can
            meet the minimum but not fail it.
    """
    seen = None
    if observed is not None:
        seen = (asked if is_lower_bound else shown).replace("#", number(observed))
    if minimum is None:
        return outcome(identifier, Verdict.NOT_ASSESSABLE, seen, NOT_ASKED, source)
    answer = None if observed is None else observed >= minimum
    if answer is False and is_lower_bound:
        answer = None
    required = asked.replace("#", number(minimum))
    return outcome(identifier, verdict_of(answer), seen, required, source)
