"""``nutfusion callers``: which formats are read, and which one a file is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import PATH, panel_of, panel_option

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def callers() -> None:
    """Outputs of fusion callers and panels."""


@callers.command("list")
def list_formats() -> None:
    """Print every format with what it can and cannot say."""
    from nutfusion.callers.listing import listing

    click.echo(listing(), nl=False)


@callers.command()
@click.argument("file", type=PATH)
def detect(*, file: Path) -> None:
    """Name the format and version of FILE, and say why; for an unknown file, what was tried."""
    from nutfusion.callers.detect import detect as detect_format
    from nutfusion.callers.detect import tried
    from nutfusion.callers.text import read_text
    from nutfusion.errors import CallerFormatError

    try:
        found = detect_format(read_text(file).head, file)
    except CallerFormatError as error:
        if error.code == "unknown":
            click.echo(tried(), nl=False, err=True)
        raise
    click.echo(f"{found.format.name}\t{found.recognised.version}\t{found.recognised.why}")


@callers.command()
@click.argument("file", type=PATH)
@click.option("--as", "name", help="Format, when it is not to be found out.")
@panel_option
def show(*, file: Path, name: str | None, panel: Path | None) -> None:
    """Print what FILE says about NUTM1 and the panel's genes, as JSON lines."""
    from nutfusion.callers import read_caller

    for result in read_caller(file, panel_of(panel), name=name):
        click.echo(result.file.model_dump_json())
        for fusion in result.fusions:
            click.echo(fusion.model_dump_json())
