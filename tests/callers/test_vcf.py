"""VCF lines and breakends: what stays on which side of a joint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutfusion.callers.adjacency import Place, adjacencies
from nutfusion.callers.statement import RowError
from nutfusion.callers.vcf import breakend, interval, stated_assembly, vcf_record
from nutfusion.model.terms import Assembly, Kept

KEPT: tuple[Kept, Kept] = ("lower", "higher")


def line(alt: str, *, pos: str = "100", ref: str = "N", info: str = "SVTYPE=BND") -> str:
    return f"2\t{pos}\tx\t{ref}\t{alt}\t.\tPASS\t{info}"


@pytest.mark.parametrize(
    ("alt", "kept", "mate_kept"),
    [
        # t[p[   2 ====>100 joined to 5:p====>      plain: both read to the right
        ("N[5:200[", "lower", "higher"),
        # t]p]   2 ====>100 joined to <====p of 5   the piece of 5 is turned round
        ("N]5:200]", "lower", "lower"),
        # ]p]t   5 ====>p joined to 2:100====>      the mate of t[p[
        ("]5:200]N", "higher", "lower"),
        # [p[t   5 <====p joined to 2:100====>      both lie to the right, one is turned round
        ("[5:200[N", "higher", "higher"),
    ],
)
def test_brackets_say_what_stays_on_both_sides(alt: str, kept: Kept, mate_kept: Kept) -> None:
    found = breakend(alt)
    assert found is not None
    assert (found.kept, found.mate_kept) == (kept, mate_kept)
    assert (found.mate_contig, found.mate_position, found.inserted) == ("5", 200, "")


@pytest.mark.parametrize(
    ("alt", "contig", "inserted"),
    [
        ("NACG[chr12:9[", "chr12", "ACG"),
        ("]chr12:9]ACGN", "chr12", "ACG"),
        ("N[HLA-A*01:01:01:01:9[", "HLA-A*01:01:01:01", ""),
        ("N[<ctg1>:9[", "ctg1", ""),
    ],
)
def test_inserted_bases_and_odd_contigs_are_taken_apart(
    alt: str, contig: str, inserted: str
) -> None:
    found = breakend(alt)
    assert found is not None
    assert (found.mate_contig, found.mate_position, found.inserted) == (contig, 9, inserted)


@pytest.mark.parametrize(
    "alt", ["[5:1[", "N[5:1[N", "N[5:1]", "N]5]", "[[", "N[5:x[", "N[5:0[", "]", "N[5:1[,[6:1["]
)
def test_broken_brackets_are_an_error_and_no_guess(alt: str) -> None:
    with pytest.raises(RowError):
        breakend(alt)


def spelled(first: Place, second: Place) -> str:
    """ALT of a record at ``first``: the specification's table, written the other way round."""
    bracket = "[" if second.kept == "higher" else "]"
    there = f"{bracket}{second.contig}:{second.position}{bracket}"
    return f"N{there}" if first.kept == "lower" else f"{there}N"


places = st.builds(
    Place,
    st.sampled_from(["1", "chr15", "X", "chrUn_KI270742v1", "HLA-A*01:01"]),
    st.integers(1, 250_000_000),
    st.sampled_from(KEPT),
)


@given(places, places)
def test_a_breakend_read_from_either_record_is_one_joint(first: Place, second: Place) -> None:
    def read(here: Place, there: Place) -> tuple[Place, Place | None]:
        cells = [here.contig, str(here.position), "x", "N", spelled(here, there), ".", ".", "."]
        (joint,) = adjacencies(vcf_record(1, "\t".join(cells)))
        return joint.first, joint.second

    assert read(first, second) == (first, second)
    assert read(second, first) == (second, first)


@pytest.mark.parametrize(
    ("alt", "info", "joints"),
    [
        # ====100 xxxx 301====
        ("<DEL>", "END=300", [((100, "lower"), (301, "higher"))]),
        ("<DEL>", "SVLEN=-200", [((100, "lower"), (301, "higher"))]),
        # 101====300|101====300: the end joins the beginning again
        ("<DUP:TANDEM>", "END=300", [((101, "higher"), (300, "lower"))]),
        # ====100 300<==== 101====  : left joint 100 to 300, right joint 101 to 301
        (
            "<INV>",
            "END=300",
            [((100, "lower"), (300, "lower")), ((101, "higher"), (301, "higher"))],
        ),
        ("<INS:ME:ALU>", "END=100", [((100, "lower"), (101, "higher"))]),
        # .N: what lies before 100 is unknown; N.: what lies after it
        (".ACGT", "SVTYPE=BND", [((100, "higher"), None)]),
        ("ACGT.", "SVTYPE=BND", [((100, "lower"), None)]),
        ("<CNV>", "END=300", []),
        (".", "", []),
    ],
)
def test_an_allele_makes_the_joints_of_the_specification(
    alt: str, info: str, joints: list[tuple[tuple[int, str], tuple[int, str] | None]]
) -> None:
    found = adjacencies(vcf_record(1, line(alt, info=info)))
    assert [
        (
            (joint.first.position, joint.first.kept),
            None if joint.second is None else (joint.second.position, joint.second.kept),
        )
        for joint in found
    ] == joints


def test_a_spelled_deletion_joins_what_lies_around_it() -> None:
    # REF ACGT at 100 to 103 becomes A: 100 joins 104
    (joint,) = adjacencies(vcf_record(1, line("A", ref="ACGT")))
    assert joint.second is not None
    assert (joint.first.position, joint.second.position) == (100, 104)


@pytest.mark.parametrize("alt", ["<DEL>", "<INV>", "<XYZ>", "5:100", "N[5:", "?"])
def test_an_allele_of_no_kind_or_without_an_end_is_an_error(alt: str) -> None:
    with pytest.raises(RowError):
        adjacencies(vcf_record(1, line(alt, info="SVTYPE=X")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2\t100\tx\tN\t<DEL>", "expected 8 or more tab-separated columns, found 5"),
        (line("A", pos="."), "expected POS as a position, found none"),
        (line("A", pos="x"), "expected POS as a whole number of 0 or more, found 'x'"),
    ],
)
def test_a_broken_line_is_an_error(text: str, message: str) -> None:
    with pytest.raises(RowError, match=f"^{message}$"):
        vcf_record(1, text)


@pytest.mark.parametrize("value", ["1", "2,1", "a,b", "1,2,3", "٣,٤"])
def test_a_confidence_interval_is_two_numbers(value: str) -> None:
    with pytest.raises(RowError):
        interval(vcf_record(1, line("A", info=f"CIPOS={value}")), "CIPOS")


@pytest.mark.parametrize(
    ("meta", "assembly"),
    [
        (["##contig=<ID=chr15,length=101991189>"], Assembly.GRCH38),
        (["##contig=<ID=15,length=102531392>"], Assembly.GRCH37),
        # keys in another order
        (["##contig=<length=59128983,ID=19>"], Assembly.GRCH37),
        # lengths win over the name of a file, which anybody may choose
        (["##reference=hg19.fa", "##contig=<ID=1,length=248956422>"], Assembly.GRCH38),
        (["##reference=file:///x/hg38_no_alt.fa"], Assembly.GRCH38),
        (["##reference=/x/human_g1k_v37.fasta"], Assembly.GRCH37),
        (["##reference=/x/hs37d5.fa"], Assembly.GRCH37),
        # both, or nothing
        (["##reference=hg19_to_hg38.fa"], None),
        (["##contig=<ID=15,length=102531392>", "##contig=<ID=19,length=58617616>"], None),
        (["##contig=<ID=22,length=51304566>"], None),
        ([], None),
    ],
)
def test_the_header_tells_the_assembly(meta: list[str], assembly: Assembly | None) -> None:
    assert stated_assembly(meta) is assembly
