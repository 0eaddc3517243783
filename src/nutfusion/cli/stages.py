"""One command per stage: read a stage file, call the stage, write the next file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nutfusion.cli.inputs import CallerInput, caller_options, read_callers, sorted_out
from nutfusion.cli.options import (
    PATH,
    alignment_options,
    assay_option,
    fastq_options,
    panel_of,
    panel_option,
    reads_of,
    sample_option,
    transcriptome_option,
)
from nutfusion.errors import StageFileError

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.annotated import SampleAnnotated
    from nutfusion.model.panel import Panel
    from nutfusion.model.run_level import SampleComparison
    from nutfusion.scoring.mappability import KnownSequences
    from nutfusion.sheet import SampleRow


@click.command()
@sample_option
@fastq_options
@alignment_options
@caller_options
@panel_option
@click.option("--threads", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--out", type=PATH, required=True, help="Parquet file to write.")
def evidence(
    *,
    sample: str,
    fastq: tuple[tuple[Path, Path], ...],
    fastq_single: tuple[Path, ...],
    fastq_umi: tuple[Path, ...],
    bam: tuple[Path, ...],
    reference_fasta: Path | None,
    callers: tuple[CallerInput, ...],
    caller_assembly: str | None,
    files: tuple[Path, ...],
    panel: Path | None,
    threads: int,
    out: Path,
) -> None:
    """Read one sample's files and keep what speaks of a NUTM1 junction."""
    from nutfusion.evidence import read_sample
    from nutfusion.model.stagefile import write_stage

    loaded = panel_of(panel)
    alignments, detected = sorted_out(files)
    reads = reads_of(fastq, fastq_single, fastq_umi, (*bam, *alignments), reference_fasta)
    said = read_callers((*callers, *detected), loaded, caller_assembly)
    write_stage(read_sample(sample, reads, loaded, callers=said, threads=threads), out)


@click.command()
@click.option("--evidence", type=PATH, required=True, help="Output of the evidence stage.")
@panel_option
@click.option("--out", type=PATH, required=True, help="Parquet file to write.")
def calls(*, evidence: Path, panel: Path | None, out: Path) -> None:
    """Make one call per junction."""
    from nutfusion.calls import consolidate
    from nutfusion.model.evidence import SampleEvidence
    from nutfusion.model.stagefile import read_stage, write_stage

    found = read_stage(SampleEvidence, evidence)
    loaded = panel_of(panel, found.panel_digest, made=evidence)
    write_stage(consolidate(found, loaded), out)


@click.command()
@click.option("--calls", type=PATH, required=True, help="Output of the calls stage.")
@panel_option
@click.option("--out", type=PATH, required=True, help="Parquet file to write.")
def annotate(*, calls: Path, panel: Path | None, out: Path) -> None:
    """Name each call: exons, reading frame, domains, partner class."""
    from nutfusion.annotation import annotate as annotate_calls
    from nutfusion.model.call import SampleCalls
    from nutfusion.model.stagefile import read_stage, write_stage

    found = read_stage(SampleCalls, calls)
    write_stage(annotate_calls(found, panel_of(panel, found.panel_digest, made=calls)), out)


@click.command()
@click.option("--annotated", type=PATH, required=True, help="Output of the annotate stage.")
@click.option("--sheet-row", type=PATH, help="The sample's row, from 'nutfusion sheet rows'.")
@assay_option
@click.option("--run-level", type=PATH, help="Output of 'nutfusion compare' for the sample's run.")
@panel_option
@transcriptome_option
@click.option("--out", type=PATH, required=True, help="JSON file to write.")
def score(
    *,
    annotated: Path,
    sheet_row: Path | None,
    assay: str | None,
    run_level: Path | None,
    panel: Path | None,
    transcriptome: Path | None,
    out: Path,
) -> None:
    """Hold each fusion and the sample against an assay profile."""
    from nutfusion.model.annotated import SampleAnnotated
    from nutfusion.model.stagefile import read_stage, write_stage
    from nutfusion.scoring import NOT_COMPARED, RUN_NOT_STATED, default_assay, load_assay
    from nutfusion.scoring import score as score_sample

    found = read_stage(SampleAnnotated, annotated)
    row = None if sheet_row is None else row_of(sheet_row, found.sample)
    name = assay or (row.assay if row else None)
    loaded = panel_of(panel, found.panel_digest, made=annotated)
    scored = score_sample(
        found,
        load_assay(name) if name else default_assay(found.qc.molecule if found.qc else None),
        loaded,
        row.sample.orthogonal if row else (),
        None if run_level is None else comparison_of(run_level, found.sample, row),
        NOT_COMPARED if row is None or row.sample.run else RUN_NOT_STATED,
        genes_beside_joints(found, loaded, transcriptome),
    )
    write_stage(scored, out)


@click.command()
@click.option("--scored", type=PATH, required=True, help="Output of the score stage.")
@click.option("--sheet-row", type=PATH, help="The sample's row, from 'nutfusion sheet rows'.")
@click.option("--policy", help="Policy name or file. [default: birabresib-put]")
@panel_option
@click.option(
    "--outdir", type=PATH, required=True, help="Gets dossier.json, dossier.html and dossier.pdf."
)
def dossier(
    *, scored: Path, sheet_row: Path | None, policy: str | None, panel: Path | None, outdir: Path
) -> None:
    """Answer the policy gate by gate, and write the dossier and its page."""
    from nutfusion.cli.outputs import write_dossier
    from nutfusion.dossier import build_dossier
    from nutfusion.eligibility import evaluate, load_policy
    from nutfusion.model.scored import SampleScored
    from nutfusion.model.stagefile import read_stage
    from nutfusion.sheet import undeclared

    found = read_stage(SampleScored, scored)
    sample = row_of(sheet_row, found.sample).sample if sheet_row else undeclared(found.sample)
    loaded = panel_of(panel, found.panel_digest, made=scored)
    statement = evaluate(found, sample, load_policy(policy) if policy else load_policy())
    write_dossier(build_dossier(found, sample, statement, panel_label=loaded.name), loaded, outdir)


def genes_beside_joints(
    annotated: SampleAnnotated, panel: Panel, transcriptome: Path | None
) -> KnownSequences | None:
    """Genes of a transcriptome beside a sample's joints; ``None`` (and no import) without one."""
    if transcriptome is None:
        return None
    from nutfusion.scoring.transcriptome import look_up_joints

    return look_up_joints(annotated, panel, transcriptome)


def comparison_of(path: Path, sample: str, row: SampleRow | None) -> SampleComparison:
    """What a run says of a sample.

    Raises:
        StageFileError: The file is of a run without it, or of another run than the sheet says.
    """
    from nutfusion.model.run_level import RunComparison
    from nutfusion.model.stagefile import read_stage

    run = read_stage(RunComparison, path)
    if row is not None and row.sample.run != run.run:
        raise StageFileError(
            f"expected run {row.sample.run!r} of sample {sample!r}, found {run.run!r}", path=path
        )
    for one in run.samples:
        if one.sample == sample:
            return one
    raise StageFileError(
        f"expected a run with sample {sample!r}, found {run.run!r} without it; make it again with"
        " 'nutfusion compare'",
        path=path,
    )


def row_of(path: Path, sample: str) -> SampleRow:
    """The row of a sample.

    Raises:
        StageFileError: It is the row of another sample.
    """
    from nutfusion.model.stagefile import read_stage
    from nutfusion.sheet import SampleRow

    row = read_stage(SampleRow, path)
    if row.sample.id != sample:
        raise StageFileError(f"expected sample {sample!r}, found {row.sample.id!r}", path=path)
    return row
