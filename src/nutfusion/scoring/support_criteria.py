"""Criteria about the reads behind a fusion. Counts are distinct fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from nutfusion.model.terms import Verdict
from nutfusion.scoring.criterion import NOT_ASKED, at_least, outcome, verdict_of

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.call import FusionCall
    from nutfusion.model.scored import CriterionOutcome
    from nutfusion.scoring.assay import Count, Share


class EnoughSupportingFragments:
    """Do at least ``minimum`` fragments support the fusion, split and discordant together?"""

    identifier: ClassVar[str] = "enough_supporting_fragments"

    def __init__(self, minimum: Count) -> None:
        self.minimum = minimum

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Add what is known; a source that gives one count only sets a lower bound."""
        support = fusion.call.support
        known = [n for n in (support.split_reads, support.discordant_pairs) if n is not None]
        return at_least(
            self.identifier,
            sum(known) if known else None,
            self.minimum.value,
            self.minimum.source.text,
            is_lower_bound=len(known) == 1,
        )


class EnoughSplitReads:
    """Do at least ``minimum`` fragments have a read across the joint?"""

    identifier: ClassVar[str] = "enough_split_reads"

    def __init__(self, minimum: Count) -> None:
        self.minimum = minimum

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Not assessable when no source counts split reads."""
        return at_least(
            self.identifier,
            fusion.call.support.split_reads,
            self.minimum.value,
            self.minimum.source.text,
        )


class EnoughDistinctStarts:
    """Do the fragments have at least ``minimum`` distinct outer ends on the partner side?"""

    identifier: ClassVar[str] = "enough_distinct_starts"

    def __init__(self, minimum: Count) -> None:
        self.minimum = minimum

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Not assessable when the source does not show its reads."""
        return at_least(
            self.identifier,
            fusion.call.support.distinct_starts,
            self.minimum.value,
            self.minimum.source.text,
            shown="# starts",
            asked="at least # starts",
        )


class AnchorsBothSides:
    """Does one split read have at least ``minimum`` nucleotides on both sides of the joint?"""

    identifier: ClassVar[str] = "anchors_both_sides"

    def __init__(self, minimum: Count) -> None:
        self.minimum = minimum

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Look at one read at a time while all are at hand, else at the longest anchors."""
        minimum, source = self.minimum.value, self.minimum.source.text
        anchors = _best_anchors(fusion.call)
        shown = None if anchors is None else f"{anchors[0]} nt and {anchors[1]} nt"
        if minimum is None:
            return outcome(self.identifier, Verdict.NOT_ASSESSABLE, shown, NOT_ASKED, source)
        answer = None if anchors is None else min(anchors) >= minimum
        required = f"at least {minimum} nt on both sides in one read"
        return outcome(self.identifier, verdict_of(answer), shown, required, source)


def _best_anchors(call: FusionCall) -> tuple[int, int] | None:
    """5' and 3' anchor (nt) of the split read whose shorter anchor is longest."""
    support = call.support
    reads = [read for read in support.reads if read.kind == "split" and not read.duplicate]
    if reads and support.reads_total == len(support.reads):
        best = max(reads, key=lambda read: min(read.five_prime_anchor, read.three_prime_anchor))
        return best.five_prime_anchor, best.three_prime_anchor
    if call.longest_five_prime_anchor is None or call.longest_three_prime_anchor is None:
        return None
    return call.longest_five_prime_anchor, call.longest_three_prime_anchor


class PartnerSequenceMatches:
    """Do at least ``minimum`` of the partner's bases equal its transcript?"""

    identifier: ClassVar[str] = "partner_sequence_matches"

    def __init__(self, minimum: Share) -> None:
        self.minimum = minimum

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Not assessable when nothing was compared."""
        return at_least(
            self.identifier,
            fusion.call.partner_identity,
            self.minimum.value,
            self.minimum.source.text,
            shown="#",
            asked="identity of at least #",
        )
