"""The workflow's configuration: its keys, their meaning and their limits."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from nutfusion.errors import ConfigError
from nutfusion.model.base import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_HEADER: Final = (
    "# Made from nutfusion.sheet.config by scripts/make_config_schema.py; do not edit.\n"
)

ExportName = Literal[
    "tables", "vcf", "vicc", "cbioportal", "osiris", "multiqc", "crgm_text", "fhir", "cda",
    "rocrate",
]  # fmt: skip
"""Every export format (the registry in ``nutfusion.exports`` lies above this room)."""


class WorkflowConfig(Record):
    """Everything that can be set for a run of the workflow."""

    samples: str = Field(
        min_length=1,
        description="Sample sheet, CSV or TSV, one row per lane; from the working directory.",
    )
    panel: str | None = Field(
        default=None,
        description="Panel directory; null: the packaged starter, or one built from genome and"
        " annotation.",
    )
    genome: str | None = Field(
        default=None,
        description="Genome FASTA, plain or gzipped, to build a panel from; needs annotation.",
    )
    annotation: str | None = Field(
        default=None,
        description="GTF, plain or gzipped, to build a panel from; needs genome.",
    )
    star_index: str | None = Field(
        default=None,
        description="Genome directory of STAR; given, FASTQ samples are aligned with it and its"
        " chimeric junctions stand beside nutfusion's own look at the reads.",
    )
    arriba: bool = Field(
        default=False,
        description="Call fusions with Arriba on STAR's alignments; needs star_index, genome and"
        " annotation.",
    )
    arriba_blacklist: str | None = Field(
        default=None,
        description="Arriba's blacklist for that genome; null: Arriba's filter of this name is"
        " switched off.",
    )
    assay: str | None = Field(
        default=None,
        min_length=1,
        description="Assay profile for samples whose row of the sheet names none; null: rnaseq, or"
        " dna-panel where the reads turn out to be of DNA.",
    )
    policy: str = Field(
        default="birabresib-put",
        min_length=1,
        description="Eligibility policy that the dossiers answer gate by gate.",
    )
    run_level: str | None = Field(
        default="run-level",
        min_length=1,
        description="What is expected of a run whose samples are compared: run-level (the shipped"
        " file) or the path of a .yaml file; null: samples are not compared with each other.",
    )
    transcriptome: str | None = Field(
        default=None,
        description="FASTA of all transcripts, plain or gzipped, whose headers name genes; given,"
        " the bases beside each joint are looked for in it. null: in the panel alone.",
    )
    exports: list[ExportName] = Field(
        default=["tables", "vcf", "vicc"],
        description="Formats that all dossiers are written in besides, in results/_exports; see"
        " docs/exports.md. An empty list, or null: none.",
    )
    threads: int = Field(
        default=1, ge=1, le=64, description="Threads for reading one sample, 1 to 64."
    )

    @field_validator("arriba", mode="before")
    @classmethod
    def _word_of_the_command_line(cls, value: object) -> object:
        """``--config arriba=true`` arrives as text."""
        return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value

    @field_validator(
        "panel", "genome", "annotation", "star_index", "arriba_blacklist", "run_level",
        "assay",
        "transcriptome",
        mode="before",
    )  # fmt: skip
    @classmethod
    def _null_of_the_command_line(cls, value: object) -> object:
        """``--config run_level=null`` arrives as text."""
        return None if value == "null" else value

    @field_validator("exports", mode="before")
    @classmethod
    def _one_or_no_export(cls, value: object) -> object:
        """``--config exports=vcf`` and ``exports=null`` arrive as text."""
        if value is None or value == "null":
            return []
        return [value] if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_panel(self) -> WorkflowConfig:
        if (self.genome is None) != (self.annotation is None):
            raise ValueError("expected genome and annotation together, found only one of them")
        if self.panel is not None and self.genome is not None:
            raise ValueError("expected panel, or genome and annotation, found all of them")
        return self

    @model_validator(mode="after")
    def _arriba_has_what_it_needs(self) -> WorkflowConfig:
        if self.arriba and (self.star_index is None or self.genome is None):
            raise ValueError("expected star_index, genome and annotation with arriba, found less")
        if self.arriba_blacklist is not None and not self.arriba:
            raise ValueError("expected arriba: true with arriba_blacklist, found false")
        return self


def workflow_config(values: Mapping[str, Any]) -> WorkflowConfig:
    """Check a configuration.

    Args:
        values: As Snakemake read them.

    Raises:
        ConfigError: A key is unknown, missing or has no valid value; all faults in one message.
    """
    try:
        return WorkflowConfig.model_validate(dict(values), strict=True)
    except ValidationError as error:
        faults = "; ".join(_fault(fault) for fault in error.errors(include_url=False))
        raise ConfigError(f"workflow config: {faults}") from error


def _fault(fault: Any) -> str:
    """One fault in words."""
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, WorkflowConfig.model_fields, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "no key is like it;"
        known = ", ".join(WorkflowConfig.model_fields)
        return f"unknown key {key!r}, {hint} keys are {known}"
    if fault["type"] == "missing":
        return f"expected a key {key!r}, found none"
    message = str(fault["msg"]).removeprefix("Value error, ")
    return f"key {key!r}: {message}, found {fault['input']!r}" if key else message


def config_schema() -> dict[str, Any]:
    """The configuration as a JSON Schema, for editors and for people who read it."""
    schema = WorkflowConfig.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def config_schema_text() -> str:
    """The schema as the committed YAML file holds it."""
    import yaml

    return SCHEMA_HEADER + yaml.safe_dump(config_schema(), sort_keys=False, width=100)
