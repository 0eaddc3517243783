"""Fragments that support a joint as records: consensus, counts, supporting reads."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from nutfusion.model.evidence import ReadSupport, SupportingRead
from nutfusion.reads.contig import majority
from nutfusion.reads.read_name import read_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.reads.assign import PlacedRead, Supporter

READS_SHOWN: Final = 200
"""Supporting reads listed per joint at most."""


class Fragments(Protocol):
    """Where the reads of supporters are held."""

    @property
    def names(self) -> Sequence[str]:
        """Read name per fragment."""

    def sense(self, fragment: int, read: PlacedRead) -> np.ndarray:
        """Base codes of a supporting read in the sense of the transcript."""

    def is_paired(self, fragment: int) -> bool:
        """Whether a fragment has two reads."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """Majority sequence; ``start`` is the column of its first base (0 is the first 3' base)."""

    bases: np.ndarray
    start: int


def letters(codes: np.ndarray) -> str:
    """Base codes as letters."""
    alphabet = np.frombuffer(b"ACGTNN", np.uint8)
    return bytes(alphabet[codes]).decode("ascii")


def consensus_of(
    fragments: Fragments,
    supporters: Sequence[Supporter],
    low: int,
    high: int,
    expected: tuple[int, np.ndarray] | None = None,
) -> Consensus | None:
    """Majority of the split reads over columns ``low`` to ``high``, without gaps.

    Args:
        fragments: Hold the reads.
        supporters: Distinct ones.
        low: First column.
        high: Column after the last.
        expected: Column of its first base and base codes: decides between equals.
    """
    rows = [
        (read.offset, fragments.sense(s.fragment, read))
        for s in supporters
        for read in s.reads
        if read.five > 0 and read.three > 0
    ]
    if not rows:
        return None
    bases = majority(rows, low, high, expected)
    gaps = np.flatnonzero(bases == 4)
    before = gaps[gaps < -low]
    after = gaps[gaps >= -low]
    start = int(before[-1]) + 1 if len(before) else 0
    stop = int(after[0]) if len(after) else high - low
    return Consensus(bases[start:stop], low + start)


def _shown(
    fragments: Fragments, supporters: Sequence[Supporter], consensus: Consensus | None
) -> list[SupportingRead]:
    """The first supporting reads: of split fragments, of distinct ones, then by name."""
    first = nsmallest(
        READS_SHOWN,
        supporters,
        key=lambda s: (s.kind == "discordant", s.duplicate, fragments.names[s.fragment]),
    )
    out: list[SupportingRead] = []
    for s in first:
        for read in s.reads:
            bases = fragments.sense(s.fragment, read)
            different = None
            if consensus is not None:
                at = read.offset - consensus.start
                low, high = max(0, at), min(len(consensus.bases), at + len(bases))
                if low < high:
                    pair = consensus.bases[low:high], bases[low - at : high - at]
                    different = int((pair[0] != pair[1]).sum())
            out.append(
                SupportingRead(
                    name=read_name(fragments.names[s.fragment]),
                    mate=(1 if read.mate == 0 else 2) if fragments.is_paired(s.fragment) else 0,
                    kind="split" if read.five > 0 and read.three > 0 else "discordant",
                    sequence=letters(bases),
                    offset=None if consensus is None else read.offset - consensus.start,
                    five_prime_anchor=read.five,
                    three_prime_anchor=read.three,
                    mismatches=different,
                    duplicate=s.duplicate,
                )
            )
    return out[:READS_SHOWN]


def _starts(supporters: Sequence[Supporter], *, partner_is_left: bool) -> int:
    """Distinct outer ends on the partner's side; fragments without one count by the other end."""
    ends = set()
    for s in supporters:
        if not s.duplicate:
            one, other = (s.left, s.right) if partner_is_left else (s.right, s.left)
            ends.add(("partner", one) if one is not None else ("target", other))
    return len(ends)


def read_support(
    fragments: Fragments,
    supporters: Sequence[Supporter],
    consensus: Consensus | None,
    *,
    partner_is_left: bool,
    linker: int,
) -> ReadSupport:
    """Counts and reads of one joint.

    Args:
        fragments: Hold the reads.
        supporters: Duplicates marked.
        consensus: Across the joint; ``None`` without one.
        partner_is_left: NUTM1 is the 3' part.
        linker: Bases between the parts.
    """
    reads = _shown(fragments, supporters, consensus)
    split = [s for s in supporters if s.kind == "split"]
    pairs = [s for s in supporters if s.kind == "discordant"]
    crossing = [
        read
        for s in split
        if not s.duplicate
        for read in s.reads
        if read.five > 0 and read.three > 0
    ]
    return ReadSupport(
        split_reads=sum(not s.duplicate for s in split),
        discordant_pairs=sum(not s.duplicate for s in pairs),
        split_reads_raw=len(split),
        discordant_pairs_raw=len(pairs),
        distinct_starts=_starts(supporters, partner_is_left=partner_is_left),
        longest_five_prime_anchor=max((read.five for read in crossing), default=0),
        longest_three_prime_anchor=max((read.three for read in crossing), default=0),
        consensus_sequence=None if consensus is None else letters(consensus.bases),
        consensus_junction_offset=None if consensus is None else -consensus.start - linker,
        reads=tuple(reads),
        reads_total=sum(len(s.reads) for s in supporters),
    )
