"""Each criterion at its boundary: unknown is never zero, and nothing is dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
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
    partner_call,
    read_qc,
    starter_panel,
    support,
    unknown_partner_call,
)
from tests.scoring.profiles import rnaseq

from nutfusion.annotation.frame import FRAME_REASONS
from nutfusion.model.evidence import SupportingRead
from nutfusion.model.terms import ReadingFrame, Strand
from nutfusion.scoring import load_assay
from nutfusion.scoring.criterion import PHRASES, answers
from nutfusion.scoring.quality import assess_quality
from nutfusion.scoring.registry import criteria_for

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.scored import CriterionOutcome

MET, NOT_MET, NOT_ASSESSABLE = "met", "not_met", "not_assessable"


def outcome_of(identifier: str, call: FusionCall, qc: ReadQc | None = None) -> CriterionOutcome:
    """One criterion's answer under the default profile."""
    found = answers(criteria_for(rnaseq(), starter_panel(), qc), annotated(call))
    return next(outcome for outcome in found if outcome.id == identifier)


@pytest.mark.parametrize(
    ("counts", "verdict", "observed"),
    [
        ({"split_reads": 2, "discordant_pairs": 1}, MET, "3 fragments"),
        ({"split_reads": 2, "discordant_pairs": 0}, NOT_MET, "2 fragments"),
        ({"split_reads": 0, "discordant_pairs": 0}, NOT_MET, "0 fragments"),
        # A caller that counts split reads alone: enough is enough, too few may still be enough.
        ({"split_reads": 3, "discordant_pairs": None}, MET, "at least 3 fragments"),
        ({"split_reads": 2, "discordant_pairs": None}, NOT_ASSESSABLE, "at least 2 fragments"),
        ({"split_reads": None, "discordant_pairs": None}, NOT_ASSESSABLE, None),
    ],
)
def test_supporting_fragments(
    counts: dict[str, int | None], verdict: str, observed: str | None
) -> None:
    found = outcome_of("enough_supporting_fragments", fusion_call(support=support(**counts)))
    assert (found.verdict, found.observed) == (verdict, observed)
    assert found.required == "at least 3 fragments"
    assert "Twist_Solid" in found.source


@pytest.mark.parametrize(
    ("identifier", "field", "passes", "fails"),
    [
        ("enough_split_reads", "split_reads", 2, 1),
        ("enough_distinct_starts", "distinct_starts", 2, 1),
    ],
)
def test_counts_at_their_boundary(identifier: str, field: str, passes: int, fails: int) -> None:
    for number, verdict in ((passes, MET), (fails, NOT_MET), (0, NOT_MET), (None, NOT_ASSESSABLE)):
        call = fusion_call(support=support(**{field: number}))
        found = outcome_of(identifier, call)
        assert found.verdict == verdict
        assert (found.observed is None) is (number is None)


def split_read(five_prime: int, three_prime: int, **changes: Any) -> SupportingRead:
    values: dict[str, Any] = {
        "name": "r",
        "mate": 1,
        "kind": "split",
        "sequence": "A" * (five_prime + three_prime),
        "offset": 0,
        "five_prime_anchor": five_prime,
        "three_prime_anchor": three_prime,
        "mismatches": 0,
        "duplicate": False,
    }
    return SupportingRead(**(values | changes))


@pytest.mark.parametrize(
    ("reads", "total", "longest", "verdict"),
    [
        ((), 0, (12, 12), MET),
        ((), 0, (12, 11), NOT_MET),
        ((), None, (None, None), NOT_ASSESSABLE),
        # Long anchors on either side, but never in the same read.
        ((split_read(80, 6), split_read(5, 80)), 2, (80, 80), NOT_MET),
        ((split_read(80, 6), split_read(13, 12)), 2, (80, 12), MET),
        # A duplicate proves nothing, and neither does a read beside the joint.
        ((split_read(8, 80), split_read(40, 40, duplicate=True)), 2, (40, 80), NOT_MET),
        # Not every read is at hand: the longest anchors are all there is to look at.
        ((split_read(80, 6),), 300, (80, 40), MET),
    ],
)
def test_anchors_in_one_read(
    reads: tuple[SupportingRead, ...],
    total: int | None,
    longest: tuple[int | None, int | None],
    verdict: str,
) -> None:
    call = fusion_call(
        support=support(reads=reads, reads_total=total),
        longest_five_prime_anchor=longest[0],
        longest_three_prime_anchor=longest[1],
    )
    assert outcome_of("anchors_both_sides", call).verdict == verdict


@pytest.mark.parametrize(
    ("identity", "verdict"), [(1.0, MET), (0.95, MET), (0.9499, NOT_MET), (None, NOT_ASSESSABLE)]
)
def test_partner_identity(identity: float | None, verdict: str) -> None:
    call = fusion_call(partner_identity=identity)
    assert outcome_of("partner_sequence_matches", call).verdict == verdict


RECIPROCAL = fusion_call(
    five_prime_gene=NUTM1,
    three_prime_gene=gene("BRD4"),
    junction=junction(five_prime=donor_end("NUTM1", 2), three_prime=acceptor_end("BRD4", 12)),
)
BOUNDED = fusion_call(junction=bounded_junction())
MID_EXON = fusion_call(junction=junction(three_prime=acceptor_end("NUTM1", 3, 5)))
INTRON = fusion_call(junction=junction(five_prime=end("chr19", 15250000, Strand.MINUS)))
ANTISENSE = fusion_call(junction=junction(five_prime=end("chr19", 15254152, Strand.PLUS)))
NO_EXONS = fusion_call(
    five_prime_gene=gene("MGA"),
    junction=junction(five_prime=end("chr15", 41_700_000, Strand.PLUS)),
)


@pytest.mark.parametrize(
    ("identifier", "call", "verdict"),
    [
        ("exact_junction", fusion_call(), MET),
        ("exact_junction", BOUNDED, NOT_MET),
        ("exact_junction", unknown_partner_call(), NOT_MET),
        ("exon_boundary_junction", fusion_call(), MET),
        ("exon_boundary_junction", MID_EXON, NOT_MET),
        ("exon_boundary_junction", INTRON, NOT_MET),
        ("exon_boundary_junction", NO_EXONS, NOT_ASSESSABLE),
        ("exon_boundary_junction", BOUNDED, NOT_ASSESSABLE),
        ("nutm1_is_three_prime", fusion_call(), MET),
        ("nutm1_is_three_prime", RECIPROCAL, NOT_MET),
        ("both_parts_sense", fusion_call(), MET),
        ("both_parts_sense", ANTISENSE, NOT_MET),
        ("both_parts_sense", unknown_partner_call(), NOT_ASSESSABLE),
        ("both_parts_sense", NO_EXONS, NOT_ASSESSABLE),
        ("reading_frame_in_frame", fusion_call(), MET),
        ("reading_frame_in_frame", partner_call("BRD4", 12), NOT_MET),
        ("reading_frame_in_frame", BOUNDED, NOT_ASSESSABLE),
        ("reading_frame_in_frame", NO_EXONS, NOT_ASSESSABLE),
        ("reading_frame_in_frame", partner_call("BRD4", 1), NOT_MET),  # BRD4's 5'UTR
        ("unknown_partner_not_intron", unknown_partner_call(), MET),
        ("unknown_partner_not_intron", unknown_partner_call(partner_hint="intron_end"), NOT_MET),
    ],
)
def test_structure(identifier: str, call: FusionCall, verdict: str) -> None:
    assert outcome_of(identifier, call).verdict == verdict


@pytest.mark.parametrize(
    ("upstream", "downstream", "verdict"),
    [
        (0, 40, MET),  # NUTM1 is silent but for the fusion
        (12, 88, NOT_MET),  # a testis: exons 1 and 2 are 12 % of the transcript
        (0, 19, NOT_ASSESSABLE),
        (0, 0, NOT_ASSESSABLE),
    ],
)
def test_wild_type_background(upstream: int, downstream: int, verdict: str) -> None:
    qc = read_qc(nutm1_upstream_fragments=upstream, nutm1_downstream_fragments=downstream)
    assert outcome_of("nutm1_wild_type_background", fusion_call(), qc).verdict == verdict


def test_background_without_reads_is_not_assessable() -> None:
    assert outcome_of("nutm1_wild_type_background", fusion_call()).verdict == NOT_ASSESSABLE


def test_a_profile_that_does_not_ask_gets_no_verdict() -> None:
    targeted = load_assay("targeted-rna")
    qc = read_qc(nutm1_upstream_fragments=50, nutm1_downstream_fragments=50)
    outcomes = {o.id: o for o in answers(criteria_for(targeted, starter_panel(), qc), annotated())}
    found = outcomes["nutm1_wild_type_background"]
    assert (found.verdict, found.required) == (NOT_ASSESSABLE, "not asked by this profile")


CALLS = (
    fusion_call(),
    BOUNDED,
    MID_EXON,
    INTRON,
    ANTISENSE,
    NO_EXONS,
    RECIPROCAL,
    unknown_partner_call(),
    partner_call("BRD4", 12),
    fusion_call(support=support(split_reads=None, discordant_pairs=4, distinct_starts=None)),
)
FRAMES = "|".join(frame.value for frame in ReadingFrame)
SHAPES = [re.escape(phrase).replace(r"\#", r"\d+(\.\d+)?") for phrase in PHRASES] + [
    rf"({FRAMES}) \(({'|'.join(FRAME_REASONS)})\)"
]


def test_every_text_of_every_outcome_is_a_known_phrase() -> None:
    outcomes = [
        outcome
        for profile in (rnaseq(), load_assay("targeted-rna"))
        for qc in (None, read_qc())
        for call in CALLS
        for outcome in answers(criteria_for(profile, starter_panel(), qc), annotated(call))
    ]
    outcomes += assess_quality(read_qc(), rnaseq().quality)
    outcomes += assess_quality(None, load_assay("targeted-rna").quality)
    for found in outcomes:
        for text in (found.observed, found.required):
            if text is not None:
                assert any(re.fullmatch(shape, text) for shape in SHAPES), text
        assert found.source


def test_criteria_that_apply_answer_in_one_order() -> None:
    criteria = criteria_for(rnaseq(), starter_panel(), read_qc())
    order = [criterion.identifier for criterion in criteria]
    assert len(set(order)) == len(order) == 18
    for call in CALLS:
        found = [outcome.id for outcome in answers(criteria, annotated(call))]
        assert found == [identifier for identifier in order if identifier in found]
        missing = set(order) - set(found)
        assert missing <= {
            "domains_kept",
            "nutm1_wild_type_background",
            "reciprocal_seen",
            "unknown_partner_not_intron",
        }
        # As the 5' partner NUTM1 brings exactly the exons that are looked for.
        assert ("nutm1_wild_type_background" in missing) is (call.five_prime_gene == NUTM1)
        assert ("unknown_partner_not_intron" in missing) is (call != unknown_partner_call())
