"""What each shipped profile says of a sample in which nothing was seen, and of a failed one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.builders import (
    annotated,
    fusion_call,
    partner_fragments,
    read_qc,
    sample_annotated,
    starter_panel,
    support,
)

from nutfusion.model.evidence import AlignmentQc
from nutfusion.model.reason import Reason
from nutfusion.model.terms import FusionDetection, MolecularState, Verdict
from nutfusion.scoring import load_assay, score
from nutfusion.scoring.quality import assess_quality
from nutfusion.shipped import shipped_names

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.scored import SampleScored

SHIPPED = shipped_names("assays", ".yaml")


def of_dna(**changes: Any) -> AlignmentQc:
    """All reads of an alignment of DNA: many fragments of BRD4, none across two exons."""
    values: dict[str, Any] = {
        "look": "all_reads",
        "fragments_examined": 30_000_000,
        "unmapped_reads": 0,
        "assembly": "GRCh38",
        "control_fragments": 4000,
        "control_spliced": 0,
        "molecule": "dna",
    }
    return AlignmentQc.model_validate(values | changes)


def held(name: str, *calls: FusionCall, qc: ReadQc | None = None) -> SampleScored:
    """A sample with good reads, held against a shipped profile."""
    sample = sample_annotated(*(annotated(call) for call in calls), qc=qc or good(name))
    return score(sample, load_assay(name), starter_panel())


def good(name: str, **changes: Any) -> ReadQc:
    """Reads that pass every threshold of the shipped profiles."""
    is_dna = load_assay(name).molecule == "dna"
    length = 1200 if name == "long-read-rna" else 100
    values = {"read_length_mean": length, "alignment": of_dna() if is_dna else None}
    return read_qc(**values | changes)


def codes(sample: SampleScored) -> list[str]:
    """The codes of the sample's reasons."""
    return [Reason.parse(text).code for text in sample.state_reasons]


@pytest.mark.parametrize(
    ("name", "state", "said"),
    [
        ("rnaseq", "not_detected", ["nothing_seen"]),
        ("rnaseq-ffpe", "not_detected", ["nothing_seen"]),
        ("long-read-rna", "not_detected", ["nothing_seen"]),
        # Primers on BRD4 10, 11 and BRD3 9 to 12 are published, one on NUTM1 is not.
        ("archer", "not_assessable", ["coverage_unknown", "laboratory_to_state"]),
        # What is remembered of their gene lists points either way, and decides nothing.
        ("tso500", "not_assessable", ["coverage_unknown", "laboratory_to_state"]),
        ("oncomine", "not_assessable", ["coverage_unknown", "laboratory_to_state"]),
        ("amplicon", "not_assessable", ["coverage_unknown", "laboratory_to_state"]),
        ("dna-panel", "not_assessable", ["coverage_unknown", "introns_to_state"]),
        ("targeted-rna", "not_assessable", ["no_rna_control"]),
        (
            "targeted-rna-without-nutm1",
            "not_covered",
            ["nutm1_not_interrogated", "joints_not_covered"],
        ),
    ],
)
def test_silence_under_each_profile(name: str, state: str, said: list[str]) -> None:
    sample = held(name)
    assert sample.molecular_state == state
    assert codes(sample)[: len(said)] == said
    assert sample.failed == ()


def test_every_profile_has_a_row_above() -> None:
    (mark,) = [
        m
        for m in test_silence_under_each_profile.pytestmark  # type: ignore[attr-defined]
        if m.name == "parametrize"
    ]
    assert sorted(row[0] for row in mark.args[1]) == list(SHIPPED)


def test_archer_names_the_joints_that_hang_on_nutm1() -> None:
    # The published primers stop at exon 11 of BRD4; BRD2 is not named at all.
    sample = held("archer")
    assert sample.state_reasons == (
        "coverage_unknown(joints=BRD4:14 BRD4:13 BRD2, profile=archer)",
        "laboratory_to_state(genes=NUTM1 BRD2)",
    )
    sides = {j.label: (j.partner_side, j.nutm1_side) for j in sample.interrogates.joints}
    assert sides["BRD4:11"] == sides["BRD3:10"] == ("covered", "unknown")
    assert sides["BRD4:13"] == ("not_covered", "unknown")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_fusion_is_confirmed_under_every_profile_of_rna(name: str) -> None:
    sample = held(name, fusion_call())
    assert sample.molecular_state is MolecularState.CONFIRMED_BET
    told = "rna_under_dna_profile" in codes(held(name, fusion_call(), qc=read_qc()))
    assert told is (load_assay(name).molecule == "dna")


ASKED = {
    "enough_fragments": ("min_fragments", "fragments", 1),
    "read_length": ("min_read_length_mean", "read_length_mean", 0.001),
    "base_quality": ("min_mean_base_quality", "mean_base_quality", 0.01),
    "partner_wild_type_seen": ("min_partner_wild_type", "BRD4", 1),
}


def boundaries() -> list[tuple[str, str, float, float]]:
    """Profile, criterion, threshold, and what is just below it."""
    found = []
    for name in SHIPPED:
        quality = load_assay(name).quality
        for criterion, (key, _, step) in ASKED.items():
            value = getattr(quality, key).value
            if value is not None:
                found.append((name, criterion, value, value - step))
    return found


@pytest.mark.parametrize(("name", "criterion", "least", "below"), boundaries())
def test_quality_passes_at_its_threshold_and_fails_below(
    name: str, criterion: str, least: float, below: float
) -> None:
    figure = ASKED[criterion][1]
    verdicts, states = [], []
    for value in (least, below):
        changes = (
            {"partner_fragments": partner_fragments(BRD4=int(value))}
            if figure == "BRD4"
            else {figure: value}
        )
        sample = held(name, qc=good(name, **changes))
        verdicts += [o.verdict for o in sample.quality if o.id == criterion]
        failed = {meaning.criterion for meaning in sample.failed}
        # What the failure means is said, for this criterion and in general, and only then.
        assert failed == (set() if value == least else {criterion, None})
        states.append(sample.molecular_state)
    assert verdicts == [Verdict.MET, Verdict.NOT_MET]
    assert states[-1] is MolecularState.NOT_ASSESSABLE


AMPLICONS = ("amplicon", "oncomine")
FUSION = {
    "enough_supporting_fragments": ("min_supporting_fragments", 1),
    "enough_split_reads": ("min_split_reads", 1),
    "enough_distinct_starts": ("min_distinct_starts", 1),
    "anchors_both_sides": ("min_anchor", 1),
    "partner_sequence_matches": ("min_partner_identity", 0.001),
}


def fusion_with(criterion: str, value: float) -> FusionCall:
    """A fusion of which everything but one figure passes every profile."""
    match criterion:
        case "enough_supporting_fragments":
            return fusion_call(support=support(split_reads=value, discordant_pairs=0))
        case "enough_split_reads":
            return fusion_call(support=support(split_reads=value, discordant_pairs=9))
        case "enough_distinct_starts":
            return fusion_call(support=support(distinct_starts=value))
        case "anchors_both_sides":
            return fusion_call(longest_five_prime_anchor=value)
        case _:
            return fusion_call(partner_identity=value)


@pytest.mark.parametrize("criterion", FUSION)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_fusion_passes_at_the_threshold_and_fails_below(name: str, criterion: str) -> None:
    key, step = FUSION[criterion]
    asked = getattr(load_assay(name).thresholds, key).value
    verdicts = []
    for value in (1, 1) if asked is None else (asked, asked - step):
        (fusion,) = held(name, fusion_with(criterion, value)).fusions
        verdicts += [o.verdict for o in fusion.criteria if o.id == criterion]
    if asked is None:  # primers fix the ends of amplicons
        assert (criterion, name) in {("enough_distinct_starts", n) for n in AMPLICONS}
        assert verdicts == [Verdict.NOT_ASSESSABLE] * 2
    else:
        assert verdicts == [Verdict.MET, Verdict.NOT_MET]


def test_a_profile_of_dna_asks_nothing_that_only_rna_can_answer() -> None:
    sample = held("dna-panel", fusion_call(fusion_detection=FusionDetection.INFERRED))
    assert [o.id for o in sample.quality] == ["enough_fragments", "read_length", "base_quality"]
    asked = {o.id for o in sample.fusions[0].criteria}
    rna = {"reading_frame_in_frame", "exon_boundary_junction", "nutm1_wild_type_background"}
    assert asked.isdisjoint(rna)
    # The fusion is inferred, as under any other profile.
    assert sample.molecular_state is MolecularState.INDETERMINATE
    assert sample.fusions[0].state_reasons[0] == "inferred_from_dna"


def test_a_silent_dna_panel_is_no_negative_even_with_every_intron() -> None:
    panel = load_assay("dna-panel")
    whole = panel.interrogates.model_copy(
        update={"targets": "all", "source": load_assay("rnaseq").interrogates.source}
    )
    sample = score(
        sample_annotated(qc=good("dna-panel")),
        panel.model_copy(update={"interrogates": whole}),
        starter_panel(),
    )
    assert sample.molecular_state is MolecularState.NOT_ASSESSABLE
    assert sample.state_reasons == ("dna_depth_not_measured",)


def test_a_molecule_under_the_profile_of_the_other_is_said_first() -> None:
    dna = held("rnaseq", qc=read_qc(alignment=of_dna()))
    assert dna.molecular_state is MolecularState.NOT_ASSESSABLE
    assert dna.state_reasons[0] == "dna_under_rna_profile(profile=rnaseq)"
    rna = held("dna-panel", qc=read_qc())
    assert rna.molecular_state is MolecularState.NOT_ASSESSABLE
    assert rna.state_reasons[0] == "rna_under_dna_profile(profile=dna-panel)"


def test_distinct_ends_are_not_asked_where_primers_fix_them() -> None:
    one_end = fusion_call(support=support(distinct_starts=1))
    assert held("amplicon", one_end).molecular_state is MolecularState.CONFIRMED_BET
    assert held("targeted-rna", one_end).molecular_state is MolecularState.INDETERMINATE


@pytest.mark.parametrize("name", SHIPPED)
def test_every_question_of_a_profile_has_words_for_its_failure(name: str) -> None:
    profile = load_assay(name)
    worst = read_qc(
        fragments=0, read_length_mean=1.0, mean_base_quality=1.0,
        partner_fragments=partner_fragments(BRD4=0),
        alignment=of_dna(molecule="rna", control_fragments=100),
    )  # fmt: skip
    unmet = [
        o.id
        for o in assess_quality(worst, profile.quality, profile.molecule)
        if o.verdict is Verdict.NOT_MET
    ]
    meant = profile.failed.meanings(assess_quality(worst, profile.quality, profile.molecule))
    assert [meaning.criterion for meaning in meant] == [*unmet, None]
    assert all(meaning.text.fr != meaning.text.en for meaning in meant)
