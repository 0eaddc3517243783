"""``nutfusion assess``: everything about one sample to its dossier, in one process."""

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
from nutfusion.cli.progress import progress_on

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@sample_option
@fastq_options
@alignment_options
@caller_options
@panel_option
@assay_option
@transcriptome_option
@click.option("--policy", help="Policy name or file. [default: birabresib-put]")
@click.option("--sheet-row", type=PATH, help="The sample's row, from 'nutfusion sheet rows'.")
@click.option("--threads", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option(
    "--outdir", type=PATH, required=True, help="Gets dossier.json, dossier.html and dossier.pdf."
)
def assess(
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
    transcriptome: Path | None,
    assay: str | None,
    policy: str | None,
    sheet_row: Path | None,
    threads: int,
    outdir: Path,
) -> None:
    """Look for NUTM1 fusions in reads and in other programs' outputs, and write the dossier.

    FILE is a caller's or a panel's output; its format is found out. The exit code is 0 whatever is
    found. Nothing is written when an input is wrong.
    """
    from nutfusion.annotation import annotate
    from nutfusion.calls import consolidate
    from nutfusion.cli.outputs import check_outdir, write_dossier
    from nutfusion.cli.stages import genes_beside_joints, row_of
    from nutfusion.dossier import build_dossier
    from nutfusion.eligibility import evaluate, load_policy
    from nutfusion.evidence import read_sample
    from nutfusion.scoring import default_assay, load_assay, score
    from nutfusion.sheet import undeclared

    row = None if sheet_row is None else row_of(sheet_row, sample)
    facts = row.sample if row else undeclared(sample)
    profile_name = assay or (row.assay if row else None)
    named = load_assay(profile_name) if profile_name else None
    gates = load_policy(policy) if policy else load_policy()
    loaded = panel_of(panel)
    alignments, detected = sorted_out(files)
    reads = reads_of(fastq, fastq_single, fastq_umi, (*bam, *alignments), reference_fasta)
    if transcriptome is not None:
        from nutfusion.scoring.transcriptome import check_transcriptome

        check_transcriptome(transcriptome)
    check_outdir(outdir, sample)
    said = read_callers((*callers, *detected), loaded, caller_assembly)
    with progress_on(sample) as progress:
        evidence = read_sample(
            sample, reads, loaded, callers=said, threads=threads, progress=progress
        )
    annotated = annotate(consolidate(evidence, loaded), loaded)
    profile = named or default_assay(evidence.molecule)
    genes = genes_beside_joints(annotated, loaded, transcriptome)
    scored = score(annotated, profile, loaded, facts.orthogonal, transcriptome=genes)
    statement = evaluate(scored, facts, gates)
    write_dossier(build_dossier(scored, facts, statement, panel_label=loaded.name), loaded, outdir)
