"""Which of the fragments set aside could belong to a cluster of reads that leave NUTM1."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from nutfusion.reads.contig import differences_allowed
from nutfusion.reads.kept import all_of
from nutfusion.reads.kernels import beside as b

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from nutfusion.reads.kept import KeptReads, Ragged
    from nutfusion.reads.packs import Pack
    from nutfusion.reads.strangers import Spot, Strangers


def those_beside(
    strangers: Strangers,
    speaking: Mapping[Spot, AbstractSet[bytes]],
    words: Mapping[bool, np.ndarray],
) -> KeptReads:
    """Take out those that a cluster could hold.

    ``unknown.unknown_partners`` looks at them again: one too many changes nothing.

    Args:
        strangers: The fragments set aside.
        speaking: Other parts of the reads that make a cluster: base codes from the joint outwards.
        words: By direction, words of the mates beyond a joint (``contig.words_of``): a read that
            has one of them makes a cluster as well.
    """
    packs = strangers.packs()
    parts: defaultdict[Spot, set[bytes]] = defaultdict(set)
    for spot, some in speaking.items():
        parts[spot] |= some
    sharing = [_sharing(p, strangers.spots, words) for p in packs]
    for p, which in zip(packs, sharing, strict=True):
        for edge, part in _other_parts(p, which):
            parts[strangers.spots[edge]].add(part)
    sought = _Parts([sorted(parts[spot]) for spot in strangers.spots])
    found = []
    for p, which in zip(packs, sharing, strict=True):
        fragments = p.pieces.array()[which | sought.shown_by(p), b.FRAGMENT]
        out = np.zeros(len(p.inside), bool)
        out[fragments] = True
        if (out & p.inside).any():
            found.append(strangers.take_out(p, np.flatnonzero(out & p.inside)))
    return all_of(found)


def _by_mate(p: Pack, pieces: np.ndarray) -> Iterator[tuple[np.ndarray, Ragged, np.ndarray]]:
    """For each mate: indices of its pieces; all its reads, and how many bases of each are used."""
    lengths = p.lengths.array()
    for mate in (0, 1):
        which = np.flatnonzero(pieces[:, b.MATE] == mate)
        if len(which):
            yield which, p.bases(mate), lengths[:, mate].copy()


def _sharing(p: Pack, spots: Sequence[Spot], words: Mapping[bool, np.ndarray]) -> np.ndarray:
    """Which pieces of a pack are in reads that have one of the words; bool."""
    pieces = p.pieces.array()
    out = np.zeros(len(pieces), bool)
    if not any(map(len, words.values())):
        return out
    marks = {upstream: b.marks_of(some) for upstream, some in words.items()}
    upstream = np.array([up for up, _ in spots], bool)[pieces[:, b.EDGE]]
    for which, reads, used in _by_mate(p, pieces):
        for direction, some in words.items():
            here = which[upstream[which] == direction]
            has = np.empty(len(here), bool)
            b.share_words(
                reads.data, reads.offsets, used, pieces[here], some, marks[direction], has
            )
            out[here] = has
    return out


def _other_parts(p: Pack, which: np.ndarray) -> Iterator[tuple[int, bytes]]:
    """Number of the edge and what lies beyond it, outwards, of some pieces (bool)."""
    if not which.any():
        return
    pieces = p.pieces.array()
    for own, reads, used in _by_mate(p, pieces):
        for i in own[which[own]]:
            f = pieces[i, b.FRAGMENT]
            read = reads.data[reads.offsets[f] : reads.offsets[f] + used[f]]
            walk = read[::-1] if pieces[i, b.AT_END] else read
            part = walk[pieces[i, b.BASES] :]
            if pieces[i, b.REVERSE]:
                part = np.where(part < 4, 3 - part, part).astype(np.uint8)
            yield int(pieces[i, b.EDGE]), part.tobytes()


class _Parts:
    """Other parts of the reads that make clusters, as arrays.

    Args:
        parts: By number of the edge.
    """

    def __init__(self, parts: Sequence[Sequence[bytes]]) -> None:
        flat = [part for some in parts for part in some]
        self._lengths = np.array([len(part) for part in flat], np.int64)
        self._first = np.zeros(len(parts) + 1, np.int64)
        np.cumsum([len(some) for some in parts], out=self._first[1:])
        width = int(self._lengths.max(initial=0))
        self._table = np.full((len(flat), width), 4, np.uint8)
        for row, part in zip(self._table, flat, strict=True):
            row[: len(part)] = np.frombuffer(part, np.uint8)
        self._allowed = np.array([differences_allowed(n) for n in range(width + 1)], np.int64)

    def shown_by(self, p: Pack) -> np.ndarray:
        """Which pieces of a pack are in reads that go on as a part at their edge does; bool."""
        pieces = p.pieces.array()
        out = np.zeros(len(pieces), bool)
        some = np.diff(self._first)[pieces[:, b.EDGE]] > 0
        if not some.any():
            return out
        for which, reads, used in _by_mate(p, pieces):
            here = which[some[which]]
            has = np.empty(len(here), bool)
            b.agree(
                reads.data,
                reads.offsets,
                used,
                pieces[here],
                self._first,
                self._table,
                self._lengths,
                self._allowed,
                has,
            )
            out[here] = has
        return out
