"""What holds of a dossier after its last review: corrected values, without rejected fusions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.model.terms import MolecularState
from nutfusion.review.model import Decision, ReviewField, ReviewVerdict

if TYPE_CHECKING:
    from nutfusion.review.facts import DossierFacts, FusionFacts
    from nutfusion.review.model import Review

_INFERRED = "(::)"


@dataclass(frozen=True, slots=True)
class StandingFusion:
    """One fusion as it holds.

    Attributes:
        automatic: What the dossier says.
        verdict: ``None`` without a review.
        values: Every field after correction; ``None``: nothing is said.
    """

    automatic: FusionFacts
    verdict: ReviewVerdict | None
    values: dict[ReviewField, str | None]

    @property
    def name(self) -> str:
        """The corrected name; one made of corrected genes when only they were."""
        value = self.values[ReviewField.NAME] or self.automatic.name
        five, three = ReviewField.FIVE_PRIME_GENE, ReviewField.THREE_PRIME_GENE
        changed = [f for f in (five, three) if self.values[f] != self.automatic.automatic(f)]
        if not changed or value != self.automatic.name:
            return value
        joint = _INFERRED if _INFERRED in value else "::"
        return f"{self.values[five] or '?'}{joint}{self.values[three] or '?'}"

    @property
    def state(self) -> MolecularState:
        """The state after correction."""
        return MolecularState(self.values[ReviewField.STATE] or self.automatic.state)


def standing_fusions(facts: DossierFacts, review: Review | None) -> tuple[StandingFusion, ...]:
    """The fusions that stand, in the dossier's order; without a review all, as they are."""
    decisions = {d.fusion_id: d for d in review.decisions} if review else {}
    return tuple(
        StandingFusion(
            automatic=fusion,
            verdict=None if decision is None else decision.verdict,
            values={field: _value(fusion, decision, field) for field in ReviewField},
        )
        for fusion in facts.fusions
        for decision in [decisions.get(fusion.fusion_id)]
        if decision is None or decision.verdict is not ReviewVerdict.REJECTED
    )


def _value(fusion: FusionFacts, decision: Decision | None, field: ReviewField) -> str | None:
    for correction in decision.corrections if decision else ():
        if correction.field is field:
            return correction.to
    return fusion.automatic(field)
