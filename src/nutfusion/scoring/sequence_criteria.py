"""Criteria about the bases beside the joint; they are shown and decide nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from nutfusion.scoring.criterion import NOT_ASKED, number, outcome, verdict_of
from nutfusion.scoring.joint_bases import dust_score, joint_bases
from nutfusion.scoring.mappability import K, joint_uniqueness

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.scored import CriterionOutcome
    from nutfusion.scoring.assay import Figure, Share
    from nutfusion.scoring.mappability import KnownSequences


class JointComplexity:
    """Are the bases on both sides of the joint more than a simple repeat?"""

    identifier: ClassVar[str] = "joint_complexity"

    def __init__(self, maximum: Figure) -> None:
        self.maximum = maximum

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Not assessable without a consensus of 12 bases on both sides; one bad side fails."""
        maximum, source = self.maximum.value, self.maximum.source.text
        sides = joint_bases(fusion.call)
        scores = (
            (None, None)
            if sides is None
            else (dust_score(sides.five_prime), dust_score(sides.three_prime))
        )
        known = [score for score in scores if score is not None]
        shown = None
        if len(known) == 2:
            shown = f"DUST {number(round(known[0], 2))} and {number(round(known[1], 2))}"
        if maximum is None:
            return outcome(self.identifier, verdict_of(None), shown, NOT_ASKED, source)
        required = f"DUST of at most {number(maximum)} on both sides"
        answer = max(known) <= maximum if len(known) == 2 else None
        return outcome(self.identifier, verdict_of(answer), shown, required, source)


class JointMappable:
    """Are the bases on both sides of the joint those of one gene alone?"""

    identifier: ClassVar[str] = "joint_mappable"

    def __init__(self, minimum: Share, known: KnownSequences) -> None:
        self.minimum = minimum
        self.known = known

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Not assessable without a consensus of ``K`` bases on both sides, nor of DNA."""
        minimum, source = self.minimum.value, self.minimum.source.text
        five, three = joint_uniqueness(fusion.call, self.known)
        shown = None
        if five is not None and three is not None:
            shown = (
                f"{five.unique} of {five.total} and {three.unique} of {three.total}"
                f" stretches of {K} nt"
            )
        if minimum is None:
            return outcome(self.identifier, verdict_of(None), shown, NOT_ASKED, source)
        where = "panel" if self.known.transcriptome is None else "transcriptome"
        required = f"at least {number(minimum)} of stretches in no other gene of the {where}"
        answer = None
        if five is not None and three is not None:
            answer = min(five.share, three.share) >= minimum
        return outcome(self.identifier, verdict_of(answer), shown, required, source)
