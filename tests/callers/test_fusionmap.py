"""FusionMap: the order stands in one column, counts under the sample's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, fields_of, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "fusionmap.GRCh37.txt"


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        Strand="++",
        Chromosome1="15",
        Position1="34646073",
        Position2="72810408",
        KnownGene1="C15orf55",
        KnownGene2="ARIH1",
        FusionGene="C15orf55->ARIH1",
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("NUTM1", 34646073), ("ARIH1", 72810408))


@pytest.mark.parametrize(
    "order",
    # the other way round, or no word about it: the order is not taken from the columns
    ["C15orf55->BRD4", ""],
)
def test_an_order_that_is_not_the_columns_is_not_stated(tmp_path: Path, order: str) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, FusionGene=order))
    assert fusion.order is FusionOrder.FROM_EXON_EDGES
    assert places(fusion)[0] == ("BRD4", 15364963)


def test_the_sample_s_name_does_not_come_along(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN))
    assert fusion.split_reads == 10
    assert set(fields_of(fusion)) == {
        "UniqueCuttingPositionCount",
        "SplicePatternClass",
        "OnExonBoundary",
    }


@pytest.mark.parametrize(
    ("cell", "frame"),
    [
        ("FrameShift", ReadingFrame.OUT_OF_FRAME),
        # transcripts that disagree
        ("InFrame,FrameShift", None),
        ("", None),
    ],
)
def test_a_frame_counts_when_all_transcripts_agree(
    tmp_path: Path, cell: str, frame: ReadingFrame | None
) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, FrameShiftClass=cell))
    assert fusion.reading_frame is frame


def test_a_nutm1_row_with_one_strand_is_a_finding(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, Strand="-"))
    assert not fusion.is_readable


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        KnownGene1="A1BG",
        KnownGene2="A2M",
        FusionGene="A1BG->A2M",
        FusionID="x",
        Strand="+",
        KnownTranscript2="",
    )
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not FusionMap output: expected Strand as two strands, found '+'"
    )
