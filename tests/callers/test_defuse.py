"""deFuse and nFuse: unordered pairs, and which side stays instead of strands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("strands", "order", "first"),
    [
        # NUTM1 from the joint on, BRD4 up to it (minus strand: higher bases): BRD4::NUTM1
        (("-", "-"), FusionOrder.FROM_STRANDS, "BRD4"),
        # NUTM1 up to the joint, BRD4 from it on: the reciprocal NUTM1::BRD4
        (("+", "+"), FusionOrder.FROM_STRANDS, "NUTM1"),
        # both from the joint on, as NUTM1 with LPCAT4 in KYSE-520: no transcript of the two
        (("-", "+"), FusionOrder.UNKNOWN, "NUTM1"),
    ],
)
def test_the_side_that_stays_shows_the_order(
    tmp_path: Path, strands: tuple[str, str], order: FusionOrder, first: str
) -> None:
    path = changed_cells(
        tmp_path,
        "defuse.filtered.tsv",
        genomic_strand1=strands[0],
        genomic_strand2=strands[1],
    )
    (fusion,) = nutm1_rows(path)
    assert fusion.order is order
    assert fusion.five_prime.gene is not None
    assert fusion.five_prime.gene.symbol == first


def test_neighbours_joined_end_to_end_keep_no_order(tmp_path: Path) -> None:
    # the artefact of KYSE-520, with positions of our own: NUTM1 and LPCAT4 face each other
    path = changed_cells(
        tmp_path,
        "nfuse.rna_GRCh37.tsv",
        gene2="ENSG00000176454",
        gene_name2="LPCAT4",
        gene_chromosome2="15",
        genomic_break_pos2="34655000",
        genomic_strand1="-",
        genomic_strand2="+",
    )
    (fusion,) = nutm1_rows(path)
    assert fusion.order is FusionOrder.UNKNOWN
    assert "both_parts_same_end(end=3')" in fusion.problems


def test_nfuse_counts_stand_under_other_names(tmp_path: Path) -> None:
    path = changed_cells(tmp_path, "nfuse.rna_GRCh37.tsv", splitreads_count="11", readthrough="Y")
    (fusion,) = nutm1_rows(path)
    assert (fusion.split_reads, fusion.discordant_pairs) == (11, 4)
    assert fusion.is_read_through is True


@pytest.mark.parametrize(
    ("orf", "frame"),
    # N also stands for "no reading frame at all"
    [("Y", ReadingFrame.IN_FRAME), ("N", None)],
)
def test_orf_yes_is_in_frame_and_no_says_nothing(
    tmp_path: Path, orf: str, frame: ReadingFrame | None
) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, "defuse.filtered.tsv", orf=orf))
    assert fusion.reading_frame is frame


def test_a_nutm1_row_without_a_position_is_a_finding(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(
        changed_cells(tmp_path, "defuse.filtered.tsv", genomic_break_pos1="many")
    )
    assert not fusion.is_readable
    assert places(fusion) == ((None, None), (None, None))


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        "defuse.filtered.tsv",
        gene_name1="A1BG",
        gene_name2="A2M",
        gene1="ENSG00000121410",
        gene2="ENSG00000175899",
        genomic_strand1="left",
        # a sample's name is no gene
        library_name="NUT-7",
    )
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not deFuse output: expected genomic_strand1 as + or -, found 'left'"
    )
