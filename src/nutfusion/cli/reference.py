"""``nutfusion reference``: make a panel from files or from a public service, and show one."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import PATH, panel_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nutfusion.model.panel import Panel
    from nutfusion.reference.build import BuildOptions


@click.group()
def reference() -> None:
    """Make and show reference panels."""


@reference.command()
@click.option("--genome", type=PATH, help="Genome FASTA, whole or in part, plain or gzip.")
@click.option("--annotation", type=PATH, help="Ensembl or GENCODE GTF of the same assembly.")
@click.option(
    "--transcripts", type=PATH, multiple=True, help="Transcript FASTA, plain or gzip; repeatable."
)
@click.option("--name-map", type=PATH, help="TSV: record, accession, gene, prefix, cds_prefix.")
@click.option("--prefix", multiple=True, metavar="ACCESSION", help="Record cut at its end.")
@click.option("--cds-prefix", multiple=True, metavar="ACCESSION", help="Record from its ATG on.")
@click.option(
    "--decoys", type=PATH, multiple=True, help="FASTA of more decoys, for instance retro-copies."
)
@click.option("--no-starter", is_flag=True, help="Leave starter sequences out.")
@click.option("--out", type=PATH, required=True, help="Panel directory to make.")
@click.option("--name", help="Name of the panel. [default: the directory's]")
@click.option("--force", is_flag=True, help="Replace a panel that is there.")
def build(
    genome: Path | None,
    annotation: Path | None,
    transcripts: tuple[Path, ...],
    name_map: Path | None,
    prefix: tuple[str, ...],
    cds_prefix: tuple[str, ...],
    decoys: tuple[Path, ...],
    no_starter: bool,
    out: Path,
    name: str | None,
    force: bool,
) -> None:
    """Make a panel from your genome and annotation, or from transcript sequences."""
    from nutfusion.reference import build as builder
    from nutfusion.reference.name_map import Declarations, read_name_map

    options = builder.BuildOptions(out, name, not no_starter, force, decoys)
    if transcripts and genome is None and annotation is None:
        names = None if name_map is None else read_name_map(name_map)
        declared = Declarations.of(names, prefix, cds_prefix)
        panel = builder.build_from_transcripts(transcripts, declared, options)
    elif genome is not None and annotation is not None and not transcripts:
        if name_map is not None or prefix or cds_prefix:
            raise click.UsageError(
                "--name-map, --prefix and --cds-prefix go with --transcripts only."
            )
        panel = builder.build_from_genome(genome, annotation, options)
    else:
        raise click.UsageError("expected --genome with --annotation, or --transcripts.")
    _say_made(panel, options)


@reference.command()
@click.option("--out", type=PATH, required=True, help="Panel directory to make.")
@click.option("--base-url", help="Service to ask. [default: https://rest.ensembl.org]")
@click.option("--name", help="Name of the panel. [default: the directory's]")
@click.option("--or-starter", is_flag=True, help="Offline: say so, keep to the starter, exit 0.")
@click.option("--force", is_flag=True, help="Replace a panel that is there.")
def fetch(out: Path, base_url: str | None, name: str | None, or_starter: bool, force: bool) -> None:
    """Make a panel from the Ensembl REST service: a few hundred kilobytes."""
    from nutfusion.reference.build import BuildOptions
    from nutfusion.reference.ensembl import DEFAULT_BASE_URL, EnsemblRest, ServiceError
    from nutfusion.reference.fetch import fetch_panel
    from nutfusion.reference.greet import greet

    options = BuildOptions(out, name, force=force)
    service = EnsemblRest(base_url or DEFAULT_BASE_URL)
    click.echo(f"nutfusion: asking {base_url or DEFAULT_BASE_URL} for sequences", err=True)
    try:
        if or_starter:
            greet(base_url or DEFAULT_BASE_URL)
        with _progress() as progress:
            panel = fetch_panel(service, options, progress)
    except ServiceError as error:
        if not or_starter:
            raise
        click.echo(f"nutfusion: going on with the packaged starter panel: {error}", err=True)
        return
    _say_made(panel, options)


@reference.command()
@panel_option
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
def show(panel: Path | None, as_json: bool) -> None:
    """Show what a panel holds, what it lacks, and what that means."""
    from nutfusion.reference import load_panel
    from nutfusion.reference import show as shown

    loaded = load_panel(panel)
    if as_json:
        click.echo(json.dumps(shown.as_json(loaded), indent=2, ensure_ascii=False))
    else:
        click.echo(shown.as_text(loaded), nl=False)


def _say_made(panel: Panel, options: BuildOptions) -> None:
    """Say on stderr where the panel is and what it has, and what it should have had."""
    from nutfusion.reference.show import headline, warnings

    for warning in warnings(panel):
        click.echo(f"nutfusion: warning: {warning}", err=True)
    click.echo(f"{options.out}: {headline(panel)}", err=True)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being fetched, on one line that goes away; else stay silent."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return

    def say(text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    try:
        yield say
    finally:
        say("")
