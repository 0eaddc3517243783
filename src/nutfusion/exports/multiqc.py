"""MultiQC custom content: one table with a row per sample.

Source: MultiQC documentation, "Custom Content" (a file whose name ends in ``_mqc.json``; keys
``id``, ``section_name``, ``description``, ``plot_type``, ``pconfig``, ``headers``, ``data``).
MultiQC writes texts into its page as they are, so that they are escaped here.
"""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any, Final

from nutfusion.exports.columns import DIVIDER
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.patients import why_no_patient
from nutfusion.model.terms import MolecularState, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nutfusion.exports.columns import Value
    from nutfusion.model.dossier import Dossier
    from nutfusion.model.evidence import ReadFigures

_COLOURS: Final[Mapping[MolecularState, str]] = {
    MolecularState.CONFIRMED_BET: "#b2182b",
    MolecularState.CONFIRMED_BET_COMPLEX: "#b2182b",
    MolecularState.CONFIRMED_OTHER_PARTNER: "#b2182b",
    MolecularState.REARRANGED_PARTNER_UNKNOWN: "#b2182b",
    MolecularState.REARRANGED_NEIGHBOUR: "#d6862b",
    MolecularState.INDETERMINATE: "#d6862b",
    MolecularState.NOT_ASSESSABLE: "#6b6b6b",
    MolecularState.NOT_COVERED: "#6b6b6b",
    MolecularState.NOT_DETECTED: "#2166ac",
}
"""Background of the state's cell, dark enough for white letters."""


def _reads(take: Callable[[ReadFigures], Value]) -> Callable[[Dossier], Value]:
    return lambda d: None if d.qc.reads is None else take(d.qc.reads)


_COLUMNS: Final[tuple[tuple[str, str, str, Callable[[Dossier], Value]], ...]] = (
    ("molecular_state", "NUTM1", "Molecular state of the sample",
     lambda d: d.molecular_state.value),
    ("no_patient", "No patient", "Control of the run, or test data", why_no_patient),
    ("fusions", "Fusions", "Names of all fusions, whatever their state",
     lambda d: DIVIDER.join(f.name for f in d.fusions) or None),
    ("assay", "Assay", "Assay profile", lambda d: d.assay.id),
    ("quality_not_met", "Quality not met", "Criteria of quality that are not met",
     lambda d: DIVIDER.join(o.id for o in d.qc.criteria if o.verdict is Verdict.NOT_MET) or None),
    ("fragments", "Fragments", "Read pairs, or single reads", _reads(lambda q: q.fragments)),
    ("nutm1_fragments", "On NUTM1", "Fragments placed on NUTM1",
     _reads(lambda q: q.nutm1_fragments)),
    ("mean_base_quality", "Base quality", "Mean Phred score",
     _reads(lambda q: q.mean_base_quality)),
    ("insert_size_median", "Insert size", "Median outer distance of pairs, nt",
     _reads(lambda q: q.insert_size_median)),
)  # fmt: skip
"""Key, title, description, value."""


def multiqc(dossiers: Sequence[Dossier]) -> Files:
    """``nutfusion_mqc.json``; a value that is not known is not there."""
    document = {
        "id": "nutfusion",
        "section_name": "nutfusion",
        "description": "NUTM1 fusions, one row per sample; the dossier says why and on what"
        " evidence.",
        "plot_type": "table",
        "pconfig": {"id": "nutfusion_table", "title": "nutfusion: NUTM1 fusions"},
        "headers": {key: _header(key, title, text) for key, title, text, _ in _COLUMNS},
        "data": {one.sample.id: _row(one) for one in dossiers},
    }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    return {"nutfusion_mqc.json": text.encode("utf-8")}


def _header(key: str, title: str, description: str) -> dict[str, Any]:
    found: dict[str, Any] = {"title": title, "description": description}
    if key == "molecular_state":
        found["bgcols"] = {state.value: colour for state, colour in _COLOURS.items()}
        found["scale"] = False
    elif key in ("fragments", "nutm1_fragments", "insert_size_median"):
        found |= {"format": "{:,.0f}", "min": 0}
    return found


def _row(dossier: Dossier) -> dict[str, Value]:
    values = ((key, take(dossier)) for key, _, _, take in _COLUMNS)
    return {
        key: html.escape(value) if isinstance(value, str) else value
        for key, value in values
        if value is not None
    }


FORMAT: Final = ExportFormat("multiqc", "MultiQC custom content, one row per sample", multiqc)
"""MultiQC."""
