"""The simulator tells the truth about what it writes."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nutfusion.simulation.fragments import FragmentLengths
from nutfusion.simulation.fusions import FusionSpec, expected_molecules
from nutfusion.simulation.qualities import BINNED, error_mask
from nutfusion.simulation.reads import ADAPTER_1, ReadProfile
from nutfusion.simulation.sample import SampleSpec, SimulatedSample, simulate
from nutfusion.simulation.templates import random_sequences, reverse_complement

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = ReadProfile(error_rate=0.0, n_rate=0.0)


def made_up(seed: int = 5) -> dict[str, str]:
    return random_sequences(6, np.random.default_rng(seed))


def fused(**changes: object) -> FusionSpec:
    sequences = list(made_up().values())
    values: dict[str, object] = {
        "label": "fused",
        "five_prime": sequences[0][:600],
        "three_prime": sequences[1][-600:],
        "supporting": 12,
    }
    return FusionSpec(**(values | changes))  # type: ignore[arg-type]


def one_fusion(fusion: FusionSpec, **changes: object) -> SimulatedSample:
    values: dict[str, object] = {
        "seed": 3,
        "background": dict.fromkeys(made_up(), 20),
        "fusions": (fusion,),
        "profile": CLEAN,
    }
    return simulate(SampleSpec(**(values | changes)), made_up())  # type: ignore[arg-type]


def reads_of(sample: SimulatedSample) -> dict[str, tuple[str, str]]:
    assert sample.mate_2 is not None
    return {
        bytes(sample.names[row]).decode(): (
            sample.mate_1.sequence(row),
            sample.mate_2.sequence(row),
        )
        for row in range(len(sample))
    }


def crosses(read: str, fusion: FusionSpec, anchor: int) -> bool:
    """Whether a read, either way round, holds ``anchor`` bases on both sides of the joint."""
    left = fusion.five_prime[-anchor:]
    motif = left + fusion.linker + fusion.three_prime[:anchor]
    return motif in read or motif in reverse_complement(read)


@pytest.mark.parametrize("linker", ["", "ACCTG"])
@pytest.mark.parametrize("read_length", [50, 100, 150])
def test_exactly_the_named_fragments_cross_the_joint(linker: str, read_length: int) -> None:
    fusion = fused(linker=linker, passing=30)
    sample = one_fusion(fusion, profile=ReadProfile(read_length, error_rate=0.0, n_rate=0.0))
    reads = reads_of(sample)
    found = {
        name
        for name, mates in reads.items()
        if any(crosses(read, fusion, fusion.min_anchor) for read in mates)
    }
    truth = sample.fusions[0]
    assert found == set(truth.split)
    assert truth.unique == fusion.supporting == len(truth.split) + len(truth.discordant)


def test_discordant_pairs_have_one_mate_on_each_side() -> None:
    fusion = fused(split=0)
    sample = one_fusion(fusion, fragment_lengths=FragmentLengths(320, 30))
    truth = sample.fusions[0]
    reads = reads_of(sample)
    assert len(truth.discordant) == fusion.supporting
    for name in truth.discordant:
        senses = [
            {read in part or reverse_complement(read) in part for read in reads[name]}
            for part in (fusion.five_prime, fusion.three_prime)
        ]
        assert senses == [{True, False}, {True, False}]


def test_reads_come_in_both_orientations() -> None:
    sample = one_fusion(fused(supporting=60))
    truth = sample.fusions[0]
    reads = reads_of(sample)
    sense = sum(reads[name][0] in truth.sequence for name in truth.split)
    assert 0 < sense < len(truth.split)


def test_copies_are_named_but_not_counted() -> None:
    truth = one_fusion(fused(supporting=2, copies=40)).fusions[0]
    assert truth.unique == 2
    assert len(truth.split) + len(truth.discordant) == 80


def test_molecules_with_the_same_ends_count_apart_when_there_is_a_umi() -> None:
    fusion = fused(supporting=6, positions=2)
    assert one_fusion(fusion).fusions[0].unique == 2
    assert one_fusion(fusion, umi="colon").fusions[0].unique == 6


def test_adapter_follows_a_short_insert() -> None:
    fusion = fused()
    sample = one_fusion(fusion, fragment_lengths=FragmentLengths(60, 3))
    assert all(ADAPTER_1[:25] in mates[0] for mates in reads_of(sample).values())


def test_error_rate_is_the_one_asked_for_and_falls_on_low_qualities() -> None:
    rng = np.random.default_rng(1)
    qualities = BINNED.draw(20_000, 100, rng)
    wrong = error_mask(qualities, 0.01, rng)
    assert wrong.mean() == pytest.approx(0.01, rel=0.05)
    assert qualities[wrong].mean() < qualities[~wrong].mean()
    assert qualities[:, -10:].mean() < qualities[:, :10].mean()


def test_template_switches_are_as_frequent_as_asked() -> None:
    sample = one_fusion(
        fused(), background=dict.fromkeys(made_up(), 5000), switch_rate=0.01, fusions=()
    )
    assert len(sample.chimeras) == pytest.approx(300, rel=0.25)


@pytest.mark.parametrize("lengths", [(), (36, 50, 101)])
def test_containers_hold_the_same_text_and_repeat(tmp_path: Path, lengths: tuple[int, ...]) -> None:
    sample = one_fusion(fused(), profile=ReadProfile(101, lengths))
    texts = set()
    for container in ("plain", "gz", "gz-members", "bgzf"):
        (files,) = sample.write(tmp_path / container, container=container)
        raw = files.fastq_1.read_bytes()
        texts.add(raw if container == "plain" else gzip.decompress(raw))
        (again,) = sample.write(tmp_path / "again", container=container)
        assert again.fastq_1.read_bytes() == raw
    assert len(texts) == 1
    lines = texts.pop().decode().splitlines()
    assert len(lines) == 4 * len(sample)
    assert all(len(b) == len(q) for b, q in zip(lines[1::4], lines[3::4], strict=True))
    assert {len(read) for read in lines[1::4]} == set(lengths or (101,))


def test_lanes_share_out_all_fragments(tmp_path: Path) -> None:
    sample = one_fusion(fused(), umi="file")
    files = sample.write(tmp_path, container="plain", lanes=3)
    lines = [line for lane in files for line in lane.fastq_1.read_text().splitlines()]
    assert len(lines) == 4 * len(sample)
    assert all(lane.umi is not None and lane.umi.exists() for lane in files)


def test_drawn_molecules_are_as_many_as_expected_and_the_named_ones_cross_the_joint() -> None:
    # 1,200 nt, fragments of 200, reads of 100: of 1,001 places to start, 85 put either mate over
    # the joint with 8 bases on both sides, and one puts the joint right between the mates.
    fusion = fused(expected=500.0)
    counts = []
    for seed in range(20):
        sample = one_fusion(
            fusion, seed=seed, fragment_lengths=FragmentLengths(200, 0), background={}
        )
        truth = sample.fusions[0]
        found = {
            name
            for name, mates in reads_of(sample).items()
            if any(crosses(read, fusion, fusion.min_anchor) for read in mates)
        }
        assert found == set(truth.split)
        assert len(truth.anchors) == truth.unique_split
        counts.append((len(sample), len(truth.split) + len(truth.discordant), truth.unique))
    molecules, supporting, unique = np.array(counts).T
    assert molecules.mean() == pytest.approx(500, rel=0.03)
    assert molecules.var() == pytest.approx(500, rel=0.8)
    assert supporting.mean() == pytest.approx(500 * 171 / 1001, rel=0.08)
    assert (unique < supporting).all(), "of 500 molecules some share both ends"


def test_a_fusion_fraction_gives_the_molecules_of_the_fused_transcript() -> None:
    # As many fused transcripts as wild-type ones, the fused one half as long: half the places.
    lengths = FragmentLengths(201, 10)
    assert expected_molecules(0.5, 1000, 2200, 1200, lengths) == pytest.approx(500)
    assert expected_molecules(0.1, 900, 2200, 2200, lengths) == pytest.approx(100)
    assert expected_molecules(0.0, 900, 2200, 2200, lengths) == 0.0
    with pytest.raises(ValueError, match="less than 1"):
        expected_molecules(1.0, 900, 2200, 2200, lengths)


def test_a_fraction_of_nothing_draws_nothing() -> None:
    truth = one_fusion(fused(expected=0.0)).fusions[0]
    assert (truth.unique, truth.split, truth.discordant) == (0, (), ())


@pytest.mark.parametrize(("strandedness", "sense"), [("forward", 1.0), ("reverse", 0.0)])
@pytest.mark.parametrize("expected", [None, 100.0])
def test_stranded_libraries_read_one_way(
    strandedness: str, sense: float, expected: float | None
) -> None:
    sample = one_fusion(fused(expected=expected), strandedness=strandedness)
    templates = [*made_up().values(), sample.fusions[0].sequence]
    found = [any(mates[0] in one for one in templates) for mates in reads_of(sample).values()]
    # A few mate-1 reads are adapters at their end.
    assert np.mean(found) == pytest.approx(sense, abs=0.05)
