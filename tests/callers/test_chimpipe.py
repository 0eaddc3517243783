"""ChimPipe: a joint in one cell, several genes, rows that were filtered out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, fields_of, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import SourceSays

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "chimpipe.junctions.txt"


def test_a_contig_may_hold_underscores(tmp_path: Path) -> None:
    path = changed_cells(tmp_path, GOLDEN, juncCoord="chr19_KI270938v1_alt_1200_-:chr15_34347969_+")
    (fusion,) = nutm1_rows(path)
    assert fusion.five_prime.contig == "chr19_KI270938v1_alt"
    assert fusion.five_prime.position == 1200


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        juncCoord="chr15_34353872_+:chr15_72518067_+",
        type="intrachromosomal",
        gnNamesA="NUTM1",
        gnIdsA="ENSG00000184507.11",
        gnNamesB="ARIH1",
        gnIdsB="ENSG00000166233.9",
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_a_row_that_was_filtered_out_is_still_seen(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(
        changed_cells(tmp_path, GOLDEN, filtered="1", reason="totalSupport,similarity")
    )
    assert fusion.says is SourceSays.SEEN
    assert fields_of(fusion)["reason"] == "totalSupport,similarity"


def test_several_genes_of_a_side_leave_it_open_unless_the_place_tells(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        gnNamesB="NUTM1,AC018822.1",
        gnIdsB="ENSG00000184507.11,ENSG00000250000.1",
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion)[1] == ("NUTM1", 34347969)


def test_a_nutm1_row_with_a_broken_joint_is_a_finding(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, juncCoord="chr19:15254152"))
    assert not fusion.is_readable


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        gnNamesA="A1BG",
        gnNamesB="A2M",
        gnIdsA="ENSG00000121410.7",
        gnIdsB="ENSG00000175899.9",
        type="sideways",
    )
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not ChimPipe output: expected type as one of readthrough, intrachromosomal,"
        " inverted, interstrand, interchromosomal, found 'sideways'"
    )
