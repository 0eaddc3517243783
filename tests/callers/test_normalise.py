"""Genes, places, order, assembly: normalised where certain, null with a reason where not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import BRD4, NUTM1, gene, starter_panel
from tests.callers.builders import BRD4_SIDE, NUTM1_SIDE, context, reported, statement

from nutfusion.callers.genes import GeneBook, written_gene
from nutfusion.callers.loci import Loci, contig_name
from nutfusion.callers.normalise import reported_fusion
from nutfusion.callers.statement import SideStatement
from nutfusion.callers.which_assembly import shown_assembly
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import Assembly, Strand

BOOK = GeneBook(starter_panel())
LOCI = Loci(starter_panel())


@pytest.mark.parametrize(
    ("cell", "symbol"),
    [
        ("NUTM1", "NUTM1"),
        ("NUT", "NUTM1"),  # alias of most papers
        ("C15orf55", "NUTM1"),  # previous symbol
        ("C15ORF55", "NUTM1"),  # the same in capitals, as FusionCatcher writes it
        ("FAM22H", "NUTM1"),
        ("WHSC1L1", "NSD3"),  # previous symbol
        ("BRD4^ENSG00000141867.20", "BRD4"),
        ("ENSG00000141867.20", "BRD4"),
        ("IGH@", "IGH"),
        ("IGH-@", "IGH"),
        ("HLA-A", "HLA-A"),  # a hyphen belongs to some symbols
        ("BRD9", "BRD9"),  # a bromodomain protein, not a BET one
        ("CAP", "CAP"),  # alias of BRD4, and somebody else's symbol
        ("NAT", "NAT"),  # alias of BRD2, and somebody else's symbol
        ("NUTM2A", "NUTM2A"),  # a paralogue, never NUTM1
        ("BRD4-1", "BRD4-1"),  # not certain by its name
        (".", None),
        ("", None),
        ("BRD4;BRD3", None),
        ("BRD4(1122),NOTCH3(2233)", None),
        ("<script>", None),
    ],
)
def test_gene_cells(cell: str, symbol: str | None) -> None:
    found = BOOK.read(cell).gene
    assert (None if found is None else found.symbol) == symbol


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("19:1\tBRD4-NUTM1\tx", True),
        ("C15orf55:15:34640170", True),
        ("ENSG00000184507", True),
        ("NUTM2A-AS1", False),  # another gene
        ("MINUTM1X", False),  # inside a word
        ("DONUT", False),
    ],
)
def test_rows_that_name_nutm1(text: str, mentions: bool) -> None:
    assert BOOK.mentions_nutm1(text) is mentions


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("15", "chr15"),
        ("chr15", "chr15"),
        ("CHR15", "chr15"),
        ("hs15", "chr15"),  # circos
        ("NC_000015.10", "chr15"),
        ("MT", "chrM"),
        ("x", "chrX"),
        ("chr15_KI270905v1_alt", "chr15_KI270905v1_alt"),
        ("../../etc", None),
        (None, None),
    ],
)
def test_contig_names(text: str | None, name: str | None) -> None:
    assert contig_name(text) == name


def test_a_name_beside_a_panel_gene_is_corrected_by_its_place() -> None:
    # a neighbour with its distance, as Arriba writes an intergenic breakpoint
    row = reported(first=replace(BRD4_SIDE, gene="BRD4(1122),BRD4-1(2233)"))
    assert row.five_prime.gene == BRD4
    assert "gene_from_position(gene=BRD4)" in row.problems


def test_a_panel_gene_named_elsewhere_is_said() -> None:
    row = reported(first=replace(BRD4_SIDE, position=99))
    assert row.five_prime.gene == BRD4
    assert "position_outside_gene(gene=BRD4)" in row.problems


def test_an_antisense_gene_over_nutm1_stays_what_it_is() -> None:
    # the position lies in NUTM1 but on no exon edge, and another gene is named
    row = reported(second=replace(NUTM1_SIDE, gene="AC012345.1", position=34348100, strand="-"))
    assert row.three_prime.gene is not None
    assert row.three_prime.gene.symbol == "AC012345.1"
    assert row.touches_nutm1, "it lies in NUTM1, and that must be seen"


@pytest.mark.parametrize(
    ("first", "second", "order", "five"),
    [
        # BRD4 is on the minus strand: its 5' part has the higher coordinates; NUTM1's 3' part too
        ("higher", "higher", FusionOrder.FROM_STRANDS, "BRD4"),
        # the reciprocal product: 5' part of NUTM1, 3' part of BRD4
        ("lower", "lower", FusionOrder.FROM_STRANDS, "NUTM1"),
        # two 5' parts head to head
        ("higher", "lower", FusionOrder.UNKNOWN, "BRD4"),
        # two 3' parts
        ("lower", "higher", FusionOrder.UNKNOWN, "BRD4"),
    ],
)
def test_order_from_the_sides_that_stay(
    first: str, second: str, order: FusionOrder, five: str
) -> None:
    row = reported(
        first=SideStatement(gene="BRD4", contig="19", position=15250000, kept=first),  # type: ignore[arg-type]
        second=SideStatement(gene="NUTM1", contig="15", position=34347000, kept=second),  # type: ignore[arg-type]
        ordered=False,
    )
    assert row.order is order
    assert row.five_prime.gene == gene(five)
    if order is FusionOrder.UNKNOWN:
        assert any(problem.startswith("both_parts_same_end") for problem in row.problems)


def test_no_order_is_guessed_beside_exon_edges() -> None:
    row = reported(
        first=replace(NUTM1_SIDE, position=34347972, strand=None),
        second=replace(BRD4_SIDE, position=15254155, strand=None),
        ordered=False,
    )
    assert row.order is FusionOrder.UNKNOWN
    assert "order_not_stated" in row.problems


@pytest.mark.parametrize(
    ("assembly", "brd4", "nutm1", "shown"),
    [
        ("GRCh38", 15254152, 34347969, Assembly.GRCH38),
        ("GRCh37", 15364963, 34640170, Assembly.GRCH37),
    ],
)
def test_the_assembly_is_where_the_genes_are(
    assembly: str, brd4: int, nutm1: int, shown: Assembly
) -> None:
    named = statement(
        first=replace(BRD4_SIDE, position=brd4), second=replace(NUTM1_SIDE, position=nutm1)
    )
    nameless = statement(
        first=replace(BRD4_SIDE, gene=None, position=brd4),
        second=replace(NUTM1_SIDE, gene=None, position=nutm1),
    )
    assert shown_assembly([named], BOOK, LOCI) is shown
    assert shown_assembly([nameless], BOOK, LOCI) is shown


def test_rows_that_contradict_each_other_show_no_assembly() -> None:
    one = statement()
    other = statement(
        first=replace(BRD4_SIDE, position=15364963), second=replace(NUTM1_SIDE, position=34640170)
    )
    assert shown_assembly([one, other], BOOK, LOCI) is None


@pytest.mark.parametrize(
    ("position", "strand", "symbol"),
    [
        # inside exon 10 of BRD3, in its sense, under an alias that is nobody's approved symbol
        (134036100, "-", "BRD3"),
        # the other strand of the exon is another transcript's, for instance BRD3OS
        (134036100, "+", "RING3L"),
        # without a strand nothing tells which of them is meant
        (134036100, None, "RING3L"),
        # an intron may hold genes of its own
        (134038000, "-", "RING3L"),
    ],
)
def test_an_exon_in_sense_names_its_gene(position: int, strand: str | None, symbol: str) -> None:
    side = SideStatement(gene="RING3L", contig="9", position=position, strand=strand)
    row = reported(first=side)
    assert row.five_prime.gene is not None
    assert row.five_prime.gene.symbol == symbol


def test_an_unknown_assembly_gives_no_place() -> None:
    row = reported(assembly=None)
    assert row.junction is None
    assert row.five_prime.position == 15254152, "what the file states stays"
    assert "assembly_unknown" in row.problems


def test_a_gene_outside_the_panel_is_not_lifted_from_grch37() -> None:
    # ARIH1 as the partner of a simulated event; NUTM1 is the 5' gene
    row = reported(
        assembly=Assembly.GRCH37,
        first=SideStatement(gene="NUTM1", contig="15", position=34646073, strand="+"),
        second=SideStatement(gene="ARIH1", contig="15", position=72810408, strand="+"),
    )
    assert row.junction is not None
    assert row.junction.five_prime is not None
    assert row.junction.five_prime.position == 34353872
    assert row.junction.three_prime is not None
    assert row.junction.three_prime.position is None
    assert "no_lift_from_grch37" in row.problems


@pytest.mark.parametrize("symbol", ["BRD4", "BRD3", "BRD2", "NSD3", "NUTM1", "YAP1", "SLC12A6"])
def test_every_exon_edge_lifts_back(symbol: str) -> None:
    mane = starter_panel().mane(symbol)
    assert mane is not None
    for exon in mane.exons:
        assert exon.start_grch37 is not None
        assert LOCI.to_grch38(symbol, exon.start_grch37) == exon.start


def test_an_intron_lifts_when_both_exons_around_it_agree() -> None:
    assert LOCI.to_grch38("NUTM1", 34638143 + 500) == 34345942 + 500


def test_rows_of_other_genes_are_no_evidence() -> None:
    row = statement(
        first=SideStatement(gene="KMT2A", contig="11", position=118482495, strand="+"),
        second=SideStatement(gene="MLLT3", contig="9", position=20365742, strand="-"),
    )
    assert reported_fusion(row, context(), caller="x", sha256="0" * 64) is None


def test_a_transcript_position_is_placed_on_the_genome() -> None:
    # pizzly places joints on transcripts: BRD4 r.2380, NUTM1 r.483, as published (PMID 36265509)
    row = reported(
        first=SideStatement(gene="BRD4", transcript="ENST00000263377.6", transcript_position=2380),
        second=SideStatement(gene="NUTM1", transcript="ENST00000537011.6", transcript_position=483),
    )
    assert row.junction is not None
    assert row.junction.exact
    assert row.junction.five_prime is not None
    assert (row.junction.five_prime.position, row.junction.five_prime.strand) == (
        15254152,
        Strand.MINUS,
    )
    assert row.junction.three_prime is not None
    assert row.junction.three_prime.position == 34347969
    assert (row.five_prime.gene, row.three_prime.gene) == (BRD4, NUTM1)


def test_another_version_of_a_transcript_counts_only_on_exon_edges() -> None:
    on = SideStatement(gene="NUTM1", transcript="ENST00000537011.5", transcript_position=483)
    off = replace(on, transcript_position=490)
    first = SideStatement(gene="BRD4", transcript="ENST00000263377.6", transcript_position=2380)
    placed, unplaced = reported(first=first, second=on), reported(first=first, second=off)
    assert placed.junction is not None
    assert placed.junction.exact
    assert "other_transcript_version" in placed.problems
    assert unplaced.junction is not None
    assert unplaced.junction.three_prime is not None
    assert unplaced.junction.three_prime.position is None


def test_an_exon_number_without_its_transcript_means_nothing() -> None:
    # NUTM1 "exon 2" is MANE exon 3 in most papers and MANE exon 2 in leukaemia papers
    row = reported(
        first=SideStatement(gene="BRD4", exon="11"), second=SideStatement(gene="NUTM1", exon="2")
    )
    assert row.junction is None
    assert "no_position_stated" in row.problems


def test_an_exon_of_a_known_transcript_is_a_place() -> None:
    row = reported(
        first=SideStatement(gene="BRD4", transcript="NM_058243.3", exon="11"),
        second=SideStatement(gene="NUTM1", transcript="NM_001284292.2", exon="3"),
    )
    assert row.junction is not None
    assert row.junction.five_prime is not None
    assert row.junction.five_prime.position == 15254152


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("BRD4(1122),BRD4-1(2233)", True),
        ("BRD4^ENSG00000141867", True),
        ("BRD4(1122), AKAP8(2233)", True),
        ("Mme Dupont née le 3/4/1950", False),
        ("Jeanne Dupont", False),
        ("x" * 201, False),
    ],
)
def test_only_what_looks_like_genes_is_kept_as_written(cell: str, kept: bool) -> None:
    assert (written_gene(cell) is not None) is kept
