"""Assay profiles: what a laboratory's assay can show, and what it asks of evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from pydantic import Field, ValidationError, field_validator, model_validator

from nutfusion.config_file import config_error, read_config
from nutfusion.errors import ConfigError
from nutfusion.model.base import Record
from nutfusion.model.evidence import Molecule
from nutfusion.model.source import Source
from nutfusion.scoring.assay_words import Check, Failed, Text
from nutfusion.scoring.interrogates import Interrogates
from nutfusion.shipped import shipped_names, shipped_path


class Count(Record):
    """A whole-number threshold with its source.

    Attributes:
        value: Fragments, starts or nucleotides, as the key says; ``None``: the profile does not
            ask.
        source: Where the number comes from.
    """

    value: int | None = Field(ge=0, strict=True, description="Whole number; null when not asked")
    source: Source


class Figure(Record):
    """As ``Count``, for a number that need not be whole."""

    value: float | None = Field(ge=0, strict=True, description="Number; null when not asked")
    source: Source


class Share(Record):
    """As ``Count``, for a share between 0 and 1."""

    value: float | None = Field(
        ge=0, le=1, strict=True, description="Share, 0 to 1; null when not asked"
    )
    source: Source


class FusionThresholds(Record):
    """What the profile asks of one fusion.

    Attributes:
        min_supporting_fragments: Split and discordant fragments together.
        min_split_reads: Fragments with a read across the joint.
        min_distinct_starts: Distinct outer ends on the partner side.
        min_anchor: Nucleotides on both sides of the joint in one split read.
        min_partner_identity: Share of partner bases equal to the partner's transcript.
        max_joint_dust: Highest DUST score of the bases on either side of the joint.
        min_unique_share: Share of the k-mers on each side of the joint that no other gene holds.
        min_independent_sources: Programs, our own look included, that show the joint.
        min_background_fragments: NUTM1 fragments below which wild-type expression is not judged.
        max_upstream_share: Largest share of fragments on NUTM1 exons 1 and 2 that still says
            NUTM1 is expressed from the fusion alone.
        min_imbalance_fragments: Fragments on the later NUTM1 exons from which an imbalance
            without any fusion is worth a look.
    """

    min_supporting_fragments: Count
    min_split_reads: Count
    min_distinct_starts: Count
    min_anchor: Count
    min_partner_identity: Share
    max_joint_dust: Figure
    min_unique_share: Share
    min_independent_sources: Count
    min_background_fragments: Count
    max_upstream_share: Share
    min_imbalance_fragments: Count

    @field_validator("min_supporting_fragments", "min_split_reads")
    @classmethod
    def _asks_for_one(cls, threshold: Count) -> Count:
        if threshold.value is None or threshold.value < 1:
            raise ValueError("a profile that confirms fusions asks for at least 1")
        return threshold


class QualityThresholds(Record):
    """What the profile asks of a sample before nothing seen means anything.

    Attributes:
        min_fragments: Fragments in all files.
        min_read_length_mean: Nucleotides.
        min_mean_base_quality: Phred.
        min_partner_wild_type: Wild-type BRD4 fragments.
        max_detection_limit: Highest limit of detection at BRD4's verified catalogued joints.
    """

    min_fragments: Count
    min_read_length_mean: Figure
    min_mean_base_quality: Figure
    min_partner_wild_type: Count
    max_detection_limit: Share

    @field_validator("min_partner_wild_type")
    @classmethod
    def _controls_something(cls, threshold: Count) -> Count:
        if threshold.value == 0:
            raise ValueError("a control asks for at least 1, or is null: 0 controls nothing")
        return threshold


class AssayProfile(Record):
    """One assay, as its file states it.

    Attributes:
        id: Identifier, shown in the dossier.
        version: Version of the file.
        description: One sentence in both languages, shown in the dossier.
        note: What to know before trusting it, shown in the dossier; ``None``: nothing.
        molecule: What the assay sequences.
        interrogates: What it could show.
        thresholds: What it asks of a fusion.
        quality: What it asks of a sample.
        checks: What the laboratory has to look up itself; shown, never judged.
        failed: What a failed run means, and what to do next.
        digest: sha256 of the file, hexadecimal.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    version: str = Field(min_length=1)
    description: Text
    note: Text | None = None
    molecule: Molecule
    interrogates: Interrogates
    thresholds: FusionThresholds
    quality: QualityThresholds
    checks: tuple[Check, ...] = ()
    failed: Failed
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _introns_are_of_dna(self) -> AssayProfile:
        targets = self.interrogates.targets
        for target in () if targets == "all" else targets:
            if self.molecule == "rna" and (target.introns, target.upstream_bases) != (None, None):
                raise ValueError(
                    f"introns and upstream_bases of {target.gene} belong to an assay of DNA"
                )
        return self


DEFAULT_ASSAY: Final = "rnaseq"
"""The profile that is used when none is named."""

DEFAULT_DNA_ASSAY: Final = "dna-panel"
"""The one that is used then for reads of DNA."""


def default_assay(molecule: Molecule | None) -> AssayProfile:
    """Load the profile of a sample for which nobody names one.

    Args:
        molecule: What its reads turned out to be of; ``None`` without reads, or when nothing
            tells: they are read as RNA.
    """
    return load_assay(DEFAULT_DNA_ASSAY if molecule == "dna" else DEFAULT_ASSAY)


def load_assay(name_or_path: str | Path = DEFAULT_ASSAY) -> AssayProfile:
    """Load a profile.

    Args:
        name_or_path: Name of a shipped profile (``rnaseq``, ``targeted-rna``), or the path of a
            YAML file; what ends in ``.yaml`` or ``.yml``, or holds a slash, is a path.

    Raises:
        ConfigError: No such profile, not YAML, an unknown or missing key, or a value out of
            range. The message names the file and the key.
    """
    return read_assay(assay_path(name_or_path))


def assay_path(name_or_path: str | Path) -> Path:
    """Where the file of a profile is (see ``load_assay``)."""
    name = str(name_or_path)
    if isinstance(name_or_path, Path) or "/" in name or name.endswith((".yaml", ".yml")):
        return Path(name_or_path)
    known = shipped_names("assays", ".yaml")
    if name not in known:
        raise ConfigError(
            f"no assay profile {name!r}; shipped are {', '.join(known)}; a profile of your own "
            "is given by its path, ending in .yaml"
        )
    return shipped_path(f"assays/{name}.yaml")


def read_assay(path: Path) -> AssayProfile:
    """Read and check one profile file (see ``load_assay``)."""
    values = read_config(path)
    try:
        return AssayProfile.model_validate(values)
    except ValidationError as error:
        raise config_error(error, path) from error


def assay_schema_text() -> str:
    """The JSON Schema of a profile file, as it is committed for editors.

    ``digest`` is not in it: it is computed from the file.
    """
    schema = AssayProfile.model_json_schema(mode="validation")
    del schema["properties"]["digest"]
    schema["required"].remove("digest")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "nutfusion assay profile",
    }
    return json.dumps(head | {k: v for k, v in schema.items() if k != "title"}, indent=2) + "\n"
