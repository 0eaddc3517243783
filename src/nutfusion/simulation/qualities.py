"""Base qualities as sequencers write them, and the errors that go with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Qualities = NDArray[np.uint8]
"""ASCII codes, Phred + 33."""


@dataclass(frozen=True)
class QualityModel:
    """A walk along the read over a few levels; leaving the best one gets likelier with each cycle.

    Attributes:
        levels: Phred scores, best first.
        leave_first: Chance to leave the best level at the read's first base.
        leave_last: The same at the last base.
        recover: Chance to return to the best level from any other.
    """

    levels: tuple[int, ...]
    leave_first: float
    leave_last: float
    recover: float

    def draw(self, count: int, length: int, rng: np.random.Generator) -> Qualities:
        """Qualities of ``count`` reads."""
        codes = np.array(self.levels, dtype=np.uint8) + np.uint8(33)
        drawn = np.empty((length, count), dtype=np.uint8)
        state = np.zeros(count, dtype=np.uint8)
        worse = np.uint8(len(self.levels) - 1)
        for cycle in range(length):
            progress = cycle / max(1, length - 1)
            leave = self.leave_first + (self.leave_last - self.leave_first) * progress**2
            chance = rng.random(count, dtype=np.float32)
            # The first part of the unit interval leaves the best level; squaring what is left of
            # it prefers the levels that are only a little worse.
            depth = np.minimum(chance / np.float32(leave), np.float32(0.999)) ** 2
            fallen = (np.uint8(1) + (depth * worse).astype(np.uint8)).astype(np.uint8)
            best = state == 0
            state = np.where(best & (chance < leave), fallen, state)
            state = np.where(~best & (chance < self.recover), np.uint8(0), state)
            drawn[cycle] = codes[state]
        return np.ascontiguousarray(drawn.T)


@dataclass(frozen=True)
class FlatQualities(QualityModel):
    """The same quality everywhere, as in reads that were re-written by a tool."""

    def draw(self, count: int, length: int, rng: np.random.Generator) -> Qualities:  # noqa: ARG002
        """Qualities of ``count`` reads."""
        return np.full((count, length), self.levels[0] + 33, dtype=np.uint8)


BINNED: Final = QualityModel((37, 25, 11), leave_first=0.02, leave_last=0.12, recover=0.7)
"""Few levels, as current two-colour sequencers write them."""
FULL: Final = QualityModel((41, *range(40, 1, -1)), leave_first=0.25, leave_last=0.6, recover=0.45)
"""Forty levels, as older sequencers wrote them; gzip files are half as large again."""
FLAT: Final = FlatQualities((40,), 0.0, 0.0, 1.0)

_ERROR_PROBABILITY: Final = 10.0 ** (-(np.arange(256, dtype=np.float32) - 33.0) / 10.0)


def error_mask(qualities: Qualities, rate: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which bases are wrong: ``rate`` of them, half by chance alone, half where quality is low."""
    if rate <= 0.0 or not qualities.size:
        return np.zeros(qualities.shape, dtype=np.bool_)
    histogram = np.bincount(qualities.ravel(), minlength=256)
    claimed = float((histogram * _ERROR_PROBABILITY).sum() / qualities.size)
    chance = np.minimum(1.0, rate * (0.5 + 0.5 * _ERROR_PROBABILITY / claimed))
    thresholds = np.minimum(65535.0, chance * 65536.0).astype(np.uint16)
    draws = rng.integers(0, 65536, qualities.shape, dtype=np.uint16)
    wrong: NDArray[np.bool_] = draws < thresholds[qualities]
    return wrong
