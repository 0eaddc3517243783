"""The molecular state of one fusion, from its criteria (see ``docs/scoring.md``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.annotation.frame import FIVE_PRIME_UNTRANSLATED, THREE_PRIME_UNTRANSLATED
from nutfusion.annotation.partner_class import is_nutm1
from nutfusion.model.terms import (
    FusionDetection,
    MolecularState,
    PartnerClass,
    ReadingFrame,
    SourceSays,
    Verdict,
)
from nutfusion.scoring.reasons import outcome_reason, reason
from nutfusion.scoring.source_remarks import doubt_reasons, source_remarks
from nutfusion.scoring.structure_criteria import BothPartsSense
from nutfusion.scoring.support_criteria import (
    AnchorsBothSides,
    EnoughDistinctStarts,
    EnoughSplitReads,
    EnoughSupportingFragments,
    PartnerSequenceMatches,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.scored import CriterionOutcome

MUST_BE_MET: Final = (EnoughSupportingFragments.identifier, EnoughSplitReads.identifier)
"""Without these nothing is confirmed: a count nobody states is not a count that passes."""

FEW_FRAGMENTS: Final = (*MUST_BE_MET, EnoughDistinctStarts.identifier)
"""Too little of these is also what index hopping and carry-over leave of another sample."""

MUST_NOT_FAIL: Final = (
    EnoughDistinctStarts.identifier,
    AnchorsBothSides.identifier,
    PartnerSequenceMatches.identifier,
)
"""These stop a confirmation when they fail; another program's table may not state them."""

CONFIRMED: Final[Mapping[PartnerClass, MolecularState]] = {
    PartnerClass.BET: MolecularState.CONFIRMED_BET,
    PartnerClass.BET_COMPLEX: MolecularState.CONFIRMED_BET_COMPLEX,
    PartnerClass.CARCINOMA_DISPUTED: MolecularState.CONFIRMED_OTHER_PARTNER,
    PartnerClass.SARCOMA: MolecularState.CONFIRMED_OTHER_PARTNER,
    PartnerClass.LEUKAEMIA: MolecularState.CONFIRMED_OTHER_PARTNER,
    PartnerClass.OTHER_ENTITY: MolecularState.CONFIRMED_OTHER_PARTNER,
    PartnerClass.UNCLASSIFIED: MolecularState.CONFIRMED_OTHER_PARTNER,
}
"""What a known partner's fusion is called once everything holds."""

Judgement = tuple[MolecularState, tuple[str, ...]]
"""A state and its reasons, most important first."""


def judge_fusion(
    fusion: AnnotatedFusion,
    criteria: Iterable[CriterionOutcome],
    profile: str,
    unnameable: tuple[str, ...] = (),
    *,
    reads_are_poor: bool = False,
) -> Judgement:
    """Judge one fusion.

    Args:
        fusion: The fusion.
        criteria: Its outcomes.
        profile: Identifier of the assay profile, for the reasons.
        unnameable: BET and BET-complex genes that the panel could not have named.
        reads_are_poor: Their quality failed: what they do not show may be there all the same.

    Returns:
        Where its sources differ is said after the reasons, whatever the state.
    """
    outcomes = {outcome.id: outcome for outcome in criteria}
    basic = _basic_objections(fusion, outcomes, reads_are_poor=reads_are_poor)
    if basic:
        return MolecularState.INDETERMINATE, (*basic, *source_remarks(fusion))
    state, reasons = _judge(fusion, outcomes, profile, unnameable)
    return state, (*reasons, *source_remarks(fusion))


def _judge(
    fusion: AnnotatedFusion,
    outcomes: Mapping[str, CriterionOutcome],
    profile: str,
    unnameable: tuple[str, ...],
) -> Judgement:
    if fusion.partner_class is PartnerClass.UNKNOWN:
        return _judge_unknown_partner(fusion, outcomes, profile, unnameable)
    objections = (
        _joint_objections(fusion)
        + doubt_reasons(fusion)
        + _support_objections(outcomes, MUST_BE_MET, MUST_NOT_FAIL)
    )
    if fusion.partner_class is PartnerClass.NEIGHBOUR_15Q14:
        return _judge_neighbour(fusion, objections, profile)
    objections = _frame_objections(fusion) + _class_objections(fusion) + objections
    if objections:
        return MolecularState.INDETERMINATE, objections
    state = CONFIRMED[fusion.partner_class]
    return state, (_joined_to(fusion, state), *_frame_remarks(fusion), _passed(profile))


def _basic_objections(
    fusion: AnnotatedFusion, outcomes: Mapping[str, CriterionOutcome], *, reads_are_poor: bool
) -> tuple[str, ...]:
    """What no support can mend: another order, another strand, sources that contradict.

    Reads too poor to show a fusion contradict nobody; the joint is not confirmed by them either.
    """
    if not fusion.call.order_known:
        return (reason("order_not_known"),)
    if not fusion.nutm1_is_three_prime:
        return (reason("nutm1_not_three_prime"),)
    if is_nutm1(fusion.call.five_prime_gene):
        return (reason("nutm1_joined_to_itself"),)
    found = []
    if outcomes[BothPartsSense.identifier].verdict is Verdict.NOT_MET:
        found.append(reason("antisense_part"))
    unseen = sorted(
        source.name
        for source in fusion.call.support.sources
        if source.kind == "reads" and source.says is SourceSays.NOT_SEEN
    )
    if unseen:
        code = "reads_too_poor_to_show" if reads_are_poor else "sources_contradict"
        found.append(reason(code, unseen_by=" ".join(unseen)))
    return tuple(found)


def _judge_unknown_partner(
    fusion: AnnotatedFusion,
    outcomes: Mapping[str, CriterionOutcome],
    profile: str,
    unnameable: tuple[str, ...],
) -> Judgement:
    """Unknown is not "not BET": what the panel could not have named stays possible."""
    possible: tuple[str, ...] = ()
    if unnameable:
        possible = (reason("bet_partner_not_excluded", genes=" ".join(unnameable)),)
    objections = doubt_reasons(fusion) + _support_objections(outcomes, MUST_BE_MET, ())
    if fusion.call.partner_hint is not None:
        objections = (reason("partner_hint", hint=fusion.call.partner_hint), *objections)
    if objections:
        return MolecularState.INDETERMINATE, (*objections, *possible)
    from_dna = fusion.call.fusion_detection is FusionDetection.INFERRED
    inferred = (reason("inferred_from_dna"),) if from_dna else ()
    return (
        MolecularState.REARRANGED_PARTNER_UNKNOWN,
        (reason("nutm1_joined_to_unknown"), *inferred, *possible, _passed(profile)),
    )


def _judge_neighbour(
    fusion: AnnotatedFusion, objections: tuple[str, ...], profile: str
) -> Judgement:
    """A local event: stated with its frame, which decides nothing here."""
    gene = fusion.call.five_prime_gene
    named = reason("nutm1_joined_to_neighbour", gene="15q14" if gene is None else gene.symbol)
    remarks = (reason("read_through_possible"),) if fusion.is_read_through else ()
    if objections:
        return MolecularState.INDETERMINATE, (*objections, named, *remarks)
    return (
        MolecularState.REARRANGED_NEIGHBOUR,
        (named, *remarks, *_frame_objections(fusion), *_frame_remarks(fusion), _passed(profile)),
    )


def _joint_objections(fusion: AnnotatedFusion) -> tuple[str, ...]:
    if fusion.call.fusion_detection is FusionDetection.INFERRED:
        return (reason("inferred_from_dna"),)
    return () if fusion.call.junction.exact else (reason("joint_not_exact"),)


def _frame_objections(fusion: AnnotatedFusion) -> tuple[str, ...]:
    """What is known against the frame; a frame nobody can give is no objection."""
    why = fusion.reading_frame_reason
    match fusion.reading_frame:
        case ReadingFrame.OUT_OF_FRAME:
            weakness = () if why is None else (reason("frame_weakened", why=why),)
            return (reason("out_of_frame"), *weakness)
        case ReadingFrame.STOP_CODON:
            return (reason("stop_codon", where=why or "unknown"),)
        case ReadingFrame.NOT_PREDICTED:
            if why in (FIVE_PRIME_UNTRANSLATED, THREE_PRIME_UNTRANSLATED):
                return (reason("part_not_translated", why=why),)
            return ()
        case ReadingFrame.IN_FRAME:
            return ()


def _frame_remarks(fusion: AnnotatedFusion) -> tuple[str, ...]:
    """What is to be said about the frame of a fusion that stands."""
    why = fusion.reading_frame_reason
    if fusion.reading_frame is ReadingFrame.IN_FRAME:
        weakness = () if why is None else (reason("frame_weakened", why=why),)
        return (reason("frame_kept"), *weakness)
    if fusion.reading_frame is ReadingFrame.NOT_PREDICTED and not _frame_objections(fusion):
        return (reason("frame_not_given", why=why or "unknown"),)
    return ()


def _class_objections(fusion: AnnotatedFusion) -> tuple[str, ...]:
    """An unverified class may be shown; it may not decide."""
    if fusion.partner_class is PartnerClass.UNCLASSIFIED or fusion.partner_class_verified:
        return ()
    gene = fusion.call.five_prime_gene
    return (reason("partner_class_unverified", gene="unknown" if gene is None else gene.symbol),)


def _support_objections(
    outcomes: Mapping[str, CriterionOutcome],
    must_be_met: tuple[str, ...],
    must_not_fail: tuple[str, ...],
) -> tuple[str, ...]:
    below = [
        outcome_reason("below_profile", outcomes[name])
        for name in must_be_met + must_not_fail
        if outcomes[name].verdict is Verdict.NOT_MET
    ]
    unstated = [
        outcome_reason("support_not_stated", outcomes[name])
        for name in must_be_met
        if outcomes[name].verdict is Verdict.NOT_ASSESSABLE
    ]
    is_weak = any(outcomes[name].verdict is Verdict.NOT_MET for name in FEW_FRAGMENTS)
    other_sample = [reason("carry_over_not_assessed")] if is_weak else []
    return tuple(below + unstated + other_sample)


def _joined_to(fusion: AnnotatedFusion, state: MolecularState) -> str:
    gene = fusion.call.five_prime_gene
    symbol = "unknown" if gene is None else gene.symbol
    if state is MolecularState.CONFIRMED_BET:
        return reason("nutm1_joined_to_bet", gene=symbol)
    if state is MolecularState.CONFIRMED_BET_COMPLEX:
        return reason("nutm1_joined_to_bet_complex", gene=symbol)
    return reason(
        "nutm1_joined_to_other_gene", gene=symbol, partner_class=fusion.partner_class.value
    )


def _passed(profile: str) -> str:
    return reason("profile_passed", profile=profile)
