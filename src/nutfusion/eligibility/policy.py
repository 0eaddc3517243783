"""An eligibility policy: a versioned file of gates, each with the words it rests on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import Field, ValidationError, model_validator

from nutfusion.config_file import config_error, read_config
from nutfusion.errors import ConfigError
from nutfusion.model.base import Record
from nutfusion.shipped import shipped_names, shipped_path


class RestsOn(StrEnum):
    """What a gate's verdict is drawn from."""

    DECLARED_DISEASE = "declared.disease"
    DECLARED_PRETREATED = "declared.pretreated"
    DECLARED_RELAPSE = "declared.relapse"
    MOLECULAR_STATE = "molecular_state"
    NOTHING = "nothing"


class Gate(Record):
    """One gate as the file states it.

    Attributes:
        id: Identifier.
        rests_on: Where the verdict comes from; ``nothing`` for an explicit blank.
        quote: The policy's own words; ``None`` for a blank, and only for one.
        source: Where the quote stands, or who completes the blank.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    rests_on: RestsOn
    quote: str | None
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _is_quoted_or_blank(self) -> Self:
        if (self.quote is None) is not (self.rests_on is RestsOn.NOTHING):
            raise ValueError("a gate has a quote, or it rests on nothing: a rule is never invented")
        return self


class Policy(Record):
    """A policy file.

    Attributes:
        id: Identifier, shown in the dossier.
        version: Version of the file.
        title: What it is about.
        status: ``press_release_only``: the gates are those of an announcement; ``full_text``: they
            were drawn from the policy itself.
        source_note: What was read, what was not, and what is not known of it.
        gates: In the order in which they are printed.
        digest: sha256 of the file, hexadecimal.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    version: str = Field(min_length=1)
    title: str = Field(min_length=1)
    status: Literal["press_release_only", "full_text"]
    source_note: str = Field(min_length=1)
    gates: tuple[Gate, ...] = Field(min_length=1)
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _has_each_gate_once(self) -> Self:
        ids = [gate.id for gate in self.gates]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"gates stand twice: {', '.join(twice)}")
        return self


DEFAULT_POLICY: Final = "birabresib-put"
"""The policy that is used when none is named."""


def load_policy(name_or_path: str | Path = DEFAULT_POLICY) -> Policy:
    """Load a policy.

    Args:
        name_or_path: Name of a shipped policy, or the path of a YAML file; what ends in
            ``.yaml`` or ``.yml``, or holds a slash, is a path.

    Raises:
        ConfigError: No such policy, not YAML, an unknown or missing key, or a gate with a rule
            but no quote. The message names the file and the key.
    """
    name = str(name_or_path)
    if isinstance(name_or_path, Path) or "/" in name or name.endswith((".yaml", ".yml")):
        path = Path(name_or_path)
    else:
        known = shipped_names("eligibility", ".yaml")
        if name not in known:
            raise ConfigError(f"no eligibility policy {name!r}; shipped are {', '.join(known)}")
        path = shipped_path(f"eligibility/{name}.yaml")
    try:
        return Policy.model_validate(read_config(path))
    except ValidationError as error:
        raise config_error(error, path) from error
