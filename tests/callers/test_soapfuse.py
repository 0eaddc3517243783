"""SOAPfuse: second copies of a gene, and "span" for pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "soapfuse.genes.txt"
FRAME = "down_fusion_part_frame-shift_or_not"


def test_the_mark_of_a_second_copy_is_no_part_of_the_symbol(tmp_path: Path) -> None:
    # as the program marks genes that its annotation holds twice, on X and Y say
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, dw_gene="NUTM1SOAPfuse2SOAPfuse"))
    assert places(fusion)[1] == ("NUTM1", 34347969)


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        up_gene="NUTM1",
        up_chr="chr15",
        up_strand="+",
        up_Genome_pos="34353872",
        dw_gene="ARIH1",
        dw_Genome_pos="72518067",
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_junction_reads_cross_and_span_reads_are_pairs(tmp_path: Path) -> None:
    path = changed_cells(tmp_path, GOLDEN, Span_reads_num="2", Junc_reads_num="7")
    (fusion,) = nutm1_rows(path)
    assert (fusion.split_reads, fusion.discordant_pairs) == (7, 2)


@pytest.mark.parametrize(
    ("cell", "frame"),
    [
        ("inframe-shift", ReadingFrame.IN_FRAME),
        ("frame-shift", ReadingFrame.OUT_OF_FRAME),
        # transcripts that disagree
        ("both", None),
        ("NA", None),
    ],
)
def test_the_frame_of_the_3_prime_part(
    tmp_path: Path, cell: str, frame: ReadingFrame | None
) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, **{FRAME: cell}))
    assert fusion.reading_frame is frame


def test_a_nutm1_row_without_a_place_is_a_finding(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, dw_Genome_pos="0"))
    assert not fusion.is_readable


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_cells(tmp_path, GOLDEN, up_gene="A1BG", dw_gene="A2M", **{FRAME: "perhaps"})
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not SOAPfuse output: expected {FRAME} as one of inframe-shift, frame-shift,"
        " both, found 'perhaps'"
    )
