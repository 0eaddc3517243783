"""Joints of every shape are found where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.simulation import real_data
from tests.validation.assessing import assess, describe, joint_of, junction_of
from tests.validation.cases import sequences, transcript
from tests.validation.samples import COMMON_JOINT, LONG_INSERTS, common_fusion, sample_with

from nutfusion.model.terms import MolecularState
from nutfusion.simulation.fragments import FragmentLengths
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, simulate
from nutfusion.simulation.templates import read_fasta, reverse_complement

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Panel
    from nutfusion.model.scored import ScoredFusion
    from nutfusion.simulation.sample import SimulatedSample

pytestmark = [pytest.mark.real, pytest.mark.slow]

READ_LENGTHS = (36, 50, 76, 101, 151, 250, 300)
# First bases differ from what follows BRD4 exon 11, last bases from what precedes NUTM1 exon 3.
LINKERS = ("T", "CCTAT", "CTTACGTTCCAT")


def only(made: SimulatedSample, panel: Panel, folder: Path) -> ScoredFusion:
    scored = assess(made.write(folder, container="plain"), panel)
    assert len(scored.fusions) == 1, describe(scored)
    return scored.fusions[0]


@pytest.mark.parametrize("length", READ_LENGTHS)
def test_reads_of_every_length_show_the_joint(length: int, starter: Panel, tmp_path: Path) -> None:
    inserts = LONG_INSERTS if length > 200 else FragmentLengths(190, 50)
    fusion = common_fusion(supporting=20, min_anchor=12)
    made = sample_with(fusion, profile=ReadProfile(length), fragment_lengths=inserts)
    assert joint_of(only(made, starter, tmp_path)) == COMMON_JOINT


def test_reads_of_mixed_lengths_show_the_joint(starter: Panel, tmp_path: Path) -> None:
    made = sample_with(common_fusion(), profile=ReadProfile(lengths=(36, 50, 75, 100, 101)))
    assert joint_of(only(made, starter, tmp_path)) == COMMON_JOINT


def test_reads_with_many_n_show_the_joint(starter: Panel, tmp_path: Path) -> None:
    made = sample_with(common_fusion(supporting=20), profile=ReadProfile(100, n_rate=0.02))
    assert joint_of(only(made, starter, tmp_path)) == COMMON_JOINT


def test_adapters_behind_short_inserts_do_not_hide_the_joint(
    starter: Panel, tmp_path: Path
) -> None:
    # Degraded RNA: most inserts are shorter than the read.
    made = sample_with(common_fusion(), fragment_lengths=FragmentLengths(75, 12))
    fusion = only(made, starter, tmp_path)
    assert joint_of(fusion) == COMMON_JOINT
    assert junction_of(fusion).linker_sequence == ""


@pytest.mark.parametrize("linker", LINKERS)
def test_linker_bases_are_shown_and_do_not_move_the_joint(
    linker: str, starter: Panel, tmp_path: Path
) -> None:
    made = sample_with(common_fusion(linker=linker, supporting=20, min_anchor=16))
    fusion = only(made, starter, tmp_path)
    assert joint_of(fusion) == COMMON_JOINT
    assert junction_of(fusion).exact
    assert junction_of(fusion).linker_sequence == linker


def test_joint_between_the_mates_is_bounded(starter: Panel, tmp_path: Path) -> None:
    made = sample_with(
        common_fusion(supporting=15, split=0),
        profile=ReadProfile(75),
        fragment_lengths=FragmentLengths(300, 30),
    )
    fusion = only(made, starter, tmp_path)
    junction = junction_of(fusion)
    assert fusion.annotated.name == "BRD4::NUTM1"
    assert not junction.exact
    for side, position in ((junction.five_prime, 15254152), (junction.three_prime, 34347969)):
        assert side is not None
        assert side.position is None
        assert side.position_range is not None
        assert side.position_range[0] <= position <= side.position_range[1]
    support = fusion.annotated.call.support
    assert support.split_reads == 0
    assert 12 <= (support.discordant_pairs or 0) <= 15


def slid(donor_end: int, acceptor_start: int) -> tuple[int, int, int]:
    """Where the contract puts a joint inside exons, and the bases that fit both sides.

    Takes and gives bases before the joint in BRD4 and before it in NUTM1: an exon boundary wins,
    else the leftmost place in the sense of the transcript.
    """
    brd4, nutm1 = transcript("BRD4"), transcript("NUTM1")
    left = right = 0
    while brd4.sequence[donor_end - left - 1] == nutm1.sequence[acceptor_start - left - 1]:
        left += 1
    while brd4.sequence[donor_end + right] == nutm1.sequence[acceptor_start + right]:
        right += 1
    places = [(donor_end + step, acceptor_start + step) for step in range(-left, right + 1)]
    at_edge = [
        (five in brd4.exon_ends.values()) + (three in nutm1.exon_ends.values())
        for five, three in places
    ]
    best = places[at_edge.index(max(at_edge))]
    return (*best, left + right)


def residue(gene: str, bases_before: int, *, is_donor: bool) -> int:
    """GRCh38 residue of the last base before, or the first base after, a place in a transcript."""
    found = transcript(gene)
    base = bases_before if is_donor else bases_before + 1
    exon = next(n for n, end in sorted(found.exon_ends.items()) if base <= end)
    from_end = found.exon_ends[exon] - base
    return found.last_residue[exon] + (from_end if gene == "BRD4" else -from_end)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(donor=st.integers(20, 100), acceptor=st.integers(15, 600), seed=st.integers(1, 1000))
def test_joint_inside_exons_is_found_to_the_base(
    donor: int, acceptor: int, seed: int, starter: Panel, tmp_path_factory: pytest.TempPathFactory
) -> None:
    brd4, nutm1 = transcript("BRD4"), transcript("NUTM1")
    five, three = brd4.exon_ends[11] - donor, nutm1.exon_ends[2] + acceptor
    fusion = common_fusion(
        five_prime=brd4.sequence[:five],
        three_prime=nutm1.sequence[three:],
        supporting=20,
        min_anchor=14,
    )
    made = sample_with(fusion, seed=seed)
    found = only(made, starter, tmp_path_factory.mktemp("mid"))
    five, three, homology = slid(five, three)
    assert joint_of(found) == (
        "chr19",
        residue("BRD4", five, is_donor=True),
        "chr15",
        residue("NUTM1", three, is_donor=False),
    )
    assert junction_of(found).homology == homology


def test_homology_at_an_exon_boundary_does_not_move_the_joint(
    starter: Panel, tmp_path: Path
) -> None:
    # BRD4 exon 11 ends ..AG as NUTM1 exon 2 does: the bases fit both sides.
    fusion = only(sample_with(common_fusion()), starter, tmp_path)
    brd4, nutm1 = transcript("BRD4"), transcript("NUTM1")
    five, three, homology = slid(brd4.exon_ends[11], nutm1.exon_ends[2])
    assert (five, three) == (brd4.exon_ends[11], nutm1.exon_ends[2])
    assert joint_of(fusion) == COMMON_JOINT
    assert junction_of(fusion).homology == homology


def test_two_fusions_of_one_sample_are_both_found(starter: Panel, tmp_path: Path) -> None:
    # Alternative splicing of one rearrangement: BRD4 exons 10 and 11 to the same acceptor.
    other = common_fusion(label="second", five_prime=transcript("BRD4").up_to_exon(10))
    scored = assess(sample_with(common_fusion(), other).write(tmp_path), starter)
    assert sorted(str(joint_of(fusion)) for fusion in scored.fusions) == sorted(
        [str(COMMON_JOINT), str(("chr19", 15255297, "chr15", 34347969))]
    ), describe(scored)


def test_reciprocal_fusion_is_never_confirmed(starter: Panel, tmp_path: Path) -> None:
    # NUTM1 as the 5' partner: the other product of the translocation.
    fusion = common_fusion(
        label="NUTM1::BRD4",
        five_prime=transcript("NUTM1").up_to_exon(2),
        three_prime=transcript("BRD4").from_exon(12),
        supporting=20,
    )
    scored = assess(sample_with(fusion).write(tmp_path), starter)
    assert scored.molecular_state not in {
        MolecularState.CONFIRMED_BET,
        MolecularState.REARRANGED_PARTNER_UNKNOWN,
    }, describe(scored)


def test_unspliced_nutm1_is_no_rearrangement(starter: Panel, full: Panel, tmp_path: Path) -> None:
    # Pre-messenger RNA: every exon is followed and preceded by sequence that no transcript has.
    genome = real_data.path("sequences", "genome")
    (nutm1,) = read_fasta(genome / "NUTM1_locus_GRCh38_chr15_34343215_34357837.fa").values()
    (brd4,) = read_fasta(genome / "BRD4_locus_GRCh38_chr19_15235419_15332645.fa").values()
    loci = {"NUTM1 locus": nutm1, "BRD4 locus": reverse_complement(brd4)}
    spec = SampleSpec(
        seed=5,
        background={"NUTM1 locus": 3000, "BRD4 locus": 6000, "NUTM1|ENST00000537011.6": 600},
    )
    files = simulate(spec, sequences() | loci).write(tmp_path)
    for panel in (starter, full):
        scored = assess(files, panel)
        states = {fusion.state for fusion in scored.fusions}
        assert states <= {MolecularState.INDETERMINATE}, describe(scored)
