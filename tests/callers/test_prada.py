"""PRADA: several joints in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, fields_of, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "prada.summary.txt"
# BRD4 exon 11 and exon 10 with the same exon of NUTM1: two isoforms of one fusion
TWO = "BRD4:19:15254152_NUTM1:15:34347969,7|BRD4:19:15255498_NUTM1:15:34347969,2"


def test_joints_of_one_row_are_told_apart_and_the_row_counts_once(tmp_path: Path) -> None:
    path = changed_cells(tmp_path, GOLDEN, Junction=TWO, Junc_n="2")
    found = nutm1_rows(path)
    assert [fusion.split_reads for fusion in found] == [7, 2]
    assert [places(fusion)[0][1] for fusion in found] == [15254152, 15255498]
    assert [(fusion.line, fusion.rows) for fusion in found] == [(2, 1), (2, 0)]
    assert result_of(path).file.nutm1_rows == 1


def test_pairs_are_given_to_no_joint_when_there_are_two(tmp_path: Path) -> None:
    for fusion in nutm1_rows(changed_cells(tmp_path, GOLDEN, Junction=TWO)):
        assert fusion.discordant_pairs is None
        assert fields_of(fusion)["Discordant_n"] == "4"


def test_a_pair_without_a_joint_is_stated_by_name(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, Junction="NA", JSR_n="0"))
    assert fusion.junction is None
    assert (fusion.split_reads, fusion.discordant_pairs) == (None, 4)
    assert places(fusion) == (("BRD4", None), ("NUTM1", None))


def test_nutm1_as_5_prime_gene_stays_5_prime(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        Gene_A="NUTM1",
        Gene_B="ARIH1",
        A_strand="1",
        Junction="NUTM1:15:34353872_ARIH1:15:72518067,5",
    )
    (fusion,) = nutm1_rows(path)
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_a_nutm1_row_with_a_broken_joint_is_a_finding(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, Junction="BRD4:15254152_NUTM1"))
    assert not fusion.is_readable


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_cells(tmp_path, GOLDEN, Gene_A="A1BG", Gene_B="A2M", A_strand="2", Junction="NA")
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not PRADA output: expected A_strand as one of 1, -1, found '2'"
    )
