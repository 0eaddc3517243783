"""Dossiers of kinds that no example has: several fusions, long names, a state alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.dossier import builders
from tests.dossier.cases import CASES

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier
    from nutfusion.model.terms import MolecularState

LONG: Final = "carcinome indifférencié médiastinal à cellules rondes bleues " * 4
"""A diagnosis that no line holds."""


def several() -> Dossier:
    """Three fusions: confirmed, out of frame, known by an interval."""
    return builders.dossier(builders.call(), CASES["linker"], CASES["bounded"])


def long_names() -> Dossier:
    """Three fusions of a gene, a sample and a run whose names no line holds."""
    dossier = several()
    gene = builders.BRD4.model_copy(update={"symbol": "LOC" + "1234567890" * 9})
    fusions = tuple(
        fusion.model_copy(update={"five_prime_gene": gene, "name": f"{gene.symbol}::NUTM1"})
        for fusion in dossier.fusions
    )
    sample = dossier.sample.model_copy(
        update={
            "id": "S" * 64,
            "run": "RUN-" + "7" * 60,
            "declared": dossier.sample.declared.model_copy(update={"disease": LONG}),
        }
    )
    return dossier.model_copy(update={"sample": sample, "fusions": fusions})


def of_state(dossier: Dossier, state: MolecularState) -> Dossier:
    """A dossier whose sample and fusions are said to be of another state."""
    fusions = tuple(f.model_copy(update={"state": state}) for f in dossier.fusions)
    changed = {"molecular_state": state, "fusions": fusions, "state_reasons": ()}
    return dossier.model_copy(update=changed)
