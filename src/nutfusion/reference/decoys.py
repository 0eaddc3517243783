"""Decoys: sequences that reads may come from without being evidence of a fusion."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nutfusion.errors import InputError
from nutfusion.model.panel import NUTM1, Decoy
from nutfusion.reference.fasta import fasta_records
from nutfusion.reference.intervals import joined_intervals
from nutfusion.reference.opening import opened
from nutfusion.reference.sequence import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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


def read_decoys(paths: Iterable[Path]) -> list[Decoy]:
    """Read a user's decoys: every record of the files, under the first word of its header.

    Args:
        paths: FASTA files, plain, gzip or bgzip.

    Raises:
        InputError: A file is not FASTA, or a record has no name or no bases.
    """
    decoys = []
    for path in paths:
        with opened(path) as handle:
            for line, header, parts in fasta_records(handle, path):
                bases = clean(b"".join(parts).decode("ascii", errors="replace"))
                if not header or not bases:
                    raise InputError("expected a name and bases", path=path, line=line)
                decoys.append(Decoy(name=header.split()[0], gene=None, sequence=bases))
    return decoys
