"""MultiQC custom content."""

from __future__ import annotations

import json
from typing import Any

from tests.exports.shapes import positive, renamed, shapes

from nutfusion.exports.multiqc import multiqc
from nutfusion.model.terms import MolecularState


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(multiqc(list(shapes().values()))["nutfusion_mqc.json"])
    return found


def test_every_sample_has_a_row_with_known_columns() -> None:
    found = document()
    assert set(found["data"]) == {d.sample.id for d in shapes().values()}
    assert all(set(row) <= set(found["headers"]) for row in found["data"].values())
    assert (found["plot_type"], found["id"]) == ("table", "nutfusion")


def test_every_state_has_a_colour() -> None:
    colours = document()["headers"]["molecular_state"]["bgcols"]
    assert set(colours) == {state.value for state in MolecularState}


def test_what_is_not_known_is_not_there() -> None:
    """Programs alone: nobody looked at reads, so that there are no figures, and no zeros."""
    row = document()["data"][shapes()["one program"].sample.id]
    assert row["fusions"] == "BRD4::NUTM1"
    assert "fragments" not in row
    reads = positive().qc.reads
    assert reads is not None
    assert document()["data"]["EX-POS-01"]["fragments"] == reads.fragments


def test_words_are_escaped_because_multiqc_does_not() -> None:
    fusion = shapes()["hostile"].fusions[0].model_copy(update={"name": "<script>x::NUTM1"})
    dossier = renamed(shapes()["hostile"].model_copy(update={"fusions": (fusion,)}), "X")
    text = multiqc([dossier])["nutfusion_mqc.json"].decode()
    assert "<script>" not in text
    assert "&lt;script&gt;x::NUTM1" in text
