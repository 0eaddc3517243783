"""Write a panel directory: complete under its final name, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError
from nutfusion.model.atomic_folder import atomic_folder, write_into
from nutfusion.reference import layout
from nutfusion.reference.digest import file_digest, refget
from nutfusion.reference.load import load_panel
from nutfusion.reference.panel_fasta import render_panel_fasta
from nutfusion.reference.tables import render_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nutfusion.model.panel import Decoy, Domain, Gene, Panel, Transcript

_NAMED: Final = 5
"""Files that a refusal names (chosen by us)."""


def render_panel(
    *,
    name: str,
    source: Mapping[str, object],
    genes: Iterable[Gene],
    transcripts: Sequence[Transcript],
    decoys: Sequence[Decoy],
    domains: Iterable[Domain],
) -> dict[str, bytes]:
    """Lay a panel out as files.

    Args:
        name: The panel's name.
        source: What it was made from and what was noticed; JSON-able, no path, no clock time.
        genes: In panel order.
        transcripts: In panel order, MANE first within a gene.
        decoys: In the order to be kept.
        domains: In the order to be kept.

    Returns:
        File name to bytes, ``manifest.json`` last. The same input gives the same bytes.
    """
    placed = [transcript for transcript in transcripts if transcript.sequence is not None]
    files = {
        layout.GENES: render_rows(layout.GENES, (_gene_row(gene) for gene in genes)),
        layout.TRANSCRIPTS: render_rows(
            layout.TRANSCRIPTS, (_transcript_row(transcript) for transcript in transcripts)
        ),
        layout.EXONS: render_rows(
            layout.EXONS, (row for transcript in transcripts for row in _exon_rows(transcript))
        ),
        layout.BLOCKS: render_rows(
            layout.BLOCKS, (row for transcript in transcripts for row in _block_rows(transcript))
        ),
        layout.DOMAINS: render_rows(
            layout.DOMAINS,
            ((d.gene, d.name, d.aa_start, d.aa_end, d.verified, d.source) for d in domains),
        ),
        layout.TRANSCRIPT_SEQUENCES: render_panel_fasta(
            (t.accession, {"gene": t.gene, "refget": t.refget or ""}, t.sequence or "")
            for t in placed
        ),
        layout.DECOY_SEQUENCES: render_panel_fasta(_decoy_record(decoy) for decoy in decoys),
    }
    manifest = {
        "tag": layout.TAG,
        "format_version": list(layout.FORMAT_VERSION),
        "name": name,
        "source": dict(source),
        "files": {file: file_digest(content) for file, content in files.items()},
        "sequences": {t.accession: t.refget for t in placed},
        "decoys": {decoy.name: refget(decoy.sequence) for decoy in decoys},
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    return {**files, layout.MANIFEST: text.encode("utf-8")}


def check_target(directory: Path, *, force: bool) -> None:
    """Refuse a target that writing would destroy by mistake.

    Args:
        directory: Where the panel is to go; an empty folder is as good as none.
        force: Replace a panel that is there, whole or in part.

    Raises:
        InputError: Something is there that is not a panel, or a panel without ``force``, or a
            panel beside which other files lie.
    """
    if not (directory.exists() or directory.is_symlink()):
        return
    if directory.is_symlink() or not directory.is_dir():
        raise InputError(
            "already exists and is not a panel directory; give another --out", path=directory
        )
    try:
        found = sorted(entry.name for entry in directory.iterdir())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=directory) from error
    if not found:
        return
    foreign = [name for name in found if name not in {layout.MANIFEST, *layout.DATA_FILES}]
    if foreign:
        named = ", ".join(foreign[:_NAMED]) + (", ..." if len(foreign) > _NAMED else "")
        raise InputError(
            f"already exists and holds what is not a panel's ({named}); give another --out",
            path=directory,
        )
    if not force:
        raise InputError(
            "already holds a panel; give another --out, or --force to replace it", path=directory
        )


def write_files(files: Mapping[str, bytes], directory: Path, *, force: bool) -> Panel:
    """Write a panel into a new directory that appears under its name when it is complete.

    Args:
        files: File name to bytes.
        directory: Target; its parent is made when missing.
        force: Replace a panel that is there.

    Returns:
        The panel, read back before it got its name.

    Raises:
        InputError: See ``check_target``; or the place cannot be written.
    """
    check_target(directory, force=force)
    target = Path(os.path.abspath(directory))  # noqa: PTH100 - resolve() would follow links
    try:
        with atomic_folder(target) as fresh:
            write_into(fresh, files)
            return load_panel(fresh)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=directory) from error


def _gene_row(gene: Gene) -> tuple[object, ...]:
    return (gene.symbol, gene.hgnc_id, gene.name, gene.previous_symbols, gene.alias_symbols)


def _transcript_row(transcript: Transcript) -> tuple[object, ...]:
    t = transcript
    return (
        t.accession,
        t.gene,
        t.is_mane,
        t.synonyms,
        t.contig,
        t.strand,
        None if t.sequence is None else len(t.sequence),
        t.cds_start,
        t.cds_end,
        t.is_prefix,
        t.is_cds,
        t.refget,
        t.protein_length,
        t.cds_checked,
        t.sequence_of,
    )


def _exon_rows(transcript: Transcript) -> Iterable[tuple[object, ...]]:
    for e in transcript.exons:
        yield (
            transcript.accession,
            e.number,
            e.start,
            e.end,
            e.start_grch37,
            e.end_grch37,
            e.grch37_check,
            e.cds_start,
            e.cds_end,
            e.start_phase,
            e.end_phase,
        )


def _block_rows(transcript: Transcript) -> Iterable[tuple[object, ...]]:
    for b in transcript.blocks:
        yield (transcript.accession, b.transcript_start, b.transcript_end, b.start, b.end)


def _decoy_record(decoy: Decoy) -> tuple[str, dict[str, str], str]:
    fields = {"gene": decoy.gene} if decoy.gene else {}
    return decoy.name, {**fields, "refget": refget(decoy.sequence)}, decoy.sequence
