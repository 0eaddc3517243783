"""Published facts about tests, and rules of the next useful test: ``config/orthogonal.yaml``."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, Self

from pydantic import Field, ValidationError, model_validator

from nutfusion.config_file import config_error, read_config
from nutfusion.model.base import Record
from nutfusion.model.ledger import PublishedFact
from nutfusion.model.source import Source
from nutfusion.model.terms import MolecularState
from nutfusion.scoring.ledger.codes import LEDGER_CODES
from nutfusion.scoring.reasons import REASONS
from nutfusion.shipped import shipped_path

NUCLEI_FACT: Final = "ihc_nuclei_registry"
"""The fact that a declared percentage of nuclei is held beside."""

SPLIT_FACT: Final = "fish_split_cells"
"""The fact that a declared percentage of split cells is held beside."""

_Test = Literal["ihc", "fish", "rt_pcr", "sanger"]


class NextRule(Record):
    """When a test is suggested, and why.

    Attributes:
        test: What to do, a code of the ledger.
        reason: Why, a code of the ledger.
        states: States of the sample in which it is suggested.
        rests_on: Codes of which one must be among the reasons of the state or the conflicts.
        only_if: Codes of which one must be there besides; empty: none need be.
        unless: Codes that silence it.
        with_fusion: A fusion was read, or none was; ``None``: either.
        if_tested: One of these tests must be declared; empty: none need be.
        unless_tested: Tests after whose usable result it is not suggested.
        source: Who says that it helps.
    """

    test: str
    reason: str
    states: tuple[MolecularState, ...] = Field(min_length=1)
    rests_on: tuple[str, ...] = Field(min_length=1)
    only_if: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    with_fusion: bool | None = None
    if_tested: tuple[_Test, ...] = ()
    unless_tested: tuple[_Test, ...] = ()
    source: Source

    @model_validator(mode="after")
    def _knows_its_codes(self) -> Self:
        unknown = [code for code in (self.test, self.reason) if code not in LEDGER_CODES]
        unknown += [
            code
            for code in (*self.rests_on, *self.only_if, *self.unless)
            if code not in REASONS and code not in LEDGER_CODES
        ]
        if unknown:
            raise ValueError(f"unknown codes: {', '.join(unknown)}")
        return self


class OrthogonalSettings(Record):
    """The file.

    Attributes:
        id: Identifier, shown in the dossier.
        version: Version of the file.
        facts: Published facts.
        next_tests: Rules, the most useful test first.
        digest: sha256 of the file, hexadecimal.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    version: str = Field(min_length=1)
    facts: tuple[PublishedFact, ...]
    next_tests: tuple[NextRule, ...]
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _has_what_is_compared(self) -> Self:
        ids = [fact.id for fact in self.facts]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"facts stand twice: {', '.join(twice)}")
        if any(fact.source.kind != "published" for fact in self.facts):
            raise ValueError("a fact about a test is published by somebody")
        for needed in (NUCLEI_FACT, SPLIT_FACT):
            if not any(f.id == needed and f.value is not None for f in self.facts):
                raise ValueError(f"fact {needed} with its figure is missing")
        return self

    def figure(self, fact_id: str) -> float:
        """The figure of a fact that has one."""
        return next(f.value for f in self.facts if f.id == fact_id and f.value is not None)


@cache
def load_orthogonal() -> OrthogonalSettings:
    """Load the shipped file.

    Raises:
        ConfigError: Not YAML, an unknown or missing key, an unknown code, or a fact that nobody
            published.
    """
    path = shipped_path("orthogonal.yaml")
    try:
        return OrthogonalSettings.model_validate(read_config(path))
    except ValidationError as error:
        raise config_error(error, path) from error
