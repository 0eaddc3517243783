"""The molecular state of a sample: that of its best fusion, else what its silence means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.terms import MolecularState
from nutfusion.scoring.coverage import (
    beside_coverage,
    not_covered_reasons,
    unknown_coverage_reasons,
)
from nutfusion.scoring.detectability import unnameable_partners
from nutfusion.scoring.limit_criterion import limit_reasons
from nutfusion.scoring.orthogonal import alone_reason, positive_without_fusion
from nutfusion.scoring.quality import lacks_rna_control, not_asked_reasons, quality_reasons
from nutfusion.scoring.reasons import reason
from nutfusion.scoring.source_remarks import is_blind, silent_reasons, unreadable_reasons

if TYPE_CHECKING:
    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.interrogates import AssayReach
    from nutfusion.model.panel import Panel
    from nutfusion.model.reported import CallerEvidence
    from nutfusion.model.scored import CriterionOutcome, PartnerDetectability, ScoredFusion
    from nutfusion.scoring.assay import AssayProfile
    from nutfusion.scoring.fusion_state import Judgement


def judge_sample(
    fusions: tuple[ScoredFusion, ...],
    qc: ReadQc | None,
    quality: tuple[CriterionOutcome, ...],
    rows: tuple[PartnerDetectability, ...],
    assay: AssayProfile,
    reach: AssayReach,
    panel: Panel,
    tests: tuple[OrthogonalTest, ...],
    callers: CallerEvidence,
) -> Judgement:
    """Judge a sample.

    Args:
        fusions: In their final order: the first one reaches the highest state.
        qc: ``None`` without reads.
        quality: Criteria of the sample's quality.
        rows: Detectability of each partner.
        assay: The profile.
        reach: What the profile says the assay could show.
        panel: The panel of the annotation.
        tests: Tests declared in the sample sheet.
        callers: What other programs' files say.

    Returns:
        A positive stands when the quality failed: the failure is printed after its reasons.
    """
    other = _other_molecule(qc, assay)
    failures = other + quality_reasons(qc, quality)
    unreadable = unreadable_reasons(callers)
    if fusions:
        best = fusions[0]
        beside = imbalance_remark(qc, assay) + unreadable + failures
        return best.state, best.state_reasons + beside
    silent = silent_reasons(callers)
    weak = unreadable + sign_reasons(qc, assay, tests)
    if weak:
        return MolecularState.INDETERMINATE, weak + silent + failures
    uncovered = not_covered_reasons(reach, assay.id)
    unknown = unknown_coverage_reasons(reach, assay.id, assay.molecule)
    if qc is None and is_blind(callers):
        return MolecularState.NOT_COVERED, silent + uncovered + unknown + failures
    if failures:
        return MolecularState.NOT_ASSESSABLE, silent + failures + uncovered + unknown
    if uncovered:
        return MolecularState.NOT_COVERED, uncovered + unknown + silent
    if unknown:
        return MolecularState.NOT_ASSESSABLE, unknown + silent
    if assay.molecule == "dna":
        return MolecularState.NOT_ASSESSABLE, (reason("dna_depth_not_measured"), *silent)
    if lacks_rna_control(quality):
        return MolecularState.NOT_ASSESSABLE, (reason("no_rna_control", profile=assay.id), *silent)
    beside = beside_coverage(reach)
    return MolecularState.NOT_DETECTED, (
        *_negative_reasons(qc, quality, rows, assay, panel),
        *beside,
        *silent,
    )


def could_show(
    qc: ReadQc | None,
    quality: tuple[CriterionOutcome, ...],
    reach: AssayReach,
    assay: AssayProfile,
) -> bool:
    """Whether a fusion would have been seen: what stands between a silent sample and a negative."""
    return assay.molecule == "rna" and not (
        _other_molecule(qc, assay)
        or quality_reasons(qc, quality)
        or not_covered_reasons(reach, assay.id)
        or unknown_coverage_reasons(reach, assay.id, assay.molecule)
        or lacks_rna_control(quality)
    )


def _other_molecule(qc: ReadQc | None, assay: AssayProfile) -> tuple[str, ...]:
    """Reads of one molecule under a profile of the other; what nothing tells is read as RNA."""
    if qc is None:
        return ()
    read_as = "dna" if qc.molecule == "dna" else "rna"
    if read_as == assay.molecule:
        return ()
    return (reason(f"{read_as}_under_{assay.molecule}_profile", profile=assay.id),)


def _negative_reasons(
    qc: ReadQc | None,
    quality: tuple[CriterionOutcome, ...],
    rows: tuple[PartnerDetectability, ...],
    assay: AssayProfile,
    panel: Panel,
) -> tuple[str, ...]:
    """Nothing was seen, and what that does not say."""
    unnameable = unnameable_partners(panel)
    named = (reason("partners_not_nameable", genes=" ".join(unnameable)),) if unnameable else ()
    loci_only = qc is not None and qc.alignment is not None and qc.alignment.look == "loci"
    return (
        reason("nothing_seen", profile=assay.id),
        *((reason("loci_only"),) if loci_only else ()),
        *limit_reasons(rows),
        *named,
        *not_asked_reasons(quality),
    )


def sign_reasons(
    qc: ReadQc | None, assay: AssayProfile, tests: tuple[OrthogonalTest, ...]
) -> tuple[str, ...]:
    """What asks for a look where no fusion is; each is said to stand alone only when it does."""
    positive = positive_without_fusion(tests)
    figures = imbalance(qc, assay)
    if figures is None:
        if len(positive) == 1:
            return (alone_reason(positive[0]),)
        return tuple(reason("positive_without_fusion", kind=kind) for kind in positive)
    if not positive:
        return (reason("three_prime_imbalance_alone", **figures),)
    found = tuple(reason("positive_without_fusion", kind=kind) for kind in positive)
    return (*found, *imbalance_remark(qc, assay))


def imbalance_remark(qc: ReadQc | None, assay: AssayProfile) -> tuple[str, ...]:
    """The imbalance beside something else; empty when there is none."""
    figures = imbalance(qc, assay)
    return () if figures is None else (reason("three_prime_imbalance", **figures),)


def imbalance(qc: ReadQc | None, assay: AssayProfile) -> dict[str, int] | None:
    """Fragments of NUTM1's later exons read without its first ones; ``None``: no imbalance."""
    fewest = assay.thresholds.min_imbalance_fragments.value
    share = assay.thresholds.max_upstream_share.value
    if qc is None or qc.molecule == "dna" or fewest is None or share is None:
        return None
    upstream, downstream = qc.nutm1_upstream_fragments, qc.nutm1_downstream_fragments
    if downstream < max(fewest, 1) or upstream / (upstream + downstream) > share:
        return None
    return {"downstream": downstream, "upstream": upstream}
