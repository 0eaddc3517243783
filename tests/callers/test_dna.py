"""From a DNA break to the exons that a transcript across it may join.

Genes of the tests, GRCh38: BRD4 on the minus strand of chr19, NUTM1 on the plus strand of chr15::

    BRD4   chr19  15235519 <exon 20 ... exon 12 15244710-15244762 | intron 11 |
                  exon 11 15254152-15254262 | intron 10 | exon 10 15255297-15255592 ... exon 1
    NUTM1  chr15  exon 1 34343315-34343702 | exon 2 34345942-34346035 | intron 2 |
                  exon 3 34347969-34348677 | exon 4 34350704-34350832 ... exon 8 -34357735
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import BRD4, BRD4_EXON_11, NUTM1, NUTM1_EXON_3, gene, starter_panel

from nutfusion.callers.genes import GeneBook
from nutfusion.callers.loci import Loci, Locus
from nutfusion.callers.normalise import reported_fusion
from nutfusion.callers.sides import Context
from nutfusion.callers.statement import SideStatement, Statement
from nutfusion.model.reported import FusionOrder, ReportedFusion
from nutfusion.model.terms import Assembly, FusionDetection, Kept, Strand

if TYPE_CHECKING:
    from nutfusion.model.gene import GeneRef

BRD4_INTRON_11 = 15_249_000
NUTM1_INTRON_2 = 34_347_000
TO_GRCH37 = {"chr19": 110_811, "chr15": 292_201}
"""Offsets of BRD4 and NUTM1."""


@cache
def context(assembly: Assembly | None = Assembly.GRCH38) -> Context:
    panel = starter_panel()
    return Context(panel, GeneBook(panel), Loci(panel), assembly)


def side(contig: str, position: int, kept: Kept, **changes: object) -> SideStatement:
    return replace(SideStatement(contig=contig, position=position, kept=kept), **changes)  # type: ignore[arg-type]


def joined(
    first: SideStatement,
    second: SideStatement,
    *,
    precise: bool = True,
    where: Context | None = None,
) -> ReportedFusion:
    statement = Statement(
        line=1, first=first, second=second, ordered=False, molecule="dna", precise=precise
    )
    found = reported_fusion(statement, where or context(), caller="manta", sha256="0")
    assert found is not None
    return found


def genes(fusion: ReportedFusion) -> tuple[GeneRef | None, GeneRef | None]:
    return fusion.five_prime.gene, fusion.three_prime.gene


def ranges(fusion: ReportedFusion) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Bounds of the transcript's joint."""
    assert fusion.junction is not None
    assert fusion.junction.five_prime is not None
    assert fusion.junction.three_prime is not None
    assert not fusion.junction.exact, "a joint that DNA shows is never exact"
    assert fusion.junction.five_prime.position is None
    assert fusion.junction.three_prime.position is None
    return fusion.junction.five_prime.position_range, fusion.junction.three_prime.position_range


def test_intronic_breaks_join_the_exons_around_them() -> None:
    # chr19 15249000====> exon 11 ... exon 1      kept higher: BRD4 from its start to exon 11
    # chr15 34347000====> exon 3 ... exon 8       kept higher: NUTM1 from exon 3 to its end
    fusion = joined(side("19", BRD4_INTRON_11, "higher"), side("15", NUTM1_INTRON_2, "higher"))
    assert genes(fusion) == (BRD4, NUTM1)
    assert fusion.order is FusionOrder.FROM_STRANDS
    assert fusion.fusion_detection is FusionDetection.INFERRED
    assert ranges(fusion) == (
        (BRD4_EXON_11, BRD4_EXON_11),
        (NUTM1_EXON_3, NUTM1_EXON_3),
    )
    assert fusion.genomic_breakpoint is not None
    assert fusion.genomic_breakpoint.exact
    five, three = fusion.genomic_breakpoint.five_prime, fusion.genomic_breakpoint.three_prime
    assert five is not None
    assert three is not None
    assert (five.contig, five.position, five.strand) == ("chr19", BRD4_INTRON_11, Strand.MINUS)
    assert (three.contig, three.position, three.strand) == ("chr15", NUTM1_INTRON_2, Strand.PLUS)


@pytest.mark.parametrize(
    ("brd4", "nutm1", "five", "three", "same_end"),
    [
        # [p[t both: BRD4 5' part to NUTM1 3' part, the oncogenic product
        ("higher", "higher", BRD4, NUTM1, None),
        # t]p] both: NUTM1 5' part to BRD4 3' part, the reciprocal product, never BRD4::NUTM1
        ("lower", "lower", NUTM1, BRD4, None),
        # both 5' parts face each other: two promoters, no transcript of both
        ("higher", "lower", None, None, "5'"),
        # both 3' parts
        ("lower", "higher", None, None, "3'"),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["BRD4 first", "NUTM1 first"])
@pytest.mark.parametrize("assembly", list(Assembly))
def test_what_stays_of_the_genes_makes_the_order(
    brd4: Kept,
    nutm1: Kept,
    five: GeneRef | None,
    three: GeneRef | None,
    same_end: str | None,
    turned: bool,
    assembly: Assembly,
) -> None:
    moved = TO_GRCH37 if assembly is Assembly.GRCH37 else dict.fromkeys(TO_GRCH37, 0)
    sides = [
        side("chr19", BRD4_INTRON_11 + moved["chr19"], brd4),
        side("chr15", NUTM1_INTRON_2 + moved["chr15"], nutm1),
    ]
    fusion = joined(*(reversed(sides) if turned else sides), where=context(assembly))
    assert fusion.touches_nutm1
    if same_end is not None:
        assert fusion.order is FusionOrder.UNKNOWN
        assert fusion.junction is None, "no transcript holds both parts"
        assert fusion.genomic_breakpoint is not None
        assert f"both_parts_same_end(end={same_end})" in fusion.problems
        assert not any(problem.startswith("antisense") for problem in fusion.problems)
        return
    assert genes(fusion) == (five, three)
    assert fusion.order is FusionOrder.FROM_STRANDS


@pytest.mark.parametrize(
    ("partner", "contig", "position", "kept", "donor"),
    [
        # plus genes keep their beginning with lower coordinates
        ("YAP1", "chr11", 102_200_000, "lower", Strand.PLUS),
        ("CIC", "chr19", 42_290_000, "lower", Strand.PLUS),
        ("ZNF532", "chr18", 58_960_000, "lower", Strand.PLUS),
        # minus genes with higher ones
        ("NSD3", "chr8", 38_310_000, "higher", Strand.MINUS),
        ("BRD3", "chr9", 134_050_000, "higher", Strand.MINUS),
    ],
)
def test_partners_of_either_strand_give_the_5_prime_part(
    partner: str, contig: str, position: int, kept: Kept, donor: Strand
) -> None:
    fusion = joined(side("15", NUTM1_INTRON_2, "higher"), side(contig, position, kept))
    assert genes(fusion) == (gene(partner), NUTM1)
    assert fusion.five_prime.strand is donor
    low, high = ranges(fusion)[0] or (0, 0)
    locus = Loci(starter_panel()).of(Assembly.GRCH38, partner)
    assert locus is not None
    assert {low, high} <= locus.donors
    # the donor lies in what stays
    assert (high <= position) if kept == "lower" else (low >= position)


@pytest.mark.parametrize(
    ("position", "acceptors", "why"),
    [
        # before NUTM1, up to 10 kb: the transcript runs into exon 2, or over it to exon 3
        (
            34_343_315 - 10_000,
            (34_345_942, NUTM1_EXON_3),
            "break_before_nutm1(inside=SLC12A6)",
        ),
        (34_340_000, (34_345_942, NUTM1_EXON_3), None),
        # intron 1
        (34_345_000, (34_345_942, NUTM1_EXON_3), None),
        # the last base of intron 1 and the first of exon 2: exon 2 stays whole
        (34_345_941, (34_345_942, NUTM1_EXON_3), None),
        (34_345_942, (34_345_942, NUTM1_EXON_3), None),
        # in exon 2: what is left of it has no acceptor
        (34_345_943, (NUTM1_EXON_3, NUTM1_EXON_3), "break_in_exon(gene=NUTM1)"),
        # intron 2 to the first base of exon 3
        (34_346_036, (NUTM1_EXON_3, NUTM1_EXON_3), None),
        (NUTM1_EXON_3, (NUTM1_EXON_3, NUTM1_EXON_3), None),
        # in exon 3: exon 4 is next
        (NUTM1_EXON_3 + 1, (34_350_704, 34_350_704), "break_in_exon(gene=NUTM1)"),
        # intron 7
        (34_355_300, (34_355_488, 34_355_488), None),
    ],
)
def test_the_3_prime_part_begins_with_the_next_acceptor(
    position: int, acceptors: tuple[int, int], why: str | None
) -> None:
    fusion = joined(side("19", BRD4_INTRON_11, "higher"), side("15", position, "higher"))
    assert genes(fusion) == (BRD4, NUTM1)
    assert ranges(fusion)[1] == acceptors
    assert [p for p in fusion.problems if p.startswith("break_")] == ([] if why is None else [why])


@pytest.mark.parametrize(
    ("position", "donors", "why"),
    [
        # minus strand: the exon end that is whole lies at or above the break
        (15_254_151, (BRD4_EXON_11, BRD4_EXON_11), None),
        (BRD4_EXON_11, (BRD4_EXON_11, BRD4_EXON_11), None),
        # in exon 11: exon 10 stays whole, or exon 11 runs across the break
        (BRD4_EXON_11 + 50, (BRD4_EXON_11 + 50, 15_255_297), "break_in_exon(gene=BRD4)"),
        # intron 10
        (15_254_263, (15_255_297, 15_255_297), None),
        # intron 1 of 59 kb: only the untranslated exon 1 stays
        (15_300_000, (15_332_290, 15_332_290), None),
        # in exon 1: it has no exon before it
        (15_332_400, (15_332_400, 15_332_400), "break_in_exon(gene=BRD4)"),
        # in the last exon, which has no donor of its own
        (15_236_000, (15_236_000, 15_238_743), "break_in_exon(gene=BRD4)"),
    ],
)
def test_the_5_prime_part_ends_with_the_last_whole_exon(
    position: int, donors: tuple[int, int], why: str | None
) -> None:
    fusion = joined(side("19", position, "higher"), side("15", NUTM1_INTRON_2, "higher"))
    assert genes(fusion) == (BRD4, NUTM1)
    assert ranges(fusion)[0] == donors
    assert [p for p in fusion.problems if p.startswith("break_")] == ([] if why is None else [why])


def test_an_exon_that_runs_across_the_break_reads_on_where_the_other_part_begins() -> None:
    # both breaks are in exons: exon 10 to exon 4 by splicing, or exon 11 straight into exon 3
    fusion = joined(
        side("19", BRD4_EXON_11 + 50, "higher"), side("15", NUTM1_EXON_3 + 100, "higher")
    )
    assert ranges(fusion) == (
        (BRD4_EXON_11 + 50, 15_255_297),
        (NUTM1_EXON_3 + 100, 34_350_704),
    )
    assert {"break_in_exon(gene=BRD4)", "break_in_exon(gene=NUTM1)"} <= set(fusion.problems)


@pytest.mark.parametrize(
    ("kept", "position", "code"),
    [
        # NUTM1's last exon, cut: and BRD4 ends in an intron: nothing can be spliced in
        ("higher", 34_356_000, "break_in_exon(gene=NUTM1)"),
        # reciprocal: only bases before NUTM1's first exon stay
        ("lower", 34_340_000, "break_before_first_exon_end(gene=NUTM1)"),
    ],
)
def test_a_part_without_exons_says_why(kept: Kept, position: int, code: str) -> None:
    other: Kept = kept
    fusion = joined(side("15", position, kept), side("19", BRD4_INTRON_11, other))
    assert code in fusion.problems


def test_far_before_nutm1_nothing_is_nutm1() -> None:
    far = joined(side("15", 34_343_315 - 10_001, "higher"), side("19", BRD4_INTRON_11, "higher"))
    assert not any(g == NUTM1 for g in genes(far))


@pytest.mark.parametrize(
    ("partner", "kept", "expected", "touches"),
    [
        # SLC12A6 begins within the 10 kb before NUTM1, on the other strand. BRD4's 5' part joined
        # towards NUTM1 reads through the beginning of SLC12A6, antisense, into NUTM1
        (("chr19", BRD4_INTRON_11, "higher"), "higher", (BRD4, NUTM1), True),
        # joined to the 3' part of BRD4 it is SLC12A6 that begins a transcript
        (("chr19", BRD4_INTRON_11, "lower"), "higher", (gene("SLC12A6"), BRD4), False),
        # away from NUTM1 the end of SLC12A6 stays
        (("chr19", BRD4_INTRON_11, "higher"), "lower", (BRD4, gene("SLC12A6")), False),
        # a partner that no panel knows: NUTM1 must not be missed
        (("chr2", 1_000_000, "lower"), "higher", (None, NUTM1), True),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_break_before_nutm1_reads_into_it_though_slc12a6_lies_there(
    partner: tuple[str, int, Kept],
    kept: Kept,
    expected: tuple[GeneRef | None, GeneRef | None],
    touches: bool,
    turned: bool,
) -> None:
    sides = [side("15", 34_337_000, kept), side(*partner)]
    fusion = joined(*(reversed(sides) if turned else sides))
    assert genes(fusion) == expected
    assert fusion.touches_nutm1 is touches
    if touches:
        assert "break_before_nutm1(inside=SLC12A6)" in fusion.problems


@pytest.mark.parametrize("turned", [False, True])
def test_an_inversion_before_nutm1_joins_slc12a6_to_it(turned: bool) -> None:
    # both breaks lie in SLC12A6 intron 2 and before NUTM1, higher coordinates stay of both: the
    # beginning of SLC12A6 is turned round and reads into NUTM1
    sides = [side("15", 34_334_000, "higher"), side("15", 34_336_000, "higher")]
    fusion = joined(*(reversed(sides) if turned else sides))
    assert genes(fusion) == (gene("SLC12A6"), NUTM1)
    assert fusion.three_prime.position == 34_336_000


def test_a_single_breakend_in_nutm1_is_an_unknown_partner() -> None:
    # .N : what lies before NUTM1 intron 2 is not known
    fusion = joined(side("15", NUTM1_INTRON_2, "higher"), SideStatement())
    assert genes(fusion) == (None, NUTM1)
    assert ranges(fusion) == (None, (NUTM1_EXON_3, NUTM1_EXON_3))


def test_an_event_inside_one_gene_says_so() -> None:
    # a deletion in BRD4 intron 11: both parts are BRD4, nothing of NUTM1
    fusion = joined(side("19", 15_245_000, "lower"), side("19", 15_246_000, "higher"))
    assert genes(fusion) == (BRD4, BRD4)
    assert "within_one_gene(gene=BRD4)" in fusion.problems
    assert not fusion.touches_nutm1


def test_an_imprecise_break_bounds_the_joint_by_all_it_may_reach() -> None:
    # 15254100 to 15254300 holds exon 11 whole: the 5' part may end with exon 11 or with exon 10
    fusion = joined(
        side("19", 15_254_200, "higher", position_range=(15_254_100, 15_254_300)),
        side("15", NUTM1_INTRON_2, "higher", position_range=(34_346_900, 34_347_100)),
        precise=False,
    )
    five, three = ranges(fusion)
    assert five is not None
    assert (five[0] <= BRD4_EXON_11, five[1]) == (True, 15_255_297)
    assert three is not None
    assert three[1] == NUTM1_EXON_3
    assert fusion.genomic_breakpoint is not None
    assert not fusion.genomic_breakpoint.exact
    assert fusion.genomic_breakpoint.three_prime is not None
    assert fusion.genomic_breakpoint.three_prime.position_range == (34_346_900, 34_347_100)


def test_without_an_assembly_a_row_that_may_be_nutm1_is_kept() -> None:
    # no names, no header: on GRCh38 this is NUTM1 intron 2, on GRCh37 it is not
    fusion = joined(
        side("15", NUTM1_INTRON_2, "higher"), side("2", 5, "lower"), where=context(None)
    )
    assert fusion.touches_nutm1
    assert "nutm1_if_assembly(assembly=GRCh38)" in fusion.problems
    assert fusion.junction is None
    assert genes(fusion) == (None, None)


def test_an_isoform_that_ends_before_the_break_gives_no_donor() -> None:
    # two isoforms: the short one ends at 500, so a break at 700 lies in the long one only
    from nutfusion.callers.dna import _reach
    from nutfusion.model.junction import JunctionEnd

    locus = Locus(
        symbol="G",
        contig="chr1",
        start=100,
        end=1000,
        strand=Strand.PLUS,
        donors=frozenset(),
        acceptors=frozenset(),
        transcripts=(((100, 200), (400, 500)), ((100, 200), (550, 600), (900, 1000))),
    )
    end = JunctionEnd(
        assembly=Assembly.GRCH38,
        contig="chr1",
        position=700,
        position_range=None,
        strand=Strand.PLUS,
    )
    found = _reach(locus, end, (700, 700), donors=True)
    assert found is not None
    assert found.edges == (600,)


@given(
    brd4=st.integers(15_235_519, 15_332_539),
    nutm1=st.integers(34_333_315, 34_357_735),
    kept=st.tuples(st.sampled_from(["lower", "higher"]), st.sampled_from(["lower", "higher"])),
    turned=st.booleans(),
)
def test_a_break_anywhere_gives_a_joint_of_what_stays(
    brd4: int, nutm1: int, kept: tuple[Kept, Kept], turned: bool
) -> None:
    # whatever the row's order: the joint lies in the parts that stay, and on both assemblies alike
    def read(assembly: Assembly) -> ReportedFusion:
        moved = TO_GRCH37 if assembly is Assembly.GRCH37 else dict.fromkeys(TO_GRCH37, 0)
        sides = [
            side("19", brd4 + moved["chr19"], kept[0]),
            side("15", nutm1 + moved["chr15"], kept[1]),
        ]
        return joined(*(reversed(sides) if turned else sides), where=context(assembly))

    fusion = read(Assembly.GRCH38)
    assert read(Assembly.GRCH37).junction == fusion.junction
    oncogenic = kept == ("higher", "higher")
    known = fusion.order is not FusionOrder.UNKNOWN
    assert (known and genes(fusion) == (BRD4, NUTM1)) is oncogenic
    if fusion.junction is None:
        return
    assert known
    for end, at, stays in (
        (fusion.junction.five_prime, brd4 if oncogenic else nutm1, kept[0]),
        (fusion.junction.three_prime, nutm1 if oncogenic else brd4, kept[1]),
    ):
        if (
            end is None
            or end.position_range is None
            or genes(fusion)
            not in (
                (BRD4, NUTM1),
                (NUTM1, BRD4),
            )
        ):
            continue
        low, high = end.position_range
        assert low >= at if stays == "higher" else high <= at
