"""annoFuse: intergenic sides, no strands, and inputs that belong to Arriba and STAR-Fusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, changed_file, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "annofuse.standardised.tsv"


@pytest.mark.parametrize(
    "side",
    # Arriba's neighbours with distances and without, made into one cell with a slash
    ["NUTM1(2500)/SLC12A6(30000)", "NUTM1/SLC12A6"],
)
def test_an_intergenic_side_may_be_nutm1_and_is_not_named(tmp_path: Path, side: str) -> None:
    path = changed_cells(
        tmp_path, GOLDEN, FusionName=f"BRD4--{side}", RightBreakpoint="15:34380000"
    )
    (fusion,) = nutm1_rows(path)
    assert fusion.three_prime.gene is None
    assert fusion.three_prime.written == side


@pytest.mark.parametrize(
    ("cell", "frame"),
    [
        ("in-frame", ReadingFrame.IN_FRAME),
        ("frameshift", ReadingFrame.OUT_OF_FRAME),
        # stop codon, or not predicted
        ("other", None),
    ],
)
def test_other_is_no_frame(tmp_path: Path, cell: str, frame: ReadingFrame | None) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, Fusion_Type=cell))
    assert fusion.reading_frame is frame


def test_counts_that_are_not_there_are_unknown(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(
        changed_cells(tmp_path, GOLDEN, JunctionReadCount="NA", SpanningFragCount="0")
    )
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, 0)


def test_r_s_quotes_are_no_part_of_a_cell(tmp_path: Path) -> None:
    path = changed_file(tmp_path, GOLDEN, ("BRD4--NUTM1", '"BRD4--NUTM1"'), ("ARRIBA", '"ARRIBA"'))
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("BRD4", 15254152), ("NUTM1", 34347969))


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        FusionName="NUTM1--ARIH1",
        LeftBreakpoint="15:34353872",
        RightBreakpoint="15:72518067",
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_the_sample_does_not_come_along(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, Sample="JeanDupont"))
    assert "Dupont" not in fusion.model_dump_json()


def test_what_annofuse_reads_belongs_to_star_fusion(tmp_path: Path) -> None:
    path = changed_file(
        tmp_path,
        "star_fusion.abridged.tsv",
        ("\tannots\n", "\tannots\tSample\tCaller\n"),
        (']"]\n', ']"]\tS1\tSTARFUSION\n'),
    )
    assert result_of(path).file.caller == "star_fusion"


def test_a_nutm1_row_with_a_broken_place_is_a_finding(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, LeftBreakpoint="19-15254152"))
    assert not fusion.is_readable


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        FusionName="A1BG--A2M",
        Gene1A="A1BG",
        Gene1B="A2M",
        Fusion_Type="maybe",
    )
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not annoFuse output: expected Fusion_Type as one of in-frame, frameshift,"
        " other, found 'maybe'"
    )
