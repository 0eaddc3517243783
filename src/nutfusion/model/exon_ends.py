"""Ends of partners' exons that a fusion may join to NUTM1 in frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Exon, Panel, Transcript

CATALOGUED_EXON: Final = 3
"""MANE exon of NUTM1 that nearly all published fusions begin with (GRCh38 chr15:34347969)."""
ANOTHER_ACCEPTOR: Final = 2
"""NUTM1 exon for genes without an exon's end in phase with the catalogued one: the only other one
that leaves nearly all of its protein (ZNF532 and ZNF592)."""


@dataclass(frozen=True, slots=True)
class ExonEnd:
    """The end of an exon that a fusion may join to NUTM1.

    Attributes:
        gene: The partner.
        transcript: Its MANE Select transcript.
        exon: 1-based number in it.
        position: GRCh38 residue of the exon's last base.
        acceptor: NUTM1 exon with which it is in frame.
    """

    gene: GeneRef
    transcript: str
    exon: int
    position: int
    acceptor: int


def possible_ends(panel: Panel, symbol: str) -> tuple[ExonEnd, ...]:
    """Ends of a gene's MANE exons that keep NUTM1's frame; empty without exons of either gene."""
    mane, target = panel.mane(symbol), panel.mane(NUTM1)
    if mane is None or target is None or symbol not in panel.genes:
        return ()
    for acceptor in (CATALOGUED_EXON, ANOTHER_ACCEPTOR):
        if len(target.exons) < acceptor:
            continue
        phase = target.exons[acceptor - 1].start_phase
        exons = [exon for exon in mane.exons[:-1] if exon.end_phase == phase is not None]
        if exons:
            gene = panel.genes[symbol].ref
            return tuple(
                ExonEnd(gene, mane.accession, exon.number, _last_base(mane, exon), acceptor)
                for exon in exons
            )
    return ()


def _last_base(transcript: Transcript, exon: Exon) -> int:
    """GRCh38 residue of an exon's last base."""
    return exon.end if transcript.strand is Strand.PLUS else exon.start
