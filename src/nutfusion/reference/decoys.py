"""Decoys: sequences that reads may come from without being evidence of a fusion."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import NUTM1, Decoy
from nutfusion.reference.intervals import joined_intervals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.reference.genome import Genome
    from nutfusion.reference.intervals import Interval

INTRON_FLANK: Final = 30
"""Exon bases kept on either side of an intron, so that unspliced reads have a better home than
the exon alone (chosen by us)."""


def intron_decoys(genome: Genome, contig: str, exons: Iterable[Interval]) -> list[Decoy]:
    """Return NUTM1's intronic sequence with its flanks.

    Args:
        genome: Has the NUTM1 locus.
        contig: ``chr`` spelling.
        exons: Exons of all NUTM1 isoforms, on the genome's assembly, in any order. What is an
            exon in any isoform is no decoy.

    Returns:
        One decoy per stretch that no isoform keeps, forward strand, in genome order, named by its
        region; stretches that the genome does not have whole are left out.
    """
    decoys = []
    joined = joined_intervals(exons)
    for (_, left), (right, _) in pairwise(joined):
        start, end = left + 1 - INTRON_FLANK, right - 1 + INTRON_FLANK
        bases = genome.bases(contig, start, end)
        if bases is not None:
            decoys.append(Decoy(name=f"{contig}:{start}-{end}", gene=NUTM1, sequence=bases))
    return decoys
