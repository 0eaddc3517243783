"""The parts of long reads that leave NUTM1 for something the panel does not hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nutfusion.reads.kernels.align import ABSENT, lay

MOST_COMPARED: Final = 20
"""Clips among which the one most like the others is looked for."""
ALIKE: Final = 0.25
"""Share of differences up to which two clips show one sequence: two reads of 5 % errors each differ
in 10 %, unlike sequences in half of their bases (chosen by us)."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The part of a long read that is looked at, in the sense of NUTM1.

    Attributes:
        bases: Base codes, 4 for a missing one.
        before: Bases of the read before it.
        after: Bases of the read after it.
        edge: For a read with an unplaced end, the global position at which it leaves NUTM1.
        clip: Bases of that end in ``bases``.
        upstream: It is before NUTM1.
    """

    bases: np.ndarray
    before: int
    after: int
    edge: int = -1
    clip: int = 0
    upstream: bool = True

    @property
    def without_clip(self) -> Laid:
        """NUTM1's part alone."""
        if self.upstream:
            bases, before, after = self.bases[self.clip :], self.before + self.clip, self.after
        else:
            bases = self.bases[: len(self.bases) - self.clip]
            before, after = self.before, self.after + self.clip
        return Laid(bases, before, after)


def without_introns(laid: dict[int, Laid], returning: list[Laid]) -> dict[int, Laid]:
    """Take the clip off reads that end in what other reads show between two parts of NUTM1."""
    inside: dict[tuple[int, bool], list[Laid]] = defaultdict(list)
    for part in returning:
        inside[part.edge, part.upstream].append(part)
    return {
        number: part.without_clip
        if any(
            _distance(part, model) <= ALIKE
            for model in inside[part.edge, part.upstream][:MOST_COMPARED]
        )
        else part
        for number, part in laid.items()
    }


def smoothed(laid: dict[int, Laid]) -> dict[int, Laid]:
    """Clips at one edge laid on the columns of the clip that is most like the others.

    Without this, an insertion in one read shifts all that follows against the other reads.
    """
    groups: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for number, part in laid.items():
        if part.edge >= 0:
            groups[part.edge, part.upstream].append(number)
    out = dict(laid)
    for (_, upstream), numbers in sorted(groups.items()):
        rest = numbers
        while len(rest) > 1:
            rest = _smooth_like(out, rest, upstream=upstream)
    return out


def _clip(part: Laid) -> np.ndarray:
    """The end that lies nowhere, its first base that next to NUTM1."""
    return part.bases[: part.clip][::-1] if part.upstream else part.bases[-part.clip :]


def _smooth_like(out: dict[int, Laid], numbers: list[int], *, upstream: bool) -> list[int]:
    """Smooth the clips that are like the most typical one; give the numbers of the others."""
    some = sorted(numbers, key=lambda n: (-out[n].clip, n))[:MOST_COMPARED]
    costs = {n: sum(min(_distance(out[n], out[o]), ALIKE) for o in some if o != n) for n in some}
    model = _clip(out[min(some, key=lambda n: (costs[n], n))])
    alike = [n for n in numbers if _cost(_clip(out[n]), model) <= ALIKE]
    columns = model
    for _ in range(2):
        columns = _majority([_clip(out[n]) for n in alike], columns)
    for n in alike:
        row = laid_on(_clip(out[n])[: len(columns)], columns, free_end=True)[1]
        shown = np.flatnonzero(row != ABSENT)
        row = row[: int(shown[-1]) + 1] if len(shown) else row[:0]
        part = out[n]
        bases = (
            np.concatenate([row[::-1], part.bases[part.clip :]])
            if upstream
            else np.concatenate([part.bases[: len(part.bases) - part.clip], row])
        )
        out[n] = replace(part, bases=bases, clip=len(row))
    return [n for n in numbers if n not in set(alike)]


def _distance(one: Laid, other: Laid) -> float:
    return _cost(_clip(one), _clip(other))


def laid_on(
    query: np.ndarray, columns: np.ndarray, *, free_end: bool = False
) -> tuple[int, np.ndarray, np.ndarray]:
    """Differences, the query's base at each column, and what it has before each and at the end."""
    query, columns = np.ascontiguousarray(query), np.ascontiguousarray(columns)
    out, between = np.empty(len(columns), np.uint8), np.empty(len(columns) + 1, np.uint8)
    return lay(query, columns, free_end, out, between), out, between


def _cost(query: np.ndarray, columns: np.ndarray) -> float:
    """Share of differences of the shorter of two clips."""
    if len(query) > len(columns):
        query, columns = columns, query
    return laid_on(query, columns, free_end=True)[0] / len(query) if len(query) else 1.0


def _majority(clips: list[np.ndarray], columns: np.ndarray) -> np.ndarray:
    """What most clips have at each column and between two; equal votes go to the columns."""
    rows, between = zip(
        *(laid_on(clip[: len(columns)], columns, free_end=True)[1:] for clip in clips), strict=True
    )
    table, gaps = np.stack(rows), np.stack(between)
    reach = np.array([_last(row) for row in rows])
    out: list[int] = []
    for j in range(len(columns)):
        inside = reach >= j
        number = int(inside.sum())
        extra = np.bincount(gaps[inside, j], minlength=5)[:4]
        if 2 * extra.sum() > number:
            out.append(int(extra.argmax()))
        counts = np.bincount(table[inside, j], minlength=5)
        if number and 2 * counts[ABSENT] <= number:
            best, own = int(counts[:4].argmax()), int(columns[j])
            out.append(best if own > 3 or counts[best] > counts[own] else own)
    return np.array(out, np.uint8)


def _last(row: np.ndarray) -> int:
    shown = np.flatnonzero(row != ABSENT)
    return int(shown[-1]) if len(shown) else -1
