"""``nutfusion validate``: simulated samples, and a report of what is found in them."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from nutfusion.cli.options import PATH, panel_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nutfusion.validation.design import Size

EXIT_NOT_MET = 1
"""An acceptance criterion is not met, or could not be measured."""


def _seed(_: click.Context, __: click.Parameter, value: str) -> int:
    """The seed; a drawn one is said, so that the set can be gone on with."""
    from nutfusion.validation.seeds import FRESH, read_seed

    try:
        seed = read_seed(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if value == FRESH:
        click.echo(f"seed {seed}", err=True)
    return seed


@click.command()
@panel_option
@click.option("--assay", default="rnaseq", show_default=True, help="Profile name or file.")
@click.option("--outdir", type=PATH, required=True, help="Gets the report and the truth table.")
@click.option(
    "--samples",
    type=click.Choice(["small", "standard"]),
    default="small",
    show_default=True,
    help="small: installation qualification, a minute; standard: about 3,000 samples.",
)
@click.option(
    "--seed",
    callback=_seed,
    metavar="N",
    default="1",
    show_default=True,
    help="Of the set, or 'fresh': one is drawn, said on stderr, and written into the report.",
)
@click.option("--threads", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--background", type=PATH, help="FASTA of transcripts. [default: invented ones]")
@click.option("--peers", is_flag=True, help="Also run other programs that are installed.")
@click.option("--only", metavar="ID", help="Make one sample again and keep its reads; no report.")
def validate(
    *,
    panel: Path | None,
    assay: str,
    outdir: Path,
    samples: str,
    seed: int,
    threads: int,
    background: Path | None,
    peers: bool,
    only: str | None,
) -> int:
    """Simulate samples from the panel's transcripts, assess them, and report what was found.

    Exit status 0 when every acceptance criterion is met, 1 when one is not.
    """
    from nutfusion.cli.options import panel_of
    from nutfusion.cli.outputs import check_outdir
    from nutfusion.validation.files import truth_table, write_files
    from nutfusion.validation.run import WORK, Options
    from nutfusion.validation.validate import validate as run_validation
    from nutfusion.validation.validate import validate_one

    panel_of(panel)
    check_outdir(outdir)
    size: Size = "small" if samples == "small" else "standard"
    options = Options(panel, assay, background, size, seed)
    if only is not None:
        click.echo(truth_table(validate_one(options, only, outdir)), nl=False)
        return 0
    with _progress() as progress:
        validation, outcomes = run_validation(
            options, outdir, processes=threads, with_peers=peers, progress=progress
        )
    write_files(validation, outcomes, outdir)
    (outdir / WORK).unlink(missing_ok=True)
    return 0 if validation.passed else EXIT_NOT_MET


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Show on a terminal how many samples are done and how long the rest will take."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    started = time.monotonic()
    first: list[int] = []

    def show(done: int, total: int) -> None:
        first[:] = first or [done - 1]
        rate = (time.monotonic() - started) / max(1, done - first[0])
        sys.stderr.write(f"\r\x1b[K{done}/{total} samples, {rate * (total - done):.0f} s left")
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
