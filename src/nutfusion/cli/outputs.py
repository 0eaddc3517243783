"""Write the files of a dossier."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

from nutfusion.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.dossier import Dossier
    from nutfusion.model.panel import Panel


def check_outdir(outdir: Path) -> None:
    """Make sure that the folder can be made and written to, before any read is read.

    Raises:
        InputError: It is a file, or lies where nothing can be written.
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


def write_dossier(dossier: Dossier, panel: Panel, outdir: Path) -> None:
    """Write the supporting reads, the page, and last ``dossier.json``.

    Everything is written in full under temporary names first, so that a full disk leaves an
    earlier dossier as it was.

    Raises:
        InputError: Another dossier is there, and somebody signed it.
    """
    from nutfusion.dossier import dossier_html, dossier_json
    from nutfusion.evidence import write_supporting_reads
    from nutfusion.model.atomic import atomic_path

    content = dossier_json(dossier)
    _refuse_to_replace_a_signed_one(outdir, content)
    page = dossier_html(dossier, panel)
    names = (
        "dossier.json",
        "dossier.html",
        "supporting_reads.fa",
        "supporting_reads.bam.bai",
        "supporting_reads.bam",
    )
    with ExitStack() as stack:
        # the stack closes in reverse: dossier.json is renamed last
        data, html, fasta, index, bam = (
            stack.enter_context(atomic_path(outdir / name)) for name in names
        )
        write_supporting_reads(
            [(f.fusion_id, f.consensus_sequence, f.support.reads) for f in dossier.fusions],
            bam=bam,
            index=index,
            fasta=fasta,
        )
        html.write_text(page, "utf-8")
        data.write_text(content, "utf-8")


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
