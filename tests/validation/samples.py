"""The common fusion, in samples that differ in one thing at a time."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tests.validation.cases import sequences, transcript

from nutfusion.simulation.fragments import FragmentLengths
from nutfusion.simulation.fusions import FusionSpec
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, SimulatedSample, simulate

if TYPE_CHECKING:
    from tests.validation.assessing import Joint

    from nutfusion.model.scored import SampleScored

COMMON_JOINT: Final[Joint] = ("chr19", 15254152, "chr15", 34347969)
"""BRD4 exon 11, NUTM1 MANE exon 3; GRCh38."""
LONG_INSERTS: Final = FragmentLengths(420, 60)
"""Long enough for reads of 300 nt."""


def common_fusion(**changes: Any) -> FusionSpec:
    """BRD4 exon 11 joined to NUTM1 exon 3, twelve fragments, with changes."""
    spec = FusionSpec(
        label="BRD4::NUTM1",
        five_prime=transcript("BRD4").up_to_exon(11),
        three_prime=transcript("NUTM1").from_exon(3),
        supporting=12,
        passing=40,
    )
    return replace(spec, **changes)


@cache
def _some_background() -> dict[str, int]:
    others = [name for name in sorted(sequences()) if "|NM_" in name][:200]
    return {"BRD4|ENST00000679869.1": 150, "BRD3|SK762": 100} | dict.fromkeys(others, 3)


def sample_with(*fusions: FusionSpec, **changes: Any) -> SimulatedSample:
    """A small sample with these fusions, 100 nt pairs; changes go to the specification."""
    values: dict[str, Any] = {
        "seed": 11,
        "background": _some_background(),
        "fusions": fusions,
        "profile": ReadProfile(100, error_rate=0.003),
        "fragment_lengths": FragmentLengths(190, 50),
    }
    return simulate(SampleSpec(**(values | changes)), sequences())


def gist(scored: SampleScored) -> list[tuple[object, ...]]:
    """What must not depend on how the same fragments were written down."""
    return [
        (
            fusion.annotated.name,
            fusion.annotated.call.junction,
            fusion.state,
            fusion.annotated.call.support.split_reads,
            fusion.annotated.call.support.discordant_pairs,
            fusion.annotated.call.support.distinct_starts,
            fusion.annotated.call.consensus_sequence,
            fusion.annotated.call.consensus_junction_offset,
        )
        for fusion in scored.fusions
    ]
