"""How far into the coding part a position lies, and the bases on either side of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.annotation.sides import bases_into, exon_at, has_place, transcripts_of
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel, Transcript

_BASES: Final = "TCAG"
_RESIDUES: Final = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
_CODONS: Final = {
    first + second + third: _RESIDUES[16 * i + 4 * j + k]
    for i, first in enumerate(_BASES)
    for j, second in enumerate(_BASES)
    for k, third in enumerate(_BASES)
}

STOP: Final = "*"


def translate(dna: str) -> str:
    """Residues of whole codons; ``*`` for a stop, ``X`` for a codon with an unknown base."""
    return "".join(_CODONS.get(dna[i : i + 3], "X") for i in range(0, len(dna) - 2, 3))


@dataclass(frozen=True, slots=True)
class CodingSite:
    """An exact position in the coding part of one transcript.

    Attributes:
        before: Coding bases before the position; negative in the 5' untranslated part, at least
            ``length`` in the 3' untranslated part.
        length: Coding bases of the transcript, the stop codon included; ``None`` when its end is
            not known.
        is_checked: The coding part gives a protein of the published length.
        is_mane: The offset is that of the MANE Select transcript, so residues can be compared
            with its domains.
    """

    before: int
    length: int | None
    is_checked: bool
    is_mane: bool


def coding_site(panel: Panel, gene: GeneRef | None, end: JunctionEnd | None) -> CodingSite | None:
    """Find a position in the coding part of a gene, MANE Select first.

    Returns:
        ``None`` when the gene or the position is unknown, the position is in no exon of the
        panel, or no transcript that has it has a known coding part.
    """
    if end is None or end.position is None:
        return None
    for transcript in transcripts_of(panel, gene):
        site = _site_from_exons(transcript, end) or _site_from_sequence(transcript, end)
        if site is not None:
            return site
    return None


def _site_from_exons(transcript: Transcript, end: JunctionEnd) -> CodingSite | None:
    exon = exon_at(transcript, end)
    strand = transcript.strand
    if exon is None or strand is None or end.position is None:
        return None
    bases = 0
    position: int | None = None
    start: int | None = None
    length = 0
    for each in transcript.exons:
        if each is exon:
            position = bases + bases_into(each, end.position, strand)
        if each.cds_start is not None and each.cds_end is not None:
            if start is None:
                if each.start_phase is None:
                    return None
                first = each.cds_start if strand is Strand.PLUS else each.cds_end
                start = bases + bases_into(each, first, strand) - each.start_phase
                length = each.start_phase
            length += each.cds_end - each.cds_start + 1
        bases += each.length
    if position is None or start is None:
        return None
    return CodingSite(position - start, length, transcript.cds_checked, transcript.is_mane)


def _site_from_sequence(transcript: Transcript, end: JunctionEnd) -> CodingSite | None:
    first = _first_coding_base(transcript)
    position = _sequence_position(transcript, end)
    if first is None or position is None:
        return None
    length = None if transcript.cds_end is None else transcript.cds_end - first + 1
    return CodingSite(position - first, length, transcript.cds_checked, is_mane=False)


def _first_coding_base(transcript: Transcript) -> int | None:
    """1-based, in ``sequence``."""
    return 1 if transcript.is_cds else transcript.cds_start


def _sequence_position(transcript: Transcript, end: JunctionEnd) -> int | None:
    """1-based, in ``sequence``."""
    if transcript.sequence is None or end.position is None or not has_place(transcript, end):
        return None
    return transcript.transcript_position(end.position)


def coding_bases_through(
    panel: Panel, gene: GeneRef | None, end: JunctionEnd, coded: int
) -> str | None:
    """Coding bases from the first one through a position.

    Args:
        panel: Where the sequences are.
        gene: The gene of this side.
        end: This side of the junction, with an exact position.
        coded: How many there must be; an isoform that starts elsewhere is left alone.

    Returns:
        ``None`` when no sequence of the panel has exactly these.
    """
    for transcript in transcripts_of(panel, gene):
        first = _first_coding_base(transcript)
        position = _sequence_position(transcript, end)
        if transcript.sequence is None or first is None or position is None:
            continue
        if position - first + 1 == coded:
            return transcript.sequence[first - 1 : position]
    return None


def bases_from(panel: Panel, gene: GeneRef | None, end: JunctionEnd) -> str | None:
    """Transcript bases from the position on; ``None`` without a sequence that has its end."""
    for transcript in transcripts_of(panel, gene):
        position = _sequence_position(transcript, end)
        if transcript.sequence is not None and position is not None and not transcript.is_prefix:
            return transcript.sequence[position - 1 :]
    return None
