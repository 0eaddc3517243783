"""From FASTQ files to the verdict, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.annotation import annotate
from nutfusion.calls import consolidate
from nutfusion.evidence import Lane, read_sample
from nutfusion.scoring import load_assay, score

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nutfusion.model.junction import Junction
    from nutfusion.model.panel import Panel
    from nutfusion.model.scored import SampleScored, ScoredFusion
    from nutfusion.simulation.sample import Files

ASSAY = "rnaseq"

Joint = tuple[str | None, int | None, str | None, int | None]
"""Contig and residue of the 5' side, contig and residue of the 3' side."""


def assess(
    files: Sequence[Files], panel: Panel, *, threads: int = 1, sample: str = "S1"
) -> SampleScored:
    """The verdict on one sample."""
    lanes = [Lane(lane.fastq_1, lane.fastq_2, lane.umi) for lane in files]
    evidence = read_sample(sample, lanes, panel, threads=threads)
    annotated = annotate(consolidate(evidence, panel), panel)
    return score(annotated, load_assay(ASSAY), panel)


def assess_pair(fastq_1: Path, fastq_2: Path, panel: Panel) -> SampleScored:
    """The verdict on two files."""
    evidence = read_sample("S1", [Lane(fastq_1, fastq_2)], panel)
    return score(annotate(consolidate(evidence, panel), panel), load_assay(ASSAY), panel)


def junction_of(fusion: ScoredFusion) -> Junction:
    """The fusion's junction."""
    return fusion.annotated.call.junction


def joint_of(fusion: ScoredFusion) -> Joint:
    """Where both sides end; ``None`` for what is not known."""
    five, three = junction_of(fusion).five_prime, junction_of(fusion).three_prime
    return (
        five.contig if five else None,
        five.position if five else None,
        three.contig if three else None,
        three.position if three else None,
    )


def describe(scored: SampleScored) -> str:
    """One line per fusion, for messages of failed tests."""
    lines = [f"{scored.sample}: {scored.molecular_state}"]
    for fusion in scored.fusions:
        support = fusion.annotated.call.support
        lines.append(
            f"  {fusion.annotated.name} {joint_of(fusion)} exact={junction_of(fusion).exact} "
            f"{fusion.state} split={support.split_reads} pairs={support.discordant_pairs} "
            f"starts={support.distinct_starts} frame={fusion.annotated.reading_frame}"
        )
    return "\n".join(lines)
