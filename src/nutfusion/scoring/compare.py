"""The samples of a run side by side: which joints two of them share, and what explains that.

Reads that hop to another index, and drops that are carried over, leave a little of a strong sample
in the others. Most NUTM1 fusions of different patients have one joint (BRD4 exon 11 to NUTM1 exon
3), so a shared joint is no suspicion; a shared joint with no more fragments than hopping leaves is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.model.chance import at_least
from nutfusion.model.run_level import (
    ControlOutcome,
    RunComparison,
    SampleComparison,
    SharedJoint,
)
from nutfusion.model.terms import FusionDetection
from nutfusion.scoring.same_joint import compared_sides, is_same_joint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.annotated import AnnotatedFusion, SampleAnnotated
    from nutfusion.model.call import FusionCall
    from nutfusion.model.run_level import ControlKind
    from nutfusion.scoring.run_settings import RunSettings


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
    found = []
    for one in ordered:
        others = [other for other in ordered if other is not one]
        found.append(
            SampleComparison(
                sample=one.annotated.sample,
                run=run,
                control=one.control,
                others=tuple(other.annotated.sample for other in others),
                controls=tuple(
                    ControlOutcome(
                        sample=other.annotated.sample,
                        control=other.control,
                        shows_fusion=bool(other.annotated.fusions),
                    )
                    for other in others
                    if other.control is not None
                ),
                shared=_shared(one, ordered, settings),
                hopping_rate=settings.hopping_rate.value,
                hopping_source=settings.hopping_rate.source.text,
                settings=f"{settings.id}@{settings.version}@{settings.digest}",
            )
        )
    return RunComparison(run=run, samples=tuple(found))


def _shared(
    one: RunSample, samples: Sequence[RunSample], settings: RunSettings
) -> tuple[SharedJoint, ...]:
    found = [
        joint
        for fusion in one.annotated.fusions
        for joint in _of_fusion(fusion, one, samples, settings)
    ]
    found.sort(key=lambda joint: (joint.explained_by is None, joint.fusion_id, joint.other))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A fusion in two samples; counts of one kind, ``None`` when unknown."""

    other: RunSample
    theirs: AnnotatedFusion
    counted_all: bool
    here: int | None
    there: int | None

    @property
    def is_stronger(self) -> bool:
        """The other sample has more fragments."""
        return self.here is not None and self.there is not None and self.there > self.here


def _of_fusion(
    fusion: AnnotatedFusion, one: RunSample, samples: Sequence[RunSample], settings: RunSettings
) -> list[SharedJoint]:
    """What all other samples say of one fusion."""
    pairs = _pairs(fusion, one, samples)
    rate = settings.hopping_rate.value / max(1, len(samples) - 1)
    probability = _together([pair for pair in pairs if pair.is_stronger], rate)
    hopped = probability is not None and probability >= settings.least_probability.value
    found = []
    for pair in pairs:
        by_hopping = hopped and pair.is_stronger
        by_control = (
            not by_hopping
            and pair.other.control == "negative"
            and pair.here is not None
            and pair.there is not None
            and pair.here <= settings.control_factor.value * pair.there
            and not _is_hopped(pair, samples, settings)
        )
        sides = compared_sides(fusion.call, pair.theirs.call)
        found.append(
            SharedJoint(
                fusion_id=fusion.call.fusion_id,
                other=pair.other.annotated.sample,
                other_control=pair.other.control,
                counted="all" if pair.counted_all else "distinct",
                here=pair.here,
                there=pair.there,
                expected=None if pair.there is None else round(rate * pair.there, 3),
                probability=(
                    float(f"{probability:.3g}")
                    if probability is not None and pair.is_stronger
                    else None
                ),
                explained_by="hopping" if by_hopping else "control" if by_control else None,
                is_private=_is_private(fusion),
                compared=sum(compared for compared, _ in sides) if sides else None,
                differences=sum(differ for _, differ in sides) if sides else None,
            )
        )
    return found


def _pairs(fusion: AnnotatedFusion, one: RunSample, samples: Sequence[RunSample]) -> list[_Pair]:
    """The same joint in other samples, the strongest of each."""
    found = []
    for other in samples:
        if other is one:
            continue
        same = [
            _counted(fusion.call, theirs, other)
            for theirs in other.annotated.fusions
            if is_same_joint(fusion.call, theirs.call)
        ]
        if same:
            found.append(max(same, key=lambda pair: (pair.there or 0, pair.theirs.call.fusion_id)))
    return found


def _counted(call: FusionCall, theirs: AnnotatedFusion, other: RunSample) -> _Pair:
    """Both counts with copies, or both without: one kind only can be compared."""
    raw = _all(call), _all(theirs.call)
    if None not in raw:
        return _Pair(other, theirs, True, *raw)
    return _Pair(other, theirs, False, _distinct(call), _distinct(theirs.call))


def _together(stronger: Sequence[_Pair], rate: float) -> float | None:
    """Probability that hopping from all of them leaves what is here, or more."""
    if not stronger:
        return None
    expected = rate * sum(pair.there or 0 for pair in stronger)
    # where a sample counts no copies there are two counts of what is here: the higher one holds
    return at_least(max(pair.here or 0 for pair in stronger), expected)


def _is_hopped(pair: _Pair, samples: Sequence[RunSample], settings: RunSettings) -> bool:
    """Whether hopping explains what a control shows, so that it is no source itself."""
    rate = settings.hopping_rate.value / max(1, len(samples) - 1)
    stronger = [other for other in _pairs(pair.theirs, pair.other, samples) if other.is_stronger]
    probability = _together(stronger, rate)
    return probability is not None and probability >= settings.least_probability.value


def _distinct(call: FusionCall) -> int | None:
    """Distinct fragments of a call; ``None`` when nobody counted any."""
    return _sum(call.support.split_reads, call.support.discordant_pairs)


def _all(call: FusionCall) -> int | None:
    """Fragments of a call with copies; ``None`` when nobody counted those."""
    return _sum(call.support.split_reads_raw, call.support.discordant_pairs_raw)


def _sum(one: int | None, other: int | None) -> int | None:
    """The least there are: a count that nobody states adds none."""
    return None if one is None and other is None else (one or 0) + (other or 0)


def _is_private(fusion: AnnotatedFusion) -> bool | None:
    call = fusion.call
    if call.fusion_detection is FusionDetection.INFERRED:
        return True if call.genomic_breakpoint and call.genomic_breakpoint.exact else None
    if not call.junction.exact:
        return None
    if call.junction.linker_sequence:
        return True
    labels = fusion.exons.five_prime, fusion.exons.three_prime
    return any(label is not None and not label.boundary for label in labels)
