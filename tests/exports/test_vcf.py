"""VCF: the specification's own orientations, a made-up genome, and bcftools."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.conftest import lacking
from tests.dossier import builders
from tests.exports.shapes import end, positive, shapes, with_fusion, with_joint

from nutfusion.exports.vcf import vcf, vcf_text
from nutfusion.exports.vcf_header import FORMAT, INFO, encoded
from nutfusion.model.junction import Junction
from nutfusion.model.terms import FusionDetection, Strand

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier

PLUS, MINUS = Strand.PLUS, Strand.MINUS


class Line(NamedTuple):
    contig: str
    position: int
    name: str
    alt: str
    info: dict[str, str]
    sample: dict[str, str]


def lines(dossier: Dossier) -> list[Line]:
    found = []
    for text in vcf_text(dossier).splitlines():
        if not text.startswith("#"):
            contig, position, name, ref, alt, qual, kept, info, keys, values = text.split("\t")
            assert (ref, qual, kept) == ("N", ".", ".")
            fields = dict(field.partition("=")[::2] for field in info.split(";"))
            sample = dict(zip(keys.split(":"), values.split(":"), strict=True))
            found.append(Line(contig, int(position), name, alt, fields, sample))
    return found


# The adjacencies of figure 1 of the specification (VCF 4.4, section 5.4), with N for every base.
@pytest.mark.parametrize(
    ("five", "three", "at_five", "at_three"),
    [
        # U and V: a left part, then a right part, both on plus
        (("13", 123456, PLUS), ("2", 321682, PLUS), "N[2:321682[", "]13:123456]N"),
        # W and Y: left part joined to a left part, which is read backwards
        (("2", 321681, PLUS), ("17", 198982, MINUS), "N]17:198982]", "N]2:321681]"),
        # X and Z: right part read backwards, joined to a right part
        (("13", 123457, MINUS), ("17", 198983, PLUS), "[17:198983[N", "[13:123457[N"),
        # V and U: the same adjacency, read by a transcript of the other strand
        (("2", 321682, MINUS), ("13", 123456, MINUS), "]13:123456]N", "N[2:321682["),
    ],
)
def test_orientations_are_those_of_the_specification(
    five: tuple[str, int, Strand], three: tuple[str, int, Strand], at_five: str, at_three: str
) -> None:
    found = lines(with_joint(end(*five), end(*three)))
    assert {line.info["NF_SIDE"]: line.alt for line in found} == {
        "five_prime": at_five,
        "three_prime": at_three,
    }


GENOME = {
    name: "".join(random.Random(seed).choices("ACGT", k=200))
    for seed, name in enumerate(("chr15", "chr19"))
}


def reverse(bases: str) -> str:
    return bases.translate(str.maketrans("ACGT", "TGCA"))[::-1]


def across(line: Line, reach: int) -> str:
    """What a record says the new sequence is, along the plus strand of its contig.

    Written from the specification alone: the bases that stay of this contig, and of the mate's.
    """
    found = re.fullmatch(r"(N?)([ACGT]*)([\[\]])(\w+):(\d+)\3([ACGT]*)(N?)", line.alt)
    assert found is not None, line.alt
    first, before, bracket, contig, position, after, last = found.groups()
    there, here = GENOME[contig], GENOME[line.contig]
    at = int(position)
    beyond = there[at - 1 : at - 1 + reach] if bracket == "[" else there[at - reach : at]
    if first:
        mine = here[line.position - reach : line.position]
        return mine + before + (beyond if bracket == "[" else reverse(beyond))
    assert last
    mine = here[line.position - 1 : line.position - 1 + reach]
    return (beyond if bracket == "]" else reverse(beyond)) + after + mine


@pytest.mark.parametrize("five_strand", [PLUS, MINUS])
@pytest.mark.parametrize("three_strand", [PLUS, MINUS])
@pytest.mark.parametrize("linker", ["", "AACG"])
def test_both_records_give_the_sequence_of_the_transcript(
    five_strand: Strand, three_strand: Strand, linker: str
) -> None:
    """A genome of random bases, cut and joined by hand, for all four pairs of strands."""
    five, three, reach = 80, 120, 20
    brd4 = GENOME["chr19"]
    nutm1 = GENOME["chr15"]
    before = brd4[five - reach : five]
    if five_strand is MINUS:
        before = reverse(brd4[five - 1 : five - 1 + reach])
    after = nutm1[three - 1 : three - 1 + reach]
    if three_strand is MINUS:
        after = reverse(nutm1[three - reach : three])
    transcript = before + linker + after
    dossier = with_joint(
        end("chr19", five, five_strand), end("chr15", three, three_strand), linker_sequence=linker
    )
    for line in lines(dossier):
        strand = five_strand if line.contig == "chr19" else three_strand
        assert across(line, reach) == (transcript if strand is PLUS else reverse(transcript))


def test_the_canonical_joint() -> None:
    """BRD4 lies on the minus, NUTM1 on the plus strand: both keep what lies right of the joint."""
    nutm1, brd4 = lines(positive())
    assert (nutm1.contig, nutm1.position, nutm1.alt) == ("chr15", 34347969, "[chr19:15254152[N")
    assert (brd4.contig, brd4.position, brd4.alt) == ("chr19", 15254152, "[chr15:34347969[N")
    assert (nutm1.info["MATEID"], brd4.info["MATEID"]) == (brd4.name, nutm1.name)
    assert nutm1.info["EVENT"] == brd4.info["EVENT"] == positive().fusions[0].fusion_id
    assert (nutm1.info["NF_EXON"], brd4.info["NF_EXON"]) == ("3", "11")
    assert "IMPRECISE" not in nutm1.info
    assert nutm1.sample == {"NF_SPLIT": "8", "NF_PAIRS": "3"}


def test_a_bounded_joint_is_imprecise_from_its_lowest_residue_on() -> None:
    """Pairs alone: BRD4 somewhere in 1,440 bases, NUTM1 in 708."""
    nutm1, brd4 = lines(shapes()["case bounded"])
    assert (brd4.position, brd4.info["CIPOS"]) == (15254152, "0,1440")
    assert (nutm1.position, nutm1.info["CIPOS"]) == (34347969, "0,708")
    assert all("IMPRECISE" in line.info and "HOMLEN" not in line.info for line in (nutm1, brd4))


def test_an_unknown_partner_is_a_single_breakend_with_what_reads_show_of_it() -> None:
    (line,) = lines(shapes()["unknown-partner"])
    assert line.alt == f".{builders.UNKNOWN_PART}N"
    assert "MATEID" not in line.info
    assert (line.contig, line.position) == ("chr15", 34347969)


@pytest.mark.parametrize(
    ("five", "three", "alt"),
    [
        # 3' part unknown: what stays of the 5' part comes first on plus, last on minus
        (("chr19", 100, PLUS), None, "NTTG."),
        (("chr19", 100, MINUS), None, ".CAAN"),
        # 5' part unknown
        (None, ("chr15", 100, PLUS), ".ACCN"),
        (None, ("chr15", 100, MINUS), "NGGT."),
    ],
)
def test_single_breakends_on_either_side_and_strand(
    five: tuple[str, int, Strand] | None, three: tuple[str, int, Strand] | None, alt: str
) -> None:
    dossier = with_fusion(
        junction=Junction(
            exact=False,
            five_prime=None if five is None else end(*five),
            three_prime=None if three is None else end(*three),
            homology=None,
            linker_sequence=None,
        ),
        consensus_sequence="ACCTTG",
        consensus_junction_offset=3,
    )
    assert [line.alt for line in lines(dossier)] == [alt]


def test_a_break_of_dna_has_records_of_its_own_and_takes_its_counts() -> None:
    """DNA alone: the joint of the transcript is where it may be, the break where it was seen."""
    broken = Junction(
        exact=True,
        five_prime=end("chr19", 15253500, MINUS),
        three_prime=end("chr15", 34346500, PLUS),
        homology=2,
        linker_sequence="",
    )
    inferred = with_fusion(genomic_breakpoint=broken, fusion_detection=FusionDetection.INFERRED)
    found = lines(inferred)
    assert [line.info["NF_KIND"] for line in found] == [
        "dna_break", "rna_junction", "dna_break", "rna_junction",
    ]  # fmt: skip
    assert {line.info["EVENT"] for line in found} == {positive().fusions[0].fusion_id}
    for line in found:
        is_dna = line.info["NF_KIND"] == "dna_break"
        assert line.sample["NF_SPLIT"] == ("8" if is_dna else ".")
        assert line.info["HOMLEN"] == ("2" if is_dna else "0")
        assert ("NF_EXON" in line.info) is not is_dna
    observed = lines(with_fusion(genomic_breakpoint=broken))
    assert {line.info["NF_KIND"] for line in observed if line.sample["NF_SPLIT"] == "8"} == {
        "rna_junction"
    }


def test_counts_that_nobody_gave_are_missing_and_not_zero() -> None:
    found = lines(shapes()["case counts unknown"])
    assert found[0].sample == {"NF_SPLIT": "4", "NF_PAIRS": "."}


@pytest.mark.parametrize(
    ("dossier", "reason"),
    [
        # break-apart FISH alone
        (shapes()["case inferred"], "not_placed"),
        # two genes in no order: which of both ends which stays cannot be told
        (with_fusion(order_known=False), "order_unknown"),
        (with_joint(end("chr19", 5, None), end("chr15", 9, PLUS)), "strand_unknown"),
        # a contig that no VCF can name
        (with_joint(end("chr<1>", 5, PLUS), end("chr15", 9, PLUS)), "not_placed"),
    ],
)
def test_a_fusion_without_a_record_is_named_in_the_header(dossier: Dossier, reason: str) -> None:
    assert lines(dossier) == []
    named = [t for t in vcf_text(dossier).splitlines() if t.startswith("##nutfusion_not_expressed")]
    fusion = dossier.fusions[0]
    assert named == [
        (
            f'##nutfusion_not_expressed=<ID={fusion.fusion_id},Name="{fusion.name}",'
            f'State="{fusion.state.value}",Reason="{reason}">'
        )
    ]


def test_a_negative_says_its_state_in_the_header() -> None:
    text = vcf_text(shapes()["negative"])
    assert lines(shapes()["negative"]) == []
    assert "##nutfusion_molecular_state=not_detected\n" in text


def test_every_key_is_defined_and_every_record_has_a_mate_or_is_alone() -> None:
    known = {key.name for key in INFO}
    for dossier in shapes().values():
        found = lines(dossier)
        names = {line.name for line in found}
        assert len(names) == len(found)
        assert [line.info["MATEID"] in names for line in found if "MATEID" in line.info] == [
            True for line in found if "[" in line.alt or "]" in line.alt
        ]
        for line in found:
            assert set(line.info) <= known
            assert list(line.info) == [key.name for key in INFO if key.name in line.info]
            assert list(line.sample) == [key.name for key in FORMAT]


def test_what_means_something_in_info_is_encoded() -> None:
    assert encoded("a;b=c,d%e f\tg") == "a%3Bb%3Dc%2Cd%25e%20f%09g"
    assert encoded("BRD4::NUTM1") == "BRD4::NUTM1"
    assert encoded("\xe9") == "\xe9"


@pytest.mark.parametrize("command", ["view", "index", "sort"])
def test_bcftools_takes_every_file(command: str, tmp_path: Path) -> None:
    bcftools = shutil.which("bcftools") or lacking(
        "no bcftools; the Debian package is called bcftools"
    )
    for name, content in vcf(list(shapes().values())).items():
        path = tmp_path / name
        path.write_bytes(content)
        packed = tmp_path / f"{name}.gz"
        done = subprocess.run(
            [bcftools, "sort" if command == "sort" else "view", "-Oz", "-o", packed, path],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (name, done.stderr)
        assert "[W::" not in done.stderr, (name, done.stderr)
        if command == "index":
            subprocess.run([bcftools, "index", packed], check=True, capture_output=True)
        shown = subprocess.run(
            [bcftools, "view", "-H", packed], check=True, capture_output=True, text=True
        )
        mine = [t for t in content.decode().splitlines() if not t.startswith("#")]
        theirs = shown.stdout.splitlines()
        if command == "sort":  # which orders records of one position by ALT as well
            theirs, mine = sorted(theirs), sorted(mine)
        assert theirs == mine, "bcftools changed or reordered something"
