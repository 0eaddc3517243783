"""The score of a fusion: its evidence under a real fusion against the likeliest artefact.

It stands beside the criteria, and no state rests on it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.partner_class import is_nutm1
from nutfusion.model.evidence_score import ScoreBasis
from nutfusion.model.terms import FusionDetection, SourceSays
from nutfusion.scoring.artefacts import (
    Seen,
    carry_over,
    paralogue,
    sequencing_error,
    template_switching,
)

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.panel import Panel
    from nutfusion.model.run_level import SampleComparison
    from nutfusion.scoring.error_model import Calibration, ErrorModel
    from nutfusion.scoring.mappability import KnownSequences

Weighed = tuple[float | None, ScoreBasis]
"""A score and what it rests on."""

NO_SCORE: Final = (
    "score_without_reads",
    "score_of_rna_alone",
    "score_reads_do_not_show",
    "score_of_one_gene",
)
"""Every ``ScoreBasis.reason``."""


def evidence_score(
    fusion: AnnotatedFusion,
    qc: ReadQc | None,
    panel: Panel,
    known: KnownSequences,
    model: ErrorModel,
    comparison: SampleComparison | None = None,
) -> Weighed:
    """Score one fusion.

    Args:
        fusion: The fusion.
        qc: Figures of the sample; ``None`` without reads.
        panel: Exons and sequences.
        known: Genes that hold the k-mers beside the joints.
        model: The numbers.
        comparison: The other samples of the run; ``None``: not known.

    Returns:
        log10 of the likelihood ratio, calibrated and cut at ``calibration.largest`` on both
        sides; ``None`` with a reason where our own look at reads of RNA did not show the fusion.
    """
    why = _why_not(fusion, qc)
    if why is not None or qc is None:
        return None, no_score(why or "score_without_reads")
    split, pairs = _counts(fusion)
    seen = Seen(fusion, split, pairs, qc, panel, known, model, comparison)
    artefacts = (
        sequencing_error(seen),
        template_switching(seen),
        paralogue(seen),
        carry_over(seen),
    )
    ratios = [
        (one.log10_likelihood_ratio, one.artefact)
        for one in artefacts
        if one.log10_likelihood_ratio is not None
    ]
    if not ratios:
        return None, no_score("score_without_reads")
    least, artefact = min(ratios, key=lambda ratio: ratio[0])
    score = calibrated(least, model.calibration)
    is_cut = abs(score) >= model.calibration.largest.value
    basis = ScoreBasis(
        likeliest_artefact=artefact,
        is_cut=is_cut,
        times=times_likelier(score),
        artefacts=artefacts,
        reason=None,
    )
    return score, basis


def no_score(reason: str) -> ScoreBasis:
    """Why there is no score."""
    return ScoreBasis(
        likeliest_artefact=None, is_cut=False, times=None, artefacts=(), reason=reason
    )


def calibrated(ratio: float, calibration: Calibration) -> float:
    """The score that a log10 ratio of the model is worth."""
    limit = calibration.largest.value
    value = calibration.offset.value + calibration.slope.value * ratio
    return round(min(limit, max(-limit, value)), 2) + 0.0


def times_likelier(score: float) -> int:
    """A score as a number of times, to one significant figure: the model knows no more."""
    times = math.pow(10, abs(score))
    step: int = 10 ** math.floor(abs(score) + 1e-9)
    return round(times / step) * step


def _why_not(fusion: AnnotatedFusion, qc: ReadQc | None) -> str | None:
    call = fusion.call
    if qc is None:
        return "score_without_reads"
    if call.fusion_detection is FusionDetection.INFERRED or qc.molecule == "dna":
        return "score_of_rna_alone"
    if not any(s.kind == "reads" and s.says is SourceSays.SEEN for s in call.support.sources):
        return "score_reads_do_not_show"
    if is_nutm1(call.five_prime_gene) and is_nutm1(call.three_prime_gene):
        return "score_of_one_gene"
    return None


def _counts(fusion: AnnotatedFusion) -> tuple[int, int]:
    """Distinct fragments that our own look at the reads counted: copies never raise a score."""
    shown = [
        source
        for source in fusion.call.support.sources
        if source.kind == "reads" and source.says is SourceSays.SEEN
    ]
    split = max((source.split_reads or 0 for source in shown), default=0)
    pairs = max((source.discordant_pairs or 0 for source in shown), default=0)
    return split, pairs
