"""``nutfusion sheet``: look at a sample sheet before a run does."""

from __future__ import annotations

from pathlib import Path

import click

from nutfusion.errors import SampleSheetError
from nutfusion.model.stagefile import write_stage
from nutfusion.sheet import SampleRow, load_sheet

ROW_FILE = "sheet-row.json"
"""Name of the file that ``assess --sheet-row`` and the stages take, one per sample."""

_FILE = click.Path(path_type=Path)


@click.group()
def sheet() -> None:
    """Check a sample sheet, or split it into one file per sample."""


_NO_FILES = click.option("--no-files", is_flag=True, help="Do not ask whether the files are there.")


@sheet.command()
@click.argument("file", type=_FILE)
@_NO_FILES
def check(file: Path, *, no_files: bool) -> None:
    """Check a sample sheet and say what it holds.

    FILE is CSV or TSV with one row per lane; see config/README.md for its columns.
    """
    from nutfusion.scoring import load_assay

    rows = load_sheet(file, check_files=not no_files)
    for assay in {row.assay for row in rows if row.assay}:
        load_assay(assay)
    for row in rows:
        click.echo(f"{row.sample.id}: {', '.join(_inputs_of(row))}", err=True)


@sheet.command()
@click.argument("file", type=_FILE)
@click.option("--outdir", type=_FILE, required=True, help=f"Gets SAMPLE/{ROW_FILE} per sample.")
@click.option("--sample", "wanted", multiple=True, help="Only this sample; may be repeated.")
@_NO_FILES
def rows(file: Path, outdir: Path, wanted: tuple[str, ...], *, no_files: bool) -> None:
    """Write one file per sample, as ``assess --sheet-row`` takes it.

    FILE is CSV or TSV with one row per lane; see config/README.md for its columns.
    """
    samples = {row.sample.id: row for row in load_sheet(file, check_files=not no_files)}
    for name in wanted or samples:
        write_stage(_of(samples, name, file), outdir / name / ROW_FILE)


def _inputs_of(row: SampleRow) -> list[str]:
    """What a sample comes with, in words."""
    found = []
    if row.lanes:
        kind = "single" if row.lanes[0].fastq_2 is None else "paired"
        found.append(f"{len(row.lanes)} lane(s), {kind} reads")
    if row.alignments:
        found.append(f"{len(row.alignments)} alignment file(s)")
    if row.callers:
        found.append(f"{len(row.callers)} output(s) of other programs")
    if row.addresses:
        found.append(f"{len(row.addresses)} object(s) in a store, which only a run looks for")
    return found


def _of(samples: dict[str, SampleRow], name: str, file: Path) -> SampleRow:
    """The row of one sample."""
    if name not in samples:
        raise SampleSheetError(f"expected a sample {name!r}, found {', '.join(samples)}", path=file)
    return samples[name]
