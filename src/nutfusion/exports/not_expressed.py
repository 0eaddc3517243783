"""What a registry has no words for is left out of its files and named beside them.

cBioPortal and OSIRIS know fusions, and no doubt: a row there is a somatic fusion of two genes in a
known order, in a patient. What a biologist contradicts has no row either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.dossier.headline import is_declared
from nutfusion.exports.columns import csv_text
from nutfusion.exports.reviews import is_contradicted
from nutfusion.model.terms import MolecularState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.exports.reviews import Beside
    from nutfusion.model.dossier import Dossier, DossierFusion

HEADER: Final = ("Patient_Id", "fusion_id", "name", "state", "reason")
"""``fusion_id`` and ``name`` are empty where the sample as a whole is left out; ``state`` is then
that of the sample."""


CONTRADICTED: Final = "contradicted_by_review"
"""A biologist whose review may be repeated rejects it, or says another fusion or state."""


def why_not_expressed(fusion: DossierFusion, beside: Beside | None) -> str | None:
    """Why a fusion has no row in a registry; ``None`` when it has one.

    ``declared_only``: a declared test alone says it, such as FISH, and nothing of it was read.
    """
    if is_contradicted(fusion, beside):
        return CONTRADICTED
    if fusion.state is MolecularState.INDETERMINATE:
        return "indeterminate"
    if is_declared(fusion):
        return "declared_only"
    return None if fusion.order_known else "order_unknown"


def fusions_left_out(dossier: Dossier, beside: Beside | None) -> list[Mapping[str, str]]:
    """Rows of the fusions of a dossier that have no row in a registry."""
    return [
        {
            "Patient_Id": dossier.sample.id,
            "fusion_id": fusion.fusion_id,
            "name": fusion.name,
            "state": fusion.state.value,
            "reason": reason,
        }
        for fusion in dossier.fusions
        if (reason := why_not_expressed(fusion, beside)) is not None
    ]


def sample_left_out(dossier: Dossier, reason: str) -> Mapping[str, str]:
    """The row of a sample that is left out as a whole."""
    return {
        "Patient_Id": dossier.sample.id,
        "state": dossier.molecular_state.value,
        "reason": reason,
    }


def not_expressed(rows: Sequence[Mapping[str, str]]) -> str:
    """The file ``not_expressed.csv``."""
    return csv_text(HEADER, rows)
