"""What the other samples of the run do to the verdict on a fusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.terms import MolecularState
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from nutfusion.model.run_level import SampleComparison, SharedJoint
    from nutfusion.model.scored import ScoredFusion

NOT_ASSESSED = reason("carry_over_not_assessed")
"""Said of a weak fusion while nobody has looked at the other samples."""


def with_the_run(fusion: ScoredFusion, comparison: SampleComparison | None) -> ScoredFusion:
    """Hold a fusion against the other samples of its run.

    A fusion that another sample can have left here is ``indeterminate``; a state that is weaker
    already stays. A shared joint that is not explained so is stated beside the state.

    Args:
        fusion: Judged by itself.
        comparison: ``None`` when the other samples are not known.
    """
    if comparison is None or not comparison.others:
        return fusion
    joints = [
        joint for joint in comparison.shared if joint.fusion_id == fusion.annotated.call.fusion_id
    ]
    explained = _suspicions(joints)
    if comparison.control == "negative":
        explained = (reason("negative_control_positive"), *explained)
    reasons = tuple(text for text in fusion.state_reasons if text != NOT_ASSESSED)
    was_weak = reasons != fusion.state_reasons
    uncounted = [joint.other for joint in joints if not joint.is_counted]
    if was_weak and not explained:
        if uncounted:
            reasons += (NOT_ASSESSED,)
        else:
            reasons += (reason("carry_over_not_seen", n=len(comparison.others)),)
    if uncounted:
        reasons += (
            reason("joint_shared_not_counted", n=len(uncounted), others=" ".join(uncounted)),
        )
    beside = _shared([j for j in joints if j.is_counted and j.explained_by is None])
    state = fusion.state
    if explained and state.precedence < MolecularState.INDETERMINATE.precedence:
        state = MolecularState.INDETERMINATE
    changes = {"state": state, "state_reasons": (*explained, *reasons, *beside)}
    return fusion.model_copy(update=changes)


def _suspicions(joints: list[SharedJoint]) -> tuple[str, ...]:
    """What other samples can have left, all that hops in one reason; then each control."""
    hopped = [joint for joint in joints if joint.explained_by == "hopping"]
    found = []
    if hopped:
        found.append(
            reason(
                "carry_over_suspected",
                expected=f"{sum(joint.expected or 0 for joint in hopped):.2g}",
                here=hopped[0].here,
                others=" ".join(joint.other for joint in hopped),
                there=sum(joint.there or 0 for joint in hopped),
            )
        )
    found += [
        reason("control_shows_joint", control=joint.other, here=joint.here, there=joint.there)
        for joint in joints
        if joint.explained_by == "control"
    ]
    return tuple(found)


def _shared(joints: list[SharedJoint]) -> tuple[str, ...]:
    """Joints in other samples that do not explain this one."""
    found = []
    for code, is_private in (("private_joint_shared", True), ("joint_shared", False)):
        others = [j.other for j in joints if bool(j.is_private) is is_private]
        if others:
            found.append(reason(code, n=len(others), others=" ".join(others)))
    return tuple(found)


def control_reasons(
    fusions: tuple[ScoredFusion, ...], comparison: SampleComparison | None
) -> tuple[str, ...]:
    """What the controls of a run say of a sample, or of itself when it is one."""
    if comparison is None:
        return ()
    if comparison.control == "positive" and not fusions:
        return (reason("positive_control_negative"),)
    if comparison.control is not None:
        return ()
    found = []
    for kind, code in (
        ("negative", "run_negative_control_positive"),
        ("positive", "run_positive_control_negative"),
    ):
        failed = comparison.failed_controls("negative" if kind == "negative" else "positive")
        if failed:
            found.append(reason(code, controls=" ".join(failed)))
    return tuple(found)


def is_unproven_negative(state: MolecularState, comparison: SampleComparison | None) -> bool:
    """Whether nothing was seen in a run whose positive control shows nothing either."""
    return (
        state is MolecularState.NOT_DETECTED
        and comparison is not None
        and bool(comparison.failed_controls("positive"))
    )
