"""Foundation Medicine: baited genes, ranges of reads, free text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, starter_panel
from tests.callers.changes import changed, the_nutm1_row

from nutfusion.callers import read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from pathlib import Path

FOUNDATION = "foundation.heme_GRCh37.xml"


def test_the_baited_gene_is_not_taken_for_the_five_prime_one(tmp_path: Path) -> None:
    found = the_nutm1_row(changed(tmp_path, FOUNDATION))
    assert found.order is FusionOrder.UNKNOWN
    assert found.fusion_detection is FusionDetection.INFERRED
    assert {f.name: f.value for f in found.fields}["description"] == "BRD4-NUT fusion"


def test_a_range_of_reads_is_no_exact_break(tmp_path: Path) -> None:
    found = the_nutm1_row(changed(tmp_path, FOUNDATION))
    assert found.genomic_breakpoint is not None
    assert not found.genomic_breakpoint.exact
    assert "position_is_a_range" in found.problems


def test_rna_evidence_is_observed(tmp_path: Path) -> None:
    found = the_nutm1_row(changed(tmp_path, FOUNDATION, ("dna-evidence", "rna-evidence")))
    assert found.fusion_detection is FusionDetection.OBSERVED


def test_the_older_attribute_name_is_read(tmp_path: Path) -> None:
    found = the_nutm1_row(changed(tmp_path, FOUNDATION, ("targeted-gene", "target-gene")))
    assert found.five_prime.gene == BRD4


def test_a_description_that_is_more_than_two_genes_is_not_kept(tmp_path: Path) -> None:
    found = the_nutm1_row(
        changed(tmp_path, FOUNDATION, ("BRD4-NUT fusion", "BRD4-NUT fusion, call Dr X"))
    )
    assert "description" not in {f.name for f in found.fields}


def test_a_foundation_report_without_its_variants_is_refused(tmp_path: Path) -> None:
    # the readable half of a report only: no fusion there is not "no fusion"
    path = tmp_path / "r.xml"
    path.write_text('<r xmlns="http://integration.foundationmedicine.com/reporting"><a/></r>')
    with pytest.raises(CallerFormatError) as caught:
        read_caller_file(path, starter_panel())
    assert caught.value.code == "no_rearrangements"


def test_an_unreadable_place_of_nutm1_is_a_finding(tmp_path: Path) -> None:
    result = changed(tmp_path, FOUNDATION, ("chr15:34639000-34639190", "15q14"))
    (found,) = result.fusions
    assert not found.is_readable
    assert found.touches_nutm1


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (
            FOUNDATION,
            ("ch17:1000-2000", "17q11"),
            (
                ":2: not Foundation Medicine, XML report output: expected pos1 as contig:low-high,"
                " found something else (not shown: a report may name a patient)"
            ),
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
