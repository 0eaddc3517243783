"""What the other samples of the run do to the verdict on a fusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.terms import FusionDetection, MolecularState
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
    explained = tuple(_suspicion(joint) for joint in joints if joint.is_explained)
    reasons = tuple(text for text in fusion.state_reasons if text != NOT_ASSESSED)
    was_weak = reasons != fusion.state_reasons
    if was_weak and not explained:
        reasons += (reason("carry_over_not_seen", n=len(comparison.others)),)
    beside = _shared([joint for joint in joints if not joint.is_explained])
    state = fusion.state
    if explained and state.precedence < MolecularState.INDETERMINATE.precedence:
        state = MolecularState.INDETERMINATE
    changes = {"state": state, "state_reasons": (*explained, *reasons, *beside)}
    return fusion.model_copy(update=changes)


def _suspicion(joint: SharedJoint) -> str:
    if joint.other_control == "negative":
        return reason(
            "control_shows_joint", control=joint.other, here=joint.here, there=joint.there
        )
    return reason(
        "carry_over_suspected",
        expected=f"{joint.expected:.2g}",
        here=joint.here,
        other=joint.other,
        there=joint.there,
    )


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
    """A negative control that shows a fusion, or a positive one that shows none."""
    if comparison is None or comparison.control is None:
        return ()
    seen = any(
        fusion.annotated.call.fusion_detection is FusionDetection.OBSERVED for fusion in fusions
    )
    if comparison.control == "negative" and seen:
        return (reason("negative_control_positive"),)
    if comparison.control == "positive" and not seen:
        return (reason("positive_control_negative"),)
    return ()
