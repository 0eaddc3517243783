"""InFusion: unordered, and the order stands in where the reads lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.changed import changed_cells, nutm1_rows, places, result_of

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = "infusion.fusions.txt"


def test_nutm1_on_side_1_is_the_3_prime_part_when_its_reads_lie_behind_the_joint(
    tmp_path: Path,
) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN))
    assert fusion.order is FusionOrder.FROM_STRANDS
    assert places(fusion) == (("BRD4", 15254152), ("NUTM1", 34347969))


def test_nutm1_is_the_5_prime_part_when_its_reads_lie_before_the_joint(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        break_pos1="34353872",
        region1="[34353780,34353872]",
        ref2="15",
        genes_2="ARIH1",
        break_pos2="72518067",
        # two bases of the other gene fit as well: the region begins two before the break
        region2="[72518065,72518134]",
    )
    (fusion,) = nutm1_rows(path)
    assert fusion.order is FusionOrder.FROM_STRANDS
    assert places(fusion) == (("NUTM1", 34353872), ("ARIH1", 72518067))


def test_a_break_in_the_middle_of_the_reads_shows_nothing(tmp_path: Path) -> None:
    path = changed_cells(
        tmp_path,
        GOLDEN,
        break_pos1="34348000",
        region1="[34347900,34348100]",
        break_pos2="15254300",
        region2="[15254200,15254400]",
    )
    (fusion,) = nutm1_rows(path)
    assert fusion.order is FusionOrder.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "through"),
    [("readthrough-adjacent", True), ("intra-chromosomal", False)],
)
def test_read_through_is_a_class(tmp_path: Path, kind: str, through: bool) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, fusion_class=kind))
    assert fusion.is_read_through is through


def test_a_nutm1_row_with_a_broken_region_is_a_finding(tmp_path: Path) -> None:
    (fusion,) = nutm1_rows(changed_cells(tmp_path, GOLDEN, region1="somewhere"))
    assert not fusion.is_readable


def test_a_broken_row_of_other_genes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = changed_cells(tmp_path, GOLDEN, genes_1="A1BG", genes_2="A2M", num_paired="few")
    with pytest.raises(CallerFormatError) as error:
        result_of(path)
    assert str(error.value) == (
        f"{path}:2: not InFusion output: expected num_paired as a whole number of 0 or more,"
        " found 'few'"
    )
