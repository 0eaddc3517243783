"""``nutfusion name``: the junctions that the words of a molecular report may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import panel_of, panel_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("text", nargs=-1)
@panel_option
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def name(*, text: tuple[str, ...], panel: Path | None, as_json: bool) -> None:
    """Propose the junctions that TEXT may mean, on GRCh38 and GRCh37; decide nothing."""
    words = " ".join(text)
    if not words.strip():
        raise click.UsageError(
            'expected the words of a report, such as "BRD4 exon 11 NUT exon 2", found none.'
        )
    from nutfusion.annotation.exon_names import name_candidates
    from nutfusion.annotation.exon_names_text import as_text

    reading = name_candidates(words, panel_of(panel))
    if as_json:
        click.echo(reading.model_dump_json(exclude={"fusions"}))
        for fusion in reading.fusions:
            click.echo(fusion.model_dump_json())
    else:
        click.echo(as_text(reading), nl=False)
