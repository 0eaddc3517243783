"""The breaks that a sample's fragments show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nutfusion.model.chance import at_least
from nutfusion.reads.dna.across import Across
from nutfusion.reads.dna.breaks import (
    CHANCE,
    LARGEST_INSERT,
    LEAST_FRAGMENTS,
    LEAST_SPLIT,
    breaks_of_pairs,
    places_shown,
    precise_breaks,
)
from nutfusion.reads.dna.records import NEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.reads.dna.across import FoundBreak
    from nutfusion.reads.dna.breaks import Break
    from nutfusion.reads.dna.records import DnaFragment, Place


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


class _Chance:
    """How many fragments near two places are pieces of DNA joined in the tube.

    Args:
        fragments: The fragments.
        place: The locus of NUTM1.
    """

    def __init__(self, fragments: Sequence[DnaFragment], place: Place) -> None:
        shown = enumerate(places_shown(fragments, place))
        rows = [(f, at[0], at[1].contig, at[1].position) for f, at in shown if at is not None]
        self._fragment = np.array([row[0] for row in rows], np.int64)
        self._nutm1 = np.array([row[1] for row in rows], np.int64)
        self._contig = np.array([row[2] for row in rows], np.object_)
        self._partner = np.array([row[3] for row in rows], np.int64)

    def expected(self, one: Break, own: set[int]) -> float:
        """Fragments that would join both places if they joined places without choice.

        Args:
            one: The break; places within ``LARGEST_INSERT`` of its sides are its own.
            own: Fragments that show it, which do not speak for chance.
        """
        others = ~np.isin(self._fragment, list(own))
        nutm1, partner = one.joint.nutm1, one.joint.partner
        here = others & (np.abs(self._nutm1 - nutm1.position) < LARGEST_INSERT)
        there = others & (self._contig == partner.contig)
        there &= np.abs(self._partner - partner.position) < LARGEST_INSERT
        return float(here.sum()) * float(there.sum()) / max(1, int(others.sum()))


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
    beside, chance = _Beside(held), _Chance(held, place)
    taken: set[int] = set()
    few: set[int] = set()
    found: list[FoundBreak] = []

    def look(one: Break) -> None:
        across = Across(names, held, codes, one, place)
        supporters = across.supporters([f for f in beside.of(one) if f not in taken])
        distinct = {s.fragment for s in supporters if not s.duplicate}
        split = sum(s.kind == "split" for s in supporters if not s.duplicate)
        enough = split >= LEAST_SPLIT or len(distinct) >= LEAST_FRAGMENTS
        if enough and split < LEAST_SPLIT:
            own = {s.fragment for s in supporters} | taken
            enough = at_least(len(distinct), chance.expected(one, own)) < CHANCE
        if not enough:
            few.update(distinct)
            return
        taken.update(s.fragment for s in supporters)
        found.append(across.found(supporters))

    for one in precise_breaks(fragments, place):
        look(one)
    for one in breaks_of_pairs(fragments, place, {names[f] for f in taken}):
        look(one)
    found.sort(key=lambda b: (-b.support.split_reads, -b.support.discordant_pairs, b.five, b.three))
    return tuple(found), len(few - taken)
