"""Options that several commands share, and what they mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from nutfusion.errors import StageFileError
from nutfusion.model.pseudonym import SAMPLE_ID
from nutfusion.sheet.identity import identifies

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutfusion.evidence import Lane
    from nutfusion.model.alignment_file import AlignmentFile
    from nutfusion.model.panel import Panel

F = TypeVar("F", bound="Callable[..., Any]")


class _GivenPath(click.Path):
    """A path that is not empty: an unset shell variable must not mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse the empty string."""
        if value == "":
            self.fail("expected a path, found an empty text.", param, ctx)
        return super().convert(value, param, ctx)


PATH: Final = _GivenPath(path_type=Path)
"""A path that need not exist yet; commands say themselves what is wrong with it."""


def _sample_name(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Refuse a pseudonym that could not be a folder's name."""
    if not SAMPLE_ID.fullmatch(value):
        raise click.BadParameter(
            "expected 1 to 64 letters, digits, '.', '_' or '-' that start with a letter or digit,"
            f" found {value!r}."
        )
    if (what := identifies("sample", value)) is not None:
        raise click.BadParameter(f"expected a pseudonym, found what looks like {what}.")
    return value


def sample_option(command: F) -> F:
    """``--sample ID``."""
    return click.option(
        "--sample", required=True, callback=_sample_name, help="Pseudonym of the sample."
    )(command)


def assay_option(command: F) -> F:
    """``--assay PROFILE``."""
    return click.option(
        "--assay",
        help="Profile name or file. [default: the row's, else rnaseq, or dna-panel for reads of"
        " DNA]",
    )(command)


def panel_option(command: F) -> F:
    """``--panel DIR``."""
    return click.option("--panel", type=PATH, help="Panel directory. [default: the starter]")(
        command
    )


def transcriptome_option(command: F) -> F:
    """``--transcriptome FASTA``."""
    return click.option(
        "--transcriptome",
        type=PATH,
        help="FASTA of all transcripts: are the bases beside a joint one gene's alone?",
    )(command)


def fastq_options(command: F) -> F:
    """``--fastq R1 R2``, ``--fastq-single R`` and ``--fastq-umi R``, each once per lane."""
    for option in (
        click.option("--fastq-umi", type=PATH, multiple=True, help="UMI read, one per lane."),
        click.option("--fastq-single", type=PATH, multiple=True, help="Single reads; repeatable."),
        click.option(
            "--fastq",
            type=(PATH, PATH),
            multiple=True,
            metavar="R1 R2",
            help="First and second reads; repeat for lanes.",
        ),
    ):
        command = option(command)
    return command


def alignment_options(command: F) -> F:
    """``--bam FILE``, once per file, and ``--reference-fasta FILE``."""
    for option in (
        click.option("--reference-fasta", type=PATH, help="FASTA that a CRAM was written with."),
        click.option(
            "--bam",
            type=PATH,
            multiple=True,
            help="BAM, CRAM or SAM instead of FASTQ; repeatable. With an index only the loci"
            " are read.",
        ),
    ):
        command = option(command)
    return command


def reads_of(
    paired: tuple[tuple[Path, Path], ...],
    single: tuple[Path, ...],
    umis: tuple[Path, ...],
    bams: tuple[Path, ...],
    reference: Path | None,
) -> tuple[Lane, ...] | tuple[AlignmentFile, ...]:
    """The lanes, or the alignment files.

    Raises:
        click.UsageError: Both or neither, or UMI reads for some of the lanes only.
    """
    if not bams:
        return lanes(paired, single, umis)
    if paired or single or umis:
        raise click.UsageError("expected --bam or --fastq, found both; give the reads once.")
    from nutfusion.model.alignment_file import AlignmentFile
    from nutfusion.reads.alignment_file import has_index

    for path in bams:
        if path.is_file() and not has_index(path):
            click.echo(
                f"nutfusion: {path}: no index beside it, so all of it is read; of a sorted file"
                f" with one ('samtools index {path}') only the loci are",
                err=True,
            )
    return tuple(AlignmentFile(path, reference=reference) for path in bams)


def lanes(
    paired: tuple[tuple[Path, Path], ...], single: tuple[Path, ...], umis: tuple[Path, ...]
) -> tuple[Lane, ...]:
    """The lanes that the FASTQ options name, pairs first; none without any.

    Raises:
        click.UsageError: UMI reads for some of the lanes only.
    """
    from nutfusion.evidence import Lane

    files: list[tuple[Path, Path | None]] = [*paired, *((path, None) for path in single)]
    if umis and len(umis) != len(files):
        raise click.UsageError(
            f"expected --fastq-umi once per lane ({len(files)}), found it {len(umis)} times."
        )
    return tuple(
        Lane(first, second, umi)
        for (first, second), umi in zip(files, umis or [None] * len(files), strict=True)
    )


def panel_of(
    directory: Path | None, digest: str | None = None, *, made: Path | None = None
) -> Panel:
    """Load the panel, and make sure that it is the one an earlier stage used.

    Args:
        directory: ``None`` for the packaged starter.
        digest: Digest in the earlier stage's file; ``None`` when there is none.
        made: That file.

    Raises:
        ReferenceDataError: The panel is broken.
        StageFileError: The earlier stage used another panel.
    """
    from nutfusion.reference import load_panel

    panel = load_panel(directory)
    if digest is not None and panel.digest != digest:
        raise StageFileError(
            f"made with panel {digest[:12]}, but --panel is {panel.name} {panel.digest[:12]};"
            " use the same panel in every stage",
            path=made,
        )
    return panel
