"""Genion: no header, pairs sorted by gene id, no positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.given import one_given, read_given

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder

if TYPE_CHECKING:
    from pathlib import Path

BRD4, NUTM1 = "ENSG00000141867::BRD4", "ENSG00000184507::NUTM1"


def row(*rest: str, first: str = BRD4, second: str = NUTM1) -> str:
    (id1, name1), (id2, name2) = first.split("::"), second.split("::")
    return "\t".join([f"{id1}::{id2}", f"{name1}::{name2}", *rest])


PASSED = ("149.5", "5.1", "9", "PASS:GF")


@pytest.mark.parametrize(
    ("rest", "code", "read_through"),
    [
        (PASSED, "PASS:GF", False),
        (("149.5", "5.1", "9", "PASS:RT"), "PASS:RT", True),
        # the normal counts, and the ranges, of later versions
        (("149.5", "5.1", "9", "10;20", "PASS:GF"), "PASS:GF", False),
        (("149.5", "5.1", "9", "PASS:GF", "1-2;3-4"), "PASS:GF", False),
        # the .fail file: seen all the same
        (("inf", "5e-05", "1", "FAIL::lowsup"), "FAIL::lowsup", None),
    ],
)
def test_the_code_stands_in_the_sixth_or_seventh_column(
    tmp_path: Path, rest: tuple[str, ...], code: str, read_through: bool | None
) -> None:
    fusion = one_given(tmp_path, "genion.tsv", row(*rest))
    assert {f.name: f.value for f in fusion.fields}["pass-fail-code"] == code
    assert fusion.is_read_through is read_through
    assert fusion.split_reads == int(rest[2])
    assert fusion.says.value == "seen"


def test_a_pair_sorted_by_id_has_no_order(tmp_path: Path) -> None:
    # BRD4's id sorts before NUTM1's whichever is 5'
    fusion = one_given(tmp_path, "genion.tsv", row(*PASSED))
    assert fusion.order is FusionOrder.UNKNOWN
    assert fusion.junction is None
    assert fusion.touches_nutm1


def test_gene_ids_name_genes_whose_symbols_do_not(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, "genion.tsv", row(*PASSED, second="ENSG00000184507::AC021822.1"))
    assert fusion.touches_nutm1


@pytest.mark.parametrize(
    "rest",
    [
        ("149.5", "5.1", "9", "10", "20"),
        ("149.5", "5.1", "nine", "PASS:GF"),
        ("high", "5.1", "9", "PASS:GF"),
        ("149.5",),
    ],
)
def test_an_unreadable_nutm1_row_is_a_finding(tmp_path: Path, rest: tuple[str, ...]) -> None:
    other = row(*PASSED, first="ENSG00000143924::EML4", second="ENSG00000171094::ALK")
    fusion = one_given(tmp_path, "genion.tsv", other, row(*rest))
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_row_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    other = row(
        "1", "1", "two", "PASS:GF", first="ENSG00000143924::EML4", second="ENSG00000171094::ALK"
    )
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "genion.tsv", row(*PASSED), other)
    assert str(caught.value) == (
        f"{tmp_path}/genion.tsv:2: not Genion output: expected supporting reads as a whole number"
        " of 0 or more, found 'two'"
    )
