"""Declared tests beside what was read: agreements, conflicts, and what suggestions rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.builders import (
    acceptor_end,
    annotated,
    bounded_junction,
    donor_end,
    fusion_call,
    gene,
    junction,
    partner_call,
    read_qc,
    sample_annotated,
    starter_panel,
    support,
    unknown_partner_call,
)
from tests.scoring.profiles import rnaseq

from nutfusion.errors import ConfigError
from nutfusion.model.dossier import OrthogonalTest
from nutfusion.model.reason import Reason
from nutfusion.model.terms import MolecularState
from nutfusion.scoring import load_assay, score
from nutfusion.scoring.ledger import LEDGER_CODES, load_orthogonal
from nutfusion.scoring.ledger.codes import said

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.call import FusionCall
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.scored import SampleScored
    from nutfusion.scoring import AssayProfile

CANONICAL = "NM_058243.3(BRD4):e.11::NM_001284292.2(NUTM1):e.3"
BREAK_APART = {"kind": "fish", "result": "positive", "probe": "break_apart"}
DUAL = {"kind": "fish", "result": "positive", "probe": "dual_fusion", "probe_partner": "BRD4"}
FEW = support(split_reads=1, discordant_pairs=0, distinct_starts=1)


def scored(
    *calls: FusionCall,
    tests: tuple[dict[str, Any], ...] = (),
    qc: ReadQc | None = None,
    assay: AssayProfile | None = None,
    reads: bool = True,
) -> SampleScored:
    """A sample with good reads, unless said otherwise."""
    figures = (read_qc() if qc is None else qc) if reads else None
    declared = tuple(OrthogonalTest(**{"detail": None, **test}) for test in tests)
    sample = sample_annotated(*(annotated(call) for call in calls), qc=figures)
    return score(sample, assay or rnaseq(), starter_panel(), declared)


def sequence(kind: str, joint: str | None, result: str = "positive") -> dict[str, Any]:
    """RT-PCR or Sanger."""
    return {"kind": kind, "result": result, "joint": joint}


def code(text: str) -> str:
    return Reason.parse(text).code


def suggestions(sample: SampleScored) -> list[tuple[str, str]]:
    """What is suggested, and why."""
    return [(code(test.test), code(test.reason)) for test in sample.ledger.next_tests]


@pytest.mark.parametrize(
    ("call", "test", "agreement", "why"),
    [
        # The locus: with any partner but a neighbour.
        (fusion_call(), {"kind": "ihc", "result": "positive"}, "concordant", "locus_agrees"),
        (fusion_call(), BREAK_APART, "concordant", "locus_agrees"),
        (
            # MGA and MXD4 stain too (PMID 30723300): agreement is no BET partner.
            partner_call("CIC", 20),
            {"kind": "ihc", "result": "positive"},
            "concordant",
            "locus_agrees",
        ),
        (
            # Haack 2009: 13 % of IHC are negative where FISH is positive.
            fusion_call(),
            {"kind": "ihc", "result": "negative"},
            "conflict",
            "test_negative_fusion_read",
        ),
        (
            # A cryptic rearrangement escapes conventional FISH.
            fusion_call(),
            {**BREAK_APART, "result": "negative"},
            "conflict",
            "test_negative_fusion_read",
        ),
        (
            # SLC12A6 lies 5 kb away: the probes need not come apart.
            partner_call("SLC12A6", 2),
            {**BREAK_APART, "result": "negative"},
            "no_bearing",
            "neighbour_needs_not_agree",
        ),
        (
            fusion_call(),
            {"kind": "ihc", "result": "equivocal"},
            "not_comparable",
            "result_not_usable",
        ),
        (
            fusion_call(),
            {"kind": "fish", "result": "failed"},
            "not_comparable",
            "result_not_usable",
        ),
        # Dual-fusion FISH looks for one partner.
        (fusion_call(), DUAL, "concordant", "same_partner"),
        (partner_call("NSD3", 7), DUAL, "conflict", "test_other_partner"),
        (
            # WHSC1L1 is the former symbol of NSD3.
            partner_call("NSD3", 7),
            {**DUAL, "probe_partner": "WHSC1L1"},
            "concordant",
            "same_partner",
        ),
        (
            partner_call("NSD3", 7),
            {**DUAL, "result": "negative"},
            "no_bearing",
            "other_partner_expected",
        ),
        (fusion_call(), {**DUAL, "result": "negative"}, "conflict", "test_negative_fusion_read"),
        (unknown_partner_call(), DUAL, "no_bearing", "partner_not_read"),
        # RT-PCR and Sanger look for one joint; coordinates are compared, never numbers.
        (fusion_call(), sequence("sanger", CANONICAL), "concordant", "same_joint"),
        (
            # Carcinoma papers call the acceptor exon 2, MANE exon 3: no conflict.
            fusion_call(),
            sequence("rt_pcr", "BRD4 exon 11::NUTM1 exon 2"),
            "compatible",
            "one_meaning_same_joint",
        ),
        (
            # Exon 10 and 11 are both in frame: the frame cannot tell, coordinates do.
            partner_call("BRD4", 10),
            sequence("rt_pcr", "BRD4 exon 11::NUTM1 exon 2"),
            "conflict",
            "test_other_joint",
        ),
        (
            partner_call("BRD4", 10),
            sequence("sanger", CANONICAL),
            "conflict",
            "test_other_joint",
        ),
        (
            # Older papers' exon 10 may be exon 11: said to be compatible, not a conflict.
            fusion_call(),
            sequence("rt_pcr", "BRD4 exon 10::NUTM1 exon 2"),
            "compatible",
            "one_meaning_same_joint",
        ),
        (
            partner_call("NSD3", 7),
            sequence("rt_pcr", "BRD4 exon 11::NUTM1 exon 2"),
            "conflict",
            "test_other_partner",
        ),
        (fusion_call(), sequence("rt_pcr", "BRD4::NUTM1"), "concordant", "same_partner"),
        (
            # Pairs alone bound the joint: the genes can be compared, the exons cannot.
            fusion_call(
                junction=bounded_junction(), support=support(split_reads=0, discordant_pairs=40)
            ),
            sequence("rt_pcr", CANONICAL),
            "concordant",
            "same_partner",
        ),
        (
            unknown_partner_call(),
            sequence("rt_pcr", CANONICAL),
            "no_bearing",
            "partner_not_read",
        ),
        (fusion_call(), sequence("rt_pcr", None), "not_comparable", "joint_not_stated"),
        (fusion_call(), sequence("rt_pcr", "fusion trouvée"), "not_comparable", "joint_not_stated"),
        (
            fusion_call(),
            sequence("rt_pcr", "réarrangement de NUTM1"),
            "not_comparable",
            "partner_not_stated",
        ),
        (
            fusion_call(),
            sequence("rt_pcr", None, "negative"),
            "not_comparable",
            "negative_of_unnamed",
        ),
        (
            fusion_call(),
            sequence("rt_pcr", CANONICAL, "negative"),
            "conflict",
            "test_negative_fusion_read",
        ),
        (
            # Primers of exon 11 show nothing of exon 14: a negative of another joint.
            partner_call("BRD4", 14),
            sequence("rt_pcr", CANONICAL, "negative"),
            "no_bearing",
            "cannot_see_other_joints",
        ),
    ],
)
def test_a_test_beside_a_fusion(
    call: FusionCall, test: dict[str, Any], agreement: str, why: str
) -> None:
    sample = scored(call, tests=(test,))
    (entry,) = sample.ledger.entries
    assert (entry.agreement, code(entry.why)) == (agreement, why)
    assert [one.agreement for one in entry.beside] == [agreement]
    assert entry.beside[0].fusion_id == call.fusion_id
    assert (entry.why in sample.ledger.conflicts) is (agreement == "conflict")
    # NB: whatever a test says, the state is what the reads make it.
    assert sample.molecular_state is scored(call).molecular_state


@pytest.mark.parametrize(
    ("result", "qc", "reads", "agreement", "why"),
    [
        ("positive", None, True, "conflict", "test_positive_nothing_read"),
        ("positive", read_qc(fragments=10), True, "not_comparable", "reads_could_not_show"),
        ("positive", None, False, "not_comparable", "nothing_examined"),
        ("negative", None, True, "concordant", "both_silent"),
    ],
)
def test_a_test_beside_silence(
    result: str, qc: ReadQc | None, reads: bool, agreement: str, why: str
) -> None:
    sample = scored(tests=({"kind": "ihc", "result": result},), qc=qc, reads=reads)
    (entry,) = sample.ledger.entries
    assert (entry.agreement, code(entry.why), entry.beside) == (agreement, why, ())


def test_a_test_of_one_partner_is_held_against_what_gives_the_state() -> None:
    """NSD3::NUTM1 is confirmed; a stray BRD4::NUTM1 read does not settle the FISH's conflict."""
    weak = fusion_call(support=FEW)
    sample = scored(partner_call("NSD3", 7), weak, tests=(DUAL,))
    (entry,) = sample.ledger.entries
    assert [one.agreement for one in entry.beside] == ["conflict", "concordant"]
    assert entry.agreement == "conflict"
    # Two isoforms of one rearrangement: RT-PCR of one agrees.
    isoforms = (fusion_call(), partner_call("BRD4", 10, fusion_id="nf1.ten"))
    sample = scored(*isoforms, tests=(sequence("sanger", CANONICAL),))
    assert sample.ledger.entries[0].agreement == "concordant"
    assert sample.ledger.conflicts == ()


def test_tests_that_contradict_each_other_are_named() -> None:
    ihc = {"kind": "ihc", "result": "positive"}
    fish = {**BREAK_APART, "result": "negative"}
    conflicts = scored(fusion_call(), tests=(ihc, fish)).ledger.conflicts
    assert [code(text) for text in conflicts] == ["test_negative_fusion_read", "tests_disagree"]
    claims = (
        sequence("rt_pcr", "NSD3 exon 7::NUTM1 exon 3"),
        sequence("sanger", CANONICAL),
    )
    conflicts = scored(fusion_call(), tests=claims).ledger.conflicts
    assert [code(text) for text in conflicts] == ["test_other_partner", "claims_differ"]


def test_a_dual_fusion_fish_names_a_candidate_and_confirms_nothing() -> None:
    sample = scored(tests=(DUAL,))
    (fusion,) = sample.fusions
    assert fusion.annotated.name == "BRD4(::)NUTM1"
    assert not fusion.annotated.call.order_known
    assert fusion.annotated.call.junction.five_prime is None
    assert sample.molecular_state is MolecularState.REARRANGED_PARTNER_UNKNOWN
    assert sample.state_reasons[0] == "fish_dual_positive_alone(gene=BRD4)"
    both = scored(tests=(BREAK_APART, DUAL))
    assert [each.annotated.name for each in both.fusions] == ["BRD4(::)NUTM1"]
    negative = scored(tests=({**DUAL, "result": "negative"},))
    assert negative.molecular_state is MolecularState.NOT_DETECTED
    # A gene that the panel does not hold is named as declared, without an identifier.
    other = scored(tests=({**DUAL, "probe_partner": "XYZ1"},))
    gene_ref = other.fusions[0].annotated.call.five_prime_gene
    assert gene_ref is not None
    assert (gene_ref.symbol, gene_ref.hgnc_id) == ("XYZ1", None)
    assert other.ledger.entries[0].notes == ("probe_gene_not_known(gene=XYZ1)",)


@pytest.mark.parametrize(
    ("test", "notes"),
    [
        ({"kind": "ihc", "positive_nuclei": 50.1, "clone": "c52b1"}, ["nuclei_above"]),
        ({"kind": "ihc", "positive_nuclei": 50, "clone": "C52B1"}, ["nuclei_not_above"]),
        ({"kind": "ihc", "positive_nuclei": 0, "clone": "C52B1"}, ["nuclei_not_above"]),
        ({"kind": "ihc", "clone": "SP1"}, ["nuclei_not_stated", "clone_other"]),
        ({"kind": "ihc"}, ["nuclei_not_stated", "clone_not_stated"]),
        ({"kind": "fish", "probe": "break_apart", "split_cells": 20.5}, ["split_above"]),
        ({"kind": "fish", "probe": "break_apart", "split_cells": 20}, ["split_not_above"]),
        ({"kind": "fish", "probe": "break_apart"}, ["split_not_stated"]),
        ({"kind": "fish"}, ["probe_not_stated", "split_not_stated"]),
    ],
)
def test_figures_at_the_published_boundary_decide_nothing(
    test: dict[str, Any], notes: list[str]
) -> None:
    sample = scored(tests=({**test, "result": "positive"},))
    assert [code(note) for note in sample.ledger.entries[0].notes] == notes
    plain = {"kind": test["kind"], "result": "positive"}
    assert sample.molecular_state is scored(tests=(plain,)).molecular_state


def test_published_facts_stand_with_their_source() -> None:
    ledger = scored(tests=({"kind": "ihc", "result": "positive"}, BREAK_APART)).ledger
    assert {fact.test for fact in ledger.facts} == {"ihc", "fish", "sequencing"}
    assert all(fact.source.kind == "published" for fact in ledger.facts)
    # Nothing published here is about dual-fusion probes.
    assert scored(fusion_call(), tests=(DUAL,)).ledger.facts == ()


@pytest.mark.parametrize(
    ("calls", "tests", "first"),
    [
        ((fusion_call(),), (), None),
        ((fusion_call(),), ({"kind": "ihc", "result": "negative"},), None),
        ((partner_call("SLC12A6", 2),), (), None),
        ((), (), None),
        ((), ({"kind": "ihc", "result": "negative"},), None),
        ((), ({"kind": "ihc", "result": "positive"},), "fish_break_apart"),
        (
            # FISH was done: it is not asked for again.
            (),
            ({"kind": "ihc", "result": "positive"}, {**BREAK_APART, "result": "negative"}),
            "other_rna_assay",
        ),
        (
            # A FISH that failed said nothing.
            (),
            ({"kind": "ihc", "result": "positive"}, {**BREAK_APART, "result": "failed"}),
            "fish_break_apart",
        ),
        ((), (BREAK_APART,), "whole_transcriptome"),
        ((), (DUAL,), "rna_for_transcript"),
        ((), (sequence("rt_pcr", CANONICAL),), "see_the_sequence"),
        ((unknown_partner_call(),), (), "partner_sequence"),
        ((partner_call("BRD4", 12),), (), "whole_transcriptome"),
        ((fusion_call(),), ({**DUAL, "probe_partner": "NSD3"},), "rt_pcr_across_joint"),
        ((partner_call("BRD4", 10),), (sequence("sanger", CANONICAL),), "rt_pcr_across_joint"),
    ],
)
def test_the_next_useful_test(
    calls: tuple[FusionCall, ...], tests: tuple[dict[str, Any], ...], first: str | None
) -> None:
    found = suggestions(scored(*calls, tests=tests))
    assert (found[0][0] if found else None) == first


def test_every_suggestion_rests_on_something_that_is_said() -> None:
    cases = [
        scored(fusion_call(support=FEW)),
        scored(tests=({"kind": "ihc", "result": "positive"},)),
        scored(unknown_partner_call(), tests=(DUAL,)),
        scored(assay=load_assay("targeted-rna-without-nutm1")),
        scored(qc=read_qc(fragments=10)),
        scored(fusion_call(), reads=False),
    ]
    for sample in cases:
        assert sample.ledger.next_tests
        for test in sample.ledger.next_tests:
            known = {code(text) for text in (*sample.state_reasons, *sample.ledger.conflicts)}
            assert {code(text) for text in test.rests_on} & known, test


def test_rt_pcr_is_suggested_with_both_positions() -> None:
    sample = scored(fusion_call(support=FEW))
    tests = [test.test for test in sample.ledger.next_tests]
    asked = "rt_pcr_across_joint(five_prime=chr19:15254152, three_prime=chr15:34347969)"
    assert asked in tests
    # Without a place on one side there is nothing to design primers on.
    unplaced = unknown_partner_call(support=FEW)
    assert "rt_pcr_across_joint" not in [test for test, _ in suggestions(scored(unplaced))]


def test_other_programs_alone_ask_for_the_reads() -> None:
    confirmed = scored(fusion_call(), reads=False)
    assert confirmed.molecular_state is MolecularState.CONFIRMED_BET
    assert ("look_at_reads", "next_no_read_examined") in suggestions(confirmed)


def test_an_assay_without_nutm1_asks_for_one_from_its_side() -> None:
    silent = scored(assay=load_assay("targeted-rna-without-nutm1"))
    assert silent.molecular_state is MolecularState.NOT_COVERED
    assert suggestions(silent)[0][0] == "rna_from_nutm1_side"
    # Also when IHC is positive: the panel could not have shown what IHC sees.
    positive = scored(
        tests=({"kind": "ihc", "result": "positive"},),
        assay=load_assay("targeted-rna-without-nutm1"),
    )
    assert suggestions(positive)[0][0] == "rna_from_nutm1_side"
    assert "other_rna_assay" not in [test for test, _ in suggestions(positive)]


def test_the_shipped_file_has_no_code_that_nothing_says() -> None:
    rules = load_orthogonal().next_tests
    used = {rule.test for rule in rules} | {rule.reason for rule in rules}
    of_rules = {c for c in LEDGER_CODES if c.startswith("next_")}
    assert of_rules <= used
    with pytest.raises(ValueError, match="not a code of the ledger"):
        said("never_heard_of")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("rests_on: [no_rna_control]", "rests_on: [no_rna_contrl]", "unknown codes"),
        ("kind: published", "kind: chosen", "published by somebody"),
        ("id: fish_cryptic", "id: fish_split_cells", "facts stand twice"),
        ("    value: 20\n    unit: percent", "    value: null\n    unit: null", "is missing"),
        ("id: orthogonal\n", "id: orthogonal\nid: twice\n", "stands twice"),
    ],
)
def test_a_broken_file_is_refused(
    old: str, new: str, says: str, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (project / "config" / "orthogonal.yaml").read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "orthogonal.yaml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    from nutfusion.scoring.ledger import settings

    monkeypatch.setattr(settings, "shipped_path", lambda _: broken)
    with pytest.raises(ConfigError, match=says):
        settings.load_orthogonal.__wrapped__()


def test_a_reciprocal_asks_for_the_other_order() -> None:
    """The reciprocal is no meaning of the words BRD4 exon 11::NUTM1 exon 3."""
    reciprocal = fusion_call(
        fusion_id="nf1.reciprocal",
        five_prime_gene=gene("NUTM1"),
        three_prime_gene=gene("BRD4"),
        junction=junction(five_prime=donor_end("NUTM1", 2), three_prime=acceptor_end("BRD4", 12)),
    )
    sample = scored(reciprocal, tests=(sequence("rt_pcr", CANONICAL),))
    assert sample.ledger.entries[0].agreement == "conflict"
    assert suggestions(sample)[0] == ("rna_from_nutm1_side", "next_reciprocal")
