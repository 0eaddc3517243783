"""Place the kept fragments on the panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.kept import CODES, joined
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.pieces import MISMATCH
from nutfusion.reads.kernels.trim import trim_overhangs

if TYPE_CHECKING:
    from nutfusion.reads.kept import KeptReads, Ragged
    from nutfusion.reads.targets import Targets

SHORTEST_FRAGMENT: Final = 24
"""Shortest insert (nt) that is recognised by mates running through it."""

LEAST_SCORE: Final = 16
"""Score below which a placement is chance: a panel of a million bases has most 11-mers."""

MOST_UNPLACED: Final = 6
"""Bases at the ends that a read which lies whole on a gene may leave unplaced."""
BASES_PER_DIFFERENCE: Final = 30
"""Such a read may have one difference, and one more for as many bases."""

ADAPTERS: Final = ("AGATCGGAAGAGC", "CTGTCTCTTATACACATCT")
"""First bases of the TruSeq and the Nextera adapter, cut from single reads."""


@dataclass(slots=True)
class Placements:
    """Where each mate lies.

    Attributes:
        reads: Base codes of mate 1 and mate 2.
        rows: int32, shape (fragments, ``place.FIELDS``), for mate 1 and mate 2.
        paired: The fragment has a mate 2; bool, shape (fragments,).
    """

    reads: tuple[Ragged, Ragged]
    rows: tuple[np.ndarray, np.ndarray]
    paired: np.ndarray

    def __len__(self) -> int:
        return len(self.paired)

    def extend(self, more: Placements) -> None:
        """Put more fragments behind the last one; who holds these placements sees them."""
        one, two = (joined([self.reads[mate], more.reads[mate]]) for mate in (0, 1))
        self.reads = (one, two)
        one_rows, two_rows = (np.concatenate([self.rows[m], more.rows[m]]) for m in (0, 1))
        self.rows = (one_rows, two_rows)
        self.paired = np.concatenate([self.paired, more.paired])

    def take(self, which: np.ndarray) -> Placements:
        """Some of the fragments, in the order of their indices."""
        one, two = ((self.reads[mate].take(which), self.rows[mate][which]) for mate in (0, 1))
        return Placements((one[0], two[0]), (one[1], two[1]), self.paired[which])

    def bases(self, mate: int, fragment: int) -> np.ndarray:
        """Base codes of a read as far as it is used, in the sense of its placement."""
        row = self.rows[mate][fragment]
        start = self.reads[mate].offsets[fragment]
        read = self.reads[mate].data[start : start + row[k.LENGTH]]
        return reverse_complement(read) if row[k.ORIENTATION] else read

    def sequenced_bases(self, mate: int, fragment: int) -> np.ndarray:
        """Base codes of a read as far as it is used, as the sequencer wrote it."""
        start = self.reads[mate].offsets[fragment]
        length = self.rows[mate][fragment][k.LENGTH]
        return self.reads[mate].data[start : start + length]


def reverse_complement(codes: np.ndarray) -> np.ndarray:
    """Base codes of the other strand."""
    out: np.ndarray = np.where(codes < 4, 3 - codes, codes)[::-1].astype(np.uint8)
    return out


def gene_of(rows: np.ndarray, targets: Targets) -> np.ndarray:
    """Gene number of each one-gene placement (int64).

    -9 for reads placed on two genes or nowhere, or with a score that chance alone reaches.
    """
    middle = rows[:, k.DIAGONAL] + (rows[:, k.START] + rows[:, k.STOP]) // 2
    one = (rows[:, k.KIND] == k.ONE_GENE) & (rows[:, k.SCORE] >= LEAST_SCORE)
    return np.where(one, targets.gene[np.clip(middle, 0, len(targets.gene) - 1)], -9)


def lies_whole(rows: np.ndarray) -> np.ndarray:
    """Which placements cover the read from end to end with hardly a difference (bool)."""
    length = rows[:, k.LENGTH]
    covered = rows[:, k.STOP] - rows[:, k.START] >= length - MOST_UNPLACED
    least = length - MOST_UNPLACED - (MISMATCH + 1) * (1 + length // BASES_PER_DIFFERENCE)
    whole: np.ndarray = (rows[:, k.KIND] == k.ONE_GENE) & covered & (rows[:, k.SCORE] >= least)
    return whole


def _cut_adapters(reads: Ragged, lengths: np.ndarray, only: np.ndarray) -> None:
    """Shorten single reads at an adapter; ``lengths`` is changed in place."""
    known = [CODES[np.frombuffer(a.encode("ascii"), np.uint8)].tobytes() for a in ADAPTERS]
    whole = reads.data.tobytes()
    for i in np.flatnonzero(only):
        start = int(reads.offsets[i])
        for adapter in known:
            at = whole.find(adapter, start, start + int(lengths[i]))
            if at >= 0:
                lengths[i] = at - start


def place_reads(kept: KeptReads, targets: Targets) -> Placements:
    """Place every kept read, after cutting adapter that mates running through show."""
    paired = np.diff(kept.mate_2.offsets) > 0
    lengths = [np.diff(mate.offsets).astype(np.int32) for mate in (kept.mate_1, kept.mate_2)]
    trim_overhangs(
        kept.mate_1.data,
        kept.mate_1.offsets,
        lengths[0],
        kept.mate_2.data,
        kept.mate_2.offsets,
        lengths[1],
        SHORTEST_FRAGMENT,
    )
    _cut_adapters(kept.mate_1, lengths[0], ~paired)
    rows = []
    for reads, used in zip((kept.mate_1, kept.mate_2), lengths, strict=True):
        out = np.zeros((len(used), k.FIELDS), np.int32)
        k.place(
            reads.data,
            reads.offsets,
            used,
            targets.bases,
            targets.gene,
            targets.kmer_keys,
            targets.kmer_first,
            targets.kmer_count,
            targets.kmer_marks,
            targets.kmer_positions,
            out,
        )
        rows.append(out)
    return Placements((kept.mate_1, kept.mate_2), (rows[0], rows[1]), paired)
