"""YAML files that people write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nutfusion.config_file import read_config
from nutfusion.errors import ConfigError
from nutfusion.scoring import load_assay

if TYPE_CHECKING:
    from pathlib import Path


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("id: a\nquality:\n  min: 1\n  # raised\n  min: 2\n")
    with pytest.raises(ConfigError) as caught:
        read_config(file)
    assert str(caught.value) == f"{file}:5: not YAML: key min stands twice, here and in line 3"


def test_the_same_key_in_two_places_and_a_merge_are_no_doubles(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}\n")
    assert read_config(file)["b"] == {"x": 3, "y": 2}


@pytest.mark.parametrize("value", ["true", "yes", "'3'"])
def test_a_truth_value_is_no_number(value: str, project: Path, tmp_path: Path) -> None:
    shipped = (project / "config" / "assays" / "rnaseq.yaml").read_text()
    file = tmp_path / "mine.yaml"
    file.write_text(
        shipped.replace(
            "min_split_reads:\n    value: 2\n", f"min_split_reads:\n    value: {value}\n", 1
        )
    )
    with pytest.raises(ConfigError, match=r"key thresholds.min_split_reads.value: .*valid integer"):
        load_assay(file)


def test_every_data_file_is_in_the_wheel(project: Path) -> None:
    import tomllib

    says = tomllib.loads((project / "pyproject.toml").read_text())
    put = says["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    read_by_the_workflow_alone = {"config/README.md", "config/config.yaml"}
    data = {f"config/{path.name}" for path in (project / "config").iterdir()}
    assert data - read_by_the_workflow_alone == set(put)
    assert all(target == f"nutfusion/{source}" for source, target in put.items())
