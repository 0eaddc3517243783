"""The samples of a run side by side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import (
    BRD4,
    NUTM1,
    acceptor_end,
    annotated,
    bounded_junction,
    donor_end,
    end,
    fusion_call,
    junction,
    orthogonal,
    partner_call,
    read_qc,
    sample_annotated,
    starter_panel,
    support,
    unknown_partner_call,
)
from tests.scoring.profiles import rnaseq

from nutfusion.errors import ConfigError
from nutfusion.model.chance import at_least
from nutfusion.model.reason import Reason
from nutfusion.model.terms import FusionDetection, MolecularState, Strand
from nutfusion.scoring import RunSample, compare_run, load_run_settings, score
from nutfusion.scoring.same_joint import compared_sides, is_same_joint

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.call import FusionCall
    from nutfusion.model.run_level import ControlKind, RunComparison, SampleComparison
    from nutfusion.model.scored import SampleScored


def reads(distinct: int, raw: int | None = None, **changes: Any) -> FusionCall:
    """BRD4 exon 11::NUTM1 exon 3, shown by so many fragments."""
    seen = support(
        split_reads=distinct,
        discordant_pairs=0,
        distinct_starts=distinct,
        split_reads_raw=raw or distinct,
        discordant_pairs_raw=0,
    )
    return fusion_call(support=seen, **changes)


def one(name: str, *calls: FusionCall, control: ControlKind | None = None) -> RunSample:
    fusions = [annotated(call) for call in calls]
    return RunSample(sample_annotated(*fusions, sample=name, qc=read_qc()), control)


def run(*samples: RunSample, others: int = 0) -> RunComparison:
    """A run of these samples and of others in which nothing is seen."""
    silent = [one(f"Z{i}") for i in range(others)]
    return compare_run("R1", [*samples, *silent], load_run_settings())


def of(comparison: RunComparison, name: str) -> SampleComparison:
    return next(sample for sample in comparison.samples if sample.sample == name)


def scored(comparison: RunComparison, sample: RunSample) -> SampleScored:
    return score(
        sample.annotated,
        rnaseq(),
        starter_panel(),
        comparison=of(comparison, sample.annotated.sample),
    )


def codes(sample: SampleScored) -> list[str]:
    return [Reason.parse(text).code for text in sample.state_reasons]


@pytest.mark.parametrize(
    ("here", "there", "others", "explained"),
    [
        # 2 % of 5,000 reads in 10 other samples: ten in each, so that four are hopping
        (4, 5_000, 10, True),
        # 22 or more of ten expected happen once in 1,400 runs: 21 are held back, 23 are not
        (21, 5_000, 10, True),
        (23, 5_000, 10, False),
        # a patient of their own beside a strong one
        (40, 5_000, 10, False),
        # two patients of like strength, as in any week at a reference centre
        (30, 40, 10, False),
        # six beside sixty: 0.12 are expected, six happen once in 10 million runs
        (6, 60, 10, False),
        # the stronger sample is never the weaker one's contamination
        (60, 6, 1, False),
        # two samples alone in a run: all that hops is in the other one
        (3, 100, 1, True),
    ],
)
def test_what_hopping_leaves_is_held_back(
    here: int, there: int, others: int, explained: bool
) -> None:
    weak, strong = one("S1", reads(here)), one("S2", reads(there))
    comparison = run(weak, strong, others=others - 1)
    (joint,) = of(comparison, "S1").shared
    assert (joint.other, joint.here, joint.there) == ("S2", here, there)
    assert joint.expected == pytest.approx(0.02 * there / others, abs=1e-3)
    assert (joint.explained_by == "hopping") is explained
    state = scored(comparison, weak).molecular_state
    assert state is (MolecularState.INDETERMINATE if explained else MolecularState.CONFIRMED_BET)


def test_the_suspicion_names_the_other_sample_first() -> None:
    weak = one("S1", reads(4))
    result = scored(run(weak, one("S2", reads(5_000)), others=9), weak)
    assert result.state_reasons[0] == (
        "carry_over_suspected(expected=10, here=4, others=S2, there=5000)"
    )
    assert result.run_level is not None
    assert result.run_level_reason is None
    assert result.fusions[0].annotated.name == "BRD4::NUTM1"


def test_the_strong_sample_stands_and_says_that_the_joint_is_shared() -> None:
    strong = one("S2", reads(5_000))
    result = scored(run(one("S1", reads(4)), strong, others=9), strong)
    assert result.molecular_state is MolecularState.CONFIRMED_BET
    assert "joint_shared" in codes(result)


def test_what_hops_is_a_read_and_not_a_molecule() -> None:
    """Amplicons: 40 reads of five molecules beside 50,000 of fifty, of which 50 are expected."""
    comparison = run(one("S1", reads(5, raw=40)), one("S2", reads(50, raw=50_000)), others=19)
    (joint,) = of(comparison, "S1").shared
    assert (joint.counted, joint.here, joint.there) == ("all", 40, 50_000)
    assert joint.explained_by == "hopping"


@pytest.mark.parametrize("others", [0, 10])
def test_two_strong_samples_never_explain_each_other(others: int) -> None:
    """Without UMIs: 20 molecules read 2,000 times and 25 read 2,500 times are two patients."""
    first, second = one("S1", reads(20, raw=2_000)), one("S2", reads(25, raw=2_500))
    comparison = run(first, second, others=others)
    for sample in (first, second):
        assert scored(comparison, sample).molecular_state is MolecularState.CONFIRMED_BET


@given(first=st.integers(1, 3_000), second=st.integers(1, 3_000), copies=st.integers(1, 500))
def test_of_two_samples_one_at_most_is_explained(first: int, second: int, copies: int) -> None:
    """What both have of each other cannot both be contamination."""
    comparison = run(one("S1", reads(first, raw=first * copies)), one("S2", reads(second)))
    explained = [of(comparison, name).shared[0].explained_by for name in ("S1", "S2")]
    assert explained.count("hopping") <= 1


def test_what_several_strong_samples_leave_is_added_up() -> None:
    """Six patients of a reference centre, each with 600: 7.2 are expected in the seventh sample."""
    weak = one("W", reads(7))
    strong = [one(f"S{i}", reads(600)) for i in range(6)]
    comparison = run(weak, *strong, others=4)
    shared = of(comparison, "W").shared
    assert [joint.explained_by for joint in shared] == ["hopping"] * 6
    result = scored(comparison, weak)
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert result.state_reasons[0] == (
        "carry_over_suspected(expected=7.2, here=7, others=S0 S1 S2 S3 S4 S5, there=3600)"
    )


def test_unknown_counts_are_no_acquittal() -> None:
    """A program that counts nothing shows the same joint: nobody can say whether it hopped."""
    silent = support(
        split_reads=None, discordant_pairs=None, distinct_starts=None, split_reads_raw=None,
        discordant_pairs_raw=None, reads_total=None,
    )  # fmt: skip
    weak = one("S1", reads(1))
    comparison = run(weak, one("S2", fusion_call(support=silent)), others=3)
    (joint,) = of(comparison, "S1").shared
    assert (joint.there, joint.expected, joint.explained_by) == (None, None, None)
    found = codes(scored(comparison, weak))
    assert "joint_shared_not_counted" in found
    assert "carry_over_not_assessed" in found
    assert "carry_over_not_seen" not in found


@pytest.mark.parametrize("control", ["negative", "positive"])
def test_a_control_of_the_run(control: ControlKind) -> None:
    """Nine fragments in water condemn calls of the same joint with up to ninety."""
    weak, strong = one("S1", reads(90)), one("S3", reads(91))
    comparison = run(weak, strong, one("NTC", reads(9), control=control), others=9)
    held_back = control == "negative"
    joint = next(j for j in of(comparison, "S1").shared if j.other == "NTC")
    assert (joint.explained_by == "control") is held_back
    result = scored(comparison, weak)
    assert (result.molecular_state is MolecularState.INDETERMINATE) is held_back
    assert ("control_shows_joint" in codes(result)) is held_back
    # more than ten times the control's: the control has it from there
    assert scored(comparison, strong).molecular_state is MolecularState.CONFIRMED_BET


def test_a_control_that_has_it_from_the_samples_is_no_source() -> None:
    """One read in water beside 300 in a sample is hopping the other way."""
    sample = one("S1", reads(8))
    comparison = run(sample, one("S2", reads(300)), one("NTC", reads(1), control="negative"))
    joint = next(j for j in of(comparison, "S1").shared if j.other == "NTC")
    assert joint.explained_by is None


def test_a_run_that_could_show_nothing_contradicts_no_declared_test() -> None:
    quiet = one("S1")
    for control, conflicts in (
        (one("POS", reads(50), control="positive"), True),
        (one("POS", control="positive"), False),
    ):
        sample = score(
            quiet.annotated,
            rnaseq(),
            starter_panel(),
            orthogonal=(orthogonal("ihc"),),
            comparison=of(run(quiet, control), "S1"),
        )
        said = any("test_positive_nothing_read" in text for text in map(str, sample.ledger.entries))
        assert said is conflicts


def test_what_controls_say_of_the_samples_of_their_run() -> None:
    quiet = one("S1")
    water = one("NTC", reads(50), control="negative")
    failed = one("POS", control="positive")
    result = scored(run(quiet, water, failed), quiet)
    # nothing was seen where the positive control shows nothing: that is no negative
    assert result.molecular_state is MolecularState.NOT_ASSESSABLE
    assert codes(result)[:2] == ["run_negative_control_positive", "run_positive_control_negative"]
    fine = one("POS", reads(50), control="positive")
    assert scored(run(quiet, fine), quiet).molecular_state is MolecularState.NOT_DETECTED


def test_controls_that_do_not_show_what_they_should() -> None:
    water = one("NTC", reads(50), control="negative")
    shown = scored(run(water, one("S1")), water)
    assert codes(shown)[0] == "negative_control_positive"
    assert shown.molecular_state is MolecularState.INDETERMINATE  # water has no fusion to confirm
    failed = one("POS", control="positive")
    assert codes(scored(run(failed, one("S1")), failed))[0] == "positive_control_negative"
    fine = one("POS", reads(50), control="positive")
    assert "positive_control_negative" not in codes(scored(run(fine, one("S1")), fine))


def test_a_weak_call_that_nothing_explains_says_so() -> None:
    weak = one("S1", reads(1))
    alone = score(weak.annotated, rnaseq(), starter_panel())
    assert "carry_over_not_assessed" in codes(alone)
    assert alone.run_level_reason == "run_level_not_assessed"
    compared = scored(run(weak, others=7), weak)
    assert "carry_over_not_assessed" not in codes(compared)
    assert "carry_over_not_seen(n=7)" in compared.state_reasons
    # a weak call stays weak
    assert compared.molecular_state is MolecularState.INDETERMINATE


def test_the_only_sample_of_a_run_is_not_compared() -> None:
    weak = one("S1", reads(1))
    result = scored(run(weak), weak)
    assert result.run_level is None
    assert result.run_level_reason == "alone_in_run"
    assert "carry_over_not_assessed" in codes(result)


def test_a_private_joint_in_two_samples_is_said() -> None:
    """A joint with inserted bases is one patient's: a swap, or two samples of one patient."""
    private = junction(linker_sequence="ACC", homology=0)
    first, second = (one(n, reads(40, junction=private)) for n in ("S1", "S2"))
    result = scored(run(first, second, others=5), first)
    assert result.molecular_state is MolecularState.CONFIRMED_BET
    assert "private_joint_shared" in codes(result)


LEFT, RIGHT = "GCAGGCTTAGACCTGA", "GACCATTGACCTTGAA"
EXACT = fusion_call(consensus_sequence=LEFT + RIGHT, consensus_junction_offset=16)
BROKEN = {"fusion_detection": FusionDetection.INFERRED, "junction": bounded_junction()}
BRD3 = partner_call("BRD3", 10, fusion_id="nf1.brd3")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (EXACT, True),
        # few reads bound the joint, or do not name the partner
        (
            fusion_call(
                fusion_id="nf1.bounded", junction=bounded_junction(), consensus_sequence=None
            ),
            True,
        ),
        (
            unknown_partner_call(
                fusion_id="nf1.few", consensus_sequence="TGAGACC", consensus_junction_offset=3
            ),
            True,
        ),
        # another patient's fusion
        (BRD3, False),
        # the same genes at another exon
        (
            fusion_call(
                fusion_id="nf1.exon10", junction=junction(five_prime=donor_end("BRD4", 10))
            ),
            False,
        ),
        (
            fusion_call(
                fusion_id="nf1.exon4", junction=junction(three_prime=acceptor_end("NUTM1", 4))
            ),
            False,
        ),
        # the same place of NUTM1, and other bases before it: another partner
        (
            unknown_partner_call(
                fusion_id="nf1.other",
                consensus_sequence="T" * 12 + RIGHT + "ACCTGA" * 20,
                consensus_junction_offset=12,
            ),
            False,
        ),
        # a break of DNA leaves no spliced joint in another sample
        (fusion_call(fusion_id="nf1.dna", consensus_sequence=None, **BROKEN), False),
        # the reciprocal product
        (
            fusion_call(
                fusion_id="nf1.reciprocal",
                five_prime_gene=NUTM1,
                three_prime_gene=BRD4,
                junction=junction(
                    five_prime=donor_end("NUTM1", 2), three_prime=acceptor_end("BRD4", 12)
                ),
            ),
            False,
        ),
    ],
)
def test_which_calls_may_be_of_one_joint(other: FusionCall, expected: bool) -> None:
    assert is_same_joint(EXACT, other) is expected
    assert is_same_joint(other, EXACT) is expected


def broken(five: int, three: int) -> FusionCall:
    """DNA that broke in BRD4 intron 11 and NUTM1 intron 2."""
    sides = (end("chr19", five, Strand.MINUS), end("chr15", three, Strand.PLUS))
    place = junction(five_prime=sides[0], three_prime=sides[1])
    return fusion_call(consensus_sequence=None, genomic_breakpoint=place, **BROKEN)


@pytest.mark.parametrize(
    ("moved", "expected"), [((0, 0), True), ((10, -10), True), ((0, 11), False), ((400, 0), False)]
)
def test_breaks_of_two_patients_lie_apart(moved: tuple[int, int], expected: bool) -> None:
    """In one pair of introns, and therefore with the same exons, that they join."""
    one_break = broken(15_253_852, 34_347_469)
    other = broken(15_253_852 + moved[0], 34_347_469 + moved[1])
    assert is_same_joint(one_break, other) is expected


def test_consensus_is_compared_side_by_side_at_the_joint() -> None:
    long = fusion_call(consensus_sequence="AACCGGTTAC", consensus_junction_offset=5)
    short = fusion_call(consensus_sequence="CGGTTNG", consensus_junction_offset=2)
    # of its bases N says nothing, and the last one differs
    assert compared_sides(long, short) == ((2, 0), (4, 1))
    assert compared_sides(short, long) == ((2, 0), (4, 1))
    assert compared_sides(long, fusion_call(consensus_sequence=None)) == ()


@given(count=st.integers(0, 60), expected=st.floats(1e-6, 40))
def test_the_tail_of_poisson_falls_with_the_count(count: int, expected: float) -> None:
    here, more = at_least(count, expected), at_least(count + 1, expected)
    assert 0 <= more <= here <= 1
    exactly = math.exp(count * math.log(expected) - expected - math.lgamma(count + 1))
    assert here - more == pytest.approx(exactly, abs=1e-9)


def test_nothing_hops_from_nothing() -> None:
    assert at_least(1, 0.0) == 0.0
    assert at_least(0, 0.0) == 1.0


def test_the_order_of_the_samples_does_not_matter() -> None:
    samples = [one("S1", reads(4)), one("S2", reads(5_000)), one("S3", reads(30))]
    assert run(*samples) == run(*samples[::-1])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("value: 0.02", "value: 2", "hopping_rate.value"),
        ("kind: published", "kind: heard", "hopping_rate.source.kind"),
        ("    date: 2026-11-25\n", "", "hopping_rate.source.date"),
        ("kind: published", "kind: measured", "names the command that measured it"),
        ("control_factor:", "control_factors:", "key control_factors: is not known"),
    ],
)
def test_settings_without_a_source_do_not_load(
    old: str, new: str, says: str, project: Path, tmp_path: Path
) -> None:
    text = (project / "config" / "run-level.yaml").read_text()
    assert old in text
    (tmp_path / "own.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(ConfigError, match=says):
        load_run_settings(tmp_path / "own.yaml")


def test_unplaced_sides_are_no_proof_of_another_joint() -> None:
    """Two unknown partners at one exon of NUTM1 may be one; at two exons they are not."""
    exon_3 = unknown_partner_call(fusion_id="nf1.a")
    again = unknown_partner_call(fusion_id="nf1.b")
    assert is_same_joint(exon_3, again)
    moved = junction(exact=False, five_prime=None, three_prime=acceptor_end("NUTM1", 5))
    assert not is_same_joint(exon_3, unknown_partner_call(fusion_id="nf1.c", junction=moved))
