"""What the samples of one sequencing run say of each other."""

from __future__ import annotations

from typing import Literal

from nutfusion.model.base import Record

ControlKind = Literal["negative", "positive"]
"""What a control of the run should show: nothing, or a fusion."""


class SharedJoint(Record):
    """A joint that two samples of a run show.

    Attributes:
        fusion_id: In the sample that is judged.
        other: Pseudonym of the other sample.
        other_control: It is a control; ``None`` for a patient's sample.
        counted: What both numbers are: all fragments, copies included (what hops is a read), or
            distinct ones where one of the two samples does not say more.
        here: Fragments in the sample that is judged, the least there are; ``None`` when nobody
            counted them.
        there: Fragments in the other one; ``None`` as before.
        expected: Fragments that hopping from the other sample is expected to leave here; ``None``
            when either is unknown.
        probability: That hopping from all stronger samples of the run together leaves ``here``
            fragments or more, 0 to 1; ``None`` for a weaker sample, and when unknown.
        explained_by: ``hopping`` from this and other stronger samples, or a negative ``control``
            with too many fragments for hopping; ``None``: this sample does not explain the joint,
            or nobody can say.
        is_private: The joint lies inside an exon, has inserted bases or is a break of DNA, so that
            two patients hardly have it both; ``None`` when it is not known to the base.
        compared: Bases of the two consensus sequences that were compared; ``None`` without both.
        differences: Of those, bases that differ; ``None`` as before.
    """

    fusion_id: str
    other: str
    other_control: ControlKind | None
    counted: Literal["all", "distinct"]
    here: int | None
    there: int | None
    expected: float | None
    probability: float | None
    explained_by: Literal["hopping", "control"] | None
    is_private: bool | None
    compared: int | None
    differences: int | None

    @property
    def is_counted(self) -> bool:
        """Whether both samples say how many fragments they have."""
        return self.here is not None and self.there is not None


class ControlOutcome(Record):
    """A control of the run.

    Attributes:
        sample: Pseudonym.
        control: What it should show.
        shows_fusion: It shows a NUTM1 fusion, of RNA or of DNA.
    """

    sample: str
    control: ControlKind
    shows_fusion: bool


class SampleComparison(Record):
    """What the other samples of a run say of one sample.

    Attributes:
        sample: Pseudonym.
        run: Sequencing run.
        control: The sample is a control itself; ``None`` for a patient's sample.
        others: Pseudonyms of the samples it was compared with, sorted.
        controls: Controls of the run, this sample left out, by pseudonym.
        shared: Joints that it has in common with another sample: those that the other one explains
            first, then by ``fusion_id`` and pseudonym.
        hopping_rate: Share of a sample's reads that turn up in the others.
        hopping_source: Where that rate comes from.
        settings: ``id@version@sha256`` of the file with the settings.
    """

    sample: str
    run: str
    control: ControlKind | None
    others: tuple[str, ...]
    controls: tuple[ControlOutcome, ...]
    shared: tuple[SharedJoint, ...]
    hopping_rate: float
    hopping_source: str
    settings: str

    def failed_controls(self, kind: ControlKind) -> tuple[str, ...]:
        """Controls of a kind that do not show what they should."""
        return tuple(
            one.sample
            for one in self.controls
            if one.control == kind and one.shows_fusion is (kind == "negative")
        )


class RunComparison(Record):
    """All samples of a run, compared.

    Attributes:
        run: Sequencing run.
        samples: One per sample, by pseudonym.
    """

    run: str
    samples: tuple[SampleComparison, ...]
