"""``nutfusion export``: dossiers in other people's formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import PATH
from nutfusion.exports.registry import EXPORTS

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT = ("tables", "vcf", "vicc")
"""What is written when no format is named, here and by the workflow."""


@click.command()
@click.argument("dossiers", type=PATH, nargs=-1, required=True, metavar="DOSSIER.json...")
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(EXPORTS)),
    multiple=True,
    help=f"Format; repeatable. [default: {', '.join(DEFAULT)}]",
)
@click.option("--outdir", type=PATH, required=True, help="Folder to write to.")
def export(*, dossiers: tuple[Path, ...], formats: tuple[str, ...], outdir: Path) -> None:
    """Write dossiers in other people's formats.

    Everything written stands in the dossiers; docs/exports.md says what each format has no place
    for. Reviews beside a dossier are in no export; a warning names their folder.
    """
    from nutfusion.cli.outputs import check_outdir
    from nutfusion.dossier import read_dossier
    from nutfusion.exports import export_files
    from nutfusion.exports.patients import why_no_patient
    from nutfusion.model.atomic import write_atomically
    from nutfusion.review.folder import review_numbers

    check_outdir(outdir)
    read = [read_dossier(path) for path in dossiers]
    # everything is made before anything is written
    for name, content in export_files(read, formats or DEFAULT).items():
        write_atomically(outdir / name, content)
    strict = [name for name in formats or DEFAULT if EXPORTS[name].patients_only]
    nobody = [one.sample.id for one in read if why_no_patient(one) is not None]
    if strict and nobody:
        click.echo(
            f"nutfusion: warning: of no patient (control or test data), and left out of"
            f" {', '.join(strict)}: {', '.join(nobody)}",
            err=True,
        )
    for folder in dict.fromkeys(path.parent for path in dossiers):
        if numbers := review_numbers(folder):
            click.echo(
                f"nutfusion: warning: {folder} holds {len(numbers)} review(s), which are in no"
                " export: read them beside the files written",
                err=True,
            )
