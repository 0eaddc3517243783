"""fuzzion2: three lines per read pair, genes inside pattern names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.given import one_given, read_given, symbols

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder

if TYPE_CHECKING:
    from pathlib import Path

HITS = (
    "fuzzion2 v1.4.0\tsequence\tmatching bases\tpossible\t% match\tjunction spanning"
    "\tleft overlap\tright overlap\tinsert size"
)
SUMMARY = "fuzzum v1.4.0\tread pairs\tdistinct\tweak\tstrong-\tstrong+\tpattern"
END = "read-pairs 1000"


def hit(
    *reads: tuple[int, int, int], name: str = "BRD4-NUTM1-01", bases: str = "ACGT][CATC"
) -> list[str]:
    """A hit whose reads are (crosses, left overlap, right overlap)."""
    lines = [f"pattern {name}\t{bases}\t60\t60\t100.0\t1\t\t\t170"]
    return lines + [
        f"read JANE:{i}\t  ACGT\t30\t30\t100.0\t{crosses}\t{left}\t{right}"
        for i, (crosses, left, right) in enumerate(reads)
    ]


@pytest.mark.parametrize(
    ("hits", "split", "pairs", "weak"),
    [
        # a read over the joint with 15 bases on both sides
        ([hit((1, 15, 15), (0, 0, 90))], 1, 0, 0),
        # 14 bases on one side: fuzzum calls it weak, and it is no support
        ([hit((1, 14, 60), (0, 0, 90))], 0, 0, 1),
        # a mate on each side
        ([hit((0, 80, 0), (0, 0, 80))], 0, 1, 0),
        # a mate on each side, one of them over the joint: counts once, as split
        ([hit((1, 80, 10), (0, 0, 80))], 1, 0, 0),
        # both mates over the joint: one fragment
        ([hit((1, 40, 30), (1, 30, 40))], 1, 0, 0),
        # duplicates lie over the same bases of the pattern
        ([hit((1, 20, 20), (0, 0, 90)), hit((1, 20, 20), (0, 0, 90))], 1, 0, 0),
        ([hit((1, 20, 20)), hit((1, 21, 20), bases="TACGT][CATC")], 2, 0, 0),
    ],
)
def test_hits_are_counted_as_fuzzum_counts_them(
    tmp_path: Path, hits: list[list[str]], split: int, pairs: int, weak: int
) -> None:
    lines = [line for of_it in hits for line in of_it]
    fusion = one_given(tmp_path, "hits.txt", HITS, *lines, END)
    assert (fusion.split_reads, fusion.discordant_pairs) == (split, pairs)
    assert {f.name: f.value for f in fusion.fields}["weak"] == str(weak)
    assert fusion.rows == len(hits)


@pytest.mark.parametrize(
    ("name", "genes", "order"),
    [
        ("BRD4-NUTM1-01", ("BRD4", "NUTM1"), FusionOrder.STATED),
        ("BRD4-NUTM1", ("BRD4", "NUTM1"), FusionOrder.STATED),
        ("NUTM1-BRD4-12", ("NUTM1", "BRD4"), FusionOrder.STATED),  # NUTM1 as 5' gene
        ("BRD4-C15orf55-102", ("BRD4", "NUTM1"), FusionOrder.STATED),
        # three genes, or a hyphen inside a symbol: NUTM1 is in it, more is not certain
        ("BRD4-NUTM1-LPCAT4-01", (None, None), FusionOrder.UNKNOWN),
        ("NKX2-1-NUTM1-01", (None, None), FusionOrder.UNKNOWN),
    ],
)
def test_genes_come_from_the_pattern_name(
    tmp_path: Path, name: str, genes: tuple[str | None, str | None], order: FusionOrder
) -> None:
    fusion = one_given(tmp_path, "s.txt", SUMMARY, f"S\t3\t2\t0\t0\t2\t{name}")
    assert symbols(fusion) == genes
    assert fusion.order is order
    assert fusion.touches_nutm1


def test_gene_columns_of_the_pattern_file_win_over_its_name(tmp_path: Path) -> None:
    header = f"{SUMMARY}\tgenea_symbol\tgeneb_symbol"
    fusion = one_given(tmp_path, "s.txt", header, "S\t3\t2\t0\t0\t2\tP1\tBRD3\tNUTM1")
    assert symbols(fusion) == ("BRD3", "NUTM1")


def test_groups_of_patterns_are_read_too(tmp_path: Path) -> None:
    header = SUMMARY.replace("\tpattern", "\tpattern group")
    fusion = one_given(tmp_path, "s.txt", header, "S\t3\t2\t0\t1\t1\tBRD4-NUTM1")
    assert (fusion.split_reads, fusion.discordant_pairs) == (1, 1)


def test_a_hotspot_is_no_fusion(tmp_path: Path) -> None:
    result = read_given(
        tmp_path, "hits.txt", HITS, *hit((1, 20, 20), name="NUTM1-R1", bases="AC(G)TA"), END
    )
    assert (result.file.rows, result.fusions) == (1, ())


def test_silence_is_limited_to_the_patterns_and_to_whole_files(tmp_path: Path) -> None:
    whole = read_given(tmp_path, "a.txt", HITS, END)
    cut = read_given(tmp_path, "b.txt", HITS, *hit((1, 20, 20), name="EML4-ALK-01"))
    assert whole.file.notes == ("limited_to_patterns",)
    assert cut.file.notes == ("limited_to_patterns", "closing_line_missing")


def test_reads_and_samples_are_not_kept(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, "hits.txt", HITS, *hit((1, 20, 20)), END)
    assert "JANE" not in str(fusion)
    assert "ACGT" not in str(fusion)


@pytest.mark.parametrize(
    "lines",
    [
        hit(),  # no read
        ["pattern BRD4-NUTM1-01\tACGT][CATC"],
        [*hit((1, 20, 20)), "read JANE\tACGT"],
        [*hit((1, 20, 20))[:1], "read JANE\tACGT\t30\t30\t100.0\tyes\t20\t20"],
        ["fusion BRD4-NUTM1-01"],
    ],
)
def test_an_unreadable_nutm1_hit_is_a_finding(tmp_path: Path, lines: list[str]) -> None:
    fusion = one_given(tmp_path, "hits.txt", HITS, *lines, END)
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_hit_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    other = hit(name="EML4-ALK-01")
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "hits.txt", HITS, *hit((1, 20, 20)), *other, END)
    assert str(caught.value) == (
        f"{tmp_path}/hits.txt:4: not fuzzion2 output: expected read lines after the pattern line,"
        " found none"
    )


def test_a_table_of_several_samples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, "all.txt", "fuzzall v1.4.0\tdataset\tpattern", "x\ty\tBRD4-NUTM1-01")
    assert caught.value.code == "not_the_result"
