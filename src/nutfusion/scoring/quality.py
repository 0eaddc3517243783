"""Criteria about a sample: could it have shown a fusion if there were one?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import Verdict
from nutfusion.scoring.criterion import NOT_ASKED, at_least
from nutfusion.scoring.reasons import outcome_reason, reason

if TYPE_CHECKING:
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.scored import CriterionOutcome
    from nutfusion.scoring.assay import QualityThresholds

CONTROL_GENE: Final = "BRD4"
"""The partner whose fragments are the control of the RNA: it is expressed in every tissue, so none
means that the RNA is degraded, not human, or that the assay does not cover it."""

RNA_CONTROL: Final = "partner_wild_type_seen"
"""The criterion that shows RNA was there to be read; a negative cannot do without it."""


def assess_quality(
    qc: ReadQc | None, thresholds: QualityThresholds
) -> tuple[CriterionOutcome, ...]:
    """Hold a sample's figures against the profile.

    Returns:
        ``enough_fragments``, ``read_length``, ``base_quality``, ``partner_wild_type_seen``; not
        assessable where the figure is unknown, or where the profile does not ask.
    """
    return (
        at_least(
            "enough_fragments",
            None if qc is None else qc.fragments,
            thresholds.min_fragments.value,
            thresholds.min_fragments.source,
        ),
        at_least(
            "read_length",
            None if qc is None else qc.read_length_mean,
            thresholds.min_read_length_mean.value,
            thresholds.min_read_length_mean.source,
            shown="# nt on average",
            asked="at least # nt on average",
        ),
        at_least(
            "base_quality",
            None if qc is None else qc.mean_base_quality,
            thresholds.min_mean_base_quality.value,
            thresholds.min_mean_base_quality.source,
            shown="# (mean Phred)",
            asked="at least # (mean Phred)",
        ),
        at_least(
            RNA_CONTROL,
            gene_fragments(qc, CONTROL_GENE),
            thresholds.min_partner_wild_type.value,
            thresholds.min_partner_wild_type.source,
            shown=f"# {CONTROL_GENE} fragments, fusion included",
            asked=f"at least # {CONTROL_GENE} fragments, fusion included",
        ),
    )


def gene_fragments(qc: ReadQc | None, symbol: str) -> int | None:
    """Fragments of a gene, those of its fusions included; ``None`` when nobody counted them."""
    if qc is None:
        return None
    for counted in qc.partner_fragments:
        if counted.gene.symbol == symbol:
            return counted.fragments
    return None


def quality_reasons(qc: ReadQc | None, outcomes: tuple[CriterionOutcome, ...]) -> tuple[str, ...]:
    """Why nothing seen would mean nothing; empty when the quality holds.

    A criterion that the profile asks for and nobody can assess weighs like one that is not met:
    it is unknown whether the sample could have shown a fusion.
    """
    if qc is None:
        return (reason("no_reads"),)
    failed = [outcome_reason("quality_failed", o) for o in outcomes if o.verdict is Verdict.NOT_MET]
    unknown = [
        outcome_reason("quality_not_assessable", o)
        for o in outcomes
        if o.verdict is Verdict.NOT_ASSESSABLE and o.required != NOT_ASKED
    ]
    return tuple(failed + unknown)


def lacks_rna_control(outcomes: tuple[CriterionOutcome, ...]) -> bool:
    """Whether the profile asks for no sign that the RNA could have been read at all.

    Fragments, lengths and base qualities are those of any library, one of water included: without
    a control gene nothing seen is no finding.
    """
    return any(o.id == RNA_CONTROL and o.required == NOT_ASKED for o in outcomes)


def not_asked_reasons(outcomes: tuple[CriterionOutcome, ...]) -> tuple[str, ...]:
    """What a negative was not held against, one reason per criterion the profile leaves out."""
    return tuple(
        reason("quality_not_asked", criterion=o.id) for o in outcomes if o.required == NOT_ASKED
    )
