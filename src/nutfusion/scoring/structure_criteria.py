"""Criteria about what the fusion is: its joint, its order, its frame, its partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from nutfusion.annotation.frame import FIVE_PRIME_UNTRANSLATED, THREE_PRIME_UNTRANSLATED
from nutfusion.model.terms import FusionDetection, ReadingFrame
from nutfusion.scoring.criterion import BY_DEFINITION, NOT_ASKED, number, outcome, verdict_of

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel
    from nutfusion.model.scored import CriterionOutcome
    from nutfusion.scoring.assay import FusionThresholds


class ExactJunction:
    """Is the joint known to the base on both sides?"""

    identifier: ClassVar[str] = "exact_junction"

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Not met for a joint that only discordant pairs show, or that has an unknown side."""
        exact = fusion.call.junction.exact
        shown = "exact" if exact else "bounded or one side unknown"
        return outcome(self.identifier, verdict_of(exact), shown, "exact", BY_DEFINITION)


class ExonBoundaryJunction:
    """Does the joint lie on an exon boundary on both sides?"""

    identifier: ClassVar[str] = "exon_boundary_junction"

    def __init__(self, panel: Panel) -> None:
        self.panel = panel

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome | None:
        """Not assessable without an exact joint, or when the panel has no exons of a gene.

        No question for an inferred fusion: DNA breaks in introns, and no transcript was seen.
        """
        if _is_inferred(fusion):
            return None
        call, exons = fusion.call, fusion.exons
        answer: bool | None = None
        if call.junction.exact and self._has_exons(call.five_prime_gene, call.three_prime_gene):
            labels = (exons.five_prime, exons.three_prime)
            answer = all(label is not None and label.boundary for label in labels)
        shown = {None: None, True: "both sides on a boundary", False: "off a boundary"}[answer]
        return outcome(
            self.identifier, verdict_of(answer), shown, "exon boundary on both sides", BY_DEFINITION
        )

    def _has_exons(self, *genes: GeneRef | None) -> bool:
        return all(gene is not None and self.panel.mane(gene.symbol) is not None for gene in genes)


class Nutm1IsThreePrime:
    """Is NUTM1 the 3' gene, the oncogenic order?"""

    identifier: ClassVar[str] = "nutm1_is_three_prime"

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Always answered."""
        answer = fusion.nutm1_is_three_prime
        shown = "NUTM1 is 3'" if answer else "NUTM1 is not 3'"
        return outcome(self.identifier, verdict_of(answer), shown, "NUTM1 is 3'", BY_DEFINITION)


class BothPartsSense:
    """Are both parts read in the sense of their genes?"""

    identifier: ClassVar[str] = "both_parts_sense"

    def __init__(self, panel: Panel) -> None:
        self.panel = panel

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Not met when one side is antisense; not assessable when a strand is not known."""
        call = fusion.call
        sides = (
            self._is_sense(call.five_prime_gene, call.junction.five_prime),
            self._is_sense(call.three_prime_gene, call.junction.three_prime),
        )
        answer = False if False in sides else None if None in sides else True
        shown = {None: None, True: "both sense", False: "one part is antisense"}[answer]
        return outcome(self.identifier, verdict_of(answer), shown, "both sense", BY_DEFINITION)

    def _is_sense(self, gene: GeneRef | None, end: JunctionEnd | None) -> bool | None:
        if gene is None or end is None or end.strand is None:
            return None
        mane = self.panel.mane(gene.symbol)
        if mane is None or mane.strand is None or mane.contig != end.contig:
            return None
        return end.strand is mane.strand


class ReadingFrameInFrame:
    """Does NUTM1's reading frame go on after the joint?"""

    identifier: ClassVar[str] = "reading_frame_in_frame"

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome | None:
        """Not assessable only when nobody can tell; an untranslated part is not met.

        No question for an inferred fusion, of which no transcript was seen.
        """
        if _is_inferred(fusion):
            return None
        frame, why = fusion.reading_frame, fusion.reading_frame_reason
        answer: bool | None = frame is ReadingFrame.IN_FRAME
        if frame is ReadingFrame.NOT_PREDICTED:
            untranslated = why in (FIVE_PRIME_UNTRANSLATED, THREE_PRIME_UNTRANSLATED)
            answer = False if untranslated else None
        shown = frame.value if why is None else f"{frame.value} ({why})"
        return outcome(self.identifier, verdict_of(answer), shown, "in-frame", BY_DEFINITION)


class Nutm1WildTypeBackground:
    """Are the exons of NUTM1 that this fusion lacks missing from the reads?"""

    identifier: ClassVar[str] = "nutm1_wild_type_background"

    def __init__(self, thresholds: FusionThresholds, qc: ReadQc | None) -> None:
        self.thresholds = thresholds
        self.qc = qc

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome | None:
        """Not assessable without reads of RNA or with few; no question when exon 1 is fused.

        Nor for an inferred fusion, which says nothing about expression. Wild-type NUTM1 (germ
        cells express it) is no proof against a fusion.
        """
        if not fusion.nutm1_is_three_prime or _is_inferred(fusion):
            return None
        share = self.thresholds.max_upstream_share
        fewest = max(self.thresholds.min_background_fragments.value or 0, 1)
        required = NOT_ASKED
        if share.value is not None:
            required = f"at most {number(share.value)} of {fewest} or more NUTM1 fragments"
        answer: bool | None = None
        shown: str | None = None
        if self.qc is not None and self.qc.molecule != "dna":
            upstream = self.qc.nutm1_upstream_fragments
            total = upstream + self.qc.nutm1_downstream_fragments
            shown = f"{upstream} of {total} fragments on exons 1 and 2"
            if share.value is not None and total >= fewest:
                answer = upstream / total <= share.value
        return outcome(self.identifier, verdict_of(answer), shown, required, share.source.text)


class UnknownPartnerNotIntron:
    """Is the sequence of an unknown partner free of an everyday explanation?"""

    identifier: ClassVar[str] = "unknown_partner_not_intron"

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome | None:
        """No question for a known partner, nor where no sequence was read (FISH).

        Any hint counts as an explanation (an intron's end, another start of NUTM1).
        """
        call = fusion.call
        if call.five_prime_gene is not None and call.three_prime_gene is not None:
            return None
        if _is_inferred(fusion):
            return None
        answer = call.partner_hint is None
        shown = "nothing found" if call.partner_hint is None else call.partner_hint
        return outcome(
            self.identifier, verdict_of(answer), shown, "no other explanation", BY_DEFINITION
        )


def _is_inferred(fusion: AnnotatedFusion) -> bool:
    """Known from DNA or FISH: no transcript was seen."""
    return fusion.call.fusion_detection is FusionDetection.INFERRED
