"""``nutfusion crate``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from nutfusion.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def crate(
    project: Path, outdir: Path, *options: str, ended: str = "2026-11-24T09:30:00Z"
) -> Result:
    arguments = [
        "crate", str(project / "docs" / "examples" / "positive.json"),
        "--workflow", str(project), "--sheet", str(project / "test-data" / "samples.csv"),
        "--ended", ended, "--outdir", str(outdir), *options,
    ]  # fmt: skip
    return CliRunner().invoke(main, arguments)


def test_the_workflow_is_in_the_crate_whole(project: Path, tmp_path: Path) -> None:
    done = crate(project, tmp_path, "--parameter", "assay", "null", "--tool", "STAR")
    assert (done.exit_code, done.output) == (0, "")
    for place in ("Snakefile", "workflow/rules/common.smk", "workflow/envs/star.yaml"):
        assert (tmp_path / place).read_bytes() == (project / place).read_bytes()
    metadata = json.loads((tmp_path / "ro-crate-metadata.json").read_text("utf-8"))
    named = {entity.get("name") for entity in metadata["@graph"]}
    assert {"assay", "STAR", "pysam", "snakemake", "sample sheet"} <= named


def test_a_time_that_is_none_and_a_folder_without_a_workflow(project: Path, tmp_path: Path) -> None:
    done = crate(project, tmp_path / "out", ended="yesterday")
    assert done.exit_code == 2
    assert "expected a time such as" in done.output
    done = crate(project, tmp_path / "out", "--workflow", str(tmp_path))
    assert done.exit_code == 2
    assert "expected a folder with a Snakefile" in done.output
    assert not (tmp_path / "out").exists()
