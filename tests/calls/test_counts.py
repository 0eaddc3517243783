"""Whose fragments stand for a joint that our own look at the reads does not show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.callers.builders import BRD4_SIDE, NUTM1_SIDE, reported, said
from tests.calls.test_one_story import CANONICAL, DNA, calls, pair_only, scored, source

from nutfusion.model.terms import FusionDetection, MolecularState

if TYPE_CHECKING:
    from nutfusion.model.reported import ReportedFusion

WEAK: dict[str, Any] = {"split_reads": 1, "discordant_pairs": 0}
"""One fragment across the joint: what template switching or index hopping leaves."""
MANY: dict[str, Any] = {"split_reads": 50, "discordant_pairs": 9}
BOTH_BEGIN: dict[str, Any] = {
    "first": replace(BRD4_SIDE, strand=None, kept="higher"),
    "second": replace(NUTM1_SIDE, strand=None, kept="lower"),
    "ordered": False,
}
"""Both parts begin their genes: a rearrangement without a transcript of both."""


@pytest.mark.parametrize(
    "other",
    [
        # fragments of DNA: RNA of the joint was read once
        reported("manta", **DNA, **MANY),
        # four bases on, where the frame is another one: not fragments of this joint
        reported("jaffa", first=replace(BRD4_SIDE, position=15254156), **MANY),
        # all joints of the pair together
        reported("integrate_summary", **pair_only("BRD4", "NUTM1"), **MANY),
        # the reciprocal product, as far as this program knows
        reported("cicero", first=NUTM1_SIDE, second=BRD4_SIDE, **MANY),
        reported("longgf", **BOTH_BEGIN, **MANY),
    ],
    ids=lambda row: row.caller,
)
def test_fragments_beside_the_joint_do_not_confirm_it(other: ReportedFusion) -> None:
    found = calls(said(reported("arriba", **WEAK), other))
    (call,) = (c for c in found.calls if c.fusion_id == CANONICAL)
    assert (call.support.split_reads, call.support.discordant_pairs) == (1, 0)
    # what the other program counts is shown
    assert source(call, other.caller).split_reads == 50
    result = scored(found)
    assert result.molecular_state is MolecularState.INDETERMINATE
    assert any("observed=1" in reason for reason in result.state_reasons)


def test_two_rows_of_one_program_keep_their_own_counts() -> None:
    # one file reports the canonical joint and, four bases on, another end of the same exon
    near = reported(line=3, first=replace(BRD4_SIDE, position=15254156), **MANY)
    found = calls(said(reported(**WEAK), near)).calls
    assert sorted(call.support.split_reads or 0 for call in found) == [1, 50]


def test_of_two_programs_the_one_at_the_joint_counts() -> None:
    # the joint on exon edges, and what another program puts four bases beside it
    near = reported("jaffa", first=replace(BRD4_SIDE, position=15254156), **MANY)
    (call,) = calls(said(reported(**WEAK), near)).calls
    assert (call.support.split_reads, source(call, "jaffa").split_reads) == (1, 50)


def test_counts_beside_the_joint_hold_where_none_is_stated_at_it() -> None:
    # INTEGRATE writes its joints in one file without counts, and counts of pairs in another
    joint = reported("integrate", split_reads=None, discordant_pairs=None)
    pairs = reported("integrate_summary", **pair_only("BRD4", "NUTM1"), **MANY)
    (call,) = calls(said(joint, pairs)).calls
    assert (call.support.split_reads, call.support.discordant_pairs) == (50, 9)


def test_fragments_of_dna_never_count_for_rna() -> None:
    # the RNA program states no count: unknown stays unknown
    joint = reported("squid", split_reads=None, discordant_pairs=None)
    (call,) = calls(said(joint, reported("manta", **DNA, **MANY))).calls
    assert (call.support.split_reads, call.support.discordant_pairs) == (None, None)


def test_a_break_of_dna_alone_counts_its_own_fragments() -> None:
    (call,) = calls(said(reported("manta", **DNA, **MANY))).calls
    assert call.fusion_detection is FusionDetection.INFERRED
    assert call.support.split_reads == 50


def test_counts_are_those_of_one_program() -> None:
    # split reads of one and pairs of another would be a fusion that neither of them saw
    one = reported("arriba", split_reads=5, discordant_pairs=1)
    other = reported("star_fusion", split_reads=4, discordant_pairs=8)
    (call,) = calls(said(one, other)).calls
    assert (call.support.split_reads, call.support.discordant_pairs) == (5, 1)
