"""Criteria that decide nothing: bases beside the joint, catalogue, domains, other sources."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

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
    source,
    starter_panel,
    support,
    unknown_partner_call,
)
from tests.callers.builders import caller_file
from tests.scoring.profiles import rnaseq

from nutfusion.callers.registry import CALLERS
from nutfusion.model.reported import CallerEvidence
from nutfusion.model.terms import FusionDetection, SourceSays, Strand, Verdict
from nutfusion.scoring.criterion import answers
from nutfusion.scoring.fusion_state import judge_fusion
from nutfusion.scoring.joint_bases import WINDOW, dust_score, joint_bases
from nutfusion.scoring.mappability import KnownSequences, joint_kmers, kmers, look_up
from nutfusion.scoring.programs import PROGRAM_OF, RESTATING, independent
from nutfusion.scoring.registry import SHOWN_ONLY, Beside, criteria_for

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.call import FusionCall, SourceStatement
    from nutfusion.model.scored import CriterionOutcome

MET, NOT_MET, NOT_ASSESSABLE = "met", "not_met", "not_assessable"

NOWHERE = "GATTCGGACTTAACCGGAGTCCATTGCAGGAATCTGACCATG"
"""42 bases of no gene."""


def parts(before: str = "", after: str = "") -> FusionCall:
    """The canonical fusion, with these bases beside its joint instead of its own."""
    panel = starter_panel()
    brd4, nutm1 = panel.mane("BRD4"), panel.mane("NUTM1")
    assert brd4 is not None
    assert nutm1 is not None
    assert brd4.sequence is not None
    assert nutm1.sequence is not None
    last = brd4.transcript_position(15254152) or 0
    first = nutm1.transcript_position(34347969) or 0
    five = before or brd4.sequence[last - 60 : last]
    three = after or nutm1.sequence[first - 1 : first + 59]
    return fusion_call(consensus_sequence=five + three, consensus_junction_offset=len(five))


def outcome_of(
    identifier: str, fusion: AnnotatedFusion, beside: Beside | None = None, *, reads: bool = True
) -> CriterionOutcome:
    """One criterion's answer under the default profile."""
    criteria = criteria_for(rnaseq(), starter_panel(), read_qc() if reads else None, beside)
    return next(found for found in answers(criteria, fusion) if found.id == identifier)


@pytest.mark.parametrize(
    ("bases", "score"),
    [
        ("ACGTTGCAAGGC", 0.0),  # no triplet twice
        ("AAAAAAAAAAAA", 5.0),  # a poly-A tail: 45 pairs of 10 triplets
        ("AGAGAGAGAGAG", 20 / 9),  # a dinucleotide repeat: five AGA, five GAG
        ("ACGTTGCAAGG", None),  # 11 bases say nothing
        ("", None),
    ],
)
def test_dust(bases: str, score: float | None) -> None:
    assert dust_score(bases) == (None if score is None else pytest.approx(score))


@pytest.mark.parametrize(
    ("call", "verdict"),
    [
        (parts(), MET),
        # BRD4's exons are joined to nothing but a repeat: any repeat in the genome looks like this.
        (parts(after="AG" * 20), NOT_MET),
        (parts(before="A" * 40), NOT_MET),
        # Eleven bases of NUTM1 are too few to call them simple or not.
        (parts(after="CATCTGCATTG"), NOT_ASSESSABLE),
        # Discordant pairs alone give no consensus.
        (fusion_call(junction=bounded_junction()), NOT_ASSESSABLE),
    ],
)
def test_complexity(call: FusionCall, verdict: str) -> None:
    assert outcome_of("joint_complexity", annotated(call)).verdict == verdict


def test_a_linker_is_no_part_of_either_side() -> None:
    call = fusion_call(
        junction=junction(linker_sequence="AAAA"),
        consensus_sequence="C" * 50 + "AAAA" + "G" * 50,
        consensus_junction_offset=50,
    )
    found = joint_bases(call)
    assert found is not None
    assert (found.five_prime, found.three_prime) == ("C" * WINDOW, "G" * WINDOW)


def known_of(call: FusionCall, *others: str) -> KnownSequences:
    """The panel, and a gene ``OTHER`` that holds some sequences too."""
    wanted = joint_kmers([annotated(call)])
    found = dict(look_up(wanted, starter_panel()).genes)
    for sequence in others:
        for kmer in kmers(sequence):
            found[kmer] = found.get(kmer, frozenset()) | {"OTHER"}
    return KnownSequences(found)


@pytest.mark.parametrize(
    ("call", "elsewhere", "observed", "verdict"),
    [
        (parts(), "", "21 of 21 and 21 of 21", MET),
        # A paralogue has all of the partner's bases: the reads may be its.
        (parts(), (parts().consensus_sequence or "")[20:60], "0 of 21 and 21 of 21", NOT_MET),
        # It has half of them: 30 of 40 bases are 11 of 21 stretches, 10 stay the partner's own.
        (parts(), (parts().consensus_sequence or "")[20:50], "10 of 21 and 21 of 21", NOT_MET),
        (parts(), (parts().consensus_sequence or "")[20:49], "11 of 21 and 21 of 21", MET),
        # 19 bases hold no stretch of 20.
        (parts(after=NOWHERE[:19]), "", None, NOT_ASSESSABLE),
        (parts(after=NOWHERE[:20]), "", "21 of 21 and 1 of 1", MET),
    ],
)
def test_mappability(call: FusionCall, elsewhere: str, observed: str | None, verdict: str) -> None:
    beside = Beside(known=known_of(call, elsewhere))
    found = outcome_of("joint_mappable", annotated(call), beside)
    assert found.verdict == verdict
    assert found.observed == (None if observed is None else f"{observed} stretches of 20 nt")
    assert found.required == "at least 0.5 of stretches in no other gene of the panel"


def test_both_strands_of_a_sequence_hold_its_kmers() -> None:
    turned = NOWHERE.translate(str.maketrans("ACGT", "TGCA"))[::-1]
    assert set(kmers(NOWHERE)) == set(kmers(turned))
    assert kmers("ACGTN" * 5) == ()


def test_an_unknown_partner_may_have_one_gene() -> None:
    base = parts(before=NOWHERE)
    call = unknown_partner_call(consensus_sequence=base.consensus_sequence).model_copy(
        update={"consensus_junction_offset": len(NOWHERE)}
    )
    one = Beside(known=known_of(call, NOWHERE))
    assert outcome_of("joint_mappable", annotated(call), one).verdict == MET
    two = KnownSequences({kmer: frozenset({"A", "B"}) for kmer in kmers(NOWHERE)})
    assert outcome_of("joint_mappable", annotated(call), Beside(known=two)).verdict == NOT_MET


def test_bases_of_dna_are_not_looked_up_in_transcripts() -> None:
    of_dna = parts().model_copy(update={"fusion_detection": FusionDetection.INFERRED})
    fusion = annotated(of_dna)
    assert outcome_of("joint_mappable", fusion).verdict == NOT_ASSESSABLE
    assert joint_kmers([fusion]) == frozenset()


@pytest.mark.parametrize(
    ("call", "observed", "verdict"),
    [
        (fusion_call(), "catalogued", MET),
        # In frame, but the paper's exon 10 may be another one: not verified.
        (partner_call("BRD4", 10), "catalogued, not verified", NOT_ASSESSABLE),
        (partner_call("BRD4", 12), "not in the catalogue", NOT_ASSESSABLE),
        # The right base on the other strand is another joint.
        (
            fusion_call(junction=junction(five_prime=end("chr19", 15254152, Strand.PLUS))),
            "not in the catalogue",
            NOT_ASSESSABLE,
        ),
        # One base beside it is no catalogued joint.
        (
            fusion_call(junction=junction(three_prime=acceptor_end("NUTM1", 3, 1))),
            "not in the catalogue",
            NOT_ASSESSABLE,
        ),
        (fusion_call(junction=bounded_junction()), None, NOT_ASSESSABLE),
        (unknown_partner_call(), None, NOT_ASSESSABLE),
    ],
)
def test_known_junction(call: FusionCall, observed: str | None, verdict: str) -> None:
    found = outcome_of("known_junction", annotated(call))
    assert (found.observed, found.verdict) == (observed, verdict)


def test_unverified_residues_are_shown_and_judge_nothing() -> None:
    found = outcome_of("domains_kept", annotated())
    assert found.verdict == NOT_ASSESSABLE
    assert found.observed == "4 of 4 domains kept, residues unverified"


def test_verified_residues_judge() -> None:
    fusion = annotated()
    sure = tuple(domain.model_copy(update={"verified": True}) for domain in fusion.domains)
    assert outcome_of("domains_kept", annotated(domains=sure)).verdict == MET
    # BRD4 exon 8 ends before the ET domain does: lost with it is what binds NSD3.
    short = annotated(partner_call("BRD4", 8))
    sure = tuple(domain.model_copy(update={"verified": True}) for domain in short.domains)
    found = outcome_of("domains_kept", short.model_copy(update={"domains": sure}))
    assert found.verdict == NOT_MET


def test_domains_of_a_bounded_joint_are_unknown() -> None:
    found = outcome_of("domains_kept", annotated(fusion_call(junction=bounded_junction())))
    assert (found.verdict, found.observed) == (NOT_ASSESSABLE, None)


def test_a_partner_that_is_no_bet_gene_is_not_asked_for_bromodomains() -> None:
    criteria = criteria_for(rnaseq(), starter_panel(), read_qc())
    found = {o.id for o in answers(criteria, annotated(partner_call("NSD3", 7)))}
    assert "domains_kept" not in found


def caller(name: str, **changes: object) -> SourceStatement:
    return source(kind="caller", name=name, **changes)


ALONE = (source(),)
POSITION = "position_differs(five_prime=1, three_prime=2)"


@pytest.mark.parametrize(
    ("sources", "files", "observed", "verdict"),
    [
        (ALONE, (), "1 of 1", NOT_ASSESSABLE),
        ((*ALONE, caller("arriba")), (), "2 of 2", MET),
        # Arriba was run and is silent: one of two.
        (ALONE, ("arriba",), "1 of 2", NOT_MET),
        # FusionCatcher's two files are one program's opinion.
        (
            (caller("fusioncatcher"), caller("fusioncatcher_summary")),
            ("fusioncatcher", "fusioncatcher_summary"),
            "1 of 2",
            NOT_MET,
        ),
        # A list that repeats Arriba adds nothing to it.
        ((*ALONE, caller("arriba"), caller("fusion_report")), (), "2 of 2", MET),
        # It puts the joint elsewhere, or its own filters reject it: no agreement.
        ((*ALONE, caller("arriba", remarks=(POSITION,))), (), "1 of 2", NOT_MET),
        ((*ALONE, caller("arriba", remarks=("not_passed",))), (), "1 of 2", NOT_MET),
        ((source(says=SourceSays.NOT_SEEN), caller("arriba")), (), "1 of 2", NOT_MET),
        # The tumour was tested for the break by FISH as well.
        ((*ALONE, source(kind="orthogonal", name="fish")), (), "2 of 2", MET),
    ],
)
def test_sources_agree(
    sources: tuple[SourceStatement, ...], files: tuple[str, ...], observed: str, verdict: str
) -> None:
    fusion = annotated(fusion_call(support=support(sources=sources)))
    beside = Beside(callers=CallerEvidence(files=tuple(caller_file(caller=name) for name in files)))
    found = outcome_of("sources_agree", fusion, beside)
    assert found.observed == f"{observed} independent sources"
    assert found.verdict == verdict


def test_two_files_of_one_program_alone_are_one_source() -> None:
    sources = (caller("fusioncatcher"), caller("fusioncatcher_summary"))
    fusion = annotated(fusion_call(support=support(sources=sources)))
    found = outcome_of("sources_agree", fusion, reads=False)
    assert (found.observed, found.verdict) == ("1 of 1 independent sources", NOT_ASSESSABLE)


def test_every_program_with_several_formats_is_one() -> None:
    assert set(PROGRAM_OF) | RESTATING <= set(CALLERS)
    assert not set(PROGRAM_OF) & RESTATING
    # formats whose names differ in their ending alone are of one program
    for name, other in itertools.permutations(sorted(set(CALLERS) - RESTATING), 2):
        if other.startswith(f"{name}_"):
            assert len(independent((name, other))) == 1, (name, other)
    assert independent(RESTATING) == {"restated"}
    assert independent(()) == frozenset()


RECIPROCAL = fusion_call(
    fusion_id="nf1.reciprocal",
    five_prime_gene=NUTM1,
    three_prime_gene=gene("BRD4"),
    junction=junction(five_prime=donor_end("NUTM1", 2), three_prime=acceptor_end("BRD4", 12)),
)


@pytest.mark.parametrize(
    ("fusion", "other", "verdict"),
    [
        (fusion_call(), RECIPROCAL, MET),
        (fusion_call(), None, NOT_ASSESSABLE),
        # The reciprocal of another gene's fusion is none of this one.
        (partner_call("BRD3", 10), RECIPROCAL, NOT_ASSESSABLE),
    ],
)
def test_reciprocal(fusion: FusionCall, other: FusionCall | None, verdict: str) -> None:
    mine = annotated(fusion)
    others = () if other is None else (annotated(other),)
    found = outcome_of("reciprocal_seen", mine, Beside(fusions=(mine, *others)))
    assert found.verdict == verdict


def test_the_reciprocal_itself_is_not_asked_for_one() -> None:
    criteria = criteria_for(rnaseq(), starter_panel(), read_qc())
    for call in (RECIPROCAL, unknown_partner_call()):
        assert "reciprocal_seen" not in {o.id for o in answers(criteria, annotated(call))}


@pytest.mark.parametrize(
    "call",
    [
        fusion_call(),
        partner_call("NSD3", 7),
        partner_call("SLC12A6", 2),
        partner_call("BRD4", 12),
        fusion_call(junction=bounded_junction()),
        unknown_partner_call(),
        RECIPROCAL,
    ],
)
def test_no_state_rests_on_them(call: FusionCall) -> None:
    fusion = annotated(call)
    outcomes = answers(criteria_for(rnaseq(), starter_panel(), read_qc()), fusion)
    assert {o.id for o in outcomes} >= SHOWN_ONLY - {
        "domains_kept",
        "reciprocal_seen",
        "nutm1_wild_type_background",
    }
    usual = judge_fusion(fusion, outcomes, "rnaseq")
    for verdict in Verdict:
        turned = [
            o.model_copy(update={"verdict": verdict}) if o.id in SHOWN_ONLY else o for o in outcomes
        ]
        assert judge_fusion(fusion, turned, "rnaseq") == usual
