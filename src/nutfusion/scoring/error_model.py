"""How often artefacts make a joint: the numbers of the likelihood-ratio score, with their sources.

``docs/scoring-model.md`` has the formulae.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pydantic import Field, ValidationError, model_validator

from nutfusion.config_file import config_error, read_config
from nutfusion.model.base import Record
from nutfusion.model.source import Source
from nutfusion.scoring.run_settings import Rate
from nutfusion.shipped import shipped_path

if TYPE_CHECKING:
    from pathlib import Path


class Number(Record):
    """Any number with its source."""

    value: float = Field(description="Number")
    source: Source


class Positive(Record):
    """A number above 0 with its source."""

    value: float = Field(gt=0, description="Number above 0")
    source: Source


class Bases(Record):
    """A whole number of bases with its source."""

    value: int = Field(ge=0, strict=True, description="Bases")
    source: Source


class RealFusion(Record):
    """What a real fusion leaves.

    Attributes:
        least_fragments: Fewest fragments expected of one.
        most_fragments: Most fragments expected of one.
        on_edges: Chance that every side that is known lies on an exon's edge.
    """

    least_fragments: Positive
    most_fragments: Positive
    on_edges: Rate

    @model_validator(mode="after")
    def _in_order(self) -> RealFusion:
        if self.most_fragments.value < self.least_fragments.value:
            raise ValueError("most_fragments is below least_fragments")
        return self


class SequencingError(Record):
    """Bases read wrongly.

    Attributes:
        per_base: Chance of a base.
        differences_by_chance: Share of differing bases of two pieces nobody can compare.
    """

    per_base: Rate
    differences_by_chance: Rate


class TemplateSwitching(Record):
    """Fragments made of two molecules.

    Attributes:
        per_fragment: Chance of a fragment.
        same_place: Chance that two switches between two genes share their joint.
        moved_to_edge: Bases by which a joint may be moved onto an exon's edge.
        near_edge: Share of places so close to an edge, for a gene without known exons.
    """

    per_fragment: Rate
    same_place: Rate
    moved_to_edge: Bases
    near_edge: Rate


class Paralogue(Record):
    """Reads of another gene.

    Attributes:
        divergence: Share of its bases that differ.
        own_differences: Share of bases by which a consensus differs from its own gene.
        identical: Chance that another gene has the same bases beside the joint.
        identical_beyond_transcriptome: The same once a transcriptome was looked through.
    """

    divergence: Rate
    own_differences: Rate
    identical: Rate
    identical_beyond_transcriptome: Rate


class CarryOver(Record):
    """Fragments of another sample.

    Attributes:
        private_joint_twice: Chance that two patients share a joint that splicing does not make.
    """

    private_joint_twice: Rate


class Calibration(Record):
    """From the model's ratio to the score.

    Attributes:
        slope: Factor of the logarithm.
        offset: What is added to it.
        largest: Where the score is cut on both sides.
    """

    slope: Positive
    offset: Number
    largest: Positive


class ErrorModel(Record):
    """The numbers of the score.

    Attributes:
        id: Identifier, shown in the dossier.
        version: Version of the file.
        real: A real fusion.
        sequencing_error: Bases read wrongly.
        template_switching: Fragments made of two molecules.
        paralogue: Reads of another gene.
        carry_over: Fragments of another sample.
        calibration: From the model's ratio to the score.
        digest: sha256 of the file, hexadecimal.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    version: str = Field(min_length=1)
    real: RealFusion
    sequencing_error: SequencingError
    template_switching: TemplateSwitching
    paralogue: Paralogue
    carry_over: CarryOver
    calibration: Calibration
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def label(self) -> str:
        """``id@version@sha256``, as provenance has it."""
        return f"{self.id}@{self.version}@{self.digest}"


SHIPPED: Final = "error-model.yaml"
"""The model that is used when none is named."""


@cache
def load_error_model(path: Path | None = None) -> ErrorModel:
    """Load the numbers of the score.

    Args:
        path: YAML file; ``None``: the shipped one.

    Raises:
        ConfigError: Not YAML, an unknown or missing key, or a value out of range.
    """
    file = path or shipped_path(SHIPPED)
    try:
        return ErrorModel.model_validate(read_config(file))
    except ValidationError as error:
        raise config_error(error, file) from error
