"""FusionSeeker: pairs sorted by chromosome name, 0-based means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.builders import acceptor_end
from tests.callers.given import one_given, positions, read_given, symbols

from nutfusion.errors import CallerFormatError
from nutfusion.model.reported import FusionOrder

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "ID\tGene1\tGene2\tNumSupp\tChrom1\tBreakpoint1\tChrom2\tBreakpoint2\tSupportingReads"
NAME = "confident_genefusion.txt"


def row(first: str, second: str, reads: str = "9") -> str:
    """A row of two ``gene contig base`` (0-based)."""
    (gene1, contig1, base1), (gene2, contig2, base2) = first.split(), second.split()
    cells = ["GF01", gene1, gene2, reads, contig1, base1, contig2, base2, "JANE/1,JANE/2"]
    return "\t".join(cells)


NUTM1_START, BRD4_END = "NUTM1 chr15 34347968", "BRD4 chr19 15254151"


def test_the_pair_is_sorted_and_exon_edges_say_which_is_five_prime(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, NAME, HEADER, row(NUTM1_START, BRD4_END))
    assert symbols(fusion) == ("BRD4", "NUTM1")
    assert positions(fusion) == (15254152, 34347969)
    assert fusion.order is FusionOrder.FROM_EXON_EDGES
    assert (fusion.split_reads, fusion.discordant_pairs) == (9, None)


def test_nutm1_as_five_prime_gene_is_told_by_its_exon_end(tmp_path: Path) -> None:
    # NUTM1 exon 5 ends at 34353872; BRD4 exon 12 begins after the canonical joint
    start = acceptor_end("BRD4", 12).position
    assert start is not None
    rows = row("NUTM1 chr15 34353871", f"BRD4 chr19 {start - 1}")
    assert symbols(one_given(tmp_path, NAME, HEADER, rows)) == ("NUTM1", "BRD4")


def test_off_the_edges_neither_order_nor_joint_is_certain(tmp_path: Path) -> None:
    fusion = one_given(tmp_path, NAME, HEADER, row("NUTM1 chr15 34347975", "BRD4 chr19 15254160"))
    assert fusion.order is FusionOrder.UNKNOWN
    assert fusion.junction is not None
    assert not fusion.junction.exact
    assert fusion.touches_nutm1


def test_read_names_are_not_kept(tmp_path: Path) -> None:
    assert "JANE" not in str(one_given(tmp_path, NAME, HEADER, row(NUTM1_START, BRD4_END)))


@pytest.mark.parametrize(
    "line",
    [
        row(NUTM1_START, BRD4_END, "many"),
        row("NUTM1 chr15 34347968.5", BRD4_END),
        "GF01\tNUTM1\tBRD4\t9\tchr15",
    ],
)
def test_an_unreadable_nutm1_row_is_a_finding(tmp_path: Path, line: str) -> None:
    fusion = one_given(tmp_path, NAME, HEADER, line)
    assert fusion.touches_nutm1
    assert not fusion.is_readable


def test_an_unreadable_row_of_other_genes_stops_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(CallerFormatError) as caught:
        read_given(tmp_path, NAME, HEADER, row("ALK chr2 x", "EML4 chr2 42301393"))
    assert str(caught.value) == (
        f"{tmp_path}/{NAME}:2: not FusionSeeker output: expected Breakpoint1 as a whole number of 0"
        " or more, found 'x'"
    )
