"""The policy, gate by gate: sourced words, explicit blanks, never a verdict on a person."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import (
    annotated,
    dossier_sample,
    fusion_call,
    partner_call,
    read_qc,
    sample_annotated,
    starter_panel,
    support,
    unknown_partner_call,
)

from nutfusion.eligibility import evaluate, load_policy
from nutfusion.errors import ConfigError, StageFileError
from nutfusion.model.gene import GeneRef
from nutfusion.model.terms import GateVerdict
from nutfusion.scoring import load_assay, score
from nutfusion.shipped import shipped_path

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.call import FusionCall
    from nutfusion.model.dossier import PolicyGate
    from nutfusion.model.run_level import ControlKind
    from nutfusion.model.scored import SampleScored

SOURCED = ("nut_carcinoma", "pretreated", "relapse", "fusion_with_bet")
BLANKS = (
    "performance_status",
    "prior_lines",
    "contraindications",
    "age_floor",
    "confirmation_wording",
    "accepted_assays",
    "required_documents",
    "rcp_contact_and_calendar",
    "form_fields",
    "paediatric_dosing",
)


def scored(*calls: FusionCall, **changes: Any) -> SampleScored:
    sample = sample_annotated(*(annotated(call) for call in calls), **changes)
    return score(sample, load_assay(), starter_panel())


def gates(sample: SampleScored, **declared: Any) -> dict[str, PolicyGate]:
    statement = evaluate(sample, dossier_sample(**declared), load_policy())
    return {gate.id: gate for gate in statement.gates}


def test_gates_stand_in_the_order_of_the_file_with_their_words() -> None:
    statement = evaluate(scored(fusion_call()), dossier_sample(), load_policy())
    assert tuple(gate.id for gate in statement.gates) == SOURCED + BLANKS
    content = shipped_path("eligibility/birabresib-put.yaml").read_bytes()
    assert statement.digest == hashlib.sha256(content).hexdigest()
    quotes = {gate.id: gate.quote for gate in statement.gates}
    assert quotes["fusion_with_bet"] == (
        "après une analyse permettant de confirmer la fusion du gène NUTM1 avec une protéine BET"
    )
    assert quotes["relapse"] == "patients porteurs d'un carcinome NUT prétraités et en rechute"


def test_what_the_protocol_alone_can_say_is_a_blank() -> None:
    found = gates(scored(fusion_call()))
    for name in BLANKS:
        gate = found[name]
        assert (gate.verdict, gate.observed, gate.quote) == ("to_be_completed", None, None)
        assert "pharmacien ou la RCP" in gate.source


@pytest.mark.parametrize(
    ("calls", "verdict", "observed"),
    [
        ((fusion_call(),), "met", "confirmed_bet(fusion=BRD4::NUTM1)"),
        # Not a BET protein, works through BRD4: the policy's words do not settle it.
        (
            (partner_call("NSD3", 7),),
            "to_be_completed",
            "confirmed_bet_complex(fusion=NSD3::NUTM1)",
        ),
        ((partner_call("CIC", 20),), "not_met", "confirmed_other_partner(fusion=CIC::NUTM1)"),
        ((partner_call("BRD9", 3),), "not_met", "confirmed_other_partner(fusion=BRD9::NUTM1)"),
        # A known gene in no list is no BET gene either; one without an HGNC id may be anything.
        (
            (fusion_call(five_prime_gene=GeneRef(symbol="XYZ2", hgnc_id="HGNC:999999")),),
            "not_met",
            "confirmed_other_partner(fusion=XYZ2::NUTM1)",
        ),
        (
            (fusion_call(five_prime_gene=GeneRef(symbol="XYZ1", hgnc_id=None)),),
            "not_assessable",
            "confirmed_other_partner(fusion=XYZ1::NUTM1)",
        ),
        (
            (unknown_partner_call(),),
            "not_assessable",
            "rearranged_partner_unknown(fusion=v::NUTM1)",
        ),
        (
            (partner_call("SLC12A6", 2),),
            "not_met",  # a neighbour is no more a BET gene than CIC is
            "rearranged_neighbour(fusion=SLC12A6::NUTM1)",
        ),
        (
            (partner_call("BRD4", 12),),
            "not_assessable",
            "indeterminate(fusion=BRD4::NUTM1)",
        ),
        (
            (fusion_call(support=support(split_reads=1, discordant_pairs=0)),),
            "not_assessable",
            "indeterminate(fusion=BRD4::NUTM1)",
        ),
        ((), "not_met", "not_detected"),
    ],
)
def test_fusion_gate(calls: tuple[FusionCall, ...], verdict: str, observed: str) -> None:
    gate = gates(scored(*calls))["fusion_with_bet"]
    assert (gate.verdict, gate.observed) == (verdict, observed)


def test_a_failed_sample_is_no_negative() -> None:
    gate = gates(scored(qc=read_qc(fragments=1)))["fusion_with_bet"]
    assert (gate.verdict, gate.observed) == ("not_assessable", "not_assessable")


@pytest.mark.parametrize(
    ("calls", "reason"),
    [
        ((fusion_call(),), "gate_confirmed(profile=rnaseq)"),
        ((partner_call("NSD3", 7),), "gate_complex_for_board(gene=NSD3)"),
        ((partner_call("CIC", 20),), "gate_partner_not_bet(gene=CIC)"),
        ((partner_call("SLC12A6", 2),), "gate_partner_not_bet(gene=SLC12A6)"),
        ((unknown_partner_call(),), "gate_partner_not_identified"),
        ((partner_call("BRD4", 12),), "gate_not_established"),
        ((), "gate_nothing_seen"),
    ],
)
def test_the_fusion_gate_says_why(calls: tuple[FusionCall, ...], reason: str) -> None:
    assert gates(scored(*calls))["fusion_with_bet"].reason == reason
    assert gates(scored(qc=read_qc(fragments=1)))["fusion_with_bet"].reason == "gate_silent"


def test_what_was_not_read_is_said() -> None:
    statement = evaluate(scored(), dossier_sample(), load_policy())
    assert statement.status == "press_release_only"
    assert "ne l'a pas été" in statement.source_note
    assert all("non lu" in gate.source for gate in statement.gates if gate.quote is not None)


@pytest.mark.parametrize(
    ("fact", "verdict", "observed"),
    [
        (True, "declared", "yes"),  # somebody says so; nobody here has checked it
        (False, "declared", "no"),  # nobody has observed it either
        (None, "to_be_completed", None),  # not said is not "no"
    ],
)
@pytest.mark.parametrize("name", ["pretreated", "relapse"])
def test_declared_facts(name: str, fact: bool | None, verdict: str, observed: str | None) -> None:
    gate = gates(scored(), **{name: fact})[name]
    assert (gate.verdict, gate.observed) == (verdict, observed)


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        ("NUT carcinoma", "declared"),
        ("porocarcinoma", "declared"),  # shown as declared: reading the label is the RCP's part
        ("  ", "to_be_completed"),
        (None, "to_be_completed"),
    ],
)
def test_declared_disease_is_quoted_and_not_judged(label: str | None, verdict: str) -> None:
    gate = gates(scored(), disease=label)["nut_carcinoma"]
    assert gate.verdict == verdict
    assert gate.observed == (label if verdict == "declared" else None)


@settings(deadline=None)
@given(
    st.one_of(st.none(), st.booleans()),
    st.one_of(st.none(), st.booleans()),
    st.sampled_from([(), (fusion_call(),), (partner_call("NSD3", 7),), (unknown_partner_call(),)]),
)
def test_only_the_molecular_gate_is_ever_met(
    pretreated: bool | None, relapse: bool | None, calls: tuple[FusionCall, ...]
) -> None:
    statement = evaluate(
        scored(*calls), dossier_sample(pretreated=pretreated, relapse=relapse), load_policy()
    )
    met = {gate.id for gate in statement.gates if gate.verdict == "met"}
    assert met <= {"fusion_with_bet"}
    assert (met == {"fusion_with_bet"}) is (len(calls) == 1 and calls[0] == fusion_call())
    assert "eligible" not in statement.model_dump_json().casefold()


@pytest.mark.parametrize("control", ["negative", "positive"])
def test_no_gate_is_answered_for_a_control(control: ControlKind) -> None:
    # A positive control is a cell line with the fusion: it would meet the molecular gate.
    facts = dossier_sample().model_copy(update={"control": control})
    statement = evaluate(scored(fusion_call()), facts, load_policy())
    assert len(statement.gates) == len(load_policy().gates)
    for gate in statement.gates:
        assert (gate.verdict, gate.observed, gate.reason) == (
            GateVerdict.NOT_ASSESSABLE, None, "gate_of_a_control",
        )  # fmt: skip


def test_another_samples_facts_are_refused() -> None:
    facts = dossier_sample().model_copy(update={"id": "S2"})
    with pytest.raises(StageFileError, match=r"'S1'.*'S2'"):
        evaluate(scored(), facts, load_policy())


def own(tmp_path: Path, **changes: Any) -> Path:
    values: dict[str, Any] = {
        "id": "own",
        "version": "1",
        "title": "t",
        "status": "full_text",
        "source_note": "n",
        "gates": [{"id": "g", "rests_on": "nothing", "quote": None, "source": "x"}],
    }
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump(values | changes), encoding="utf-8")
    return path


def test_another_policy_is_loaded_by_its_path(tmp_path: Path) -> None:
    assert load_policy(own(tmp_path)).id == "own"


@pytest.mark.parametrize(
    ("gate", "message"),
    [
        (
            {"rests_on": "molecular_state", "quote": None},
            "key gates.0: Value error, a gate has a quote, or it rests on nothing",
        ),
        ({"rests_on": "nothing", "quote": "invented"}, "a gate has a quote, or it rests on"),
        ({"rests_on": "intuition"}, "key gates.0.rests_on: "),
        ({"note": "x"}, "key gates.0.note: is not known"),
        ({"source": ""}, "key gates.0.source: "),
    ],
)
def test_a_gate_without_its_words_is_refused(
    tmp_path: Path, gate: dict[str, Any], message: str
) -> None:
    base = {"id": "g", "rests_on": "nothing", "quote": None, "source": "x"}
    path = own(tmp_path, gates=[base | gate])
    with pytest.raises(ConfigError) as caught:
        load_policy(path)
    assert caught.value.path == str(path)
    assert message in caught.value.message


def test_a_gate_that_stands_twice_is_refused(tmp_path: Path) -> None:
    gate = {"id": "g", "rests_on": "nothing", "quote": None, "source": "x"}
    with pytest.raises(ConfigError, match="gates stand twice: g"):
        load_policy(own(tmp_path, gates=[gate, gate]))


def test_an_unknown_policy_lists_what_ships() -> None:
    with pytest.raises(ConfigError, match="shipped are birabresib-put"):
        load_policy("other")
