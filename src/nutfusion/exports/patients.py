"""What is of no patient is in no file that hospitals and registries take for one.

A control of the run and a sample of the packaged test data have dossiers like any other. Formats
in which everybody is a patient (reports, registries) leave them out and name them in a file
``not_expressed.csv``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.dossier.paper import is_test_data
from nutfusion.exports.not_expressed import not_expressed, sample_left_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nutfusion.exports.interface import Files
    from nutfusion.model.dossier import Dossier


def why_no_patient(dossier: Dossier) -> str | None:
    """``control_positive``, ``control_negative`` or ``test_data``; ``None`` for a patient's."""
    if dossier.sample.control is not None:
        return f"control_{dossier.sample.control}"
    return "test_data" if is_test_data(dossier) else None


def of_patients(dossiers: Sequence[Dossier]) -> list[Dossier]:
    """Those that are of a patient, in the order given."""
    return [one for one in dossiers if why_no_patient(one) is None]


def of_nobody(dossiers: Sequence[Dossier]) -> list[Mapping[str, str]]:
    """Rows of ``not_expressed.csv`` for the others."""
    return [
        sample_left_out(one, reason)
        for one in dossiers
        if (reason := why_no_patient(one)) is not None
    ]


def documents(
    dossiers: Sequence[Dossier], name: str, ending: str, text: Callable[[Dossier], str]
) -> Files:
    """One document per patient's dossier.

    Args:
        dossiers: Of different samples.
        name: Of the format.
        ending: What follows the pseudonym in the name of a file.
        text: Makes a document.

    Returns:
        Also ``NAME.not_expressed.csv`` when a dossier is of no patient.
    """
    files = {f"{one.sample.id}{ending}": text(one).encode("utf-8") for one in of_patients(dossiers)}
    missing = of_nobody(dossiers)
    if missing:
        files[f"{name}.not_expressed.csv"] = not_expressed(missing).encode("utf-8")
    return files
