"""Does what a user's files say agree with the shipped coordinates, and with biology?

Checks that return text say what is wrong; the caller refuses the panel (a transcript whose
coordinates ship) or leaves the transcript out (any other).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.errors import ReferenceDataError
from nutfusion.model.terms import Strand
from nutfusion.reference.sequence import STOP, reverse_complement, translate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nutfusion.model.panel import Exon, Transcript
    from nutfusion.reference.genome import Genome
    from nutfusion.reference.intervals import Interval

USUAL_SPLICE_SITES: Final = ("GT/AG", "GC/AG", "AT/AC")
"""Intron ends that are counted and accepted: the U2 consensus, its GC variant, the U12 class."""

ADVICE: Final = (
    "the annotation contradicts the shipped GRCh38 coordinates; use an unmodified Ensembl or "
    "GENCODE annotation"
)


def check_exons(found: Sequence[Exon], mane: Transcript, *, path: Path, line: int | None) -> None:
    """Refuse exons that are not those of the shipped transcript.

    Args:
        found: On GRCh38, in the sense of the transcript.
        mane: The shipped transcript. Its outer ends may differ: RefSeq and Ensembl, and releases
            of either, set the ends of the untranslated regions differently.
        path: The annotation, for messages.
        line: 1-based line of the transcript's first exon, for messages.

    Raises:
        ReferenceDataError: Another number of exons, or an inner boundary elsewhere.
    """
    if len(found) != len(mane.exons):
        raise ReferenceDataError(
            f"{mane.gene} {mane.accession}: expected {len(mane.exons)} exons, found {len(found)}: "
            + ADVICE,
            path=path,
            line=line,
        )
    for exon, shipped in zip(found, mane.exons, strict=True):
        inner_start, inner_end = shipped.number > 1, shipped.number < len(mane.exons)
        if mane.strand is Strand.MINUS:
            inner_start, inner_end = inner_end, inner_start
        if (inner_start and exon.start != shipped.start) or (inner_end and exon.end != shipped.end):
            raise ReferenceDataError(
                f"{mane.gene} {mane.accession} exon {shipped.number}: expected "
                f"{_place(mane, shipped)}, found {_place(mane, exon)}: {ADVICE}",
                path=path,
                line=line,
            )


def check_coding_part(
    found: Sequence[Exon], mane: Transcript, *, path: Path, line: int | None
) -> None:
    """Refuse a coding part that is not the shipped one.

    Args:
        found: On GRCh38; the exons of ``check_exons``.
        mane: The shipped transcript, with a coding part of the published protein length.
        path: The annotation, for messages.
        line: 1-based line, for messages.

    Raises:
        ReferenceDataError: The coding part of an exon differs.
    """
    for exon, shipped in zip(found, mane.exons, strict=True):
        expected = (shipped.cds_start, shipped.cds_end)
        if (exon.cds_start, exon.cds_end) != expected:
            raise ReferenceDataError(
                f"{mane.gene} {mane.accession} exon {shipped.number}: expected the coding part "
                f"{_span(*expected)} on GRCh38 (protein of {mane.protein_length} residues), found "
                f"{_span(exon.cds_start, exon.cds_end)}: {ADVICE}",
                path=path,
                line=line,
            )


def same_coding_part(found: Sequence[Exon], mane: Transcript) -> bool:
    """Whether every exon has the coding part of the shipped one."""
    return [(e.cds_start, e.cds_end) for e in found] == [
        (e.cds_start, e.cds_end) for e in mane.exons
    ]


def frame_problem(coding: str, *, residues: int | None, is_prefix: bool = False) -> str | None:
    """Say what is wrong with a coding sequence.

    Args:
        coding: From the first coding base to the last base of the stop codon, or to the end of a
            prefix.
        residues: Length the protein must have; ``None`` when nobody published it.
        is_prefix: The sequence may end before the stop codon.

    Returns:
        Expected and found; ``None`` when the frame is open from ATG to a stop at its end.
    """
    protein = translate(coding)
    if not coding.startswith("ATG"):
        return f"expected ATG where the coding part starts, found {coding[:3] or 'nothing'}"
    stop = protein.find(STOP)
    if 0 <= stop < len(protein) - 1:
        return f"expected an open reading frame, found a stop after {stop} residues"
    if stop < 0:
        if is_prefix:
            return None
        return f"expected a stop codon at the end of the coding part, found {coding[-3:]}"
    if len(coding) % 3:
        return f"expected whole codons, found {len(coding)} coding bases"
    if residues is not None and stop != residues:
        return f"expected a protein of {residues} residues, found {stop}"
    return None


def splice_sites(
    genome: Genome, contig: str, strand: Strand, introns: Sequence[Interval]
) -> list[str]:
    """Return the first and last two bases of introns in the sense of the transcript.

    Args:
        genome: Of the assembly of ``introns``.
        contig: ``chr`` spelling.
        strand: Of the transcript.
        introns: 1-based inclusive.

    Returns:
        ``GT/AG`` and the like, one per intron; ``?`` for two bases that the genome lacks.
    """
    sites = []
    for start, end in introns:
        left = genome.bases(contig, start, start + 1) or "?"
        right = genome.bases(contig, end - 1, end) or "?"
        if strand is Strand.MINUS:
            left, right = reverse_complement(right), reverse_complement(left)
        sites.append(f"{left}/{right}")
    return sites


def _place(transcript: Transcript, exon: Exon) -> str:
    return f"{transcript.contig}:{exon.start}-{exon.end} ({exon.length} nt) on GRCh38"


def _span(start: int | None, end: int | None) -> str:
    return "none" if start is None else f"{start}-{end}"
