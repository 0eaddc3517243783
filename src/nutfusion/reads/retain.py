"""Of the kept fragments, those that can still matter once they are placed and counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.clipped import SEED_CLIP
from nutfusion.reads.kept import Pile, RaggedPile, Texts
from nutfusion.reads.kernels import edges as e
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.matter import may_show_a_joint
from nutfusion.reads.kernels.rescue import GAIN
from nutfusion.reads.placement import (
    LEAST_SCORE,
    Placements,
    gene_of,
    place_reads,
)
from nutfusion.reads.short_pieces import edge_rows
from nutfusion.reads.tally import Tally
from nutfusion.reads.umi import PATTERNS, cut, matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.panel import Panel
    from nutfusion.reads.joints import Map
    from nutfusion.reads.kept import KeptReads
    from nutfusion.reads.umi import Patterns

_NOWHERE: Final = -9
"""What ``gene_of`` says of a read that is not on one gene."""


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
    """The fragments that matter, in file order.

    Attributes:
        placements: With their bases.
        names: Read names.
        umis: UMIs of a UMI file; empty strings without one.
        name_umis: UMIs of the read names, if every kept fragment's name has one.
        tally: Figures over all kept fragments.
    """

    placements: Placements
    names: Sequence[str]
    umis: list[str]
    name_umis: list[str] | None
    tally: Tally


class Retainer:
    """Places kept fragments as they come, counts them, and lets go of those that cannot matter.

    A fragment is let go when nothing that looks for joints would ever look at it again:

    * both mates (or the single read) are ``explained`` by one gene and face each other;
    * or no mate lies on a gene of the panel with something left to explain, no pair of mates lies
      on NUTM1 and elsewhere, and no read that lies nowhere holds a piece of NUTM1 from an exon's
      edge to its own end (as ``short_pieces`` takes it) or fits its chance placement up
      to one of its ends, as a read across a joint does.

    It is decided fragment by fragment, so that batches and threads do not matter.

    Args:
        panel: The panel.
        map_: The same as arrays.
    """

    def __init__(self, panel: Panel, map_: Map) -> None:
        self._map = map_
        starts, ends = (edge_rows(map_, upstream=upstream)[1] for upstream in (True, False))
        # a read that begins so is the other strand of one that ends with an exon's start
        self._first_edges = e.packed(np.concatenate([3 - starts, ends]))
        self._last_edges = e.packed(np.concatenate([starts, 3 - ends]))
        self._reads = (RaggedPile(), RaggedPile())
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

    def take(self, kept: KeptReads) -> np.ndarray:
        """Place and count some fragments, and keep those that matter; which ones these are."""
        placements = place_reads(kept, self._map.targets)
        self._tally.add(placements)
        if len(kept):
            self._any = True
            names = [kept.names.text(i) for i in range(len(kept))] if self._patterns else []
            self._patterns = matching(self._patterns, names)
        which = np.flatnonzero(self._matters(placements))
        matter = placements.take(which)
        for mate in (0, 1):
            self._reads[mate].add(matter.reads[mate])
            self._rows[mate].add(matter.rows[mate])
        self._paired.add(matter.paired)
        self._names.add(kept.names.take(which))
        self._umis += [kept.umis.text(i) for i in which.tolist()]
        return which

    def _matters(self, placements: Placements) -> np.ndarray:
        """Which fragments matter (bool); the others are counted as let go."""
        t = self._map.targets
        genes = [gene_of(rows, t) for rows in placements.rows]
        whole = [explained(rows) for rows in placements.rows]
        matters = np.zeros(len(placements), bool)
        for reads, rows, gene, done in zip(
            placements.reads, placements.rows, genes, whole, strict=True
        ):
            matters |= (rows[:, k.KIND] == k.TWO_GENES) | ((gene >= 0) & ~done)
            nowhere = (gene == _NOWHERE) & (rows[:, k.KIND] != k.TWO_GENES)
            shows = np.zeros(len(placements), bool)
            may_show_a_joint(
                reads.data,
                reads.offsets,
                rows,
                np.flatnonzero(nowhere & ~matters),
                t.bases,
                t.gene,
                SEED_CLIP + e.SHORTEST,
                self._first_edges,
                self._last_edges,
                shows,
            )
            matters |= shows
        a, b = placements.rows
        on = [gene == 0 for gene in genes]
        facing = a[:, k.ORIENTATION] != b[:, k.ORIENTATION]
        matters |= placements.paired & ((on[0] != on[1]) | (on[0] & on[1] & ~facing))
        inner = placements.paired & on[0] & on[1] & ~matters
        for rows in placements.rows:
            here = rows[inner & (rows[:, k.ORIENTATION] == 1)]
            self._tally.let_go(here[:, k.DIAGONAL], here[:, k.LENGTH])
        return matters

    def done(self) -> Retained:
        """Everything that matters of what was taken."""
        names = Texts(self._names.done())
        from_names = cut(self._patterns[0], names) if self._any and self._patterns else None
        placements = Placements(
            (self._reads[0].done(), self._reads[1].done()),
            (self._rows[0].done(), self._rows[1].done()),
            self._paired.done(),
        )
        return Retained(placements, names, self._umis, from_names, self._tally)
