"""What a signed review changes of a FHIR bundle.

==============================  ================================================================
FHIR                            review that may be repeated
==============================  ================================================================
DiagnosticReport.status         final, where the biologist accepts everything; else preliminary:
                                the coded answers are the program's, the conclusion says both
resultsInterpreter              codes of the biologist and of the laboratory
Observation.status              accepted: final; corrected: preliminary; rejected:
                                entered-in-error, and no result of the report
Observation.value               present only where program and biologist both say so
Observation.note                what the biologist corrects or why a fusion is rejected
==============================  ================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nutfusion.exports.report_words import is_stated
from nutfusion.exports.review_words import decision_lines
from nutfusion.exports.reviews import is_contradicted
from nutfusion.review.model import ReviewVerdict

if TYPE_CHECKING:
    from nutfusion.exports.reviews import Beside
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.terms import MolecularState

PRELIMINARY = "preliminary"
FINAL = "final"
WITHDRAWN = "entered-in-error"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a fusion is after program and biologist.

    Attributes:
        is_affirmed: The program states it, and no biologist says otherwise.
        is_rejected: A biologist rejects it.
        fields: ``status`` of its observation, and a ``note`` where something was said.
    """

    is_affirmed: bool
    is_rejected: bool
    fields: dict[str, Any]


def judged_fusion(fusion: DossierFusion, beside: Beside | None) -> Judged:
    """One fusion, with what may be repeated of a review."""
    is_affirmed = is_stated(fusion) and not is_contradicted(fusion, beside)
    decision = None if beside is None else beside.decision(fusion.fusion_id)
    if decision is None:
        return Judged(is_affirmed, False, {"status": PRELIMINARY})
    is_rejected = decision.verdict is ReviewVerdict.REJECTED
    fields: dict[str, Any] = {"status": FINAL}
    if decision.verdict is not ReviewVerdict.ACCEPTED:
        fields["status"] = WITHDRAWN if is_rejected else PRELIMINARY
        fields["note"] = [{"text": "\n".join(decision_lines(fusion, decision))}]
    return Judged(is_affirmed, is_rejected, fields)


def report_status(beside: Beside | None) -> str:
    """``final`` where a biologist whose key is vouched for accepts everything."""
    return FINAL if beside is not None and beside.accepts_all else PRELIMINARY


def sample_state(dossier: Dossier, beside: Beside | None) -> MolecularState:
    """The state that the biologist signed, else the automatic one."""
    if beside is None or beside.review is None:
        return dossier.molecular_state
    return beside.review.sample_state.reviewed


def interpreter(beside: Beside | None) -> dict[str, Any]:
    """Who reviewed, by codes; empty without a review that may be repeated."""
    if beside is None or beside.review is None:
        return {}
    who = beside.review.reviewer
    found: list[dict[str, Any]] = [{"type": "Practitioner", "identifier": {"value": who.id}}]
    if who.centre is not None:
        found.append({"type": "Organization", "identifier": {"value": who.centre}})
    return {"resultsInterpreter": found}
