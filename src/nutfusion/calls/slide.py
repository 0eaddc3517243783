"""The one place of a joint that microhomology lets slide: exon edges win, else leftmost.

The contract's rule (``docs/dossier-format.md``), on the panel's sequences: BRD4 exon 11 ends
``...CAG`` and NUTM1 exon 2 ends ``...GAG``, so a program that writes the canonical joint two bases
further left means the same transcript.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import Junction, JunctionEnd
    from nutfusion.model.panel import Panel, Transcript

MOST_SLIDE: Final = 40
"""Most bases by which a joint is slid (nt), as in ``reads.joints``."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A joint in its one place.

    Attributes:
        five: GRCh38 residue of the last 5' base.
        three: GRCh38 residue of the first 3' base.
        homology: Bases at the joint that fit both sides; ``None`` when the panel lacks a sequence.
    """

    five: int
    three: int
    homology: int | None


def settle(
    panel: Panel,
    five_gene: GeneRef | None,
    five: JunctionEnd,
    three_gene: GeneRef | None,
    three: JunctionEnd,
) -> Settled:
    """Slide a gapless joint to its one place.

    Args:
        panel: The panel.
        five_gene: 5' gene.
        five: Its side, with a position.
        three_gene: 3' gene.
        three: Its side, with a position.

    Returns:
        The place as it stands when the panel holds no sequence of either gene there, and no slide
        out of an intron puts both sides on exon edges.
    """
    assert five.position is not None  # noqa: S101 - the caller asks for exact joints only
    assert three.position is not None  # noqa: S101
    best: tuple[tuple[int, int], Settled] | None = None
    edged = _out_of_the_intron(panel, five_gene, five, three_gene, three)
    for one, other in ((five, three), *edged):
        for left, a in _at(panel, five_gene, one):
            for right, b in _at(panel, three_gene, other):
                found = _settled(left, a, right, b)
                if found is not None and (best is None or found[0] > best[0]):
                    best = found
    if best is not None:
        return best[1]
    # NB: without a sequence, both sides on an exon edge at one slide are no chance
    five, three = edged[0] if edged else (five, three)
    return Settled(five.position or 0, three.position or 0, None)


def _out_of_the_intron(
    panel: Panel,
    five_gene: GeneRef | None,
    five: JunctionEnd,
    three_gene: GeneRef | None,
    three: JunctionEnd,
) -> list[tuple[JunctionEnd, JunctionEnd]]:
    """The exon edges of a joint that an alignment to the genome slid into an intron.

    Introns begin GT and end AG, so a 5' exon that ends ...AG fits one or two bases of the intron
    before the 3' exon, and a 3' exon that begins GT... fits the intron after the 5' exon. The
    panel holds exons only; a slide by ``d`` bases is taken when those bases are the intron's, or
    when the panel has no sequence to ask.
    """
    found = []
    for d in (1, 2):
        for left in _exonic(panel, five_gene, five):
            for right in _exonic(panel, three_gene, three):
                for shift, intron in ((d, "AG"[-d:]), (-d, "GT"[:d])):
                    donor, acceptor = _shifted(five, shift, left), _shifted(three, shift, right)
                    if not (
                        _is_donor(left, donor.position or 0)
                        and _is_acceptor(right, acceptor.position or 0)
                    ):
                        continue
                    a = left.transcript_position(donor.position or 0)
                    b = right.transcript_position(acceptor.position or 0)
                    if shift > 0:
                        bases = _bases(left, None if a is None else a - d, d)
                    else:
                        bases = _bases(right, None if b is None else b - 1, d)
                    if bases in (None, intron):
                        found.append((donor, acceptor))
    return found


def _exonic(panel: Panel, gene: GeneRef | None, end: JunctionEnd) -> list[Transcript]:
    """Transcripts on the contig and strand of a side: those with a sequence, if there are any."""
    if gene is None:
        return []
    return [
        t
        for t in panel.of_gene(gene.symbol)
        if t.contig == end.contig
        and end.strand in (None, t.strand)
        and (t.sequence is not None or not panel.has_sequence(gene.symbol))
    ]


def _bases(transcript: Transcript, start: int | None, count: int) -> str | None:
    """``count`` bases from a 0-based ``start``; ``None`` when the panel does not hold them."""
    if transcript.sequence is None or start is None:
        return None
    return transcript.sequence[start : start + count]


def _shifted(end: JunctionEnd, bases: int, transcript: Transcript) -> JunctionEnd:
    """A side moved towards the 3' end of its transcript, whose strand it may not state."""
    assert end.position is not None  # noqa: S101 - exact joints only
    step = -bases if transcript.strand is Strand.MINUS else bases
    return end.model_copy(update={"position": end.position + step})


def _at(panel: Panel, gene: GeneRef | None, end: JunctionEnd) -> list[tuple[Transcript, int]]:
    """Transcripts that hold a side, with its 1-based position in their sequence."""
    if gene is None or end.position is None:
        return []
    found = []
    for transcript in panel.of_gene(gene.symbol):
        if transcript.sequence is None or transcript.contig != end.contig:
            continue
        if end.strand is not None and transcript.strand is not end.strand:
            continue
        position = transcript.transcript_position(end.position)
        if position is not None:
            found.append((transcript, position))
    return found


def _settled(
    left: Transcript, a: int, right: Transcript, b: int
) -> tuple[tuple[int, int], Settled] | None:
    """The place on one pair of transcripts, ranked by exon edges; ``None`` when none is placed."""
    bases, others = left.sequence or "", right.sequence or ""
    back = 0
    while (
        back < MOST_SLIDE
        and a - back >= 1
        and b - 1 - back >= 1
        and bases[a - back - 1] == others[b - back - 2]
    ):
        back += 1
    ahead = 0
    while (
        ahead < MOST_SLIDE
        and a + ahead < len(bases)
        and b + ahead <= len(others)
        and bases[a + ahead] == others[b + ahead - 1]
    ):
        ahead += 1
    best: tuple[tuple[int, int], Settled] | None = None
    for shift in range(-back, ahead + 1):
        five, three = left.genomic_position(a + shift), right.genomic_position(b + shift)
        if five is None or three is None:
            continue
        edges = _is_donor(left, five) + _is_acceptor(right, three)
        rank = (edges, -shift)
        if best is None or rank > best[0]:
            best = (rank, Settled(five, three, back + ahead))
    return best


def _is_donor(transcript: Transcript, residue: int) -> bool:
    plus = transcript.strand is Strand.PLUS
    return any(residue == (e.end if plus else e.start) for e in transcript.exons or ()) or any(
        residue == (block.end if plus else block.start) for block in transcript.blocks[:-1]
    )


def _is_acceptor(transcript: Transcript, residue: int) -> bool:
    plus = transcript.strand is Strand.PLUS
    return any(residue == (e.start if plus else e.end) for e in transcript.exons or ()) or any(
        residue == (block.start if plus else block.end) for block in transcript.blocks[1:]
    )


def is_on_edges(
    panel: Panel, five_gene: GeneRef | None, three_gene: GeneRef | None, junction: Junction | None
) -> bool:
    """Whether both sides of an exact joint lie on exon edges of the panel's transcripts."""
    if junction is None or junction.five_prime is None or junction.three_prime is None:
        return False
    five, three = junction.five_prime.position, junction.three_prime.position
    if five_gene is None or three_gene is None or five is None or three is None:
        return False
    return any(_is_donor(t, five) for t in panel.of_gene(five_gene.symbol)) and any(
        _is_acceptor(t, three) for t in panel.of_gene(three_gene.symbol)
    )
