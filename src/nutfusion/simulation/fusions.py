"""Fragments of a fused transcript, with an exact number of supporting ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nutfusion.simulation.fragments import FragmentLengths, Fragments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nutfusion.simulation.templates import Templates

_BATCH = 4096
_MAX_BATCHES = 400


@dataclass(frozen=True)
class FusionSpec:
    """A fused transcript and how many of its fragments are to be in the sample.

    A fragment is *split* when one of its reads has at least ``min_anchor`` bases on both sides of
    the joint, *discordant* when one mate ends before the joint and the other starts after it.
    Fragments that are neither but cross the joint are not made, so the counts are exact.

    Attributes:
        label: Name of the fused template.
        five_prime: Sequence up to and with the last base before the joint.
        three_prime: Sequence from the first base after the joint on.
        linker: Untemplated bases in between.
        supporting: Molecules that support the joint.
        split: How many of them are split; ``None`` leaves it to chance.
        copies: PCR copies of each supporting molecule, itself included.
        positions: Distinct outer ends among the molecules; ``None`` gives each its own.
        passing: Molecules of the fused transcript that do not reach over the joint.
        min_anchor: nt.
    """

    label: str
    five_prime: str
    three_prime: str
    linker: str = ""
    supporting: int = 5
    split: int | None = None
    copies: int = 1
    positions: int | None = None
    passing: int = 0
    min_anchor: int = 8

    @property
    def sequence(self) -> str:
        """The fused transcript."""
        return self.five_prime + self.linker + self.three_prime

    @property
    def joint(self) -> int:
        """Bases before the joint."""
        return len(self.five_prime)


@dataclass(frozen=True)
class SupportingFragments:
    """Molecules that support the joint, one row each.

    Attributes:
        start: 0-based first base on the fused transcript.
        length: nt.
        forward: Whether mate 1 reads the sense of the transcript.
        anchor: Bases on the shorter side of the joint in the best read; 0 for discordant pairs.
    """

    start: NDArray[np.int64]
    length: NDArray[np.int64]
    forward: NDArray[np.bool_]
    anchor: NDArray[np.int64]

    @property
    def is_split(self) -> NDArray[np.bool_]:
        """Rows with a read over the joint."""
        return self.anchor > 0


def _draw_batch(
    spec: FusionSpec, lengths: FragmentLengths, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    total = len(spec.sequence)
    length = np.minimum(lengths.draw(_BATCH, rng), total).astype(np.int64)
    end_of_joint = spec.joint + len(spec.linker)
    lowest = np.maximum(0, spec.joint - length + 1)
    highest = np.minimum(total - length, end_of_joint - 1)
    start = lowest + (rng.random(_BATCH) * (highest - lowest + 1)).astype(np.int64)
    inside = (highest >= lowest) & (start + length > end_of_joint) & (start < spec.joint)
    return start[inside], length[inside]


def classify(
    spec: FusionSpec,
    start: NDArray[np.int64],
    length: NDArray[np.int64],
    forward: NDArray[np.bool_],
    read_length: int,
    *,
    single_end: bool,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The shorter anchor of the best split read (0: not split), and which pairs are discordant."""
    after = spec.joint + len(spec.linker)
    read = np.minimum(read_length, length)

    def anchor(first: NDArray[np.int64]) -> NDArray[np.int64]:
        shorter = np.minimum(spec.joint - first, first + read - after)
        return np.where(shorter >= spec.min_anchor, shorter, 0)

    left, right = anchor(start), anchor(start + length - read)
    if single_end:
        return np.where(forward, left, right), np.zeros(len(start), dtype=np.bool_)
    best = np.maximum(left, right)
    apart = (start + read <= spec.joint) & (start + length - read >= after)
    return best, (best == 0) & apart


def supporting_fragments(
    spec: FusionSpec,
    lengths: FragmentLengths,
    read_length: int,
    rng: np.random.Generator,
    *,
    single_end: bool = False,
) -> SupportingFragments:
    """Draw molecules until the counts that the specification asks for are reached.

    Raises:
        ValueError: Such fragments do not exist for these lengths.
    """
    distinct = spec.positions or spec.supporting
    wanted_split = spec.split
    rows: list[tuple[int, int, bool, int]] = []
    ends: set[tuple[int, int]] = set()
    splits = 0
    for _ in range(_MAX_BATCHES):
        start, length = _draw_batch(spec, lengths, rng)
        forward = rng.random(len(start)) < 0.5
        anchor, apart = classify(spec, start, length, forward, read_length, single_end=single_end)
        for row in np.flatnonzero((anchor > 0) | apart):
            if len(rows) == distinct:
                break
            is_split = bool(anchor[row] > 0)
            if wanted_split is not None:
                full = (
                    splits >= wanted_split
                    if is_split
                    else (len(rows) - splits >= distinct - wanted_split)
                )
                if full:
                    continue
            key = (int(start[row]), int(length[row]))
            if key not in ends:
                ends.add(key)
                splits += is_split
                rows.append((*key, bool(forward[row]), int(anchor[row])))
        if len(rows) == distinct:
            break
    else:
        raise ValueError(f"{spec.label}: cannot find {distinct} such fragments")
    rows = [rows[place % distinct] for place in range(spec.supporting)]
    return SupportingFragments(
        start=np.array([row[0] for row in rows], dtype=np.int64),
        length=np.array([row[1] for row in rows], dtype=np.int64),
        forward=np.array([row[2] for row in rows], dtype=np.bool_),
        anchor=np.array([row[3] for row in rows], dtype=np.int64),
    )


def place(
    spec: FusionSpec,
    supporting: SupportingFragments,
    templates: Templates,
) -> Fragments:
    """Supporting molecules with their copies, in the pool."""
    template = templates.index(spec.label)
    rows = np.repeat(np.arange(len(supporting.start)), spec.copies)
    none = np.zeros(len(rows), dtype=np.int32)
    return Fragments(
        start=(templates.starts[template] + supporting.start[rows]).astype(np.int32),
        length=supporting.length[rows].astype(np.int32),
        second_start=none,
        second_length=none,
        forward=supporting.forward[rows],
        molecule=rows.astype(np.int64),
    )


def passing_fragments(
    spec: FusionSpec, templates: Templates, lengths: FragmentLengths, rng: np.random.Generator
) -> Fragments:
    """Molecules of the fused transcript that lie wholly on one side of the joint."""
    template = templates.index(spec.label)
    after = spec.joint + len(spec.linker)
    total = len(spec.sequence)
    length = np.minimum(lengths.draw(spec.passing, rng), max(spec.joint, total - after))
    room_left = np.maximum(0, spec.joint - length + 1)
    room_right = np.maximum(0, total - after - length + 1)
    pick = (rng.random(spec.passing) * (room_left + room_right)).astype(np.int64)
    start = np.where(pick < room_left, pick, after + pick - room_left)
    return Fragments.of((templates.starts[template] + start).astype(np.int32), length, rng)
