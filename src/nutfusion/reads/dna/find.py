"""The breaks that a sample's fragments show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nutfusion.reads.dna.across import Across
from nutfusion.reads.dna.breaks import (
    LARGEST_INSERT,
    LEAST_FRAGMENTS,
    LEAST_SPLIT,
    breaks_of_pairs,
    precise_breaks,
)
from nutfusion.reads.dna.records import NEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.reads.assign import Supporter
    from nutfusion.reads.dna.across import FoundBreak
    from nutfusion.reads.dna.breaks import Break
    from nutfusion.reads.dna.records import DnaFragment, Place


def is_enough(supporters: Sequence[Supporter]) -> bool:
    """Whether distinct fragments show a break more than chance does."""
    distinct = [s for s in supporters if not s.duplicate]
    split = sum(s.kind == "split" for s in distinct)
    return split >= LEAST_SPLIT or len(distinct) >= LEAST_FRAGMENTS


class _Beside:
    """Which fragments have a piece near a break.

    Args:
        fragments: The fragments.
    """

    def __init__(self, fragments: Sequence[DnaFragment]) -> None:
        rows = [
            (f, piece.contig, piece.low, piece.high)
            for f, fragment in enumerate(fragments)
            for read in fragment.mates
            if read is not None
            for piece in read.pieces
        ]
        self._fragment = np.array([row[0] for row in rows], np.int64)
        self._contig = np.array([row[1] for row in rows], np.object_)
        self._low = np.array([row[2] for row in rows], np.int64)
        self._high = np.array([row[3] for row in rows], np.int64)

    def of(self, one: Break) -> list[int]:
        """Fragments with a piece beside the partner, or one that ends where NUTM1 does."""
        nutm1, partner = one.joint.nutm1, one.joint.partner
        near = (self._contig == partner.contig) & (
            np.abs(self._low - partner.position) < LARGEST_INSERT
        )
        edge = self._high if nutm1.kept == "lower" else self._low
        ends = (self._contig == nutm1.contig) & (np.abs(edge - nutm1.position) <= NEAR)
        return [int(f) for f in np.unique(self._fragment[near | ends])]


def find_breaks(
    fragments: Mapping[str, DnaFragment], umis: Mapping[str, str], place: Place
) -> tuple[tuple[FoundBreak, ...], int]:
    """The breaks that fragments show; each fragment goes to one.

    Args:
        fragments: That may show a break, by name.
        umis: By name; empty without.
        place: The locus of NUTM1.

    Returns:
        Breaks, most split fragments first, then most pairs, then by place; distinct fragments of
        breaks that are too few to be reported.
    """
    names = sorted(fragments)
    held = [fragments[name] for name in names]
    codes = [umis.get(name, "") for name in names]
    beside = _Beside(held)
    taken: set[int] = set()
    few: set[int] = set()
    found: list[FoundBreak] = []

    def look(one: Break) -> None:
        across = Across(names, held, codes, one, place)
        supporters = across.supporters([f for f in beside.of(one) if f not in taken])
        if not is_enough(supporters):
            few.update(s.fragment for s in supporters if not s.duplicate)
            return
        taken.update(s.fragment for s in supporters)
        found.append(across.found(supporters))

    for one in precise_breaks(fragments, place):
        look(one)
    for one in breaks_of_pairs(fragments, place, {names[f] for f in taken}):
        look(one)
    found.sort(key=lambda b: (-b.support.split_reads, -b.support.discordant_pairs, b.five, b.three))
    return tuple(found), len(few - taken)
