"""Contigs, assemblies and homology: what the rows' own words mean on the genome."""

from __future__ import annotations

import pytest
from tests.builders import BRD4_EXON_11, NUTM1_EXON_3, starter_panel

from nutfusion.callers.genes import GeneBook
from nutfusion.callers.homology import slide_of_other
from nutfusion.callers.loci import Loci, contig_assembly, contig_name
from nutfusion.callers.statement import SideStatement, Statement
from nutfusion.callers.which_assembly import shown_assembly
from nutfusion.model.terms import Assembly, Kept


@pytest.mark.parametrize(
    ("text", "contig", "assembly"),
    [
        ("NC_000015.10", "chr15", Assembly.GRCH38),
        ("NC_000015.9", "chr15", Assembly.GRCH37),
        ("NC_000001.11", "chr1", Assembly.GRCH38),
        ("NC_000007.13", "chr7", Assembly.GRCH37),
        ("NC_000023.11", "chrX", Assembly.GRCH38),
        ("NC_000024.9", "chrY", Assembly.GRCH37),
        # a version of neither assembly tells the chromosome only
        ("NC_000015.8", "chr15", None),
        # not a chromosome
        ("NC_000025.1", "NC_000025.1", None),
        ("15", "chr15", None),
    ],
)
def test_a_refseq_chromosome_names_its_assembly(
    text: str, contig: str, assembly: Assembly | None
) -> None:
    assert contig_name(text) == contig
    assert contig_assembly(text) is assembly


@pytest.mark.parametrize(
    ("sides", "assembly"),
    [
        # exon edges of both genes
        (((f"{BRD4_EXON_11}", "19"), (f"{NUTM1_EXON_3}", "15")), Assembly.GRCH38),
        (((f"{BRD4_EXON_11 + 110_811}", "19"), ("34640170", "15")), Assembly.GRCH37),
        # two genes, in introns
        ((("15249000", "19"), ("34347000", "15")), Assembly.GRCH38),
        ((("15359811", "19"), ("34639201", "15")), Assembly.GRCH37),
        # one gene of the panel: chance
        ((("1000", "19"), ("34347000", "15")), None),
        # inside one gene: chance as well
        ((("34347000", "15"), ("34347500", "15")), None),
    ],
)
def test_positions_without_names_show_the_assembly(
    sides: tuple[tuple[str, str], tuple[str, str]], assembly: Assembly | None
) -> None:
    first, second = (SideStatement(contig=c, position=int(p)) for p, c in sides)
    rows = [Statement(line=1, first=first, second=second, ordered=False)]
    panel = starter_panel()
    assert shown_assembly(rows, GeneBook(panel), Loci(panel)) is assembly


@pytest.mark.parametrize(
    ("kept", "other", "moves"),
    [
        # ====p->  ->p====   both towards higher coordinates
        ("lower", "higher", (1, 3)),
        ("higher", "lower", (1, 3)),
        # ====p->  ====p<-   one grows, the other shrinks, at the same kind of end
        ("lower", "lower", (-3, -1)),
        ("higher", "higher", (-3, -1)),
    ],
)
def test_moving_a_joint_moves_its_other_side(
    kept: Kept, other: Kept, moves: tuple[int, int]
) -> None:
    assert slide_of_other((1, 3), kept, other) == moves
    # and back
    assert slide_of_other(moves, other, kept) == (1, 3)
