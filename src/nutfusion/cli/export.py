"""``nutfusion export``: dossiers in other people's formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import PATH
from nutfusion.exports.registry import EXPORTS

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.exports.reviews import Beside
    from nutfusion.review.keys import TrustedKeys

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
@click.option(
    "--keys",
    type=PATH,
    multiple=True,
    help="Public keys you vouch for, file or folder: reviews beside the dossiers that they signed"
    " are added.",
)
@click.option("--outdir", type=PATH, required=True, help="Folder to write to.")
def export(
    *, dossiers: tuple[Path, ...], formats: tuple[str, ...], keys: tuple[Path, ...], outdir: Path
) -> None:
    """Write dossiers in other people's formats.

    Everything written stands in the dossiers; docs/exports.md says what each format has no place
    for. A review beside dossier.json is added where a format has a place for it, it is as it was
    signed, and --keys vouches for its key; anything else of a review is only warned of.
    """
    from nutfusion.cli.outputs import check_outdir
    from nutfusion.dossier import read_dossier
    from nutfusion.exports import export_files
    from nutfusion.exports.patients import why_no_patient
    from nutfusion.model.atomic import write_atomically
    from nutfusion.review.folder import DOSSIER
    from nutfusion.review.keys import TrustedKeys

    check_outdir(outdir)
    trusted = TrustedKeys.read(keys)
    read = [read_dossier(path) for path in dossiers]
    chosen = formats or DEFAULT
    # everything is made before anything is written
    beside = {
        one.sample.id: _beside(path, trusted)
        for one, path in zip(read, dossiers, strict=True)
        if path.name == DOSSIER
    }
    for name, content in export_files(read, chosen, beside).items():
        write_atomically(outdir / name, content)
    strict = [name for name in chosen if EXPORTS[name].patients_only]
    nobody = [one.sample.id for one in read if why_no_patient(one) is not None]
    if strict and nobody:
        click.echo(
            f"nutfusion: warning: of no patient (control or test data), and left out of"
            f" {', '.join(strict)}: {', '.join(nobody)}",
            err=True,
        )
    silent = [name for name in chosen if EXPORTS[name].reviewed is None]
    for sample, one in beside.items():
        if warning := _warning(one, silent):
            click.echo(f"nutfusion: warning: {sample}: {warning}", err=True)


def _beside(path: Path, trusted: TrustedKeys) -> Beside:
    """What stands beside a dossier."""
    from nutfusion.exports.reviews import Beside
    from nutfusion.review.check import check_folder

    return Beside.of(check_folder(path.parent, trusted))


def _warning(beside: Beside, silent: list[str]) -> str | None:
    """What the files written do not say of a review; ``None``: nothing."""
    from nutfusion.review.check import FolderStatus

    match beside.status:
        case FolderStatus.UNSIGNED:
            return None
        case FolderStatus.TOUCHED:
            return (
                "dossier or review was touched after the signature: do not use;"
                " nutfusion review verify says what"
            )
        case FolderStatus.SIGNED_UNKNOWN_KEY:
            return (
                "a review stands beside, not verified, and nothing of it is repeated; give the"
                " laboratory's public key with --keys"
            )
        case FolderStatus.SIGNED:
            if not silent:
                return None
            return f"its signed review has no place in {', '.join(silent)}: read it beside"
