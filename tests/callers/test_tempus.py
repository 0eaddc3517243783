"""Tempus: genes in order, nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, NUTM1, starter_panel
from tests.callers.changes import changed, the_nutm1_row

from nutfusion.callers import read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder

if TYPE_CHECKING:
    from pathlib import Path

TEMPUS = "tempus.v3.json"


def test_tempus_gives_genes_in_order_and_no_joint(tmp_path: Path) -> None:
    found = the_nutm1_row(changed(tmp_path, TEMPUS))
    assert found.order is FusionOrder.STATED
    assert found.junction is None
    assert "molecule_not_stated" in found.problems


def test_nutm1_as_five_prime_gene_of_a_tempus_report_stays_so(tmp_path: Path) -> None:
    # NUTM1 joined to NEDD4 or CFTR in real cohorts: not a BET fusion
    swap = ('"gene5": "BRD4", "gene3": "NUTM1"', '"gene5": "NUTM1", "gene3": "CFTR"')
    found = the_nutm1_row(changed(tmp_path, TEMPUS, swap))
    assert found.five_prime.gene == NUTM1


def test_the_other_keys_of_a_fusion_name_its_gene_too(tmp_path: Path) -> None:
    # gene3 is null, gene says NUTM1: found, and its side is not guessed
    found = the_nutm1_row(changed(tmp_path, TEMPUS, ('"gene3": "NUTM1"', '"gene3": null')))
    assert {found.five_prime.gene, found.three_prime.gene} == {BRD4, NUTM1}
    assert found.order is FusionOrder.UNKNOWN


def test_a_missing_partner_is_said(tmp_path: Path) -> None:
    none = ('"gene5": "BRD4"', '"gene5": null'), ('"fusedGene": "BRD4"', '"fusedGene": null')
    found = the_nutm1_row(changed(tmp_path, TEMPUS, *none))
    assert "partner_not_stated" in found.problems
    assert found.order is FusionOrder.UNKNOWN


def test_genes_that_were_tested_are_no_fusions(tmp_path: Path) -> None:
    report = {"genomicVariants": {}, "fusionGenesTested": ["NUTM1", {"gene": "NUTM1"}]}
    path = tmp_path / "t.json"
    path.write_text(json.dumps(report))
    assert read_caller_file(path, starter_panel()).file.rows == 0


@pytest.mark.parametrize("value", [["NUTM1"], {"a": "NUTM1"}, True])
def test_a_gene_that_is_no_text_is_unreadable(tmp_path: Path, value: object) -> None:
    report = {"genomicVariants": [{"gene5": value, "gene3": "NUTM1"}]}
    path = tmp_path / "t.json"
    path.write_text(json.dumps(report))
    (found,) = read_caller_file(path, starter_panel()).fusions
    assert not found.is_readable


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (
            TEMPUS,
            ('"gene5": "GENEA"', '"gene5": ["GENEA"]'),
            ":2: not Tempus, JSON report output: expected gene5 as text, found list",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value[0] != ":" else "",
)
def test_a_malformed_row_of_other_genes_refuses_the_file(
    tmp_path: Path, name: str, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(CallerFormatError) as caught:
        changed(tmp_path, name, change)
    assert str(caught.value) == f"{tmp_path / name}{message}"
