"""Which reads make a cluster worth a look, and the fragments that these bring back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.reads.beside import those_beside
from nutfusion.reads.clipped import NUTM1_PIECE, Clipped, other_part, short_pieces
from nutfusion.reads.contig import has_word_of, words_of
from nutfusion.reads.doubt import PIECE_WITH_PAIRS, nutm1_bases

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.strangers import Spot

    Groups = dict[Spot, tuple[int, bool, list[Clipped]]]
    """Position, whether it is an exon's edge, and the reads that leave NUTM1 there."""


def _speaks(assigner: Assigner, read: Clipped, beyond: np.ndarray, *, upstream: bool) -> bool:
    """Whether a read could make its cluster show NUTM1 (see ``doubt``).

    It holds enough of NUTM1, its mate lies there, or it shares a word with the mate of a read that
    does. Nearly all other short pieces at an exon's edge are chance.
    """
    if nutm1_bases(read) >= (PIECE_WITH_PAIRS if upstream else NUTM1_PIECE):
        return True
    if assigner.genes[1 - read.mate][read.fragment] == 0:
        return True
    return has_word_of(read.bases if upstream else read.bases[::-1], beyond)


def _speakers(
    assigner: Assigner, groups: Groups, words: Mapping[bool, np.ndarray]
) -> dict[Spot, list[bool]]:
    """Which reads of each group speak for a cluster."""
    none = words_of([])
    return {
        (upstream, residue): [
            _speaks(assigner, read, words[upstream] if boundary else none, upstream=upstream)
            for read in reads
        ]
        for (upstream, residue), (_, boundary, reads) in groups.items()
    }


def with_called_back(
    assigner: Assigner,
    used: set[int],
    beyond: Mapping[bool, dict[int, tuple[int, np.ndarray]]],
    words: Mapping[bool, np.ndarray],
    groups: Groups,
) -> dict[Spot, list[bool]]:
    """Call fragments that were set aside back, as far as clusters can hold them.

    Args:
        assigner: All kept fragments; gets more of them.
        used: Fragments that support a joint between known genes.
        beyond: For each direction, unplaced mates of NUTM1 reads (see ``short_pieces``).
        words: Words of those mates (``contig.words_of``).
        groups: The reads of others (``clipped_reads``); get more of them.

    Returns:
        Which reads of each group speak for a cluster.
    """
    speaks = _speakers(assigner, groups, words)
    aside = assigner.strangers.pieces()
    speaking = {
        spot: {
            other_part(read, upstream=spot[0]).tobytes()
            for read, loud in zip(reads, speaks[spot], strict=True)
            if loud
        }
        for spot, (_, _, reads) in groups.items()
        if aside[spot]
    }
    since = len(assigner)
    assigner.call_back(those_beside(assigner.strangers, speaking, words))
    assigner.strangers.let_go()
    late: Groups = {}
    for upstream, mates in beyond.items():
        short = short_pieces(assigner, used, mates, upstream=upstream, since=since)
        for position, reads in short.items():
            spot = (upstream, assigner.map.residue(position))
            at, boundary, _ = groups.setdefault(spot, (position, True, []))
            late.setdefault(spot, (at, boundary, []))[2].extend(reads)
    for spot, loud in _speakers(assigner, late, words).items():
        groups[spot][2].extend(late[spot][2])
        speaks.setdefault(spot, []).extend(loud)
    return speaks
