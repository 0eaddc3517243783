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
        here: Distinct supporting fragments in the sample that is judged.
        there: Supporting fragments in the other one, duplicates included where they are known:
            what hops is a read, not a molecule.
        expected: Fragments that hopping from the other sample is expected to leave here.
        probability: That hopping alone leaves ``here`` fragments or more, 0 to 1.
        is_explained: The other sample can have left these fragments.
        is_private: The joint lies inside an exon or has inserted bases, so that two patients hardly
            have it both; ``None`` when it is not known to the base.
        compared: Bases of the two consensus sequences that were compared; ``None`` without both.
        differences: Of those, bases that differ; ``None`` as before.
    """

    fusion_id: str
    other: str
    other_control: ControlKind | None
    here: int
    there: int
    expected: float
    probability: float
    is_explained: bool
    is_private: bool | None
    compared: int | None
    differences: int | None


class SampleComparison(Record):
    """What the other samples of a run say of one sample.

    Attributes:
        sample: Pseudonym.
        run: Sequencing run.
        control: The sample is a control itself; ``None`` for a patient's sample.
        others: Pseudonyms of the samples it was compared with, sorted.
        shared: Joints that it has in common with another sample: those that the other one can have
            left first, then by ``fusion_id`` and pseudonym.
        hopping_rate: Share of a sample's reads that turn up in the others.
        hopping_source: Where that rate comes from.
        settings: ``id@version@sha256`` of the file with the settings.
    """

    sample: str
    run: str
    control: ControlKind | None
    others: tuple[str, ...]
    shared: tuple[SharedJoint, ...]
    hopping_rate: float
    hopping_source: str
    settings: str

    @property
    def controls(self) -> tuple[SharedJoint, ...]:
        """Joints that a negative control shows as well."""
        return tuple(joint for joint in self.shared if joint.other_control == "negative")


class RunComparison(Record):
    """All samples of a run, compared.

    Attributes:
        run: Sequencing run.
        samples: One per sample, by pseudonym.
    """

    run: str
    samples: tuple[SampleComparison, ...]
