"""Which reads make a cluster worth a look, and the fragments that these bring back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nutfusion.reads.beside import those_beside
from nutfusion.reads.clipped import NUTM1_PIECE, Clipped, other_part
from nutfusion.reads.contig import has_word_of, words_of
from nutfusion.reads.doubt import PIECE_WITH_PAIRS, nutm1_bases
from nutfusion.reads.leaving import add_not_far, shows_enough
from nutfusion.reads.short_pieces import short_pieces

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.leaving import Groups, NotFar
    from nutfusion.reads.strangers import Spot


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
    none, _ = words_of([])
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
    not_far: NotFar,
) -> dict[Spot, list[bool]]:
    """Call fragments that were set aside back, as far as clusters can hold them.

    Args:
        assigner: All kept fragments; gets more of them.
        used: Fragments that support a joint between known genes.
        beyond: For each direction, unplaced mates of NUTM1 reads (see ``short_pieces``).
        words: Words of those mates (``contig.words_of``).
        groups: The reads of others (``clipped_reads``); get more of them, those of ``not_far``
            among them.
        not_far: Reads of others that may leave NUTM1 at an edge. Those set aside that leave there
            decide it as others do, so the ones that agree with such a read are called back too.

    Returns:
        Which reads of each group speak for a cluster.
    """
    speaks = _speakers(assigner, groups, words)
    aside = assigner.strangers.pieces()
    speaking: defaultdict[Spot, set[bytes]] = defaultdict(set)
    for spot, (_, _, reads) in groups.items():
        if aside[spot]:
            speaking[spot] |= {
                other_part(read, upstream=spot[0]).tobytes()
                for read, loud in zip(reads, speaks[spot], strict=True)
                if loud
            }
    for (upstream, edge), moved in not_far.items():
        spot = (upstream, assigner.map.residue(edge))
        if aside[spot]:
            speaking[spot] |= {
                other_part(read, upstream=upstream).tobytes()
                for _, _, read in moved
                if shows_enough(read, upstream=upstream)
            }
    since = len(assigner)
    assigner.call_back(those_beside(assigner.strangers, speaking, words))
    assigner.strangers.let_go()
    before = {spot: len(reads) for spot, (_, _, reads) in groups.items()}
    # an edge at which some leave stays one, also when none of them came back
    for upstream, residue in +aside:
        position = assigner.map.first(0, residue)
        groups.setdefault((upstream, residue), (position, True, []))
    for upstream, mates in beyond.items():
        short = short_pieces(assigner, used, mates, upstream=upstream, since=since)
        for position, reads in short.items():
            groups[upstream, assigner.map.residue(position)][2].extend(reads)
    add_not_far(assigner, groups, not_far)
    late = {
        spot: (position, boundary, reads[before.get(spot, 0) :])
        for spot, (position, boundary, reads) in groups.items()
    }
    for spot, loud in _speakers(assigner, late, words).items():
        speaks.setdefault(spot, []).extend(loud)
    return speaks
