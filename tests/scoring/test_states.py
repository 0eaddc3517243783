"""The closed list of molecular states, row by row, and its precedence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import (
    NUTM1,
    acceptor_end,
    annotated,
    bounded_junction,
    donor_end,
    end,
    fusion_call,
    gene,
    junction,
    orthogonal,
    partner_call,
    partner_fragments,
    read_qc,
    sample_annotated,
    source,
    starter_panel,
    support,
    unknown_partner_call,
)
from tests.scoring.profiles import blind, interrogating, rnaseq

from nutfusion.model.evidence import AlignmentQc, UnassignedCluster
from nutfusion.model.gene import GeneRef
from nutfusion.model.reason import Reason
from nutfusion.model.terms import MolecularState, SourceSays, Strand
from nutfusion.scoring import REASONS, load_assay, score
from nutfusion.scoring.criterion import answers
from nutfusion.scoring.fusion_state import judge_fusion
from nutfusion.scoring.reasons import reason
from nutfusion.scoring.registry import criteria_for

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.panel import Gene
    from nutfusion.model.scored import SampleScored
    from nutfusion.scoring import AssayProfile


def scored(
    *calls: FusionCall,
    qc: ReadQc | None = None,
    tests: tuple[OrthogonalTest, ...] = (),
    assay: AssayProfile | None = None,
    reads: bool = True,
) -> SampleScored:
    """Score a sample with good reads, unless said otherwise."""
    figures = (read_qc() if qc is None else qc) if reads else None
    sample = sample_annotated(*(annotated(call) for call in calls), qc=figures)
    return score(sample, assay or rnaseq(), starter_panel(), tests)


def codes(sample: SampleScored) -> list[str]:
    """The codes of the sample's reasons."""
    return [Reason.parse(text).code for text in sample.state_reasons]


RECIPROCAL = fusion_call(
    fusion_id="nf1.reciprocal",
    five_prime_gene=NUTM1,
    three_prime_gene=gene("BRD4"),
    junction=junction(five_prime=donor_end("NUTM1", 2), three_prime=acceptor_end("BRD4", 12)),
)
EVERY_BET_JOINT = "BRD4:11 BRD4:10 BRD4:14 BRD4:13 BRD3:10 BRD3:11 BRD2"
FEW = support(split_reads=1, discordant_pairs=0, distinct_starts=1)


@pytest.mark.parametrize(
    ("call", "state", "first_reason"),
    [
        (fusion_call(), "confirmed_bet", "nutm1_joined_to_bet"),
        (partner_call("BRD3", 10), "confirmed_bet", "nutm1_joined_to_bet"),
        (partner_call("NSD3", 7), "confirmed_bet_complex", "nutm1_joined_to_bet_complex"),
        (partner_call("BRD9", 3), "confirmed_other_partner", "nutm1_joined_to_other_gene"),
        (partner_call("CIC", 20), "confirmed_other_partner", "nutm1_joined_to_other_gene"),
        (
            # A known gene in no list; its exons give the frame all the same.
            fusion_call(
                five_prime_gene=GeneRef(symbol="XYZ1", hgnc_id=None),
                junction=junction(five_prime=end("chr2", 1_000_000, Strand.PLUS)),
            ),
            "confirmed_other_partner",
            "nutm1_joined_to_other_gene",
        ),
        (
            # MGA has no exons in the starter: nobody can give the frame.
            fusion_call(
                five_prime_gene=gene("MGA"),
                junction=junction(five_prime=end("chr15", 41_700_000, Strand.PLUS)),
            ),
            "confirmed_other_partner",
            "nutm1_joined_to_other_gene",
        ),
        (unknown_partner_call(), "rearranged_partner_unknown", "nutm1_joined_to_unknown"),
        (
            unknown_partner_call(partner_hint="intron_end"),
            "indeterminate",
            "partner_hint",
        ),
        (unknown_partner_call(support=FEW), "indeterminate", "below_profile"),
        (partner_call("SLC12A6", 2), "rearranged_neighbour", "nutm1_joined_to_neighbour"),
        (partner_call("SLC12A6", 2, support=FEW), "indeterminate", "below_profile"),
        (partner_call("BRD4", 12), "indeterminate", "out_of_frame"),
        (
            fusion_call(junction=junction(linker_sequence="CCTAAC")),  # G|CC TAA
            "indeterminate",
            "stop_codon",
        ),
        (partner_call("BRD4", 1), "indeterminate", "part_not_translated"),
        (RECIPROCAL, "indeterminate", "nutm1_not_three_prime"),
        (
            fusion_call(five_prime_gene=NUTM1, three_prime_gene=None),
            "indeterminate",
            "nutm1_not_three_prime",
        ),
        (
            fusion_call(five_prime_gene=NUTM1, junction=junction(five_prime=donor_end("NUTM1", 6))),
            "indeterminate",
            "nutm1_joined_to_itself",
        ),
        (
            fusion_call(junction=junction(five_prime=end("chr19", 15254152, Strand.PLUS))),
            "indeterminate",
            "antisense_part",
        ),
        (
            fusion_call(
                junction=bounded_junction(), support=support(split_reads=0, discordant_pairs=40)
            ),
            "indeterminate",
            "joint_not_exact",
        ),
        (fusion_call(support=FEW), "indeterminate", "below_profile"),
        (fusion_call(support=support(split_reads=1)), "indeterminate", "below_profile"),
        (fusion_call(support=support(distinct_starts=1)), "indeterminate", "below_profile"),
        (fusion_call(longest_three_prime_anchor=11), "indeterminate", "below_profile"),
        (fusion_call(partner_identity=0.9), "indeterminate", "below_profile"),
        (
            fusion_call(support=support(split_reads=None, discordant_pairs=None)),
            "indeterminate",
            "support_not_stated",
        ),
        (
            # Another program's table: counts, but no reads to measure starts and anchors on.
            fusion_call(
                support=support(distinct_starts=None),
                longest_five_prime_anchor=None,
                longest_three_prime_anchor=None,
                partner_identity=None,
            ),
            "confirmed_bet",
            "nutm1_joined_to_bet",
        ),
        (
            fusion_call(
                support=support(
                    sources=(
                        source(says=SourceSays.NOT_SEEN, split_reads=0, discordant_pairs=0),
                        source(kind="caller", name="arriba"),
                    )
                )
            ),
            "indeterminate",
            "sources_contradict",
        ),
    ],
)
def test_state_of_one_fusion(call: FusionCall, state: str, first_reason: str) -> None:
    sample = scored(call)
    assert len(sample.fusions) == 1
    assert sample.fusions[0].state == state
    assert sample.molecular_state == state
    assert Reason.parse(sample.fusions[0].state_reasons[0]).code == first_reason


@pytest.mark.parametrize(
    ("call", "is_said"),
    [
        (fusion_call(support=FEW), True),
        (fusion_call(support=support(distinct_starts=1)), True),
        (unknown_partner_call(support=FEW), True),
        (partner_call("SLC12A6", 2, support=FEW), True),
        (fusion_call(), False),
        (fusion_call(partner_identity=0.9), False),
        (partner_call("BRD4", 12), False),
    ],
)
def test_weak_support_may_be_another_samples(call: FusionCall, is_said: bool) -> None:
    assert ("carry_over_not_assessed" in scored(call).fusions[0].state_reasons) is is_said


def test_an_unknown_partner_is_not_known_to_be_no_bet_gene() -> None:
    possible = "bet_partner_not_excluded(genes=BRD3 BRD2 BRDT NSD3 ZNF532 ZNF592 ZMYND8)"
    for call in (unknown_partner_call(), unknown_partner_call(support=FEW)):
        assert possible in scored(call).state_reasons
    assert possible not in scored(fusion_call()).state_reasons
    fusion = annotated(unknown_partner_call())
    criteria = answers(criteria_for(rnaseq(), starter_panel(), None), fusion)
    assert judge_fusion(fusion, criteria, "rnaseq", ()) == (
        MolecularState.REARRANGED_PARTNER_UNKNOWN,
        ("nutm1_joined_to_unknown", "profile_passed(profile=rnaseq)"),
    )


def test_a_frame_that_nobody_can_give_is_said() -> None:
    call = fusion_call(junction=junction(five_prime=end("chr19", 15250000, Strand.MINUS)))
    sample = scored(call)
    assert sample.molecular_state is MolecularState.CONFIRMED_BET
    assert "frame_not_given(why=five_prime_not_in_coding_exon)" in sample.state_reasons


def test_a_class_from_memory_never_decides() -> None:
    fusion = annotated().model_copy(update={"partner_class_verified": False})
    sample = score(sample_annotated(fusion), rnaseq(), starter_panel())
    assert sample.molecular_state is MolecularState.INDETERMINATE
    assert codes(sample)[0] == "partner_class_unverified"


def test_unverified_domains_do_not_touch_the_state() -> None:
    fusion = annotated()
    assert not all(domain.verified for domain in fusion.domains)
    bare = fusion.model_copy(update={"domains": ()})
    states = {
        score(sample_annotated(each), rnaseq(), starter_panel()).molecular_state
        for each in (fusion, bare)
    }
    assert states == {MolecularState.CONFIRMED_BET}


def test_each_fusion_of_a_pair_keeps_its_own_state() -> None:
    # Alternative splicing of one rearrangement: exon 11 in frame, exon 12 not.
    sample = scored(
        partner_call("BRD4", 12, fusion_id="nf1.b", support=support(split_reads=90)),
        fusion_call(fusion_id="nf1.a"),
        RECIPROCAL,
    )
    assert [str(fusion.state) for fusion in sample.fusions] == [
        "confirmed_bet",
        "indeterminate",
        "indeterminate",
    ]
    assert sample.molecular_state is MolecularState.CONFIRMED_BET


def test_fusions_are_ordered_by_state_then_support_then_id() -> None:
    sample = scored(
        fusion_call(fusion_id="nf1.d", support=support(split_reads=8, discordant_pairs=3)),
        fusion_call(fusion_id="nf1.c", support=support(split_reads=8, discordant_pairs=3)),
        fusion_call(fusion_id="nf1.b", support=support(split_reads=8, discordant_pairs=4)),
        fusion_call(fusion_id="nf1.a", support=support(split_reads=9, discordant_pairs=0)),
        partner_call("NSD3", 7, fusion_id="nf1.0", support=support(split_reads=99)),
        fusion_call(fusion_id="nf1.e", support=support(split_reads=8, discordant_pairs=None)),
    )
    ids = [fusion.annotated.call.fusion_id for fusion in sample.fusions]
    assert ids == ["nf1.a", "nf1.b", "nf1.c", "nf1.d", "nf1.e", "nf1.0"]


def test_a_positive_stands_when_the_quality_failed() -> None:
    sample = scored(fusion_call(), qc=read_qc(fragments=50))
    assert sample.molecular_state is MolecularState.CONFIRMED_BET
    assert "quality_failed(criterion=enough_fragments, observed=50, required=100000)" in (
        sample.state_reasons
    )


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({"fragments": 99_999}, "enough_fragments"),
        ({"read_length_mean": 49.9}, "read_length"),
        ({"mean_base_quality": 19.99}, "base_quality"),
        ({"partner_fragments": partner_fragments(BRD4=299)}, "partner_wild_type_seen"),
        # Degraded, not human, or not covered: zero is seen, not unknown.
        ({"partner_fragments": partner_fragments(BRD4=0)}, "partner_wild_type_seen"),
    ],
)
def test_silence_of_a_poor_sample_is_not_assessable(
    changes: dict[str, object], failed: str
) -> None:
    sample = scored(qc=read_qc(**changes))
    assert sample.molecular_state is MolecularState.NOT_ASSESSABLE
    assert codes(sample) == ["quality_failed"]
    assert f"criterion={failed}" in sample.state_reasons[0]


@pytest.mark.parametrize(
    ("changes", "unknown"),
    [
        ({"partner_fragments": partner_fragments(BRD4=None)}, "partner_wild_type_seen"),
        ({"partner_fragments": ()}, "partner_wild_type_seen"),
        ({"mean_base_quality": None}, "base_quality"),
    ],
)
def test_silence_that_cannot_be_weighed_is_not_assessable(
    changes: dict[str, object], unknown: str
) -> None:
    sample = scored(qc=read_qc(**changes))
    assert sample.molecular_state is MolecularState.NOT_ASSESSABLE
    assert codes(sample) == ["quality_not_assessable"]
    assert f"criterion={unknown}" in sample.state_reasons[0]
    assert next(o for o in sample.quality if o.id == unknown).observed is None


@pytest.mark.parametrize(
    ("raw", "distinct", "umi", "is_said"),
    [
        (40, 1, "none", True),  # an amplicon: both ends are primers
        (40, 1, "rx_tag", False),  # UMIs say that they are copies
        (10, 2, "none", True),
        (9, 1, "none", False),  # few
        (12, 3, "none", False),  # a library sequenced deeply
        (400, 3, "none", False),  # passes: nothing has to be excused
    ],
)
def test_fragments_that_only_a_umi_could_tell_apart(
    raw: int, distinct: int, umi: str, is_said: bool
) -> None:
    few = support(
        split_reads=distinct, discordant_pairs=0, split_reads_raw=raw, discordant_pairs_raw=0,
        distinct_starts=distinct,
    )  # fmt: skip
    sample = scored(fusion_call(support=few), qc=read_qc(umi=umi))
    said = f"copies_not_told_apart(distinct={distinct}, raw={raw})"
    assert (said in sample.state_reasons) == is_said
    assert (said in sample.fusions[0].state_reasons) == is_said


def alignment_qc(**changes: object) -> AlignmentQc:
    """All reads of a good RNA alignment."""
    values: dict[str, object] = {
        "look": "all_reads",
        "fragments_examined": 30_000_000,
        "unmapped_reads": 900_000,
        "assembly": "GRCh38",
        "control_fragments": 4000,
        "control_spliced": 1800,
    }
    return AlignmentQc.model_validate(values | changes)


def test_good_alignment_without_a_fusion_is_not_detected() -> None:
    sample = scored(qc=read_qc(alignment=alignment_qc()))
    assert sample.molecular_state is MolecularState.NOT_DETECTED
    assert [o.id for o in sample.quality][-3:] == [
        "unmapped_reads_kept", "exon_joints_read", "detection_limit",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        # STAR's default: chimeric reads may have gone with the unmapped ones.
        ({"unmapped_reads": 0}, "unmapped_reads_kept"),
        # A DNA panel: exons of BRD4 by the thousand, never two in one read.
        ({"control_spliced": 0}, "exon_joints_read"),
        ({"control_fragments": 100, "control_spliced": 1}, "exon_joints_read"),
    ],
)
def test_silence_of_an_alignment_that_lacks_reads_is_not_assessable(
    changes: dict[str, object], failed: str
) -> None:
    sample = scored(qc=read_qc(alignment=alignment_qc(**changes)))
    assert sample.molecular_state is MolecularState.NOT_ASSESSABLE
    assert codes(sample)[0] == "quality_failed"
    assert f"criterion={failed}" in sample.state_reasons[0]
    positive = scored(fusion_call(), qc=read_qc(alignment=alignment_qc(**changes)))
    assert positive.molecular_state is MolecularState.CONFIRMED_BET


@pytest.mark.parametrize("spliced", [None, 0])
def test_few_control_fragments_do_not_tell_rna_from_dna(spliced: int | None) -> None:
    control = None if spliced is None else 99
    look = alignment_qc(control_fragments=control, control_spliced=spliced)
    sample = scored(qc=read_qc(alignment=look))
    assert "exon_joints_read" not in [o.id for o in sample.quality]


@pytest.mark.parametrize(
    ("examined", "state"),
    [
        # The fragments examined are the least there can be: enough of them are enough.
        (100_000, MolecularState.NOT_DETECTED),
        (99_999, MolecularState.NOT_ASSESSABLE),
    ],
)
def test_silence_of_an_indexed_look(examined: int, state: MolecularState) -> None:
    look = alignment_qc(look="loci", fragments_examined=examined)
    sample = scored(qc=read_qc(fragments=None, reads=None, bases=None, alignment=look))
    assert sample.molecular_state is state
    enough = next(o for o in sample.quality if o.id == "enough_fragments")
    assert enough.observed == f"at least {examined} fragments"
    if state is MolecularState.NOT_DETECTED:
        assert codes(sample)[:2] == ["nothing_seen", "loci_only"]
    else:
        assert codes(sample) == ["quality_not_assessable"]


def test_no_reads_at_all_is_not_assessable() -> None:
    sample = scored(reads=False)
    assert sample.molecular_state is MolecularState.NOT_ASSESSABLE
    assert sample.state_reasons == ("no_reads",)


def test_nothing_seen_by_a_good_sample_is_not_detected() -> None:
    sample = scored()
    assert sample.molecular_state is MolecularState.NOT_DETECTED
    # What the negative does not say stands beside it: the limit, and partners without a name.
    assert sample.state_reasons == (
        "nothing_seen(profile=rnaseq)",
        "limit_at_exon(exon=11, gene=BRD4, limit=0.056)",
        "partners_not_nameable(genes=BRD3 BRD2 BRDT NSD3 ZNF532 ZNF592 ZMYND8)",
    )


def test_silence_without_an_rna_control_is_not_assessable() -> None:
    # A library of water has fragments, lengths and base qualities too.
    for fragments in (0, 4_000, None):
        qc = read_qc(partner_fragments=partner_fragments(BRD4=fragments))
        sample = scored(qc=qc, assay=load_assay("targeted-rna"))
        assert sample.molecular_state is MolecularState.NOT_ASSESSABLE
        assert sample.state_reasons == ("no_rna_control(profile=targeted-rna)",)
    # What it does show stands.
    seen = scored(fusion_call(), assay=load_assay("targeted-rna"))
    assert seen.molecular_state is MolecularState.CONFIRMED_BET


def test_an_assay_without_nutm1_is_not_covered_whatever_its_control() -> None:
    nothing = interrogating(blind("NUTM1")).interrogates
    targeted = load_assay("targeted-rna").model_copy(update={"interrogates": nothing})
    assert scored(assay=targeted).molecular_state is MolecularState.NOT_COVERED


def test_a_panel_without_nutm1_is_not_covered() -> None:
    sample = scored(assay=load_assay("targeted-rna-without-nutm1"))
    assert sample.molecular_state is MolecularState.NOT_COVERED
    assert sample.state_reasons == (
        "nutm1_not_interrogated(profile=targeted-rna-without-nutm1)",
        f"joints_not_covered(joints={EVERY_BET_JOINT}, profile=targeted-rna-without-nutm1)",
    )


def test_what_the_profile_says_of_itself_goes_with_the_verdict() -> None:
    assay = load_assay("targeted-rna")
    sample = scored(assay=assay)
    assert sample.assay_title == assay.description.plain
    assert assay.note is not None
    assert sample.assay_note == assay.note.plain
    targets = assay.interrogates.targets
    assert targets != "all"
    assert sample.interrogates.targets == tuple(stated.target for stated in targets)
    assert sample.interrogates.source == assay.interrogates.source.reference
    assert scored().assay_note is None


def test_a_negative_says_which_quality_nobody_asked_for() -> None:
    quality = rnaseq().quality
    nothing = quality.min_mean_base_quality.model_copy(update={"value": None})
    lenient = quality.model_copy(update={"min_mean_base_quality": nothing})
    sample = scored(assay=rnaseq().model_copy(update={"quality": lenient}))
    assert sample.molecular_state is MolecularState.NOT_DETECTED
    assert sample.state_reasons[-1] == "quality_not_asked(criterion=base_quality)"


def test_a_fusion_seen_by_an_assay_that_should_not_see_it_stands() -> None:
    sample = scored(fusion_call(), assay=interrogating(blind("NUTM1")))
    assert sample.molecular_state is MolecularState.CONFIRMED_BET


@pytest.mark.parametrize(
    ("upstream", "downstream", "state"),
    [
        (0, 50, "indeterminate"),  # only the later exons are read
        (1, 49, "not_detected"),
        (12, 88, "not_detected"),  # wild-type NUTM1
        (0, 49, "not_detected"),  # too few to say
    ],
)
def test_imbalance_alone_is_indeterminate(upstream: int, downstream: int, state: str) -> None:
    qc = read_qc(nutm1_upstream_fragments=upstream, nutm1_downstream_fragments=downstream)
    sample = scored(qc=qc)
    assert sample.molecular_state == state
    if state == "indeterminate":
        assert codes(sample) == ["three_prime_imbalance_alone"]


def test_unassigned_reads_are_said_whatever_the_state() -> None:
    cluster = UnassignedCluster(
        reason="too_short", contig="chr15", position=34347969, fragments=2, sequence=None
    )
    sample = scored(qc=read_qc(unassigned=(cluster, cluster)))
    assert sample.molecular_state is MolecularState.NOT_DETECTED
    assert sample.state_reasons[-1] == "unassigned_nutm1_reads(clusters=2, fragments=4)"


def test_positive_fish_alone_is_an_inferred_fusion() -> None:
    sample = scored(tests=(orthogonal("fish"),))
    assert sample.molecular_state is MolecularState.REARRANGED_PARTNER_UNKNOWN
    (fusion,) = sample.fusions
    assert fusion.annotated.name == "v(::)NUTM1"
    assert str(fusion.annotated.call.fusion_detection) == "inferred"
    counts = fusion.annotated.call.support
    assert (counts.split_reads, counts.discordant_pairs, counts.distinct_starts) == (None,) * 3
    assert codes(sample) == ["fish_positive_alone", "orthogonal_test"]


@pytest.mark.parametrize(
    ("calls", "state", "fusions"),
    [
        ((fusion_call(),), "confirmed_bet", 1),  # the reads say more
        ((unknown_partner_call(),), "rearranged_partner_unknown", 1),  # the reads say as much
        ((fusion_call(support=FEW),), "rearranged_partner_unknown", 2),
    ],
)
def test_positive_fish_beside_reads(
    calls: tuple[FusionCall, ...], state: str, fusions: int
) -> None:
    sample = scored(*calls, tests=(orthogonal("fish"),))
    assert sample.molecular_state == state
    assert len(sample.fusions) == fusions


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("ihc", "ihc_positive_alone"),  # positive with MGA and MXD4 partners too
        ("rt_pcr", "sequence_test_positive_alone"),
        ("sanger", "sequence_test_positive_alone"),
    ],
)
def test_no_declared_test_confirms_anything(kind: str, code: str) -> None:
    for reads in (True, False):
        sample = scored(tests=(orthogonal(kind),), reads=reads)
        assert sample.molecular_state is MolecularState.INDETERMINATE
        assert codes(sample)[0] == code
        assert sample.fusions == ()


WEAK = fusion_call(support=FEW)
IMBALANCE = read_qc(nutm1_upstream_fragments=0, nutm1_downstream_fragments=90)


@pytest.mark.parametrize("call", [WEAK, partner_call("BRD4", 12), RECIPROCAL])
@pytest.mark.parametrize("kind", ["ihc", "fish", "rt_pcr", "sanger"])
def test_nothing_stands_alone_beside_a_fusion(call: FusionCall, kind: str) -> None:
    sample = scored(call, qc=IMBALANCE, tests=(orthogonal(kind),))
    assert not [code for code in codes(sample) if code.endswith("_alone")]
    assert "three_prime_imbalance(downstream=90, upstream=0)" in sample.state_reasons
    for fusion in sample.fusions:
        assert "fish_positive_alone" not in fusion.state_reasons


@pytest.mark.parametrize(
    ("kinds", "qc", "expected"),
    [
        (("ihc", "sanger"), read_qc(), ["positive_without_fusion"] * 2),
        (("ihc",), IMBALANCE, ["positive_without_fusion", "three_prime_imbalance"]),
        (("fish",), IMBALANCE, ["fish_positive", "three_prime_imbalance"]),
        (("fish", "ihc"), read_qc(), ["fish_positive"]),
    ],
)
def test_of_several_signs_none_stands_alone(
    kinds: tuple[str, ...], qc: ReadQc, expected: list[str]
) -> None:
    sample = scored(qc=qc, tests=tuple(orthogonal(kind) for kind in kinds))
    assert codes(sample) == expected + ["orthogonal_test"] * len(kinds)


@pytest.mark.parametrize(
    ("call", "kind", "result", "code"),
    [
        (fusion_call(), "ihc", "positive", "orthogonal_concordant"),
        (fusion_call(), "fish", "positive", "orthogonal_concordant"),
        (fusion_call(), "ihc", "negative", "orthogonal_discordant"),
        (unknown_partner_call(), "fish", "negative", "orthogonal_discordant"),
        (WEAK, "ihc", "positive", "orthogonal_concordant"),
        (fusion_call(), "ihc", "equivocal", "orthogonal_test"),
        # Which fusion the primers were for, the sheet does not say.
        (fusion_call(), "rt_pcr", "negative", "orthogonal_test"),
        # A local event: FISH need not split, and the protein need not be made.
        (partner_call("SLC12A6", 2), "ihc", "negative", "orthogonal_test"),
    ],
)
def test_locus_tests_agree_with_a_fusion_or_not(
    call: FusionCall, kind: str, result: str, code: str
) -> None:
    sample = scored(call, tests=(orthogonal(kind, result),))
    assert sample.state_reasons[-1] == f"{code}(kind={kind}, result={result})"


@pytest.mark.parametrize("kind", ["ihc", "fish", "rt_pcr", "sanger"])
@pytest.mark.parametrize("result", ["negative", "equivocal", "failed"])
def test_other_results_change_no_state_and_are_said(kind: str, result: str) -> None:
    # FISH misses cryptic BRD4-NUTM1 (Haack 2009): a negative one takes nothing back.
    tests = (orthogonal(kind, result),)
    assert scored(tests=tests).molecular_state is MolecularState.NOT_DETECTED
    positive = scored(fusion_call(), tests=tests)
    assert positive.molecular_state is MolecularState.CONFIRMED_BET
    assert positive.state_reasons[-1].endswith(f"(kind={kind}, result={result})")


@pytest.mark.parametrize("genes", [{}, None])
def test_detectability_lists_every_bet_and_complex_gene(genes: dict[str, Gene] | None) -> None:
    panel = starter_panel() if genes is None else replace(starter_panel(), genes=genes)
    sample = score(sample_annotated(), rnaseq(), panel)
    assert [each.gene for each in sample.detectability] == [
        "BRD4",
        "BRD3",
        "BRD2",
        "BRDT",
        "NSD3",
        "ZNF532",
        "ZNF592",
        "ZMYND8",
    ]
    first, second = sample.detectability[:2]
    limit = 0.056 if genes is None else None
    assert (first.gene_fragments, first.detection_limit) == (4_000, limit)
    # No sequence, no count: that is not zero.
    assert (second.gene_fragments, second.reason) == (None, "no_sequence_in_panel")
    assert all(each.detection_limit is None for each in sample.detectability[1:])
    assert {each.reason for each in scored(reads=False).detectability} == {"no_reads"}
    unseen = scored(qc=read_qc(partner_fragments=(), exon_ends=None)).detectability[0]
    assert (unseen.gene_fragments, unseen.reason) == (None, "not_counted")


POOL = (
    fusion_call(fusion_id="nf1.1"),
    partner_call("NSD3", 7, fusion_id="nf1.2"),
    partner_call("CIC", 20, fusion_id="nf1.3"),
    unknown_partner_call(fusion_id="nf1.4"),
    partner_call("SLC12A6", 2, fusion_id="nf1.5"),
    partner_call("BRD4", 12, fusion_id="nf1.6"),
    RECIPROCAL,
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(POOL), unique=True), st.booleans(), st.booleans())
def test_the_sample_takes_the_first_state_that_any_fusion_reaches(
    calls: list[FusionCall], is_good: bool, has_reads: bool
) -> None:
    qc = read_qc() if is_good else read_qc(fragments=1)
    sample = scored(*calls, qc=qc, reads=has_reads)
    assert {fusion.annotated.call.fusion_id for fusion in sample.fusions} == {
        call.fusion_id for call in calls
    }
    ranks = [fusion.state.precedence for fusion in sample.fusions]
    assert ranks == sorted(ranks)
    if calls:
        assert sample.molecular_state.precedence == min(ranks)
    else:
        good = is_good and has_reads
        expected = MolecularState.NOT_DETECTED if good else MolecularState.NOT_ASSESSABLE
        assert sample.molecular_state is expected
    for text in sample.state_reasons:
        found = Reason.parse(text)
        assert REASONS[found.code] == tuple(key for key, _ in found.values)


@settings(deadline=None)
@given(
    st.one_of(st.none(), st.integers(0, 5)),
    st.one_of(st.none(), st.integers(0, 5)),
    st.one_of(st.none(), st.integers(0, 5)),
)
def test_confirmation_needs_stated_support(
    split: int | None, pairs: int | None, starts: int | None
) -> None:
    counts = support(split_reads=split, discordant_pairs=pairs, distinct_starts=starts)
    confirmed = scored(fusion_call(support=counts)).molecular_state is MolecularState.CONFIRMED_BET
    enough = (
        split is not None
        and split >= 2
        and split + (pairs or 0) >= 3
        and (starts is None or starts >= 2)
    )
    assert confirmed is enough


def test_an_undocumented_reason_is_a_bug() -> None:
    with pytest.raises(ValueError, match="not a documented reason"):
        reason("made_up")
    with pytest.raises(ValueError, match="not a documented reason"):
        reason("nutm1_joined_to_bet")
