"""Where fragments lie on their templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nutfusion.simulation.templates import Positions, Templates


@dataclass(frozen=True)
class FragmentLengths:
    """Distribution of fragment lengths: normal, cut off below and at the template's length.

    Attributes:
        mean: nt.
        sd: nt.
        shortest: nt.
    """

    mean: float = 200.0
    sd: float = 50.0
    shortest: int = 40

    def draw(self, count: int, rng: np.random.Generator) -> Positions:
        """Lengths of ``count`` fragments."""
        lengths = rng.normal(self.mean, self.sd, count)
        return np.maximum(self.shortest, np.rint(lengths)).astype(np.int32)


@dataclass(frozen=True)
class Fragments:
    """Fragments as one or two pieces of the pool, in the sense of the transcript.

    Attributes:
        start: First base of the first piece in ``Templates.bases``.
        length: Bases of the first piece.
        second_start: First base of the second piece; 0 when there is none.
        second_length: Bases of the second piece; 0 when there is none.
        forward: Whether mate 1 reads the sense of the transcript.
        molecule: Number of the molecule; PCR copies share it.
    """

    start: Positions
    length: Positions
    second_start: Positions
    second_length: Positions
    forward: NDArray[np.bool_]
    molecule: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)

    @classmethod
    def of(cls, start: Positions, length: Positions, rng: np.random.Generator) -> Fragments:
        """Unbroken fragments, either way round with equal chance."""
        count = len(start)
        none = np.zeros(count, dtype=np.int32)
        return cls(
            start=start.astype(np.int32),
            length=length.astype(np.int32),
            second_start=none,
            second_length=none,
            forward=rng.random(count) < 0.5,
            molecule=np.arange(count, dtype=np.int64),
        )

    @property
    def total_length(self) -> Positions:
        """Bases of each fragment."""
        return self.length + self.second_length

    def take(self, rows: NDArray[np.intp] | NDArray[np.int64] | slice) -> Fragments:
        """Some of the fragments, in the order of ``rows``."""
        return Fragments(
            self.start[rows],
            self.length[rows],
            self.second_start[rows],
            self.second_length[rows],
            self.forward[rows],
            self.molecule[rows],
        )

    def turned(self, templates: Templates) -> Fragments:
        """The same fragments written as their reverse complement."""
        total = np.int32(len(templates.bases))
        broken = self.second_length > 0
        first = total - (self.start + self.length)
        second = total - (self.second_start + self.second_length)
        return Fragments(
            start=np.where(broken, second, first),
            length=np.where(broken, self.second_length, self.length),
            second_start=np.where(broken, first, 0).astype(np.int32),
            second_length=np.where(broken, self.length, 0).astype(np.int32),
            forward=~self.forward,
            molecule=self.molecule,
        )


def concatenate(parts: Sequence[Fragments]) -> Fragments:
    """One after the other; molecules are numbered anew so that parts share none."""
    offset = 0
    molecules = []
    for part in parts:
        molecules.append(part.molecule + offset)
        offset += int(part.molecule.max()) + 1 if len(part) else 0
    return Fragments(
        start=np.concatenate([part.start for part in parts]),
        length=np.concatenate([part.length for part in parts]),
        second_start=np.concatenate([part.second_start for part in parts]),
        second_length=np.concatenate([part.second_length for part in parts]),
        forward=np.concatenate([part.forward for part in parts]),
        molecule=np.concatenate(molecules),
    )


def wild_type(
    templates: Templates,
    pairs: Mapping[str, int],
    lengths: FragmentLengths,
    rng: np.random.Generator,
) -> Fragments:
    """Fragments of whole templates, an exact number of each, evenly over its length."""
    index = {name: place for place, name in enumerate(templates.names)}
    template = np.repeat(
        np.array([index[name] for name in pairs], dtype=np.int64),
        np.array(list(pairs.values()), dtype=np.int64),
    )
    room = templates.lengths[template]
    length = np.minimum(lengths.draw(len(template), rng), room)
    offset = (rng.random(len(template)) * (room - length + 1)).astype(np.int32)
    return Fragments.of(templates.starts[template] + offset, length, rng)


def spread(names: Sequence[str], total: int, rng: np.random.Generator) -> dict[str, int]:
    """``total`` pairs over the names, log-normal expression as in a tissue."""
    weights = rng.lognormal(0.0, 1.5, len(names))
    counts = rng.multinomial(total, weights / weights.sum())
    return {name: int(count) for name, count in zip(names, counts, strict=True) if count}


def switch_templates(
    fragments: Fragments, rate: float, rng: np.random.Generator
) -> tuple[Fragments, NDArray[np.intp]]:
    """Let the reverse transcriptase jump: a fragment ends as the end of another one.

    Args:
        fragments: All fragments; expression decides who meets whom.
        rate: Share of fragments that are chimeras.
        rng: Randomness.

    Returns:
        The fragments, and the rows that became chimeras.
    """
    count = len(fragments)
    jumps = np.flatnonzero((rng.random(count) < rate) & (fragments.second_length == 0))
    others = rng.integers(0, count, len(jumps))
    keep = others != jumps
    keep &= fragments.second_length[others] == 0
    jumps, others = jumps[keep], others[keep]
    first = (1 + rng.random(len(jumps)) * (fragments.length[jumps] - 2)).astype(np.int32)
    second = np.minimum(fragments.length[jumps] - first, fragments.length[others])
    length = fragments.length.copy()
    second_start = fragments.second_start.copy()
    second_length = fragments.second_length.copy()
    length[jumps] = first
    second_start[jumps] = fragments.start[others] + fragments.length[others] - second
    second_length[jumps] = second
    chimeras = Fragments(
        fragments.start, length, second_start, second_length, fragments.forward, fragments.molecule
    )
    return chimeras, jumps
