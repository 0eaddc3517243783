"""Evidence becomes one call per junction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.builders import (
    BRD4,
    NUTM1,
    bounded_junction,
    donor_end,
    junction,
    read_qc,
    starter_panel,
)
from tests.reads.builders import fusion, look, pair, tiled

from nutfusion.calls import consolidate, fusion_id
from nutfusion.model.evidence import InputFile, JunctionSupport, SampleEvidence
from nutfusion.model.terms import FusionDetection, SourceSays

if TYPE_CHECKING:
    from nutfusion.model.call import SampleCalls


def seen(**changes: Any) -> JunctionSupport:
    values: dict[str, Any] = {
        "five_prime_gene": BRD4,
        "three_prime_gene": NUTM1,
        "junction": junction(),
        "split_reads": 4,
        "discordant_pairs": 2,
        "split_reads_raw": 6,
        "discordant_pairs_raw": 3,
        "distinct_starts": 5,
        "longest_five_prime_anchor": 40,
        "longest_three_prime_anchor": 50,
        "consensus_sequence": "ACGT",
        "consensus_junction_offset": 2,
        "partner_identity": 0.99,
        "partner_hint": None,
        "reads": (),
        "reads_total": 0,
    }
    return JunctionSupport(**(values | changes))


def calls(*junctions: JunctionSupport) -> SampleCalls:
    evidence = SampleEvidence(
        sample="S1",
        junctions=junctions,
        qc=read_qc(),
        inputs=(InputFile(role="fastq_1", sha256="0" * 64, records=3),),
        panel_digest="d" * 64,
    )
    return consolidate(evidence, starter_panel())


def test_a_call_holds_what_the_reads_showed() -> None:
    found = seen()
    (call,) = calls(found).calls
    assert call.fusion_id == fusion_id(junction(), BRD4, NUTM1)
    assert (call.five_prime_gene, call.three_prime_gene) == (BRD4, NUTM1)
    assert call.junction == junction()
    assert call.fusion_detection is FusionDetection.OBSERVED
    for name in (
        "split_reads",
        "discordant_pairs",
        "distinct_starts",
        "split_reads_raw",
        "discordant_pairs_raw",
        "reads",
        "reads_total",
    ):
        assert getattr(call.support, name) == getattr(found, name)
    for name in (
        "longest_five_prime_anchor",
        "longest_three_prime_anchor",
        "consensus_sequence",
        "consensus_junction_offset",
        "partner_identity",
        "partner_hint",
    ):
        assert getattr(call, name) == getattr(found, name)


def test_the_only_source_is_our_own_look_at_the_reads() -> None:
    (call,) = calls(seen(reads_total=12)).calls
    (source,) = call.support.sources
    assert (source.kind, source.name, source.says) == ("reads", "fastq", SourceSays.SEEN)
    assert (source.split_reads, source.discordant_pairs) == (4, 2)
    assert source.evidence == (
        f"support.reads (0 of 12 reads); supporting_reads.bam, reference {call.fusion_id}"
    )


def test_the_sample_s_own_facts_go_through_unchanged() -> None:
    found = calls(seen())
    assert found.sample == "S1"
    assert found.qc == read_qc()
    assert [file.role for file in found.inputs] == ["fastq_1"]
    assert found.panel_digest == "d" * 64


def test_calls_stand_in_order_of_support() -> None:
    joints = [junction(five_prime=donor_end("BRD4", n)) for n in (10, 11, 12, 13, 14)]
    support = [(1, 9), (5, 0), (5, 3), (0, 4), (1, 2)]
    found = calls(
        *(
            seen(junction=joint, split_reads=split, discordant_pairs=pairs)
            for joint, (split, pairs) in zip(joints, support, strict=True)
        )
    ).calls
    assert [(c.support.split_reads, c.support.discordant_pairs) for c in found] == [
        (5, 3),
        (5, 0),
        (1, 9),
        (1, 2),
        (0, 4),
    ]


def test_equal_support_is_ordered_by_identifier_and_not_by_input() -> None:
    found = [seen(junction=junction(five_prime=donor_end("BRD4", n))) for n in range(2, 12)]
    ids = [call.fusion_id for call in calls(*found).calls]
    assert ids == sorted(ids)
    assert [call.fusion_id for call in calls(*reversed(found)).calls] == ids


def test_a_bounded_joint_is_a_call_like_others() -> None:
    bounded = seen(
        junction=bounded_junction(), split_reads=0, consensus_sequence=None,
        consensus_junction_offset=None, partner_identity=None,
    )  # fmt: skip
    (call,) = calls(bounded).calls
    assert call.consensus_sequence is None
    assert call.support.split_reads == 0


def test_nothing_seen_gives_no_calls() -> None:
    assert calls().calls == ()


def test_identifiers_of_a_sample_are_distinct() -> None:
    fragments = tiled(fusion(), 6, label="a") + tiled(fusion(("BRD4", 10)), 6, label="b")
    fragments += tiled(fusion(("NUTM1", 2), ("BRD4", 12)), 6, label="c")
    fragments += [pair(f"d{i}", fusion(("BRD4", 14)), -100 - 3 * i, 210) for i in range(4)]
    junctions, _ = look(fragments)
    ids = [call.fusion_id for call in calls(*junctions).calls]
    assert len(ids) == len(junctions)
    assert len(set(ids)) == len(ids)
