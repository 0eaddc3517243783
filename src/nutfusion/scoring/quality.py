"""Criteria about a sample: could it have shown a fusion if there were one?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.model.evidence import LEAST_CONTROL, LEAST_SPLICED
from nutfusion.model.terms import Verdict
from nutfusion.scoring.criterion import (
    BY_DEFINITION,
    NOT_ASKED,
    at_least,
    number,
    outcome,
    verdict_of,
)
from nutfusion.scoring.reasons import outcome_reason, reason

if TYPE_CHECKING:
    from nutfusion.model.evidence import AlignmentQc, Molecule, ReadQc
    from nutfusion.model.scored import CriterionOutcome
    from nutfusion.scoring.assay import QualityThresholds

CONTROL_GENE: Final = "BRD4"
"""The partner whose fragments are the control of the RNA: it is expressed in every tissue, so none
means that the RNA is degraded, not human, or that the assay does not cover it."""

RNA_CONTROL: Final = "partner_wild_type_seen"
"""The criterion that shows RNA was there to be read; a negative cannot do without it."""


LIMIT: Final = "detection_limit"
"""The criterion that shows how rare a fusion the sample could have shown; it asks for RNA too."""


def assess_quality(
    qc: ReadQc | None, thresholds: QualityThresholds, molecule: Molecule = "rna"
) -> tuple[CriterionOutcome, ...]:
    """Hold a sample's figures against the profile.

    Returns:
        ``enough_fragments``, ``read_length``, ``base_quality``, ``partner_wild_type_seen``; not
        assessable where the figure is unknown, or where the profile does not ask. For alignment
        files ``unmapped_reads_kept`` and, with enough BRD4 fragments or of DNA,
        ``exon_joints_read``. Under a profile of DNA the first three alone: the others ask for RNA.
    """
    fragments, is_lower_bound = _fragments(qc)
    of_any_molecule = (
        at_least(
            "enough_fragments",
            fragments,
            thresholds.min_fragments.value,
            thresholds.min_fragments.source.text,
            is_lower_bound=is_lower_bound,
        ),
        at_least(
            "read_length",
            None if qc is None else qc.read_length_mean,
            thresholds.min_read_length_mean.value,
            thresholds.min_read_length_mean.source.text,
            shown="# nt on average",
            asked="at least # nt on average",
        ),
        at_least(
            "base_quality",
            None if qc is None else qc.mean_base_quality,
            thresholds.min_mean_base_quality.value,
            thresholds.min_mean_base_quality.source.text,
            shown="# (mean Phred)",
            asked="at least # (mean Phred)",
        ),
    )
    if molecule == "dna":
        return of_any_molecule
    of_reads = (
        *of_any_molecule,
        at_least(
            RNA_CONTROL,
            gene_fragments(qc, CONTROL_GENE),
            thresholds.min_partner_wild_type.value,
            thresholds.min_partner_wild_type.source.text,
            shown=f"# {CONTROL_GENE} fragments, fusion included",
            asked=f"at least # {CONTROL_GENE} fragments, fusion included",
        ),
    )
    return of_reads if qc is None or qc.alignment is None else of_reads + _aligned(qc.alignment)


def _fragments(qc: ReadQc | None) -> tuple[int | None, bool]:
    """Fragments of the sample; true with it when only the least there can be is known."""
    if qc is None or qc.fragments is not None or qc.alignment is None:
        return (None if qc is None else qc.fragments), False
    return qc.alignment.fragments_examined, True


def _aligned(look: AlignmentQc) -> tuple[CriterionOutcome, ...]:
    """Is everything in the files that a fusion would show in?"""
    is_dna = look.molecule == "dna"
    kept = at_least(
        "unmapped_reads_kept",
        look.unmapped_reads,
        1,
        BY_DEFINITION,
        shown="# unmapped reads",
        asked="at least # unmapped reads",
    )
    control, spliced = look.control_fragments, look.control_spliced
    if control is None or spliced is None or not (is_dna or control >= LEAST_CONTROL):
        return (kept,)
    crossed = outcome(
        "exon_joints_read",
        verdict_of(not is_dna and spliced / control >= LEAST_SPLICED),
        f"{spliced} of {control} {CONTROL_GENE} fragments",
        f"at least {number(LEAST_SPLICED)} of {CONTROL_GENE} fragments",
        BY_DEFINITION,
    )
    return (crossed,) if is_dna else (kept, crossed)


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

    Either a control gene or a limit of detection is one.

    Fragments, lengths and base qualities are those of any library, one of water included: without
    a control gene nothing seen is no finding.
    """
    return all(o.required == NOT_ASKED for o in outcomes if o.id in (RNA_CONTROL, LIMIT))


def not_asked_reasons(outcomes: tuple[CriterionOutcome, ...]) -> tuple[str, ...]:
    """What a negative was not held against, one reason per criterion the profile leaves out."""
    return tuple(
        reason("quality_not_asked", criterion=o.id) for o in outcomes if o.required == NOT_ASKED
    )
