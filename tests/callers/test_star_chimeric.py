"""STAR's per-read rows: intron bases, either strand of the read, pairs that only bound a joint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import BRD4, BRD4_EXON_11, NUTM1, NUTM1_EXON_3, starter_panel

from nutfusion.callers import CallerResult, read_caller_file
from nutfusion.callers.read import MOST_FUSIONS
from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder, ReportedFusion
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from pathlib import Path

FORWARD = "chr19 15254151 - chr15 34347968 + 1"
"""The read runs as the transcript does: BRD4 (minus) first, GT/AG."""
REVERSE = "chr15 34347968 - chr19 15254151 + 2"
"""The same joint read from the other strand: NUTM1 first, CT/AC."""


def row(places: str, name: str = "r1", multimaps: int | None = 1) -> str:
    cells = [*places.split(), "0", "0", name, "100", "50M26S", "200", "50S26M"]
    if multimaps is not None:
        cells += [str(multimaps), "152", "70", "150", "150", "0"]
    return "\t".join(cells)


def read(tmp_path: Path, *rows: str) -> CallerResult:
    path = tmp_path / "S1.Chimeric.out.junction"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return read_caller_file(path, starter_panel())


def nutm1(result: CallerResult) -> list[ReportedFusion]:
    return [fusion for fusion in result.fusions if fusion.touches_nutm1]


def test_reads_of_both_strands_are_counted_for_one_joint(tmp_path: Path) -> None:
    result = read(tmp_path, row(FORWARD, "a"), row(REVERSE, "b"), row(REVERSE, "c"))
    (fusion,) = nutm1(result)
    assert (fusion.split_reads, fusion.rows, fusion.line) == (3, 3, 1)
    assert fusion.discordant_pairs is None, "pairs are not told per joint"
    assert (result.file.rows, result.file.nutm1_rows) == (3, 3)


def test_a_fragment_with_several_rows_counts_once(tmp_path: Path) -> None:
    # an ambiguous read has a row per alignment
    (fusion,) = nutm1(read(tmp_path, row(FORWARD, "a", 2), row(FORWARD, "a", 2)))
    assert (fusion.split_reads, fusion.rows) == (1, 2)
    assert ("num_chim_aln", "2") in [(field.name, field.value) for field in fusion.fields]


def test_a_row_without_motif_joins_the_rows_that_have_one(tmp_path: Path) -> None:
    # a read with an ordinary intron on the other strand gets type 0 for the same joint
    unmotivated = "chr19 15254151 - chr15 34347968 + 0"
    (fusion,) = nutm1(read(tmp_path, row(unmotivated, "a"), row(FORWARD, "b")))
    assert fusion.order is FusionOrder.STATED
    assert fusion.split_reads == 2


@pytest.mark.parametrize(
    "places",
    [
        "chr19 15254151 - chr15 34347968 + 0",  # read as the transcript
        "chr15 34347968 - chr19 15254151 + 0",  # read as its complement
    ],
)
def test_without_a_motif_the_genes_tell_the_order(tmp_path: Path, places: str) -> None:
    (fusion,) = nutm1(read(tmp_path, row(places)))
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)
    assert fusion.order is FusionOrder.FROM_STRANDS
    assert fusion.junction is not None
    assert fusion.junction.exact
    assert fusion.junction.five_prime is not None
    assert fusion.junction.five_prime.position == BRD4_EXON_11
    assert fusion.junction.five_prime.strand is Strand.MINUS


def test_nutm1_as_the_five_prime_part_stays_so(tmp_path: Path) -> None:
    # NUTM1 exon 2 (ends 34346035) into BRD4 (exon 12 begins 15244762): the reciprocal product
    places = "chr15 34346036 + chr19 15244763 - 1"
    (fusion,) = nutm1(read(tmp_path, row(places)))
    assert fusion.five_prime.gene == NUTM1
    assert (fusion.five_prime.position, fusion.three_prime.position) == (34346035, 15244762)


def test_a_partner_outside_the_panel_leaves_nutm1_and_the_assembly_known(tmp_path: Path) -> None:
    # no second panel gene and no gene name: the exon edge of NUTM1 tells the assembly
    result = read(tmp_path, row("chr2 1000001 + chr15 34347968 + 1"))
    (fusion,) = nutm1(result)
    assert result.file.assembly is Assembly.GRCH38
    assert fusion.five_prime.gene is None
    assert (fusion.five_prime.position, fusion.five_prime.strand) == (1000000, Strand.PLUS)
    assert fusion.three_prime.position == NUTM1_EXON_3


def test_nutm1_is_not_lost_when_the_assembly_is_unknown(tmp_path: Path) -> None:
    # inside an exon, not at its edge: NUTM1 on GRCh38, CHRM5 on GRCh37; nothing tells which
    result = read(tmp_path, row("chr2 1000001 + chr15 34348100 + 0"))
    (fusion,) = nutm1(result)
    assert result.file.assembly is None
    assert "assembly_unknown" in fusion.problems


def test_contigs_of_one_assembly_tell_it(tmp_path: Path) -> None:
    # KI270733.1 came with GRCh38
    rrna = row("KI270733.1 134194 - KI270733.1 150000 - 0", "x")
    result = read(tmp_path, rrna, row("chr2 1000001 + chr15 34348100 + 0"))
    assert result.file.assembly is Assembly.GRCH38
    assert len(nutm1(result)) == 1


def test_pairs_that_bracket_a_joint_are_bounds(tmp_path: Path) -> None:
    # the mates end 20 and 5 bases before the end of BRD4 exon 11: the joint is at 5 or beyond
    result = read(
        tmp_path,
        row("chr19 15254171 - chr15 34348000 + -1", "a"),
        row("chr19 15254156 - chr15 34348030 + -1", "b"),
        row("chr15 34348010 - chr19 15254180 + -1", "c"),
        row("KI270733.1 134194 - KI270733.1 150000 - 0", "x"),
    )
    (fusion,) = nutm1(result)
    assert (fusion.split_reads, fusion.discordant_pairs, fusion.rows) == (None, 3, 3)
    assert (fusion.five_prime.gene, fusion.three_prime.gene) == (BRD4, NUTM1)
    assert (fusion.five_prime.position, fusion.three_prime.position) == (15254157, 34348001)
    assert fusion.junction is not None
    assert not fusion.junction.exact
    assert "positions_are_bounds" in fusion.problems


def test_pairs_in_nutm1_and_in_lpcat4_are_told_apart(tmp_path: Path) -> None:
    # LPCAT4 begins 898 bases after NUTM1 ends; both ends keep the higher side here
    result = read(
        tmp_path,
        row("chr19 15254171 - chr15 34357700 + -1", "a"),
        row("chr19 15254172 - chr15 34358700 + -1", "b"),
        row(FORWARD, "c"),
    )
    bounded = [fusion for fusion in nutm1(result) if fusion.split_reads is None]
    assert [fusion.line for fusion in bounded] == [1]


def test_comment_lines_at_the_end_are_no_rows(tmp_path: Path) -> None:
    result = read(tmp_path, row(FORWARD), "# 2.7.8a STAR --x", "# Nreads 10 NreadsUnique 9")
    assert result.file.rows == 1


def test_the_last_column_may_be_missing_or_extra(tmp_path: Path) -> None:
    # the header always names readgrp; STARsolo adds a cell barcode and a UMI
    header = "chr_donorA\tbrkpt_donorA\tstrand_donorA\tchr_acceptorB\tbrkpt_acceptorB"
    result = read(tmp_path, header, row(FORWARD), row(FORWARD, "b") + "\trg1\tACGT\tAAAA")
    (fusion,) = nutm1(result)
    assert fusion.split_reads == 2


def test_a_header_without_rows_is_a_result(tmp_path: Path) -> None:
    result = read(tmp_path, "chr_donorA\tbrkpt_donorA\tstrand_donorA\tchr_acceptorB")
    assert (result.file.caller, result.file.rows) == ("star_chimeric", 0)


@pytest.mark.parametrize(
    ("places", "message"),
    [
        # STAR documents -1, 0, 1 and 2
        (
            "chr19 15254151 - chr15 34347968 + 3",
            "expected junction_type as one of -1, 0, 1, 2, found '3'",
        ),
        ("chr19 15254151 . chr15 34347968 + 1", "expected strand_donorA as + or -, found '.'"),
        # the base before the first one of a contig
        ("chr19 0 + chr15 34347968 + 1", "expected brkpt_donorA after an exon, found '0'"),
        ("chr19 x - chr15 34347968 + 1", "expected brkpt_donorA as a whole number"),
    ],
)
def test_a_row_of_another_shape_stops_the_file(tmp_path: Path, places: str, message: str) -> None:
    # no gene is named in the row, so nobody can say that it is not NUTM1
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, row(FORWARD), row(places))
    assert message in str(caught.value)
    assert caught.value.line == 2


def test_a_file_cut_within_a_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read(tmp_path, row(FORWARD), "chr19\t15254151\t-")
    assert str(caught.value).endswith(
        "S1.Chimeric.out.junction:2: not STAR chimeric junctions output: expected 14 or more"
        " columns, found 3"
    )


def test_of_too_many_joints_those_with_most_fragments_are_taken_over(tmp_path: Path) -> None:
    # an enriched panel: a chimera of one read at every base of NUTM1, and the tumour's joint last
    chance = [
        row(f"chr1 {5000 + 7 * i} + chr15 {34347000 + i} + 0", f"c{i}")
        for i in range(MOST_FUSIONS + 20)
    ]
    result = read(tmp_path, *chance, *(row(FORWARD, f"t{i}") for i in range(3)))
    found = nutm1(result)
    assert len(found) == MOST_FUSIONS
    assert [fusion.split_reads for fusion in found] == [1] * (MOST_FUSIONS - 1) + [3]
    n = MOST_FUSIONS + 21
    assert result.file.notes[-1] == f"fusions_left_out(kept={MOST_FUSIONS}, n={n})"
    assert result.file.nutm1_rows == n + 2
