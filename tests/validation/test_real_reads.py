"""Reads of a real sequencer, with a fusion that was put into the tube."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.simulation import real_data
from tests.validation.assessing import assess_pair, describe, joint_of, junction_of

from nutfusion.model.terms import MolecularState, ReadingFrame, Strand

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.scored import SampleScored, ScoredFusion

pytestmark = [pytest.mark.real, pytest.mark.slow]

# BRD4 exon 11 (MANE) joined to NUTM1 MANE exon 3: the common fusion of NUT carcinoma.
JOINT = ("chr19", 15254152, "chr15", 34347969)
# A spike-in of synthetic RNA among cell lines; 16 other fusions, none of them with NUTM1.
SPIKE_IN = ("fusioncatcher_test_reads_1.fq.gz", "fusioncatcher_test_reads_2.fq.gz")
# Another library of that series, only reads near fusions.
SECOND_SPIKE_IN = ("pizzly_SRR1659964_reads_1.fastq.gz", "pizzly_SRR1659964_reads_2.fastq.gz")


def reads(pair: tuple[str, str]) -> tuple[Path, Path]:
    return real_data.path("reads", pair[0]), real_data.path("reads", pair[1])


def only_fusion(scored: SampleScored) -> ScoredFusion:
    assert len(scored.fusions) == 1, describe(scored)
    return scored.fusions[0]


def assert_is_the_common_fusion(scored: SampleScored) -> None:
    fusion = only_fusion(scored)
    junction = junction_of(fusion)
    assert fusion.annotated.name == "BRD4::NUTM1"
    assert joint_of(fusion) == JOINT
    assert junction.five_prime is not None
    assert junction.three_prime is not None
    assert (junction.five_prime.strand, junction.three_prime.strand) == (Strand.MINUS, Strand.PLUS)
    assert junction.exact
    assert junction.linker_sequence == ""
    assert fusion.annotated.reading_frame is ReadingFrame.IN_FRAME
    assert fusion.state is MolecularState.CONFIRMED_BET, describe(scored)
    assert scored.molecular_state is MolecularState.CONFIRMED_BET
    exons = fusion.annotated.exons
    assert exons.five_prime is not None
    assert exons.three_prime is not None
    assert (exons.five_prime.exon, exons.five_prime.boundary) == (11, True)
    assert (exons.three_prime.exon, exons.three_prime.boundary) == (3, True)


def counts(scored: SampleScored) -> tuple[int, int]:
    """Split fragments, and supporting fragments in all."""
    support = only_fusion(scored).annotated.call.support
    split, pairs = support.split_reads, support.discordant_pairs
    assert split is not None
    assert pairs is not None
    return split, split + pairs


@pytest.mark.parametrize("panel_name", ["starter", "minigenome"])
def test_spike_in_shows_its_nutm1_fusion_and_no_other(
    panel_name: str, request: pytest.FixtureRequest
) -> None:
    scored = assess_pair(*reads(SPIKE_IN), request.getfixturevalue(panel_name))
    assert_is_the_common_fusion(scored)
    split, in_all = counts(scored)
    assert split >= 8
    assert in_all >= 11


def test_spike_in_gives_the_same_call_with_either_panel(request: pytest.FixtureRequest) -> None:
    calls = [
        only_fusion(assess_pair(*reads(SPIKE_IN), request.getfixturevalue(name))).annotated.call
        for name in ("starter", "minigenome")
    ]
    assert calls[0] == calls[1]


@pytest.mark.parametrize("panel_name", ["starter", "minigenome"])
def test_second_spike_in_shows_nearly_all_its_fragments(
    panel_name: str, request: pytest.FixtureRequest
) -> None:
    scored = assess_pair(*reads(SECOND_SPIKE_IN), request.getfixturevalue(panel_name))
    assert_is_the_common_fusion(scored)
    split, in_all = counts(scored)
    assert split >= 34
    assert in_all >= 46


def test_spike_in_counts_repeated_fragments_once(request: pytest.FixtureRequest) -> None:
    scored = assess_pair(*reads(SECOND_SPIKE_IN), request.getfixturevalue("starter"))
    support = only_fusion(scored).annotated.call.support
    assert support.split_reads is not None
    assert support.split_reads_raw is not None
    assert support.split_reads_raw > support.split_reads
