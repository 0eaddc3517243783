"""The workflow's configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml

from nutfusion.cli.export import DEFAULT
from nutfusion.errors import ConfigError
from nutfusion.exports import EXPORTS
from nutfusion.sheet import WorkflowConfig, workflow_config
from nutfusion.sheet.config import ExportName, config_schema_text

if TYPE_CHECKING:
    from pathlib import Path


def test_defaults_are_those_of_the_committed_file(project: Path) -> None:
    committed = yaml.safe_load((project / "config" / "config.yaml").read_text())
    assert workflow_config(committed) == WorkflowConfig(samples="test-data/samples.csv")
    assert list(committed) == list(WorkflowConfig.model_fields)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sampels": "x"}, "unknown key 'sampels', did you mean 'samples'? keys are samples,"),
        ({"colour": "x"}, "unknown key 'colour', no key is like it; keys are samples,"),
        ({"samples": None}, "key 'samples': Input should be a valid string, found None"),
        ({"threads": "2"}, "key 'threads': Input should be a valid integer, found '2'"),
        ({"threads": 0}, "key 'threads': Input should be greater than or equal to 1, found 0"),
        ({"genome": "g.fa"}, "expected genome and annotation together"),
        ({"genome": "g.fa", "annotation": "a.gtf", "panel": "p"}, "found all of them"),
        ({"samples": "", "threads": 65}, "key 'threads'"),
        ({"exports": ["tables", "bed"]}, "key 'exports.1': Input should be 'tables', "),
    ],
)
def test_faults_are_said_in_words(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        workflow_config({"samples": "s.csv", **changes})
    assert str(caught.value).startswith("workflow config: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_committed_schema_is_current(project: Path) -> None:
    committed = project / "workflow" / "schemas" / "config.schema.yaml"
    assert committed.read_text() == config_schema_text(), "run scripts/make_config_schema.py"


def test_the_schema_describes_every_key_and_allows_no_other(project: Path) -> None:
    schema = yaml.safe_load(config_schema_text())
    assert schema["additionalProperties"] is False
    assert all(len(key["description"]) > 20 for key in schema["properties"].values())


@pytest.mark.parametrize("key", ["panel", "run_level"])
def test_null_on_the_command_line_is_null(key: str) -> None:
    """Snakemake hands ``--config run_level=null`` on as text."""
    found = workflow_config({"samples": "samples.csv", key: "null"})
    assert getattr(found, key) is None


@pytest.mark.parametrize(
    ("given", "found"),
    [(None, []), ("null", []), ([], []), ("vcf", ["vcf"]), (["vcf", "vicc"], ["vcf", "vicc"])],
)
def test_exports_are_named_or_none(given: object, found: list[str]) -> None:
    assert workflow_config({"samples": "samples.csv", "exports": given}).exports == found


def test_exports_that_can_be_named_are_those_there_are() -> None:
    assert get_args(ExportName) == tuple(EXPORTS)
    assert tuple(WorkflowConfig(samples="samples.csv").exports) == DEFAULT
