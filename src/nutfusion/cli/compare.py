"""``nutfusion compare``: the samples of a run side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import PATH
from nutfusion.errors import SampleSheetError, StageFileError

if TYPE_CHECKING:
    from pathlib import Path

ANNOTATED = "annotated.parquet"
"""What the annotation stage writes for a sample, as the workflow names it."""


@click.command()
@click.option("--sheet", type=PATH, required=True, help="Sample sheet: samples and controls.")
@click.option("--run", required=True, help="Name of the run, as the sheet has it.")
@click.option(
    "--results", type=PATH, required=True, help=f"Folder that holds SAMPLE/{ANNOTATED} of each."
)
@click.option("--settings", type=PATH, help="Rates of a run. [default: the shipped file]")
@click.option("--out", type=PATH, required=True, help="JSON file to write.")
def compare(*, sheet: Path, run: str, results: Path, settings: Path | None, out: Path) -> None:
    """Say which samples of a run share a joint, and whether one can have left it in another.

    'nutfusion score --run-level' takes the output.
    """
    from nutfusion.model.annotated import SampleAnnotated
    from nutfusion.model.stagefile import read_stage, write_stage
    from nutfusion.scoring import RunSample, compare_run, load_run_settings
    from nutfusion.sheet import load_sheet

    loaded = load_run_settings(settings)
    rows = [row.sample for row in load_sheet(sheet, check_files=False) if row.sample.run == run]
    if not rows:
        raise SampleSheetError(f"expected samples of run {run!r}, found none", path=sheet)
    samples = []
    for row in rows:
        path = results / row.id / ANNOTATED
        annotated = read_stage(SampleAnnotated, path)
        if annotated.sample != row.id:
            raise StageFileError(
                f"expected sample {row.id!r}, found {annotated.sample!r}", path=path
            )
        samples.append(RunSample(annotated, row.control))
    write_stage(compare_run(run, samples, loaded), out)
