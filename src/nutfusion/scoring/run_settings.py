"""How much of one sample turns up in the others of its run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import Field, ValidationError

from nutfusion.config_file import config_error, read_config
from nutfusion.model.base import Record
from nutfusion.model.source import Source
from nutfusion.shipped import shipped_path

if TYPE_CHECKING:
    from pathlib import Path


class Rate(Record):
    """A share between 0 and 1 with its source."""

    value: float = Field(gt=0, lt=1, strict=True, description="Share, above 0 and below 1")
    source: Source


class Factor(Record):
    """A whole number with its source."""

    value: int = Field(ge=1, strict=True, description="Whole number, at least 1")
    source: Source


class RunSettings(Record):
    """What is expected of a run.

    Attributes:
        id: Identifier, shown in the dossier.
        version: Version of the file.
        hopping_rate: Share of a sample's reads that turn up in all others together.
        least_probability: Of hopping alone, from which it explains a call.
        control_factor: How many times a negative control's fragments a call has when it is not the
            control's contamination.
        digest: sha256 of the file, hexadecimal.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    version: str = Field(min_length=1)
    hopping_rate: Rate
    least_probability: Rate
    control_factor: Factor
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")


SHIPPED: Final = "run-level.yaml"
"""The settings that are used when none are named."""


def load_run_settings(path: Path | None = None) -> RunSettings:
    """Load the settings of a run.

    Args:
        path: YAML file; ``None``: the shipped one.

    Raises:
        ConfigError: Not YAML, an unknown or missing key, or a value out of range.
    """
    file = path or shipped_path(SHIPPED)
    try:
        return RunSettings.model_validate(read_config(file))
    except ValidationError as error:
        raise config_error(error, file) from error
