"""Sides that a row states on a transcript, or by an exon of one, placed on GRCh38."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nutfusion.model.remarks import remark
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from nutfusion.callers.sides import Context, Side
    from nutfusion.model.panel import Panel, Transcript

_PRECISE_LABEL: Final = 4
"""Most digits of an exon number."""


def with_transcript(side: Side, context: Context, *, five_prime: bool, ordered: bool) -> Side:
    """Place a side that is stated on a transcript, or by an exon of one.

    Returns:
        The side with contig, position and strand on GRCh38 when the panel holds that transcript
        under that accession and version; with a problem otherwise.
    """
    stated = side.stated
    if side.position is not None or stated.position_range is not None:
        return side
    if stated.transcript is None:
        if stated.exon is not None:
            return _but(side, remark("exon_without_transcript"))
        return side
    transcript, other_version = _transcript(context.panel, stated.transcript)
    if transcript is None or transcript.contig is None or transcript.strand is None:
        return _but(side, remark("transcript_not_in_panel"))
    gene = context.panel.genes[transcript.gene].ref
    placed: int | None = None
    if stated.transcript_position is not None:
        placed = transcript.genomic_position(stated.transcript_position)
    elif stated.exon is not None and ordered:
        placed = _exon_edge(context.panel, transcript, stated.exon, five_prime=five_prime)
    locus = context.loci.of(Assembly.GRCH38, transcript.gene)
    if placed is None or locus is None:
        return _but(side, remark("not_placed_on_transcript"))
    edges = locus.donors if five_prime else locus.acceptors
    if other_version and placed not in edges:
        return _but(side, remark("other_transcript_version"))
    found = replace(
        side,
        gene=gene,
        locus=locus,
        contig=transcript.contig,
        position=placed,
        strand=transcript.strand,
        candidates=tuple(dict.fromkeys((*side.candidates, gene.symbol))),
    )
    return _but(found, remark("other_transcript_version")) if other_version else found


def _but(side: Side, problem: str) -> Side:
    return replace(side, problems=(*side.problems, problem))


def _transcript(panel: Panel, accession: str) -> tuple[Transcript | None, bool]:
    """A panel transcript by accession.version, else by accession; whether the version differs."""
    stem = accession.partition(".")[0]
    near: Transcript | None = None
    for transcript in panel.transcripts.values():
        for name in (transcript.accession, *transcript.synonyms):
            if name == accession:
                return transcript, False
            if name.partition(".")[0] == stem:
                near = near or transcript
    return near, near is not None


def _exon_edge(panel: Panel, transcript: Transcript, label: str, *, five_prime: bool) -> int | None:
    """GRCh38 residue at which a whole exon joins: its last base as 5' part, its first as 3'."""
    if not (label.isascii() and label.isdecimal()) or len(label) > _PRECISE_LABEL:
        return None
    bounds = _exon_bounds(panel, transcript).get(int(label))
    if bounds is None:
        return None
    plus = transcript.strand is Strand.PLUS
    return bounds[1] if five_prime is plus else bounds[0]


def _exon_bounds(panel: Panel, transcript: Transcript) -> dict[int, tuple[int, int]]:
    """(lowest, highest) GRCh38 residue of each exon by its number; empty where it is not certain.

    A transcript without exons has the blocks of its sequence. They are its exons when they begin
    at its first base, or when they are those of the MANE transcript from the second on (then its
    own first exon is not placed).
    """
    if transcript.exons:
        return {exon.number: (exon.start, exon.end) for exon in transcript.exons}
    mane = panel.mane(transcript.gene)
    if not transcript.blocks or transcript.is_cds or transcript.is_prefix or mane is None:
        return {}
    pieces = [(block.start, block.end) for block in transcript.blocks]
    if transcript.blocks[0].transcript_start == 1:
        return dict(enumerate(pieces, start=1))
    if pieces == [(exon.start, exon.end) for exon in mane.exons[1:]]:
        return dict(enumerate(pieces, start=2))
    return {}
