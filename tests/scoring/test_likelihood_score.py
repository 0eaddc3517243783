"""The likelihood-ratio score: what raises it, what lowers it, and what it never does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import (
    NUTM1,
    annotated,
    bounded_junction,
    donor_end,
    fusion_call,
    junction,
    partner_fragments,
    read_qc,
    sample_annotated,
    source,
    starter_panel,
    support,
    unknown_partner_call,
)
from tests.scoring.profiles import rnaseq
from tests.scoring.test_shown_criteria import parts

from nutfusion.errors import ConfigError
from nutfusion.model.evidence import AlignmentQc
from nutfusion.model.run_level import SampleComparison, SharedJoint
from nutfusion.model.terms import FusionDetection, SourceSays
from nutfusion.scoring import score
from nutfusion.scoring.error_model import ErrorModel, load_error_model
from nutfusion.scoring.evidence_score import NO_SCORE, calibrated, evidence_score
from nutfusion.scoring.likelihood import binomial, doublings, log_sum, poisson, real_counts
from nutfusion.scoring.mappability import KnownSequences, joint_kmers, kmers, look_up
from nutfusion.shipped import shipped_path

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.call import FusionCall
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.evidence_score import ArtefactScore, ScoreBasis

MODEL = load_error_model()
LIMIT = MODEL.calibration.largest.value
FEW_SWITCHES: dict[str, Any] = {"nutm1_fragments": 40}
MANY: dict[str, Any] = {
    # A panel that enriches both genes: 200,000 fragments of BRD4 and 50,000 of NUTM1 in 2 million.
    "fragments": 2_000_000,
    "nutm1_fragments": 50_000,
    "partner_fragments": partner_fragments(BRD4=200_000),
}
MID_EXON = junction(five_prime=donor_end("BRD4", 11, 10))


def seen(split: int, pairs: int = 0, **changes: Any) -> FusionCall:
    """BRD4::NUTM1 with so many fragments of our own look, and its consensus."""
    shown = support(
        split_reads=split,
        discordant_pairs=pairs,
        sources=(source(split_reads=split, discordant_pairs=pairs),),
    )
    return parts().model_copy(update={"support": shown} | changes)


def weighed(
    call: FusionCall,
    qc: ReadQc | None = None,
    known: KnownSequences | None = None,
    comparison: SampleComparison | None = None,
) -> tuple[float | None, ScoreBasis]:
    """Score and basis, with the panel's own k-mers unless others are given."""
    fusion = annotated(call)
    if known is None:
        known = look_up(joint_kmers([fusion]), starter_panel())
    figures = read_qc(**FEW_SWITCHES) if qc is None else qc
    return evidence_score(fusion, figures, starter_panel(), known, MODEL, comparison)


def artefact(name: str, *args: Any, **named: Any) -> ArtefactScore:
    """What one artefact says."""
    _, basis = weighed(*args, **named)
    return next(one for one in basis.artefacts if one.artefact == name)


def ratio(name: str, *args: Any, **named: Any) -> float:
    """Its ratio, which must be there."""
    found = artefact(name, *args, **named).log10_likelihood_ratio
    assert found is not None
    return found


def shared(**changes: Any) -> SampleComparison:
    """The run shows the joint in one other sample."""
    values: dict[str, Any] = {
        "fusion_id": fusion_call().fusion_id,
        "other": "S2",
        "other_control": None,
        "counted": "all",
        "here": 3,
        "there": 3000,
        "expected": 4.0,
        "probability": 0.7,
        "explained_by": "hopping",
        "is_private": False,
        "compared": None,
        "differences": None,
    }
    return SampleComparison(
        sample="S1",
        run="R1",
        control=None,
        others=("S2",),
        controls=(),
        shared=(SharedJoint(**(values | changes)),),
        hopping_rate=0.02,
        hopping_source="test",
        settings="test",
    )


NOT_SHARED = shared().model_copy(update={"shared": ()})


# What the numbers are.


def test_the_arithmetic() -> None:
    assert math.exp(poisson(2, 3.0)) == pytest.approx(9 / 2 * math.exp(-3))
    assert poisson(0, 0.0) == 0.0
    assert poisson(1, 0.0) == -math.inf
    assert math.exp(binomial(1, 3, 0.25)) == pytest.approx(0.25 * 0.75**2)
    assert math.exp(log_sum([math.log(2), math.log(3)])) == pytest.approx(5)
    assert log_sum([-math.inf]) == -math.inf
    assert doublings(1, 8) == (1, 2, 4, 8)
    assert doublings(2, 7) == (2, 4)


def test_counts_of_a_real_fusion_are_a_distribution() -> None:
    total = math.fsum(
        math.exp(real_counts(split, pairs, (1.0, 2.0), 0.0, 0.0))
        for split in range(40)
        for pairs in range(40)
    )
    assert total == pytest.approx(1, abs=1e-6)


# Which artefact says what.


def test_a_clear_fusion_is_limited_by_the_genes_that_nobody_looked_through() -> None:
    found, basis = weighed(seen(8, 3))
    assert basis.likeliest_artefact == "paralogue"
    assert found == calibrated(ratio("paralogue", seen(8, 3)), MODEL.calibration) < LIMIT
    known = look_up(joint_kmers([annotated(seen(8, 3))]), starter_panel())
    looked = KnownSequences(known.genes, transcriptome="0" * 64)
    more, _ = weighed(seen(8, 3), known=looked)
    assert more is not None
    assert found < more <= LIMIT


@pytest.mark.parametrize(
    ("call", "sign"),
    [
        # One fragment off the edges is what a switch between two strong genes makes.
        (seen(1, junction=MID_EXON), -1),
        # On both edges it is rare: 0.02 % of places.
        (seen(1), 1),
        # A pair alone tells no place, and 50 pairs are expected.
        (seen(0, 1, junction=bounded_junction()), -1),
        (seen(6, junction=MID_EXON), 1),
    ],
)
def test_switches_of_two_strong_genes(call: FusionCall, sign: int) -> None:
    found = artefact("template_switching", call, read_qc(**MANY))
    assert found.expected_fragments == pytest.approx(50, rel=0.01)
    assert math.copysign(1, found.log10_likelihood_ratio or 0) == sign


def test_switches_grow_with_both_genes() -> None:
    call = seen(1, junction=MID_EXON)
    base = ratio("template_switching", call, read_qc(**MANY))
    for fewer in (
        {"nutm1_fragments": 50},
        {"partner_fragments": partner_fragments(BRD4=200)},
        {"fragments": 2_000_000_000},
    ):
        assert ratio("template_switching", call, read_qc(**(MANY | fewer))) > base + 0.9


def test_an_uncounted_partner_is_taken_for_everything() -> None:
    # NSD3 is not counted by the starter: as many switches as NUTM1 can make at all.
    call = seen(3)
    qc = read_qc(**MANY | {"partner_fragments": partner_fragments(BRD4=None)})
    found = artefact("template_switching", call, qc)
    assert found.expected_fragments == pytest.approx(0.01 * 49_998, rel=0.01)


def test_an_uncounted_partner_is_taken_for_everything_where_reads_are_misread() -> None:
    # zero fragments would make errors look rarer than anybody knows
    call = seen(1, longest_five_prime_anchor=60, longest_three_prime_anchor=8)
    qc = read_qc(**MANY | {"partner_fragments": partner_fragments(BRD4=None)})
    counted = ratio("sequencing_error", call, read_qc(**MANY))
    total = read_qc(**MANY).fragments
    assert total is not None
    assert ratio("sequencing_error", call, qc) < counted
    everything = read_qc(**MANY | {"partner_fragments": partner_fragments(BRD4=total)})
    assert ratio("sequencing_error", call, qc) == ratio("sequencing_error", call, everything)


def test_the_samples_own_chimeras_count_when_they_are_more() -> None:
    qc = read_qc(**MANY | {"single_fragment_chimeras": 5_000})
    found = artefact("template_switching", seen(1), qc)
    assert found.expected_fragments == pytest.approx(500, rel=0.01)


def test_errors_must_turn_one_genes_bases_into_the_others() -> None:
    # 60 and 55 bases in one read: dozens of bases would have to be misread, each the right way.
    assert ratio("sequencing_error", seen(1)) > 20
    # Two bases of NUTM1 in one read, of which errors must make at most two.
    short = seen(1, longest_five_prime_anchor=60, longest_three_prime_anchor=2)
    assert ratio("sequencing_error", short) < 2
    # Without a consensus half of the shorter anchor is taken to differ: 6 of 12.
    blind = fusion_call(
        support=seen(1).support, longest_five_prime_anchor=12, longest_three_prime_anchor=30
    )
    expected = -math.log10((1 + 4_000 + 40) * (0.01 / 3) ** 6)
    assert ratio("sequencing_error", blind) == pytest.approx(expected, abs=0.01)


def test_bases_that_differ_speak_for_another_gene() -> None:
    own = parts().consensus_sequence or ""
    same = ratio("paralogue", seen(8))
    # One base of 40 beside the joint differs: still nearer to BRD4 than a relative is.
    one = own[:30] + "ACGT"["CGTA".index(own[30])] + own[31:]
    five = "".join(
        "ACGT"["CGTA".index(b)] if i in range(10, 60, 10) else b for i, b in enumerate(own)
    )
    found = [ratio("paralogue", seen(8, consensus_sequence=bases)) for bases in (one, five)]
    assert same > found[0] > found[1]
    assert found[1] < 0


def test_bases_that_another_gene_has_say_nothing() -> None:
    call = seen(8)
    bases = (call.consensus_sequence or "")[20:60]
    both = {kmer: frozenset({"BRD4", "BRD3"}) for kmer in kmers(bases)}
    five = {p.id: p.log10_likelihood_ratio for p in artefact("paralogue", call).parts}
    known = KnownSequences(both)
    now = {p.id: p.log10_likelihood_ratio for p in artefact("paralogue", call, known=known).parts}
    assert five["five_prime_bases"] > 1
    assert now["five_prime_bases"] == 0
    assert now["three_prime_bases"] == five["three_prime_bases"]


def test_an_unknown_partner_rests_on_nutm1_alone() -> None:
    call = unknown_partner_call(
        consensus_sequence=parts().consensus_sequence,
        consensus_junction_offset=parts().consensus_junction_offset,
    )
    assert [part.id for part in artefact("paralogue", call).parts] == ["three_prime_bases"]
    assert artefact("paralogue", unknown_partner_call()).reason == "no_consensus"
    unplaced = unknown_partner_call(
        three_prime_gene=None, consensus_sequence="ACGT" * 20, consensus_junction_offset=40
    )
    assert artefact("paralogue", unplaced).reason == "nothing_to_compare_with"


def test_carry_over_needs_the_run() -> None:
    assert artefact("carry_over", seen(3)).reason == "run_not_compared"
    # Four are expected of a strong neighbour on the plate: three speak for it.
    assert -1 < ratio("carry_over", seen(3), comparison=shared()) < 0
    # Twenty do not.
    assert ratio("carry_over", seen(20), comparison=shared()) > 4
    # The others were looked at and have no such joint.
    assert ratio("carry_over", seen(3), comparison=NOT_SHARED) > 20
    # A weaker sample leaves next to nothing here.
    weaker = shared(there=2, expected=0.04, probability=None, explained_by=None)
    assert ratio("carry_over", seen(300), comparison=weaker) > 20
    unknown = shared(there=None, expected=None)
    assert artefact("carry_over", seen(3), comparison=unknown).reason == "other_sample_not_counted"


def test_a_private_joint_in_common_speaks_for_carry_over() -> None:
    common = ratio("carry_over", seen(3), comparison=shared())
    private = ratio("carry_over", seen(3), comparison=shared(is_private=True))
    assert private == pytest.approx(common - 2, abs=0.01)


# What it never does.


@given(
    split=st.integers(1, 60),
    pairs=st.integers(0, 60),
    on_edges=st.booleans(),
    figures=st.fixed_dictionaries(
        {
            "fragments": st.sampled_from((20_000, 2_000_000, 60_000_000)),
            "nutm1_fragments": st.integers(100, 60_000),
            "single_fragment_chimeras": st.integers(0, 500),
        }
    ),
    brd4=st.integers(100, 300_000),
    expected=st.floats(0, 50),
)
@settings(deadline=None, max_examples=60)
def test_one_more_fragment_never_lowers_it(
    split: int, pairs: int, on_edges: bool, figures: dict[str, int], brd4: int, expected: float
) -> None:
    run = shared(expected=expected)
    place: dict[str, Any] = {} if on_edges else {"junction": MID_EXON}

    def of(more_split: int, more_pairs: int) -> float:
        # a further fragment of the fusion is one of both genes as well
        more = more_split + more_pairs
        qc = read_qc(
            **figures | {"nutm1_fragments": figures["nutm1_fragments"] + split + pairs + more},
            partner_fragments=partner_fragments(BRD4=brd4 + split + pairs + more),
        )
        call = seen(split + more_split, pairs + more_pairs, **place)
        found, _ = weighed(call, qc, comparison=run)
        assert found is not None
        assert abs(found) <= LIMIT
        return found

    assert of(1, 0) >= of(0, 0)
    assert of(0, 1) >= of(0, 0)


@given(pairs=st.integers(1, 40), nutm1=st.integers(100, 60_000))
@settings(deadline=None, max_examples=30)
def test_one_more_pair_never_lowers_a_bounded_joint(pairs: int, nutm1: int) -> None:
    qc = read_qc(**MANY | {"nutm1_fragments": nutm1})
    found = [
        weighed(seen(0, n, junction=bounded_junction(), consensus_sequence=None), qc)[0] or 0.0
        for n in (pairs, pairs + 1)
    ]
    assert found[0] <= found[1]


@given(copies=st.integers(0, 500))
@settings(deadline=None, max_examples=20)
def test_copies_never_raise_it(copies: int) -> None:
    call = seen(2, 1)
    counts = {"split_reads_raw": 2 + copies, "discordant_pairs_raw": 1 + copies}
    copied = call.model_copy(update={"support": call.support.model_copy(update=counts)})
    assert weighed(copied) == weighed(call)


def test_no_state_rests_on_it() -> None:
    sample = sample_annotated(annotated(seen(8, 3)))
    low = changed(offset=-50.0)
    usual = score(sample, rnaseq(), starter_panel())
    other = score(sample, rnaseq(), starter_panel(), model=low)
    assert usual.fusions[0].score != other.fusions[0].score == -LIMIT
    assert usual.fusions[0].state == other.fusions[0].state == "confirmed_bet"
    assert usual.fusions[0].state_reasons == other.fusions[0].state_reasons
    assert usual.state_reasons == other.state_reasons
    assert usual.error_model == MODEL.label


@pytest.mark.parametrize(
    ("call", "qc", "reason"),
    [
        (seen(8), None, "score_without_reads"),
        (
            fusion_call(fusion_detection=FusionDetection.INFERRED),
            read_qc(),
            "score_of_rna_alone",
        ),
        # Arriba says so, and our own look at the same reads does not.
        (
            fusion_call(
                support=support(
                    sources=(
                        source(says=SourceSays.NOT_SEEN),
                        source(kind="caller", name="arriba"),
                    )
                )
            ),
            read_qc(),
            "score_reads_do_not_show",
        ),
        (
            fusion_call(five_prime_gene=NUTM1, three_prime_gene=NUTM1),
            read_qc(),
            "score_of_one_gene",
        ),
    ],
)
def test_no_score_has_a_reason(call: FusionCall, qc: ReadQc | None, reason: str) -> None:
    found, basis = evidence_score(annotated(call), qc, starter_panel(), KnownSequences(), MODEL)
    assert found is None
    assert (basis.reason, basis.likeliest_artefact, basis.artefacts) == (reason, None, ())
    assert reason in NO_SCORE


def test_a_sample_without_a_score_names_no_model() -> None:
    assert score(sample_annotated(), rnaseq(), starter_panel()).error_model is None


def test_fragments_of_an_indexed_look_are_those_examined() -> None:
    look = AlignmentQc(
        look="loci",
        fragments_examined=1_000,
        unmapped_reads=5,
        assembly=None,
        control_fragments=None,
        control_spliced=None,
        molecule="rna",
    )
    qc = read_qc(fragments=None, alignment=look, nutm1_fragments=10)
    # 4,000 fragments of BRD4 among 1,000: all of them at most
    assert artefact("template_switching", seen(2), qc).expected_fragments == pytest.approx(0.09)
    none = read_qc(fragments=None)
    assert artefact("template_switching", seen(2), none).reason == "fragments_not_counted"


# The numbers' file.


def changed(**calibration: float) -> ErrorModel:
    """The shipped model with another calibration."""
    own = MODEL.calibration
    update = {
        name: getattr(own, name).model_copy(update={"value": value})
        for name, value in calibration.items()
    }
    return MODEL.model_copy(update={"calibration": own.model_copy(update=update)})


def test_calibration_cuts_on_both_sides() -> None:
    flat = changed(slope=0.5, offset=0.1, largest=2.0).calibration
    assert [calibrated(x, flat) for x in (-90, -1, 0, 1, 90)] == [-2, -0.4, 0.1, 0.6, 2]
    assert str(calibrated(-0.001, changed(slope=1.0, offset=0.0).calibration)) == "0.0"


def test_parts_of_an_artefact_add_up() -> None:
    _, basis = weighed(seen(2, 1), comparison=shared(is_private=True))
    for one in basis.artefacts:
        total = sum(part.log10_likelihood_ratio for part in one.parts)
        assert one.log10_likelihood_ratio == pytest.approx(total, abs=0.001)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (("template_switching", "per_fragment"), 0, "greater than 0"),
        (("paralogue", "divergence"), 1.0, "less than 1"),
        (("real", "most_fragments"), 0.5, "below least_fragments"),
        (("template_switching", "moved_to_edge"), 2.5, "valid integer"),
        (("calibration", "slope"), -1, "greater than 0"),
    ],
)
def test_values_out_of_range_are_refused(
    key: tuple[str, str], value: float, said: str, tmp_path: Path
) -> None:
    values = yaml.safe_load(shipped_path("error-model.yaml").read_text(encoding="utf-8"))
    values[key[0]][key[1]]["value"] = value
    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump(values), encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load_error_model(file)


def test_a_number_that_nobody_stands_for_is_refused(tmp_path: Path) -> None:
    values = yaml.safe_load(shipped_path("error-model.yaml").read_text(encoding="utf-8"))
    del values["paralogue"]["identical"]["source"]
    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump(values), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"paralogue.identical.source: is missing"):
        load_error_model(file)
    assert load_error_model().digest in load_error_model().label
