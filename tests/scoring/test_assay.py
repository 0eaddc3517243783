"""Assay profiles: what ships, and what is refused with file and key."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from nutfusion.errors import ConfigError
from nutfusion.scoring import default_assay, load_assay
from nutfusion.shipped import shipped_names, shipped_path

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = shipped_names("assays", ".yaml")


def test_every_kind_of_assay_has_a_profile_and_rnaseq_is_the_default() -> None:
    assert SHIPPED == (
        "amplicon", "archer", "dna-panel", "long-read-rna", "oncomine", "rnaseq", "rnaseq-ffpe",
        "targeted-rna", "targeted-rna-without-nutm1", "tso500",
    )  # fmt: skip
    assert load_assay() == load_assay("rnaseq")
    # What a file of DNA is held against when nobody names a profile; what nothing tells is RNA.
    assert default_assay("dna").id == "dna-panel"
    assert default_assay("rna").id == default_assay(None).id == "rnaseq"
    for name in SHIPPED:
        assert load_assay(name).id == name


@pytest.mark.parametrize("name", SHIPPED)
def test_digest_is_that_of_the_file(name: str) -> None:
    path = shipped_path(f"assays/{name}.yaml")
    assert load_assay(name).digest == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_threshold_has_a_source_and_none_is_from_memory(name: str) -> None:
    profile = load_assay(name)
    groups = (profile.thresholds, profile.quality)
    sources = [
        getattr(group, field).source for group in groups for field in type(group).model_fields
    ]
    assert len(sources) == 16
    for source in sources:
        assert source.kind in ("published", "chosen")
        assert source.text.startswith(
            (
                "Ion Reporter",
                "DRAGEN Tru",
                "DBdust",
                "Chosen by us, ADR 0005",
                "Chosen by us, ADR 0013",
                "Chosen by us, ADR 0018",
            )
        )
        assert "[M]" not in source.text


def test_thresholds_on_other_units_are_not_called_published() -> None:
    # Ion Reporter counts mapped reads, Twist_Solid what each caller reports: neither our fragments.
    assert load_assay("targeted-rna").quality.min_fragments.source.kind == "chosen"
    for name in SHIPPED:
        source = load_assay(name).thresholds.min_supporting_fragments.source
        assert "Twist_Solid" in source.reference
        assert source.kind == "chosen"


def no_control() -> dict[str, Any]:
    """The quality thresholds of the default profile, with a control that any sample passes."""
    values = yaml.safe_load(shipped_path("assays/rnaseq.yaml").read_text(encoding="utf-8"))
    quality: dict[str, Any] = values["quality"]
    source = {"kind": "chosen", "reference": "x", "date": "2026-11-23"}
    return quality | {"min_partner_wild_type": {"value": 0, "source": source}}


def without(key: str | None, **changes: str) -> dict[str, Any]:
    """The thresholds of the default profile, the source of one lacking a key or with others."""
    values = yaml.safe_load(shipped_path("assays/rnaseq.yaml").read_text(encoding="utf-8"))
    thresholds: dict[str, Any] = values["thresholds"]
    source = thresholds["min_anchor"]["source"] | changes
    thresholds["min_anchor"]["source"] = {k: v for k, v in source.items() if k != key}
    return thresholds


def own(tmp_path: Path, **changes: Any) -> Path:
    """The default profile as a laboratory's own file, with changed top-level keys."""
    values = yaml.safe_load(shipped_path("assays/rnaseq.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump(values | changes), encoding="utf-8")
    return path


def test_a_laboratorys_own_file_is_loaded_by_its_path(tmp_path: Path) -> None:
    path = own(tmp_path, id="lab-7")
    assert load_assay(path).id == load_assay(str(path)).id == "lab-7"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"treshold": 1}, "key treshold: is not known"),
        ({"interrogates": {"targets": "all"}}, "key interrogates.source: is missing"),
        ({"digest": "0" * 64}, "key digest: is computed from the file"),
        ({"quality": None}, "key quality: "),
        ({"id": "../x"}, "key id: "),
        ({"quality": no_control()}, "0 controls nothing"),
        # a number that nobody stands for does not load
        ({"thresholds": without("kind")}, "key thresholds.min_anchor.source.kind: is missing"),
        ({"thresholds": without("reference")}, "source.reference: is missing"),
        ({"thresholds": without("date")}, "source.date: is missing"),
        ({"thresholds": without(None, kind="measured")}, "names the command that measured it"),
        ({"thresholds": without(None, command="x")}, "names the command that measured it"),
        ({"thresholds": without(None, kind="believed")}, "source.kind: "),
    ],
)
def test_a_broken_profile_names_file_and_key(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    path = own(tmp_path, **changes)
    with pytest.raises(ConfigError) as caught:
        load_assay(path)
    assert caught.value.path == str(path)
    assert message in caught.value.message
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("min_split_reads", -1, "key thresholds.min_split_reads.value: "),
        ("min_split_reads", None, "a profile that confirms fusions asks for at least 1"),
        ("min_supporting_fragments", 0, "a profile that confirms fusions asks for at least 1"),
        ("min_split_reads", 1.5, "key thresholds.min_split_reads.value: "),
        ("min_partner_identity", 95, "key thresholds.min_partner_identity.value: "),
    ],
)
def test_a_threshold_out_of_range_is_refused(
    tmp_path: Path, key: str, value: object, message: str
) -> None:
    values = yaml.safe_load(shipped_path("assays/rnaseq.yaml").read_text(encoding="utf-8"))
    values["thresholds"][key]["value"] = value
    path = own(tmp_path, thresholds=values["thresholds"])
    with pytest.raises(ConfigError) as caught:
        load_assay(path)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("id: [", 1, "not YAML"),
        ("- a\n- b\n", None, "expected a mapping"),
        ("", None, "expected a mapping"),
        ("id: \x01\n", None, "not YAML"),
    ],
)
def test_what_is_not_a_profile(tmp_path: Path, text: str, line: int | None, message: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=message) as caught:
        load_assay(path)
    assert caught.value.path == str(path)
    if line is not None:
        assert caught.value.line == line


def test_an_unknown_name_lists_what_ships() -> None:
    with pytest.raises(ConfigError, match="shipped are amplicon, archer, dna-panel, long"):
        load_assay("wes")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_assay("nowhere/profile.yaml")


def test_a_missing_shipped_file_is_a_clear_error() -> None:
    with pytest.raises(ConfigError, match=r"lacks its data file config/assays/none\.yaml"):
        shipped_path("assays/none.yaml")
