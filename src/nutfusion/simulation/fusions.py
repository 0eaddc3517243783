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

    There are two ways. *Exact*: as many supporting molecules as ``supporting`` says. *Drawn*
    (``expected``): as many molecules of the whole transcript as chance gives (Poisson), wherever
    they fall; how many of them support the joint, the truth tells.

    A fragment is *split* when one of its reads has at least ``min_anchor`` bases on both sides of
    the joint, *discordant* when one mate ends before the joint and the other starts after it.
    In the exact way, fragments that are neither but cross the joint are not made, so the counts
    are exact.

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
        expected: Mean number of molecules of the whole fused transcript, for the drawn way
            (``expected_molecules``); ``None`` is the exact way. With it ``supporting``, ``split``,
            ``positions`` and ``passing`` do not apply.
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
    expected: float | None = None

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
        distinct: Rows with outer ends of their own; they come first.
    """

    start: NDArray[np.int64]
    length: NDArray[np.int64]
    forward: NDArray[np.bool_]
    anchor: NDArray[np.int64]
    distinct: int

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
    forward_share: float = 0.5,
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
        forward = rng.random(len(start)) < forward_share
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
        distinct=distinct,
    )


def drawn_fragments(
    spec: FusionSpec,
    lengths: FragmentLengths,
    read_length: int,
    rng: np.random.Generator,
    *,
    single_end: bool = False,
    forward_share: float = 0.5,
) -> tuple[SupportingFragments, SupportingFragments]:
    """Molecules of the whole fused transcript, as many as chance gives, evenly over its length.

    Returns:
        Those that support the joint, and all others (their anchor is 0; some cross the joint with
        fewer than ``min_anchor`` bases).
    """
    total = len(spec.sequence)
    count = int(rng.poisson(spec.expected or 0.0))
    length = np.minimum(lengths.draw(count, rng), total).astype(np.int64)
    start = (rng.random(count) * (total - length + 1)).astype(np.int64)
    forward = rng.random(count) < forward_share
    anchor, apart = classify(spec, start, length, forward, read_length, single_end=single_end)
    supports = np.flatnonzero((anchor > 0) | apart)
    ends = np.stack([start[supports], length[supports]], axis=1)
    _, first = np.unique(ends, axis=0, return_index=True)
    again = np.setdiff1d(np.arange(len(supports)), first)
    ordered = supports[np.concatenate([np.sort(first), again])]
    others = np.setdiff1d(np.arange(count), supports)

    def rows(chosen: NDArray[np.int64], distinct: int) -> SupportingFragments:
        return SupportingFragments(
            start[chosen], length[chosen], forward[chosen], anchor[chosen], distinct
        )

    return rows(ordered, len(first)), rows(others, len(others))


def expected_molecules(
    fraction: float,
    wild_type_pairs: float,
    wild_type_length: int,
    fused_length: int,
    lengths: FragmentLengths,
) -> float:
    """Mean number of molecules that a fused transcript leaves in a library.

    Args:
        fraction: Fused transcripts among all transcripts of the 5' gene, fused and wild-type; 0 up
            to but not with 1.
        wild_type_pairs: Fragments of the 5' gene's wild-type transcript in the library.
        wild_type_length: nt.
        fused_length: nt.
        lengths: The library; both transcripts break alike, so a transcript's share of the
            fragments goes with the number of places where one can start.

    Raises:
        ValueError: The fraction is not in [0, 1).
    """
    if not 0.0 <= fraction < 1.0:
        raise ValueError(f"a fusion fraction is at least 0 and less than 1, not {fraction}")
    places = [max(1.0, length - lengths.mean + 1) for length in (fused_length, wild_type_length)]
    return wild_type_pairs * fraction / (1.0 - fraction) * places[0] / places[1]


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
