"""What an assay's reach means for a sample in which nothing was seen.

A negative rests on every catalogued joint of the BET genes, from one side or the other. One that
the assay does not reach makes it ``not_covered``; one of which nobody knows makes it
``not_assessable``, with what the laboratory has to state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.annotation.partner_class import shipped_partners
from nutfusion.model.interrogates import Reached
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import PartnerClass
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from nutfusion.model.evidence import Molecule
    from nutfusion.model.interrogates import AssayReach, JointReach


def not_covered_reasons(reach: AssayReach, profile: str) -> tuple[str, ...]:
    """Joints of BET genes that the assay does not reach from either side; empty without any.

    A BET gene without any published NUTM1 fusion (BRDT) does not have to be covered.
    """
    missing = _bet_joints(reach, Reached.NOT_COVERED)
    if not missing:
        return ()
    nutm1 = reason("nutm1_not_interrogated", profile=profile)
    joints = reason("joints_not_covered", joints=_labels(missing), profile=profile)
    return (nutm1, joints) if reach.nutm1 is False else (joints,)


def unknown_coverage_reasons(
    reach: AssayReach, profile: str, molecule: Molecule
) -> tuple[str, ...]:
    """Joints of BET genes of which nobody says whether the assay reaches them, and what is missing.

    A word from the laboratory on NUTM1 may settle all of them, one on a partner its own.
    """
    unknown = _bet_joints(reach, Reached.UNKNOWN)
    if not unknown:
        return ()
    asked = [NUTM1] if any(joint.nutm1_side is Reached.UNKNOWN for joint in unknown) else []
    asked += [joint.gene for joint in unknown if joint.partner_side is Reached.UNKNOWN]
    return (
        reason("coverage_unknown", joints=_labels(unknown), profile=profile),
        reason(
            "introns_to_state" if molecule == "dna" else "laboratory_to_state",
            genes=" ".join(dict.fromkeys(asked or [NUTM1])),
        ),
    )


def beside_coverage(reach: AssayReach) -> tuple[str, ...]:
    """BET-complex genes that a negative says nothing about; no state rests on them."""
    bet = _bet_genes()
    genes = [
        joint.gene
        for joint in reach.joints
        if joint.gene not in bet and joint.reached is not Reached.COVERED
    ]
    if not genes:
        return ()
    return (reason("complex_not_covered", genes=" ".join(dict.fromkeys(genes))),)


def _bet_genes() -> frozenset[str]:
    return frozenset(
        partner.symbol
        for partner in shipped_partners()
        if partner.partner_class is PartnerClass.BET
    )


def _bet_joints(reach: AssayReach, answer: Reached) -> tuple[JointReach, ...]:
    bet = _bet_genes()
    return tuple(j for j in reach.joints if j.gene in bet and j.reached is answer)


def _labels(joints: tuple[JointReach, ...]) -> str:
    return " ".join(dict.fromkeys(joint.label for joint in joints))
