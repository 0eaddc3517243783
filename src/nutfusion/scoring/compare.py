"""The samples of a run side by side: which joints two of them share, and what explains that.

Reads that hop to another index, and drops that are carried over, leave a little of a strong sample
in the others. Most NUTM1 fusions of different patients have one joint (BRD4 exon 11 to NUTM1 exon
3), so a shared joint is no suspicion; a shared joint with no more fragments than hopping leaves is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.run_level import RunComparison, SampleComparison, SharedJoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.annotated import AnnotatedFusion, SampleAnnotated
    from nutfusion.model.call import FusionCall
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.run_level import ControlKind
    from nutfusion.scoring.run_settings import RunSettings


DIFFERENT: Final = 0.15
"""Share of different bases from which two consensus sequences are of two joints: that of two reads
with errors (``reads.contig.AGREEMENT``); other DNA differs in three quarters of one side."""


@dataclass(frozen=True, slots=True)
class RunSample:
    """One sample of a run.

    Attributes:
        annotated: Its fusions.
        control: It is a control; ``None`` for a patient's sample.
    """

    annotated: SampleAnnotated
    control: ControlKind | None = None


def compare_run(run: str, samples: Sequence[RunSample], settings: RunSettings) -> RunComparison:
    """Compare every sample of a run with every other one.

    Args:
        run: Its name.
        samples: All of them; their order does not matter.
        settings: What is expected of a run.
    """
    ordered = sorted(samples, key=lambda one: one.annotated.sample)
    return RunComparison(
        run=run,
        samples=tuple(
            SampleComparison(
                sample=one.annotated.sample,
                run=run,
                control=one.control,
                others=tuple(o.annotated.sample for o in ordered if o is not one),
                shared=_shared(one, [o for o in ordered if o is not one], settings),
                hopping_rate=settings.hopping_rate.value,
                hopping_source=settings.hopping_rate.source.text,
                settings=f"{settings.id}@{settings.version}@{settings.digest}",
            )
            for one in ordered
        ),
    )


def _shared(
    one: RunSample, others: Sequence[RunSample], settings: RunSettings
) -> tuple[SharedJoint, ...]:
    found = [
        joint
        for fusion in one.annotated.fusions
        for other in others
        for theirs in other.annotated.fusions
        if is_same_joint(fusion.call, theirs.call)
        and (joint := _joint(fusion, theirs, other, len(others), settings)) is not None
    ]
    found.sort(key=lambda joint: (not joint.is_explained, joint.fusion_id, joint.other))
    return tuple(found)


def _joint(
    fusion: AnnotatedFusion,
    theirs: AnnotatedFusion,
    other: RunSample,
    others: int,
    settings: RunSettings,
) -> SharedJoint | None:
    """What another sample's joint says of a fusion; ``None`` when one is not counted."""
    here, there = _distinct(fusion.call), _all(theirs.call)
    if here is None or there is None:
        return None
    expected = settings.hopping_rate.value * there / others
    probability = at_least(here, expected)
    explained = there > here and probability >= settings.least_probability.value
    if other.control == "negative":
        explained |= here <= settings.control_factor.value * there
    compared, differences = compared_consensus(fusion.call, theirs.call)
    return SharedJoint(
        fusion_id=fusion.call.fusion_id,
        other=other.annotated.sample,
        other_control=other.control,
        here=here,
        there=there,
        expected=round(expected, 3),
        probability=float(f"{probability:.3g}"),
        is_explained=explained,
        is_private=_is_private(fusion),
        compared=compared,
        differences=differences,
    )


def at_least(count: int, expected: float) -> float:
    """Probability of ``count`` or more events where ``expected`` are (Poisson)."""
    if count <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    below = math.fsum(
        math.exp(i * math.log(expected) - expected - math.lgamma(i + 1)) for i in range(count)
    )
    return min(1.0, max(0.0, 1.0 - below))


def _distinct(call: FusionCall) -> int | None:
    """Distinct fragments of a call; ``None`` when nobody counted any."""
    return _sum(call.support.split_reads, call.support.discordant_pairs)


def _all(call: FusionCall) -> int | None:
    """Fragments of a call, duplicates included where they are known."""
    support = call.support
    raw = _sum(support.split_reads_raw, support.discordant_pairs_raw)
    return _distinct(call) if raw is None else raw


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)


def is_same_joint(one: FusionCall, other: FusionCall) -> bool:
    """Whether two calls may be of one joint: known differences part them, unknown ones do not.

    A few reads may not name the partner of a strong sample, or only bound its joint.
    """
    if one.fusion_id == other.fusion_id:
        return True
    compared, differences = compared_consensus(one, other)
    if compared is not None and differences is not None and differences > DIFFERENT * compared:
        return False
    if one.order_known is not other.order_known:
        return False
    mine, theirs = one.junction, other.junction
    sides = (
        (one.five_prime_gene, other.five_prime_gene, mine.five_prime, theirs.five_prime),
        (one.three_prime_gene, other.three_prime_gene, mine.three_prime, theirs.three_prime),
    )
    return all(_may_be_one(*side) for side in sides) and any(
        gene is not None and gene == their_gene and _overlap(end, their_end)
        for gene, their_gene, end, their_end in sides
    )


def _may_be_one(
    gene: GeneRef | None,
    other_gene: GeneRef | None,
    end: JunctionEnd | None,
    other_end: JunctionEnd | None,
) -> bool:
    if gene is not None and other_gene is not None and gene != other_gene:
        return False
    return _span(end) is None or _span(other_end) is None or _overlap(end, other_end)


def _span(end: JunctionEnd | None) -> tuple[str, int, int] | None:
    if end is None or end.contig is None:
        return None
    if end.position is not None:
        return end.contig, end.position, end.position
    return None if end.position_range is None else (end.contig, *end.position_range)


def _overlap(end: JunctionEnd | None, other: JunctionEnd | None) -> bool:
    mine, theirs = _span(end), _span(other)
    if mine is None or theirs is None or mine[0] != theirs[0]:
        return False
    return mine[1] <= theirs[2] and theirs[1] <= mine[2]


def _is_private(fusion: AnnotatedFusion) -> bool | None:
    junction = fusion.call.junction
    if not junction.exact:
        return None
    if junction.linker_sequence:
        return True
    labels = fusion.exons.five_prime, fusion.exons.three_prime
    return any(label is not None and not label.boundary for label in labels)


def compared_consensus(one: FusionCall, other: FusionCall) -> tuple[int | None, int | None]:
    """Bases that two consensus sequences have in common columns, and how many differ."""
    if one.consensus_sequence is None or other.consensus_sequence is None:
        return None, None
    if one.consensus_junction_offset is None or other.consensus_junction_offset is None:
        return None, None
    shift = one.consensus_junction_offset - other.consensus_junction_offset
    pairs = [
        (base, other.consensus_sequence[i - shift])
        for i, base in enumerate(one.consensus_sequence)
        if 0 <= i - shift < len(other.consensus_sequence)
    ]
    known = [(a, b) for a, b in pairs if "N" not in (a, b)]
    return len(known), sum(a != b for a, b in known)
