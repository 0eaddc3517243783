"""How a dossier is filed in Snakemake's report of a run: in French, by its result.

Snakemake writes labels into a script of its page as they are, so that they hold no markup here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.dossier.document import read_dossier
from nutfusion.dossier.messages import Language, phrases
from nutfusion.dossier.paper import is_test_data

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier

_MARKUP: Final = re.compile(r"[^\w .,:;()/'\-]")
"""Everything that is more than a word somewhere; braces are wildcards to Snakemake."""


def report_category(path: Path) -> str:
    """The section of a dossier: its result, most pressing first, or that it is of no patient."""
    dossier = read_dossier(path)
    words = phrases(Language.FR)
    if _is_of_nobody(dossier):
        return words.ui("report_of_nobody")
    state = dossier.molecular_state
    return f"{state.precedence + 1} - {words.term('state', state)}"


def report_labels(path: Path) -> dict[str, str]:
    """The row of a dossier: sample, result, fusions, and what it is of."""
    dossier = read_dossier(path)
    words = phrases(Language.FR)
    names = words.join(fusion.name for fusion in dossier.fusions)
    row = {
        words.ui("report_sample"): dossier.sample.id,
        words.ui("report_result"): words.term("state", dossier.molecular_state),
        words.ui("report_fusions"): names or words.ui("report_no_fusion"),
        words.ui("report_kind"): _kind(dossier),
    }
    return {key: _MARKUP.sub(" ", value) for key, value in row.items()}


def _kind(dossier: Dossier) -> str:
    words = phrases(Language.FR)
    match dossier.sample.control:
        case "positive":
            return words.ui("control_positive")
        case "negative":
            return words.ui("control_negative")
        case None:
            return words.ui("report_test_data" if is_test_data(dossier) else "report_patient")


def _is_of_nobody(dossier: Dossier) -> bool:
    return dossier.sample.control is not None or is_test_data(dossier)
