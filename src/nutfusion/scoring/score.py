"""Annotated fusions in, criteria and molecular states out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.model.scored import SampleScored, ScoredFusion
from nutfusion.model.terms import MolecularState, SourceSays
from nutfusion.scoring.carry_over import control_reasons, is_unproven_negative, with_the_run
from nutfusion.scoring.copies import copies_remark
from nutfusion.scoring.criterion import answers
from nutfusion.scoring.detectability import detectability, unnameable_partners
from nutfusion.scoring.evidence_score import evidence_score, no_score
from nutfusion.scoring.fusion_state import judge_fusion
from nutfusion.scoring.ledger import build_ledger, load_orthogonal
from nutfusion.scoring.ledger import entries as ledger_entries
from nutfusion.scoring.limit_criterion import limit_outcome
from nutfusion.scoring.mappability import joined, joint_kmers, look_up
from nutfusion.scoring.orthogonal import fish_reason, inferred_fusion, is_positive, remarks
from nutfusion.scoring.quality import assess_quality, quality_reasons
from nutfusion.scoring.reach import assay_reach
from nutfusion.scoring.reasons import reason
from nutfusion.scoring.registry import Beside, criteria_for
from nutfusion.scoring.sample_state import could_show, judge_sample, sign_reasons
from nutfusion.scoring.source_remarks import is_blind

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion, SampleAnnotated
    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.panel import Panel
    from nutfusion.model.run_level import SampleComparison
    from nutfusion.scoring.assay import AssayProfile
    from nutfusion.scoring.criterion import Criterion
    from nutfusion.scoring.error_model import ErrorModel
    from nutfusion.scoring.evidence_score import Weighed
    from nutfusion.scoring.mappability import KnownSequences

NOT_COMPARED: Final = reason("run_level_not_assessed")
"""Why the other samples of the run are not looked at: only one sample is known."""

RUN_NOT_STATED: Final = reason("run_not_stated")
"""Why they are not: nobody says which run the sample was sequenced in."""


def score(
    annotated: SampleAnnotated,
    assay: AssayProfile,
    panel: Panel,
    orthogonal: tuple[OrthogonalTest, ...] = (),
    comparison: SampleComparison | None = None,
    why_not_compared: str = NOT_COMPARED,
    transcriptome: KnownSequences | None = None,
    model: ErrorModel | None = None,
) -> SampleScored:
    """Score a sample against an assay profile.

    Args:
        annotated: Its fusions; every one of them comes back.
        assay: The profile whose thresholds hold.
        panel: The panel of the annotation.
        orthogonal: Tests declared in the sample sheet. A positive FISH with nothing better from
            the reads adds one inferred fusion, ``v(::)NUTM1``.
        comparison: What the other samples of the run say; ``None`` when they are not known.
        why_not_compared: Reason without a comparison.
        transcriptome: Genes of a whole transcriptome that hold k-mers beside the joints
            (``scoring.transcriptome``); ``None``: the panel and its decoys alone.
        model: Numbers of the likelihood-ratio score; ``None``: the shipped ones.

    Returns:
        Fusions by state precedence, then split reads, pairs (most first, unknown last), then
        ``fusion_id``.
    """
    known = joined(look_up(joint_kmers(annotated.fusions), panel), transcriptome)
    beside = Beside(annotated.fusions, annotated.callers, known)
    criteria = criteria_for(assay, panel, annotated.qc, beside)
    unnameable = unnameable_partners(panel)
    rows = detectability(annotated.qc, assay, panel)
    quality = assess_quality(annotated.qc, assay.quality, assay.molecule)
    if assay.molecule == "rna" and not any(map(_is_read, annotated.fusions)):
        quality += (limit_outcome(rows, assay.quality.max_detection_limit),)
    reads_are_poor = annotated.qc is not None and bool(quality_reasons(annotated.qc, quality))
    fusions = [
        score_fusion(
            fusion,
            criteria,
            assay,
            unnameable,
            evidence_score(
                fusion, annotated.qc, panel, known, model or _shipped_model(), comparison
            ),
            reads_are_poor=reads_are_poor,
        )
        for fusion in annotated.fusions
    ]
    fusions = [
        fusion.model_copy(
            update={"state_reasons": fusion.state_reasons + copies_remark(fusion, annotated.qc)}
        )
        for fusion in (with_the_run(fusion, comparison) for fusion in fusions)
    ]
    if _is_fish_alone(fusions, orthogonal):
        is_alone = not fusions and not sign_reasons(annotated.qc, assay, orthogonal)
        fusions.append(_inferred(criteria, panel, orthogonal, is_alone=is_alone))
    ordered = tuple(sorted(fusions, key=_rank))
    compared = comparison is not None and bool(comparison.others)
    reach = assay_reach(assay.interrogates, assay.molecule, panel)
    state, reasons = judge_sample(
        ordered, annotated.qc, quality, rows, assay, reach, panel, orthogonal, annotated.callers
    )
    if is_unproven_negative(state, comparison):
        state = MolecularState.NOT_ASSESSABLE
    settings = load_orthogonal()
    entries = ledger_entries(
        orthogonal,
        ordered,
        panel,
        settings,
        was_examined=annotated.qc is not None or _was_reported(annotated),
        could_show=could_show(annotated.qc, quality, reach, assay)
        and not (comparison and comparison.failed_controls("positive")),
    )
    reasons = (
        *control_reasons(ordered, comparison),
        *reasons,
        *_unassigned(annotated.qc),
        *remarks(orthogonal, entries),
    )
    return SampleScored(
        sample=annotated.sample,
        assay=assay.id,
        assay_version=assay.version,
        assay_digest=assay.digest,
        assay_title=assay.description.plain,
        assay_note=None if assay.note is None else assay.note.plain,
        assay_checks=tuple(check.plain for check in assay.checks),
        assay_molecule=assay.molecule,
        interrogates=reach,
        molecular_state=state,
        state_reasons=reasons,
        fusions=ordered,
        quality=quality,
        failed=assay.failed.meanings(quality),
        detectability=rows,
        qc=annotated.qc,
        inputs=annotated.inputs,
        panel_digest=annotated.panel_digest,
        ledger=build_ledger(
            orthogonal,
            entries,
            ordered,
            state,
            reasons,
            settings,
            reach=reach,
            profile=assay.id,
            molecule=assay.molecule,
            is_patient=comparison is None or comparison.control is None,
        ),
        callers=annotated.callers,
        run_level=comparison if compared else None,
        run_level_reason=None if compared else _why_not_compared(comparison, why_not_compared),
        error_model=(
            (model or _shipped_model()).label
            if any(fusion.score is not None for fusion in ordered)
            else None
        ),
        transcriptome=known.transcriptome,
    )


def _shipped_model() -> ErrorModel:
    """The shipped numbers; a sample without a fusion needs neither them nor their module."""
    from nutfusion.scoring.error_model import load_error_model

    return load_error_model()


def _why_not_compared(comparison: SampleComparison | None, why: str) -> str:
    return why if comparison is None else reason("alone_in_run")


def score_fusion(
    fusion: AnnotatedFusion,
    criteria: tuple[Criterion, ...],
    assay: AssayProfile,
    unnameable: tuple[str, ...],
    weighed: Weighed,
    *,
    reads_are_poor: bool = False,
) -> ScoredFusion:
    """Judge one fusion; its score stands beside the state and does not touch it."""
    outcomes = answers(criteria, fusion)
    state, reasons = judge_fusion(
        fusion, outcomes, assay.id, unnameable, reads_are_poor=reads_are_poor
    )
    score, basis = weighed
    return ScoredFusion(
        annotated=fusion,
        criteria=outcomes,
        score=score,
        score_basis=basis,
        state=state,
        state_reasons=reasons,
    )


def _is_fish_alone(fusions: list[ScoredFusion], tests: tuple[OrthogonalTest, ...]) -> bool:
    """FISH is positive and no fusion says as much or more."""
    as_much = MolecularState.REARRANGED_PARTNER_UNKNOWN.precedence
    return is_positive(tests, "fish") and all(
        fusion.state.precedence > as_much for fusion in fusions
    )


def _was_reported(annotated: SampleAnnotated) -> bool:
    """Another program was run that can report NUTM1."""
    return bool(annotated.callers.files) and not is_blind(annotated.callers)


def _inferred(
    criteria: tuple[Criterion, ...],
    panel: Panel,
    tests: tuple[OrthogonalTest, ...],
    *,
    is_alone: bool,
) -> ScoredFusion:
    fusion = inferred_fusion(panel, tests)
    return ScoredFusion(
        annotated=fusion,
        criteria=answers(criteria, fusion),
        score=None,
        score_basis=no_score("score_of_rna_alone"),
        state=MolecularState.REARRANGED_PARTNER_UNKNOWN,
        state_reasons=(fish_reason(tests, is_alone=is_alone),),
    )


def _is_read(fusion: AnnotatedFusion) -> bool:
    """The reads show it: how rare a fusion they could have shown is no question then."""
    return any(
        source.kind == "reads" and source.says is SourceSays.SEEN
        for source in fusion.call.support.sources
    )


def _rank(fusion: ScoredFusion) -> tuple[int, int, int, str]:
    support = fusion.annotated.call.support
    return (
        fusion.state.precedence,
        1 if support.split_reads is None else -support.split_reads,
        1 if support.discordant_pairs is None else -support.discordant_pairs,
        fusion.annotated.call.fusion_id,
    )


def _unassigned(qc: ReadQc | None) -> tuple[str, ...]:
    """NUTM1 reads that lead somewhere nobody could name: said, whatever the state."""
    if qc is None or not qc.unassigned:
        return ()
    fragments = sum(cluster.fragments for cluster in qc.unassigned)
    return (reason("unassigned_nutm1_reads", clusters=len(qc.unassigned), fragments=fragments),)
