"""Write the files of a dossier."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

import click

from nutfusion.errors import InputError, printable

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier
    from nutfusion.model.panel import Panel


FILES: Final = (
    "supporting_reads.bam",
    "supporting_reads.bam.bai",
    "supporting_reads.fa",
    "dossier.html",
    "dossier.pdf",
    "dossier.json",
)
"""What a dossier is made of, in the order in which the files get their names."""


def check_outdir(outdir: Path, sample: str | None = None) -> None:
    """Make sure that the folder can be made and written to, before any read is read.

    Args:
        outdir: Where the dossier is to go.
        sample: Pseudonym of the sample; ``None`` where the folder is not one sample's.

    Raises:
        InputError: It is a file, lies where nothing can be written, or holds the dossier of
            another sample.
    """
    there = outdir
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        found = "a read-only one" if there.is_dir() else "a file"
        raise InputError(
            f"expected a folder that can be written to, found {found} at {there};"
            " give another --outdir",
            path=outdir,
        )
    if sample is not None:
        _refuse_another_samples(outdir, sample)


def write_dossier(dossier: Dossier, panel: Panel, outdir: Path) -> None:
    """Write the supporting reads, the page, its two pages of paper, and last ``dossier.json``.

    Everything is written in full under temporary names first, so that a full disk leaves an
    earlier dossier as it was.

    Raises:
        InputError: Another sample's dossier is there, or another one that somebody signed.
    """
    from nutfusion.dossier import dossier_html, dossier_json, dossier_pdf
    from nutfusion.dossier.pdf import PaperError, notice_pdf
    from nutfusion.evidence import write_supporting_reads
    from nutfusion.model.atomic import atomic_paths

    _refuse_another_samples(outdir, dossier.sample.id)
    content = dossier_json(dossier)
    _refuse_to_replace_a_signed_one(outdir, content)
    page = dossier_html(dossier, panel)
    try:
        paper = dossier_pdf(dossier, panel)
    except PaperError as error:
        click.echo(
            f"nutfusion: warning: {dossier.sample.id}: dossier.pdf could not be laid out and says"
            " so; dossier.html and dossier.json are whole; please report it:"
            f" {printable(str(error))}",
            err=True,
        )
        paper = notice_pdf(dossier)

    def check() -> None:
        _refuse_another_samples(outdir, dossier.sample.id)
        _refuse_to_replace_a_signed_one(outdir, content)

    with atomic_paths([outdir / name for name in FILES], check) as paths:
        bam, index, fasta, html, pdf, data = paths
        write_supporting_reads(
            [(f.fusion_id, f.consensus_sequence, f.support.reads) for f in dossier.fusions],
            bam=bam,
            index=index,
            fasta=fasta,
        )
        html.write_text(page, "utf-8")
        pdf.write_bytes(paper)
        data.write_text(content, "utf-8")


def _refuse_another_samples(outdir: Path, sample: str) -> None:
    """The dossier of another sample is never replaced: a folder was typed twice."""
    path = outdir / FILES[-1]
    if not path.is_file() or not path.stat().st_size:
        return
    try:
        found = json.loads(path.read_bytes())["sample"]["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        found = None
    if found != sample:
        what = "another file" if found is None else f"that of {found!r}"
        raise InputError(
            f"expected the dossier of sample {sample!r} or none, found {what}; give another"
            " --outdir",
            path=path,
        )


def _refuse_to_replace_a_signed_one(outdir: Path, content: str) -> None:
    """A dossier with a review beside it stays as it was signed."""
    from nutfusion.review.folder import DOSSIER, review_numbers

    if not review_numbers(outdir):
        return
    path = outdir / DOSSIER
    if not path.is_file() or path.read_bytes() != content.encode("utf-8"):
        raise InputError(
            "a signed review stands beside this dossier, and the new dossier is another; give"
            " another folder, and sign that one",
            path=path,
        )
