"""The one pass over all reads: keep what shares sequence with NUTM1, count the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.errors import FastqError, InputError
from nutfusion.model.evidence import InputFile
from nutfusion.reads.feed import Feed
from nutfusion.reads.kept import KeptReads, KeptReadsBuilder
from nutfusion.reads.kernels import probes, records
from nutfusion.reads.kernels import scan as k
from nutfusion.reads.read_name import read_name
from nutfusion.reads.source import Block, FastqSource
from nutfusion.reads.table import KmerTable, empty_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from nutfusion.model.evidence import AlignmentQc, ExonEndFragments, UmiSource
    from nutfusion.model.lane import Lane
    from nutfusion.reads.across import Across

    Take = Callable[[KeptReads], None]
    """Is given kept fragments, ``BATCH`` or a few more at a time, in file order."""
    Progress = Callable[[float, int], None]
    """Called now and then with the share of the input read (0 to 1) and the fragments so far."""

BATCH: Final = 1024
"""Kept fragments that are handed on together: enough for the price of a call, and placed before
other threads are far ahead with reading."""


@dataclass(frozen=True, slots=True)
class Sieved:
    """What one look at all files gives.

    Attributes:
        kept: The fragments that share sequence with NUTM1, but for those already handed on.
        fragments_kept: How many there are in all.
        fragments: Fragments in all files; ``None`` when only parts of them were read.
        reads: Reads looked at: all, or those of the parts that were read.
        stats: int64[STATS] over those reads (see ``kernels.scan``).
        counts: Fragments per counted gene, by HGNC symbol.
        inputs: Files in the order given, with digests.
        umi_source: Where ``kept.umis`` is from; ``None`` without.
        alignment: How alignment files were looked at; ``None`` for FASTQ.
        exon_ends: Wild-type fragments across exons' ends; ``None`` when nobody counted them.
    """

    kept: KeptReads
    fragments_kept: int
    fragments: int | None
    reads: int
    stats: np.ndarray
    counts: dict[str, int]
    inputs: tuple[InputFile, ...]
    umi_source: UmiSource | None = None
    alignment: AlignmentQc | None = None
    exon_ends: tuple[ExonEndFragments, ...] | None = None


class _Cursor:
    """A position in the records of one source."""

    def __init__(self, source: FastqSource, blocks: Iterator[Block]) -> None:
        self.source = source
        self._blocks = blocks
        self.block: Block | None = None
        self.at = 0
        self.passed = 0
        self.advance(0)

    @property
    def left(self) -> int:
        """Records left in the current block; 0 only at the end of the source."""
        return 0 if self.block is None else len(self.block) - self.at

    def advance(self, n: int) -> None:
        """Step over ``n`` records of the current block, on to the next block at its end."""
        self.at += n
        self.passed += n
        if self.block is None or self.at == len(self.block):
            if self.block is not None:
                self.source.give_back(self.block)
            self.block = next(self._blocks, None)
            self.at = 0

    def name(self, i: int) -> str:
        """Name of record ``i`` from here, for messages."""
        assert self.block is not None  # noqa: S101 - callers look at ``left`` first
        start = int(self.block.starts[self.at + i])
        stop = int(self.block.seq_starts[self.at + i])
        text = self.block.buffer[start + 1 : stop].tobytes().decode("ascii", "replace")
        return read_name(next(iter(text.split()), ""))


def _check_mates(first: _Cursor, other: _Cursor, n: int) -> None:
    """Names of the next ``n`` records agree.

    Raises:
        FastqError: Naming the first record whose names differ, with its line.
    """
    assert first.block is not None and other.block is not None  # noqa: S101, PT018
    bad = records.same_names(
        first.block.buffer,
        first.block.starts[first.at :],
        other.block.buffer,
        other.block.starts[other.at :],
        n,
    )
    if bad >= 0:
        record = first.passed + bad + 1
        raise FastqError(
            f"mates out of order: expected record {record} to be {first.name(bad)!r} as in"
            f" {first.source.path}, found {other.name(bad)!r}; sort both files alike",
            path=other.source.path,
            line=4 * (record - 1) + 1,
        )


def _check_not_interleaved(cursor: _Cursor, n: int) -> None:
    """No two neighbouring single reads have one name.

    Raises:
        FastqError: Naming the first pair.
    """
    if cursor.block is None or n < 2:
        return
    starts = cursor.block.starts[cursor.at : cursor.at + n]
    twin = records.same_neighbours(cursor.block.buffer, starts)
    if twin >= 0:
        record = cursor.passed + twin + 1
        raise FastqError(
            f"expected single reads, found both mates of {cursor.name(twin)!r} (record {record});"
            " split interleaved pairs into two files and give them as --fastq R1 R2",
            path=cursor.source.path,
            line=4 * (record - 1) + 1,
        )


def _check_ends(cursors: list[_Cursor]) -> None:
    """All sources end together.

    Raises:
        FastqError: Naming the first record that has no mate.
    """
    longer = next((c for c in cursors if c.left), None)
    if longer is not None:
        shorter = next(c for c in cursors if not c.left)
        raise FastqError(
            f"mates of unequal number: {shorter.source.path} ends after {shorter.passed}"
            f" records, found record {longer.passed + 1} {longer.name(0)!r} here;"
            " use the two files of one lane, untrimmed or trimmed together",
            path=longer.source.path,
            line=4 * longer.passed + 1,
        )


class _Pass:
    """The state of one pass over all lanes."""

    def __init__(
        self,
        table: KmerTable,
        threads: int,
        take: Take | None,
        progress: Progress | None,
        across: Across | None,
    ) -> None:
        self.table = table
        self.across = across
        self.threads = threads
        self.take = take
        self.progress = progress
        self.builder = KeptReadsBuilder()
        self.fragments_kept = 0
        self.counts = np.zeros(256, np.int64)
        self.stats = np.zeros(k.STATS, np.int64)
        self.stats[k.SHORTEST] = -1
        self.fragments = 0
        self.reads = 0
        self.inputs: list[InputFile] = []
        self.first_reads: dict[tuple[str, str], Path] = {}

    def lane(self, lane: Lane, share_before: float, share: float) -> None:
        """Pass over one lane."""
        blind = empty_table()
        files: list[tuple[str, Path, KmerTable]] = [
            ("fastq_1" if lane.fastq_2 else "fastq_single", lane.fastq_1, self.table)
        ]
        if lane.fastq_2:
            files.append(("fastq_2", lane.fastq_2, self.table))
        if lane.umi:
            files.append(("fastq_umi", lane.umi, blind))
        sources: list[FastqSource] = []
        feed: Feed | None = None
        try:
            sources.extend(FastqSource(path, table, self.fragments) for _, path, table in files)
            feed = Feed(sources, self.threads - 1)
            cursors = [_Cursor(s, feed.blocks(number)) for number, s in enumerate(sources)]
            for (role, _, _), cursor in zip(files, cursors, strict=True):
                self._note_first(role, cursor)
            if lane.fastq_2 and lane.fastq_1.resolve() == lane.fastq_2.resolve():
                raise InputError("expected two files, found one given as both", path=lane.fastq_1)
            while all(c.left for c in cursors):
                self._step(cursors, paired=lane.fastq_2 is not None)
                if self.progress:
                    done = share_before + share * sources[0].share_done
                    self.progress(done, self.fragments)
            _check_ends(cursors)
        finally:
            if feed is not None:
                feed.close()
            for source in sources:
                source.close()
        for (role, _, table), source in zip(files, sources, strict=True):
            self.inputs.append(InputFile(role=role, sha256=source.sha256, records=source.records))
            if table is self.table:
                self._add_stats(source.stats)
                self.reads += source.records

    def _note_first(self, role: str, cursor: _Cursor) -> None:
        """Refuse a file whose first read another file of the sample begins with as well.

        Lanes never share a read; a file given twice, the same reads in another container, a merged
        file beside its lanes, and mates given as single reads all do.

        Raises:
            InputError: The first read's name was seen before.
        """
        if not cursor.left:
            return
        kind = "fastq_1" if role == "fastq_single" else role
        name = cursor.name(0)
        first = self.first_reads.setdefault((kind, name), cursor.source.path)
        if first is not cursor.source.path:
            raise InputError(
                f"expected every read once, found that {first} begins with the same read"
                f" {name!r}; give each lane once, and mates as pairs (--fastq R1 R2)",
                path=cursor.source.path,
            )

    def _step(self, cursors: list[_Cursor], *, paired: bool) -> None:
        """Take as many fragments as every source's current block still has."""
        n = min(c.left for c in cursors)
        first = cursors[0]
        for other in cursors[1:]:
            _check_mates(first, other, n)
        if not paired:
            _check_not_interleaved(first, n)
        second = cursors[1] if paired else first
        umi = cursors[-1] if len(cursors) > 1 + paired else None
        assert first.block is not None and second.block is not None  # noqa: S101, PT018
        kept = np.empty(n, np.int32)
        named = np.empty(n, np.int32)
        number, with_gene = k.pick(
            first.block.classes[first.at : first.at + n],
            second.block.classes[second.at : second.at + n],
            n,
            kept,
            named,
            self.counts,
            not paired,
        )
        if with_gene and self.across is not None:
            self.across.take(
                named[:with_gene],
                first.block,
                first.at,
                second.block if paired else None,
                second.at,
                None if umi is None or umi.block is None else (umi.block, umi.at),
            )
        if number:
            self.fragments_kept += number
            kept = kept[:number]
            self.builder.add(
                first.block,
                kept + first.at,
                second.block if paired else None,
                kept + second.at,
                umi.block if umi else None,
                kept + umi.at if umi else kept,
            )
            if self.take is not None and len(self.builder) >= BATCH:
                self.take(self.builder.done())
                self.builder = KeptReadsBuilder()
        self.fragments += n
        for cursor in cursors:
            cursor.advance(n)

    def _add_stats(self, stats: np.ndarray) -> None:
        shortest = [s[k.SHORTEST] for s in (self.stats, stats) if s[k.SHORTEST] >= 0]
        longest = max(self.stats[k.LONGEST], stats[k.LONGEST])
        self.stats += stats
        self.stats[k.SHORTEST] = min(shortest, default=-1)
        self.stats[k.LONGEST] = longest


def sieve(
    lanes: Sequence[Lane],
    table: KmerTable,
    *,
    threads: int = 1,
    take: Take | None = None,
    progress: Progress | None = None,
    across: Across | None = None,
) -> Sieved:
    """Read every lane once.

    Args:
        lanes: In any order; the order of the kept reads follows it.
        table: What to look for (``kmer_table``).
        threads: In all, this one included; the result is the same.
        take: Given the kept fragments as they come, from this thread; without it they are all in
            the result.
        progress: Called from this thread.
        across: Given the fragments in which a probe names a counted gene.

    Raises:
        FastqError: A file is not FASTQ, is truncated, or mates disagree; nothing is returned.
        InputError: A file is given twice.
    """
    state = _Pass(table, threads, take, progress, across)
    for i, lane in enumerate(lanes):
        state.lane(lane, i / len(lanes), 1 / len(lanes))
    counts = {
        symbol: int(state.counts[number])
        for number, symbol in enumerate(table.counted, start=probes.TARGET + 1)
    }
    kept = state.builder.done()
    if take is not None:
        take(kept)
        kept = KeptReadsBuilder().done()
    return Sieved(
        kept=kept,
        fragments_kept=state.fragments_kept,
        fragments=state.fragments,
        reads=state.reads,
        stats=state.stats,
        counts=counts,
        inputs=tuple(state.inputs),
        umi_source="umi_file" if any(lane.umi for lane in lanes) else None,
        exon_ends=None if across is None else across.done(),
    )
