"""LongGF: 0-based means in a log, two lines for one joint, pairs in no order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.given import ends, one_given, read_given, symbols

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.reported import ReportedFusion


def pair(first: str, second: str, ends: tuple[str, str], genes: str) -> list[str]:
    """A GF line with the ends of its reads, a read line, and the SumGF line."""
    reads = f"{first.split(':')[1]}:9 {second.split(':')[1]}:9"
    places = f"{first} {ends[0]}:10:9 {second} {ends[1]}:10:9"
    return [
        f"GF\t{genes} 9 9 supporting reads=9/9 {reads} {places}",
        "\t34347968(+chr15:34347968-34357735/JANE/1:500-1200)1 15254151(-chr19:1-2/0-502)1",
        f"SumGF\t{genes} 9 {first} {second}",
    ]


def given(folder: Path, *lines: str) -> ReportedFusion:
    return one_given(folder, "longgf.out", "/home/jane/reads.bam genes.gtf 100 50 100 0", *lines)


@pytest.mark.parametrize(
    ("lines", "genes"),
    [
        # 5' part on the minus strand: its reads begin at the joint; so do those of a 3' plus part
        (pair("chr15:34347968", "chr19:15254151", ("9/0", "9/0"), "NUTM1:BRD4"), ("BRD4", "NUTM1")),
        (pair("chr19:15254151", "chr15:34347968", ("9/0", "9/0"), "BRD4:NUTM1"), ("BRD4", "NUTM1")),
        # six bases inside both exons, as alignments of noisy reads end: the order is known still
        (pair("chr15:34347974", "chr19:15254157", ("9/0", "9/0"), "NUTM1:BRD4"), ("BRD4", "NUTM1")),
        # NUTM1 as 5' gene: its reads end at the joint
        (
            pair("chr15:72518066", "chr15:34353871", ("9/0", "0/9"), "ARIH1:NUTM1"),
            ("NUTM1", "ARIH1"),
        ),
    ],
)
def test_the_ends_of_the_reads_say_which_gene_is_five_prime(
    tmp_path: Path, lines: list[str], genes: tuple[str, str]
) -> None:
    fusion = given(tmp_path, *lines)
    assert symbols(fusion) == genes
    assert fusion.order is FusionOrder.FROM_STRANDS
    assert (fusion.line, fusion.rows, fusion.split_reads) == (2, 2, 9)


def test_reads_that_disagree_leave_the_order_to_exon_edges(tmp_path: Path) -> None:
    lines = pair("chr15:34347968", "chr19:15254151", ("8/1", "8/1"), "NUTM1:BRD4")
    fusion = given(tmp_path, *lines)
    assert fusion.order is FusionOrder.FROM_EXON_EDGES
    assert symbols(fusion) == ("BRD4", "NUTM1")


def test_without_reads_and_off_the_edges_no_order_is_known(tmp_path: Path) -> None:
    fusion = given(tmp_path, "SumGF\tBRD4:NUTM1 9 chr19:15254157 chr15:34347974")
    assert fusion.order is FusionOrder.UNKNOWN
    assert "order_not_stated" in fusion.problems


@pytest.mark.parametrize(
    ("shift", "exact"),
    [(0, True), (1, False), (6, False)],  # a mean is the joint only where both are exon edges
)
def test_a_mean_is_exact_only_at_exon_edges(tmp_path: Path, shift: int, exact: bool) -> None:
    place = f"chr15:{34347968 + shift}"
    lines = pair(place, "chr19:15254151", ("9/0", "9/0"), "NUTM1:BRD4")
    fusion = given(tmp_path, *lines)
    assert fusion.junction is not None
    assert fusion.junction.exact is exact
    assert (fusion.five_prime.position, fusion.three_prime.position) == (15254152, 34347969 + shift)
    five, three = ends(fusion)
    if not exact:
        assert five.position_range == (15254142, 15254162)
        assert three.position_range == (34347959 + shift, 34347979 + shift)
        assert "positions_may_be_off(bases=10)" in fusion.problems


def test_a_log_that_is_cut_before_its_sum_line_is_not_silent(tmp_path: Path) -> None:
    lines = pair("chr15:34347968", "chr19:15254151", ("9/0", "9/0"), "NUTM1:BRD4")
    assert given(tmp_path, *lines[:2]).rows == 1


def test_a_log_without_fusions_has_no_rows(tmp_path: Path) -> None:
    log = ["reads.bam genes.gtf 100 50 100 0", "Handle =0 _fg_cand.size()=0 Time-elapsed=0"]
    result = read_given(tmp_path, "longgf.out", *log)
    assert (result.file.caller, result.file.rows) == ("longgf", 0)


def test_paths_and_reads_are_not_kept(tmp_path: Path) -> None:
    lines = pair("chr15:34347968", "chr19:15254151", ("9/0", "9/0"), "NUTM1:BRD4")
    assert "jane" not in str(given(tmp_path, *lines)).lower()


@pytest.mark.parametrize(
    "line",
    ["SumGF\tBRD4:NUTM1 nine chr19:1 chr15:2", "SumGF\tBRD4:NUTM1 9 chr19", "GF\tBRD4:NUTM1 9 9"],
)
def test_an_unreadable_nutm1_line_is_a_finding(tmp_path: Path, line: str) -> None:
    fusion = given(tmp_path, "SumGF\tEML4:ALK 2 chr2:42301393 chr2:29223583", line)
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_line_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "longgf.out", "SumGF\tEML4:ALK two")
    assert str(caught.value) == (
        f"{tmp_path}/longgf.out:1: not LongGF output: expected two genes, a number of reads and two"
        " positions, found another line"
    )
