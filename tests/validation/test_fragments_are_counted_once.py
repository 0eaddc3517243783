"""Support is counted in molecules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.validation.assessing import assess, describe, joint_of
from tests.validation.samples import COMMON_JOINT, common_fusion, sample_with

from nutfusion.simulation.fragments import FragmentLengths

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.call import Support
    from nutfusion.model.panel import Panel
    from nutfusion.simulation.sample import SimulatedSample, Umi

pytestmark = [pytest.mark.real, pytest.mark.slow]


def support_of_the_common_fusion(made: SimulatedSample, panel: Panel, folder: Path) -> Support:
    scored = assess(made.write(folder, container="plain"), panel)
    assert [joint_of(fusion) for fusion in scored.fusions] == [COMMON_JOINT], describe(scored)
    return scored.fusions[0].annotated.call.support


def in_all(support: Support) -> int:
    return (support.split_reads or 0) + (support.discordant_pairs or 0)


def in_all_raw(support: Support) -> int:
    return (support.split_reads_raw or 0) + (support.discordant_pairs_raw or 0)


def test_forty_copies_of_two_fragments_are_two(starter: Panel, tmp_path: Path) -> None:
    made = sample_with(common_fusion(supporting=2, split=2, copies=40, min_anchor=20))
    support = support_of_the_common_fusion(made, starter, tmp_path)
    assert support.split_reads == 2
    assert in_all(support) == 2
    assert in_all_raw(support) >= 76  # a few copies may be too full of errors


def test_more_copies_never_make_more_support(starter: Panel, tmp_path: Path) -> None:
    once = sample_with(common_fusion(supporting=8))
    often = sample_with(common_fusion(supporting=8, copies=10))
    assert in_all(support_of_the_common_fusion(often, starter, tmp_path / "often")) == 8
    assert in_all(support_of_the_common_fusion(once, starter, tmp_path / "once")) <= 8


@pytest.mark.parametrize("umi", ["colon", "underscore", "file"])
def test_umis_tell_molecules_with_the_same_ends_apart(
    umi: Umi, starter: Panel, tmp_path: Path
) -> None:
    fusion = common_fusion(supporting=6, positions=2, copies=5, split=2, min_anchor=20)
    made = sample_with(fusion, umi=umi)
    scored = assess(made.write(tmp_path), starter)
    assert [joint_of(found) for found in scored.fusions] == [COMMON_JOINT], describe(scored)
    assert in_all(scored.fusions[0].annotated.call.support) == 6
    assert scored.qc is not None
    assert scored.qc.umi == ("umi_file" if umi == "file" else "read_name")


def test_a_fragment_whose_mates_both_cross_counts_once(starter: Panel, tmp_path: Path) -> None:
    # Inserts hardly longer than a read: both mates show the joint.
    made = sample_with(common_fusion(min_anchor=25), fragment_lengths=FragmentLengths(115, 8))
    support = support_of_the_common_fusion(made, starter, tmp_path)
    assert support.split_reads == made.fusions[0].unique_split == 12
    assert support.split_reads_raw == 12
    assert support.discordant_pairs == 0


def test_split_and_discordant_fragments_are_told_apart(starter: Panel, tmp_path: Path) -> None:
    fusion = common_fusion(supporting=30, min_anchor=20)
    made = sample_with(fusion, fragment_lengths=FragmentLengths(300, 50))
    truth = made.fusions[0]
    support = support_of_the_common_fusion(made, starter, tmp_path)
    assert truth.unique_split - 1 <= (support.split_reads or 0) <= truth.unique_split
    assert support.discordant_pairs is not None
    assert truth.unique_discordant - 2 <= support.discordant_pairs
    assert in_all(support) <= truth.unique
    reads = {read.name for read in support.reads}
    assert reads <= {*truth.split, *truth.discordant}


def test_single_reads_give_split_fragments_only(starter: Panel, tmp_path: Path) -> None:
    made = sample_with(common_fusion(), single_end=True)
    support = support_of_the_common_fusion(made, starter, tmp_path)
    assert 10 <= (support.split_reads or 0) <= 12
    assert support.discordant_pairs == 0
