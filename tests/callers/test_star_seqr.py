"""STAR-SEQR: 0-based on both sides, one count per side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, fields_of, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import SourceSays

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "star_seqr.candidates.txt"


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    # an inner exon of NUTM1 ends at 34353872, exon 2 of ARIH1 begins at 72518067
    path = changed_cells(
        tmp_path,
        GOLDEN,
        LEFT_SYMBOL="NUTM1",
        RIGHT_SYMBOL="ARIH1",
        BRKPT_LEFT="chr15:34353871:+",
        BRKPT_RIGHT="chr15:72518066:+",
    )
    (fusion,) = nutm1_rows(path)
    assert fusion.order is FusionOrder.STATED
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_reads_of_both_sides_are_added(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(
        changed_cells(tmp_path, GOLDEN, NREAD_JXNLEFT="2", NREAD_JXNRIGHT="1", NREAD_SPANS="0")
    )
    assert (fusion.split_reads, fusion.discordant_pairs) == (3, 0)


def test_a_row_that_was_filtered_out_is_still_seen(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(
        changed_cells(tmp_path, GOLDEN, DISPOSITION="noncanonical_support,minfrag")
    )
    assert fusion.says is SourceSays.SEEN
    assert fields_of(fusion)["DISPOSITION"] == "noncanonical_support,minfrag"


def test_a_nutm1_row_with_a_broken_place_is_a_finding(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, BRKPT_LEFT="chr19-15254151"))
    assert not fusion.is_readable


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path, GOLDEN, NAME="A1BG--A2M", LEFT_SYMBOL="A1BG", RIGHT_SYMBOL="A2M", NREAD_SPANS="-1"
    )
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not STAR-SEQR output: expected NREAD_SPANS as a whole number of 0 or more,"
        " found '-1'"
    )
