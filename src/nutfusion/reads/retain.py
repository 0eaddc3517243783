"""Of the kept fragments, those that can still matter once they are placed and counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nutfusion.reads.kept import Texts
from nutfusion.reads.kernels import beside as b
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.rescue import GAIN
from nutfusion.reads.piles import Pile, RaggedPile
from nutfusion.reads.placement import (
    LEAST_SCORE,
    Placements,
    gene_of,
    place_reads,
)
from nutfusion.reads.strangers import SPEAKS, Strangers
from nutfusion.reads.tally import Tally
from nutfusion.reads.umi import PATTERNS, cut, matching

if TYPE_CHECKING:
    from nutfusion.model.evidence import UmiSource
    from nutfusion.model.panel import Panel
    from nutfusion.reads.joints import Map
    from nutfusion.reads.kept import KeptReads
    from nutfusion.reads.umi import Patterns


def explained(rows: np.ndarray) -> np.ndarray:
    """Which placements leave nothing for a joint to explain (bool).

    The read lies on one gene, and no fused sequence can beat that by ``rescue.GAIN``; so at most
    ``END_CLIP`` bases of it are unplaced.
    """
    score = rows[:, k.SCORE]
    one = (rows[:, k.KIND] == k.ONE_GENE) & (score >= LEAST_SCORE)
    whole: np.ndarray = one & (score > rows[:, k.LENGTH] - GAIN)
    return whole


@dataclass(frozen=True, slots=True)
class Retained:
    """The fragments that matter, in file order, and those that may.

    Attributes:
        placements: With their bases.
        names: Read names.
        umis: Empty strings without.
        umi_source: Where they are from.
        strangers: Fragments that matter only where these show a joint.
        tally: Figures over all kept fragments.
    """

    placements: Placements
    names: Texts
    umis: list[str]
    umi_source: UmiSource
    strangers: Strangers
    tally: Tally


class Retainer:
    """Places kept fragments as they come, counts them, and lets go of those that cannot matter.

    A fragment is let go when nothing that looks for joints would ever look at it again:

    * both mates (or the single read) are ``explained`` by one gene and face each other;
    * or no mate lies on a gene of the panel with something left to explain, no pair of mates lies
      on NUTM1 and elsewhere, and no read that lies nowhere holds a piece of NUTM1 from an exon's
      edge to its own end (as ``short_pieces`` takes it) or fits its chance placement up
      to one of its ends, as a read across a joint does.

    With nothing but one of the last two, it is set aside (see ``strangers``), unless its piece of
    NUTM1 is long enough to speak for itself. All this is decided fragment by fragment, so that
    batches and threads do not matter.

    Args:
        panel: The panel.
        map_: The same as arrays.
    """

    def __init__(self, panel: Panel, map_: Map) -> None:
        self._map = map_
        self._strangers = Strangers(map_)
        self._reads = (RaggedPile(bases=True), RaggedPile(bases=True))
        self._rows = (Pile(np.int32, (k.FIELDS,)), Pile(np.int32, (k.FIELDS,)))
        self._paired = Pile(np.bool_)
        self._names = RaggedPile()
        self._umis: list[str] = []
        self._patterns: Patterns = PATTERNS
        self._any = False
        self._tally = Tally(panel, map_.targets)

    def __len__(self) -> int:
        """Fragments that matter so far."""
        return len(self._names)

    def take(self, kept: KeptReads, *, whole: bool = False) -> np.ndarray:
        """Place and count some fragments, and keep those that matter; which ones these are.

        Args:
            kept: The fragments.
            whole: None of them is set aside: those that may matter are kept with the others.
        """
        placements = place_reads(kept, self._map.targets)
        self._tally.add(placements)
        if len(kept):
            self._any = True
            names = [kept.names.text(i) for i in range(len(kept))] if self._patterns else []
            self._patterns = matching(self._patterns, names)
        matters: np.ndarray = self._matters(placements)
        near, pieces = self._strangers.signs(placements, ~matters)
        matters[pieces[pieces[:, b.BASES] >= SPEAKS, b.FRAGMENT]] = True
        may_matter = np.logical_or(near[:, 0] >= 0, near[:, 1] >= 0)
        may_matter[pieces[:, b.FRAGMENT]] = True
        if whole:
            matters |= may_matter
        which = np.flatnonzero(matters)
        matter = placements.take(which)
        for mate in (0, 1):
            self._reads[mate].add(matter.reads[mate])
            self._rows[mate].add(matter.rows[mate])
        self._paired.add(matter.paired)
        self._names.add(kept.names.take(which))
        self._umis += [kept.umis.text(i) for i in which.tolist()]
        aside = np.flatnonzero(may_matter & ~matters)
        self._strangers.add(kept, placements, near, pieces, aside)
        return which

    def _matters(self, placements: Placements) -> np.ndarray:
        """Which fragments matter whatever others show (bool); counts pairs that lie on NUTM1."""
        t = self._map.targets
        genes = [gene_of(rows, t) for rows in placements.rows]
        matters = np.zeros(len(placements), bool)
        for rows, gene in zip(placements.rows, genes, strict=True):
            matters |= (rows[:, k.KIND] == k.TWO_GENES) | ((gene >= 0) & ~explained(rows))
        one, two = placements.rows
        on = [gene == 0 for gene in genes]
        facing = one[:, k.ORIENTATION] != two[:, k.ORIENTATION]
        matters |= placements.paired & ((on[0] != on[1]) | (on[0] & on[1] & ~facing))
        inner = placements.paired & on[0] & on[1] & ~matters
        for rows in placements.rows:
            here = rows[inner & (rows[:, k.ORIENTATION] == 1)]
            self._tally.let_go(here[:, k.DIAGONAL], here[:, k.LENGTH])
        return matters

    def done(self, umi_source: UmiSource | None = None) -> Retained:
        """Everything that matters of what was taken.

        Args:
            umi_source: Where the UMIs of the fragments taken are from. ``None``: they have none,
                and every kept fragment's name is asked for one.
        """
        names = Texts(self._names.done())
        source = umi_source or "none"
        umis = self._umis
        if umi_source is None and self._any and self._patterns:
            source = "read_name"
            umis = cut(self._patterns[0], names)
            self._strangers.umi_pattern = self._patterns[0]
        placements = Placements(
            (self._reads[0].done(), self._reads[1].done()),
            (self._rows[0].done(), self._rows[1].done()),
            self._paired.done(),
        )
        return Retained(placements, names, umis, source, self._strangers, self._tally)
