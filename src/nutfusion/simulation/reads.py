"""Cutting fragments into reads: orientation, adapters, errors, N, lower case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.simulation.fragments import Fragments
from nutfusion.simulation.qualities import BINNED, Qualities, QualityModel, error_mask
from nutfusion.simulation.templates import NUCLEOTIDES, Bases, Positions, Templates

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Illumina TruSeq adapters; the flow cell's end reads as G on two-colour machines.
ADAPTER_1: Final = "AGATCGGAAGAGCACACGTCTGAACTCCAGTCACATCACGATCTCGTATGCCGTCTTCTGCTTG"
ADAPTER_2: Final = "AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGTAGATCTCGGTGGTCGCCGTATCATT"
LOW_QUALITY: Final = np.uint8(2 + 33)


@dataclass(frozen=True)
class ReadProfile:
    """How the sequencer was run.

    Attributes:
        length: nt of every read, or of the longest when ``lengths`` is given.
        lengths: Read lengths to draw from (reads that were trimmed); empty for all the same.
        error_rate: Share of substituted bases.
        n_rate: Share of bases called N.
        qualities: Base qualities.
        lower_case: Write bases in lower case (soft-masked by a tool upstream).
    """

    length: int = 100
    lengths: tuple[int, ...] = ()
    error_rate: float = 0.003
    n_rate: float = 0.0005
    qualities: QualityModel = BINNED
    lower_case: bool = False

    @property
    def longest(self) -> int:
        """Nt of the longest read."""
        return max(self.lengths, default=self.length)


@dataclass(frozen=True)
class Mates:
    """Reads of one mate, one row each; what lies right of ``lengths`` is not part of the read."""

    bases: Bases
    qualities: Qualities
    lengths: Positions

    def __len__(self) -> int:
        return len(self.lengths)

    def sequence(self, row: int) -> str:
        """Bases of one read."""
        return bytes(self.bases[row, : self.lengths[row]]).decode()


def _padded(adapter: str, length: int) -> Bases:
    tail = adapter.ljust(length, "G")[:length]
    return np.frombuffer(tail.encode("ascii"), dtype=np.uint8)


def _first_bases(templates: Templates, fragments: Fragments, length: int, adapter: str) -> Bases:
    offsets = np.arange(length, dtype=np.int32)
    places = fragments.start[:, None] + offsets
    last = np.int32(len(templates.bases) - 1)
    broken = np.flatnonzero((fragments.second_length > 0) & (fragments.length < length))
    if len(broken):
        first = fragments.length[broken][:, None]
        beyond = fragments.second_start[broken][:, None] + offsets - first
        places[broken] = np.where(offsets < first, places[broken], beyond)
    bases: Bases = templates.bases[np.minimum(places, last, out=places)]
    short = np.flatnonzero(fragments.total_length < length)
    if len(short):
        past = offsets - fragments.total_length[short][:, None]
        tail = _padded(adapter, length)
        bases[short] = np.where(past >= 0, tail[np.maximum(past, 0)], bases[short])
    return bases


def _sequence(bases: Bases, profile: ReadProfile, rng: np.random.Generator) -> Mates:
    """Let the sequencer read: draw qualities, put errors and N in."""
    count, length = bases.shape
    qualities = profile.qualities.draw(count, length, rng)
    wrong = error_mask(qualities, profile.error_rate, rng)
    rows, columns = np.nonzero(wrong)
    if len(rows):
        codes = np.searchsorted(NUCLEOTIDES, bases[rows, columns]) % 4
        other = (codes + rng.integers(1, 4, len(rows))) % 4
        bases[rows, columns] = NUCLEOTIDES[other]
        # Most errors are seen by the machine; a fifth of them look like good bases.
        seen = rng.random(len(rows)) < 0.8
        low = np.uint8(min(profile.qualities.levels) + 33)
        qualities[rows[seen], columns[seen]] = low
    unread = bases == ord("N")
    if profile.n_rate > 0.0:
        unread |= rng.integers(0, 65536, bases.shape, dtype=np.uint16) < int(profile.n_rate * 65536)
    bases[unread] = ord("N")
    qualities[unread] = LOW_QUALITY
    if profile.lower_case:
        bases |= np.uint8(0x20)
    lengths: Positions = np.full(count, length, dtype=np.int32)
    if profile.lengths:
        lengths = rng.choice(np.array(profile.lengths, dtype=np.int32), count)
    return Mates(bases, qualities, lengths)


def cut(
    templates: Templates, fragments: Fragments, profile: ReadProfile, rng: np.random.Generator
) -> tuple[Mates, Mates]:
    """Both mates of every fragment."""
    turned = fragments.turned(templates)
    forward: NDArray[np.bool_] = fragments.forward
    left, right = [
        Fragments(
            start=np.where(way, fragments.start, turned.start),
            length=np.where(way, fragments.length, turned.length),
            second_start=np.where(way, fragments.second_start, turned.second_start),
            second_length=np.where(way, fragments.second_length, turned.second_length),
            forward=way,
            molecule=fragments.molecule,
        )
        for way in (forward, ~forward)
    ]
    return (
        _sequence(_first_bases(templates, left, profile.longest, ADAPTER_1), profile, rng),
        _sequence(_first_bases(templates, right, profile.longest, ADAPTER_2), profile, rng),
    )
