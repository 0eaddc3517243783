"""pbfusion: borders instead of bases, strands of reads, several genes in a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.callers.given import one_given, read_given, symbols

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder

if TYPE_CHECKING:
    from pathlib import Path

META = ["##VERSION=0.4.0", "##SAMPLE=Jane Doe", "##COMMAND=pbfusion discover /home/jane/x.bam"]
HEADER = "#chr1\tstart1\tend1\tchr2\tstart2\tend2\tid\tscore\tstrand1\tstrand2\tinfo\textra"
NAME = "x.breakpoints.groups.bed"


def row(
    source: str, sink: str, genes: str = "BRD4,NUTM1", classes: str = "FUSION:9", score: str = "LOW"
) -> str:
    """A row of two ``contig border strand``; borders as in the column end."""
    (contig1, end1, strand1), (contig2, end2, strand2) = source.split(), sink.split()
    info = f"RC=9;MD=0;GN={genes};GC=9,9;CL={classes};BP=9;AC=x"
    cells = [contig1, str(int(end1) - 1), end1, contig2, str(int(end2) - 1), end2, "BP1", score]
    return "\t".join([*cells, strand1, strand2, info, "RN=JANE/1;ON=.;CB=."])


SENSE = ("chr19 15254151 -", "chr15 34347968 +")


@pytest.mark.parametrize(
    ("ends", "genes", "expected", "places"),
    [
        (SENSE, "BRD4,NUTM1", ("BRD4", "NUTM1"), (15254152, 34347969)),
        # the same molecule sequenced from its 3' end: source and sink change, strands turn
        (
            ("chr15 34347968 -", "chr19 15254151 +"),
            "NUTM1,BRD4",
            ("BRD4", "NUTM1"),
            (15254152, 34347969),
        ),
        # a plus-strand 5' part ends at its border, a plus-strand 3' part begins one after
        (
            ("chr15 34353872 +", "chr15 72518066 +"),
            "NUTM1,ARIH1",
            ("NUTM1", "ARIH1"),
            (34353872, 72518067),
        ),
    ],
)
def test_strands_of_reads_give_sides_and_order(
    tmp_path: Path,
    ends: tuple[str, str],
    genes: str,
    expected: tuple[str, str],
    places: tuple[int, int],
) -> None:
    fusion = one_given(tmp_path, NAME, *META, HEADER, row(*ends, genes=genes))
    assert symbols(fusion) == expected
    assert (fusion.five_prime.position, fusion.three_prime.position) == places
    assert fusion.order is FusionOrder.FROM_STRANDS
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, None)


def test_two_parts_of_one_kind_have_no_order(tmp_path: Path) -> None:
    # BRD4's 5' part joined to NUTM1's 5' part: no transcript of either runs across
    fusion = one_given(tmp_path, NAME, HEADER, row("chr19 15254151 -", "chr15 34346035 -"))
    assert fusion.order is FusionOrder.UNKNOWN
    assert "both_parts_same_end(end=5')" in fusion.problems


@pytest.mark.parametrize("genes", ["BRD4,AC004798.1,NUTM1", "N/A,BRD4,NUTM1", "NUTM1,BRD4,LPCAT4"])
def test_among_more_than_two_genes_the_position_decides(tmp_path: Path, genes: str) -> None:
    fusion = one_given(tmp_path, NAME, HEADER, row(*SENSE, genes=genes))
    assert symbols(fusion) == ("BRD4", "NUTM1")


def test_an_unnamed_partner_leaves_nutm1(tmp_path: Path) -> None:
    fusion = one_given(
        tmp_path, NAME, HEADER, row("chr7 5500000 +", "chr15 34347968 +", genes="N/A,NUTM1")
    )
    assert symbols(fusion) == (None, "NUTM1")


@pytest.mark.parametrize(
    ("classes", "read_through"),
    [
        ("FUSION:9", False),
        ("READTHROUGH:9", True),
        ("FUSION:5,READTHROUGH:4", None),
        ("SenseAntisense:9", None),
    ],
)
def test_a_read_through_is_what_all_reads_are_classed_as(
    tmp_path: Path, classes: str, read_through: bool | None
) -> None:
    fusion = one_given(tmp_path, NAME, HEADER, row(*SENSE, classes=classes))
    assert fusion.is_read_through is read_through


def test_samples_commands_and_reads_are_not_kept(tmp_path: Path) -> None:
    kept = str(read_given(tmp_path, NAME, *META, HEADER, row(*SENSE)))
    assert "jane" not in kept.lower()


@pytest.mark.parametrize(
    "line",
    [
        row(*SENSE).replace("RC=9;", ""),
        row(*SENSE).replace("\t15254150\t", "\t15254100\t"),
        row(*SENSE, classes="see Jane"),
        row("chr19 15254151 .", SENSE[1]),
        row(*SENSE).replace("GN=BRD4,NUTM1;", "").replace("AC=x", "AC=NUTM1"),
    ],
)
def test_an_unreadable_nutm1_row_is_a_finding(tmp_path: Path, line: str) -> None:
    fusion = one_given(tmp_path, NAME, HEADER, line)
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_row_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    other = row("chr2 42301394 +", "chr2 29223584 .", genes="EML4,ALK")
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, NAME, *META, HEADER, row(*SENSE), other)
    assert str(caught.value) == (
        f"{tmp_path}/{NAME}:6: not pbfusion output: expected strand2 as + or -, found none"
    )
