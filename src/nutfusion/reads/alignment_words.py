"""The sieve for reads that do not come as FASTQ: the same words, the same loops."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.alignment_records import turned
from nutfusion.reads.kernels import probes
from nutfusion.reads.kernels import scan as k
from nutfusion.reads.kernels.wide import SLACK
from nutfusion.reads.source import Block
from nutfusion.reads.table import exon_edge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.panel import Panel
    from nutfusion.reads.table import KmerTable

EACH_SIDE: Final = 8
"""Bases of each exon in a word that crosses two: half of it, so that an intron that begins like
the next exon hardly ever passes for it (6 bases after GT: one of 4,096)."""

NAMED: Final = 2
"""Bit of a read's class: two probes name its counted gene (see ``kernels.probes``)."""


@dataclass(slots=True)
class Words:
    """Holds reads against a table of 16-mers, many at a time.

    Attributes:
        table: What the sieve looks for.
        stats: int64[STATS] over all reads; quality and N are left at zero.
        reads: Reads so far.
    """

    table: KmerTable
    stats: np.ndarray = field(default_factory=lambda: np.zeros(k.STATS, np.int64))
    reads: int = 0

    def __post_init__(self) -> None:
        self.stats[k.SHORTEST] = -1

    def add(self, other: Words) -> None:
        """Add the figures of other reads."""
        shortest = [s.stats[k.SHORTEST] for s in (self, other) if s.stats[k.SHORTEST] >= 0]
        longest = max(self.stats[k.LONGEST], other.stats[k.LONGEST])
        self.stats += other.stats
        self.stats[k.SHORTEST] = min(shortest, default=-1)
        self.stats[k.LONGEST] = longest
        self.reads += other.reads

    def classes(self, reads: Sequence[tuple[str, str]]) -> np.ndarray:
        """What each read's probes say (uint8, see ``kernels.probes``).

        Args:
            reads: Bases and qualities, as long as each other; no read may be empty.
        """
        text = "".join([f"@\n{read}\n+\n{marks}\n" for read, marks in reads])
        block, stats = _scanned(self.table, text, len(reads), self.stats)
        for slot in (k.BASES, k.SHORTEST, k.LONGEST):
            self.stats[slot] = stats[slot]
        self.reads += len(reads)
        return block.classes

    def block(self, records: Sequence[tuple[str, str, str]]) -> Block:
        """Name, bases and qualities each, as a block of FASTQ that is not counted again."""
        text = "".join([f"@{name}\n{bases}\n+\n{marks}\n" for name, bases, marks in records])
        return _scanned(self.table, text, len(records), self.stats)[0]


def _scanned(
    table: KmerTable, text: str, number: int, stats: np.ndarray
) -> tuple[Block, np.ndarray]:
    """FASTQ text as a block, and the statistics with it added to them."""
    end = len(text)
    buffer = np.frombuffer(bytearray(text, "ascii", "replace") + bytes(SLACK), np.uint8)
    starts, seq_starts, seq_lengths = (np.empty(number, np.int32) for _ in range(3))
    classes = np.empty(number, np.uint8)
    after = stats.copy()
    n, _, code = k.scan(
        buffer,
        end,
        True,
        0,
        table.sieve,
        table.shift,
        table.keys,
        table.classes,
        table.first_words,
        table.last_words,
        table.first_tried,
        table.last_tried,
        table.first_edges,
        table.last_edges,
        starts,
        seq_starts,
        seq_lengths,
        classes,
        after,
    )
    if n != number or code != k.OK:
        if code == k.NO_QUALITY:  # a damaged record; what calls this says in which file
            raise ValueError("base qualities beyond 93")
        raise AssertionError(f"{number} records written, {n} read back (code {code})")
    return Block(buffer, starts, seq_starts, seq_lengths, classes), after


def gene_number(table: KmerTable, symbol: str) -> int:
    """Number of a counted gene in a read's class; 0 when it is not counted."""
    return table.counted.index(symbol) + probes.TARGET + 1 if symbol in table.counted else 0


def genes_named(first: int, second: int, *, single: bool) -> tuple[int, ...]:
    """Counted genes that a fragment names, by the classes of its mates (as ``kernels.pick``)."""
    x, y = first >> 2, second >> 2
    out = []
    if x and (first & NAMED or (x == y and not single)):
        out.append(x)
    if y and y != x and second & NAMED:
        out.append(y)
    return tuple(out)


def splice_words(panel: Panel, symbol: str) -> tuple[str, ...]:
    """Words of both strands that cross two exons of a gene; none without exons."""
    words: set[str] = set()
    for transcript in panel.of_gene(symbol):
        if transcript.sequence is None:
            continue
        for exon in range(len(transcript.exons) - 1):
            pieces = [
                exon_edge(transcript.sequence, transcript, number, EACH_SIDE, first=first)
                for number, first in ((exon, False), (exon + 1, True))
            ]
            if all(len(piece) == EACH_SIDE for piece in pieces):
                word = "".join(pieces)
                words.update((word, turned(word)))
    return tuple(sorted(words))


def crosses_exons(read: str, words: Sequence[str]) -> bool:
    """Whether a read has one of those words."""
    read = read.upper()
    return any(word in read for word in words)
