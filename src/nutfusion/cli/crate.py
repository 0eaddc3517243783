"""``nutfusion crate``: a run of the workflow as a Workflow Run RO-Crate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import PATH

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = ("isal", "mappy", "numba", "numpy", "pyarrow", "pydantic", "pysam", "snakemake")
"""What results are computed with."""

ENDINGS = ("smk", "yaml", "rst")
"""Of the workflow's files."""


@click.command()
@click.argument("dossiers", type=PATH, nargs=-1, required=True, metavar="DOSSIER.json...")
@click.option("--workflow", type=PATH, required=True, help="Folder with the Snakefile.")
@click.option("--sheet", type=PATH, required=True, help="Sample sheet of the run.")
@click.option(
    "--parameter",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="KEY VALUE",
    help="A key of the configuration and its value; repeatable.",
)
@click.option(
    "--tool", "tools", multiple=True, help="Another program that was used; its version is unknown."
)
@click.option("--ended", required=True, metavar="TIME", help="End of the run, ISO 8601, UTC.")
@click.option("--outdir", type=PATH, required=True, help="Folder to write to.")
def crate(
    *,
    dossiers: tuple[Path, ...],
    workflow: Path,
    sheet: Path,
    parameters: tuple[tuple[str, str], ...],
    tools: tuple[str, ...],
    ended: str,
    outdir: Path,
) -> None:
    """Describe a run of the workflow as a Workflow Run RO-Crate.

    The crate holds the dossiers and the workflow; the inputs and the sheet are named by digest.
    """
    import platform
    from importlib.metadata import version

    from nutfusion.cli.outputs import check_outdir
    from nutfusion.dossier import read_dossier
    from nutfusion.exports.run_crate import PYTHON, WorkflowRun, run_crate
    from nutfusion.model.atomic import write_atomically
    from nutfusion.review.bytes import file_bytes, sha256

    check_outdir(outdir)
    run = WorkflowRun(
        sources=_sources(workflow),
        parameters=dict(parameters),
        sheet_sha256=sha256(file_bytes(sheet)),
        software={
            PYTHON: platform.python_version(),
            **{name: version(name) for name in PACKAGES},
            **dict.fromkeys(tools),
        },
        snakemake=version("snakemake"),
        ended=_time(ended),
    )
    files = run_crate([read_dossier(path) for path in dossiers], run)
    for name, content in files.items():
        write_atomically(outdir / name, content)


def _sources(folder: Path) -> dict[str, bytes]:
    """The files of the workflow, the Snakefile first."""
    from nutfusion.errors import InputError

    main = folder / "Snakefile"
    if not main.is_file():
        raise InputError("expected a folder with a Snakefile, found none", path=folder)
    parts = [path for end in ENDINGS for path in folder.glob(f"workflow/*/*.{end}")]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in (main, *sorted(parts))
    }


def _time(text: str) -> str:
    from datetime import datetime

    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"expected a time such as 2026-11-24T09:30:00+00:00, found {text!r}.",
            param_hint="--ended",
        ) from error
    return text
