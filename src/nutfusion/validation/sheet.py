"""What every planned sample gets: its seed, its place in the round of conditions, its joint."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from nutfusion.validation.design import (
    COPIES,
    ERROR_RATES,
    LIBRARIES,
    QUALITIES,
    STRANDEDNESS,
    UMIS,
)
from nutfusion.validation.planned import Planned, Stratum, seed_of

if TYPE_CHECKING:
    from nutfusion.validation.design import Design
    from nutfusion.validation.materials import Cut, Materials


class Sheet:
    """Where samples are written down, stratum by stratum.

    Every stratum goes through all combinations of conditions in an order of its own, so that a
    sample more or less of one changes none of another.

    Args:
        design: How many samples of each stratum.
        materials: What they can be made of.
        seed: Of the whole set.
    """

    def __init__(self, design: Design, materials: Materials, seed: int) -> None:
        self.design = design
        self.materials = materials
        self.seed = seed
        self._combinations = list(
            itertools.product(ERROR_RATES, LIBRARIES, UMIS, COPIES, STRANDEDNESS, QUALITIES)
        )
        self._orders: dict[Stratum, list[int]] = {}
        self._written: Counter[Stratum] = Counter()

    def make(self, name: str, stratum: Stratum, **values: object) -> Planned:
        """A sample under its stratum's next combination of conditions, unless some are given."""
        rate, library, umi, copies, strandedness, quality = self._next(stratum)
        conditions = {
            "error_rate": rate,
            "library": library,
            "umi": umi,
            "copies": copies,
            "strandedness": strandedness,
            "quality": quality,
        }
        fixed: dict[str, object] = {
            "id": name,
            "stratum": stratum,
            "seed": seed_of(self.seed, name),
        }
        return Planned.model_validate(conditions | fixed | values)

    def _next(self, stratum: Stratum) -> tuple[object, ...]:
        if stratum not in self._orders:
            rng = self.rng(f"conditions/{stratum}")
            self._orders[stratum] = rng.permutation(len(self._combinations)).tolist()
        order = self._orders[stratum]
        place = order[self._written[stratum] % len(order)]
        self._written[stratum] += 1
        return self._combinations[place]

    def rng(self, name: str) -> np.random.Generator:
        """Chance for what is planned under a name."""
        return np.random.default_rng(seed_of(self.seed, f"plan/{name}"))

    def joint(self, five: Cut, three: Cut | None = None) -> dict[str, object]:
        """The joint of a cut and NUTM1's catalogued first base, or another one."""
        acceptor = three or self.materials.acceptor
        return {
            "gene": five.gene,
            "five_exon": five.exon,
            "five_at": five.at,
            "three_exon": acceptor.exon,
            "three_at": acceptor.at,
        }

    def reversible(self) -> list[Cut]:
        """Catalogued cuts that the reciprocal transcript can be made of."""
        donors, _ = self.materials.catalogued
        return [donor for donor in donors if self.materials.can_be_reversed(donor)]
