"""Find, in one alignment file, the fragments that share sequence with NUTM1.

Both ways ask each read the question that the FASTQ sieve asks. ``look_at_all`` passes over the
file twice: once to ask, once to fetch the mates of what was found. ``look_at_loci`` asks the
reads that an index finds at the loci and the unplaced ones, and fetches mates where their records
say they are, in groups.
"""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import NUTM1
from nutfusion.reads.alignment_contigs import loci, merged
from nutfusion.reads.alignment_records import (
    MATE_UNMAPPED,
    NOT_PRIMARY,
    PAIRED,
    UNMAPPED,
    Fragment,
    Template,
    is_whole,
    other_places,
    sequenced,
    template_of,
)
from nutfusion.reads.alignment_words import Words, crosses_exons, gene_number, genes_named
from nutfusion.reads.kernels import scan as k

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pysam

    from nutfusion.model.panel import Panel
    from nutfusion.reads.alignment_contigs import Region
    from nutfusion.reads.alignment_file import Opened
    from nutfusion.reads.table import KmerTable

BATCH_BASES: Final = 1 << 20
"""Bases that are held against the words at a time."""

SAMPLED: Final = 15
"""Reads whose name's CRC-32 has none of these bits set are measured for quality: one in 16, the
same ones in whatever order they come."""

NEAR: Final = 16_384
"""Mates closer than this are fetched together: one window of a BAM's linear index."""


@dataclass(slots=True)
class Found:
    """What a look at one file gathers.

    Attributes:
        words: The sieve, with its figures.
        control: Number of the control gene in a read's class; 0 without.
        splices: Packed words across two exons of the control gene.
        fragments: Fragments with a read that shares words with NUTM1, by name.
        classes: Classes of mate 1 and mate 2, and whether there are mates, for names of which any
            says something.
        firsts: Fragments asked, by their first mates.
        loose: Reads asked that are not said to be mates.
        records: Records that hold a read of their own, asked or not.
        unmapped: Of those, unmapped ones.
        spliced: Names of fragments of the control gene with a word across two exons.
        sampled: Bases measured, sum of their qualities, bases that are N.
    """

    words: Words
    control: int
    splices: frozenset[int]
    fragments: dict[str, Fragment] = field(default_factory=dict)
    classes: dict[str, list[int]] = field(default_factory=dict)
    firsts: int = 0
    loose: int = 0
    records: int = 0
    unmapped: int = 0
    spliced: set[str] = field(default_factory=set)
    sampled: list[int] = field(default_factory=lambda: [0, 0, 0])

    def measure(self, record: pysam.AlignedSegment) -> None:
        """Take the qualities and the N of a read."""
        qualities = record.query_qualities
        self.sampled[0] += record.query_length
        self.sampled[1] += 0 if qualities is None else sum(qualities)
        self.sampled[2] += (record.query_sequence or "").count("N")

    def take(self, other: Found) -> None:
        """Add what was found in another file of the sample; no fragment is in both."""
        self.words.add(other.words)
        self.fragments |= other.fragments
        self.classes |= other.classes
        self.spliced |= other.spliced
        self.firsts += other.firsts
        self.loose += other.loose
        self.records += other.records
        self.unmapped += other.unmapped
        self.sampled = [a + b for a, b in zip(self.sampled, other.sampled, strict=True)]

    def note(self, template: Template) -> None:
        """Count the fragment of a read."""
        if template.has_mate:
            self.firsts += 1 - template.mate
        else:
            self.loose += 1

    @property
    def has_twins(self) -> bool:
        """Reads that are not said to be mates share a name: they are mates all the same."""
        return any(fragment.has_twin for fragment in self.fragments.values())

    @property
    def examined(self) -> int:
        """Fragments asked; the least there can be when mates are not flagged."""
        return self.firsts + ((self.loose + 1) // 2 if self.has_twins else self.loose)

    def measured(self) -> tuple[int, int, int]:
        """Bases measured, sum of qualities, N; of the fragments found when no other were."""
        if self.sampled[0]:
            return self.sampled[0], self.sampled[1], self.sampled[2]
        reads = [mate for fragment in self.fragments.values() for mate in fragment.mates if mate]
        return (
            sum(len(bases) for bases, _ in reads),
            sum(ord(mark) - 33 for _, marks in reads for mark in marks),
            sum(bases.count("N") for bases, _ in reads),
        )

    def counts(self, table: KmerTable) -> dict[str, int]:
        """Fragments per counted gene."""
        twins = self.has_twins
        numbers = dict.fromkeys(range(k.TARGET + 1, k.TARGET + 1 + len(table.counted)), 0)
        for first, second, mates in self.classes.values():
            for number in genes_named(first, second, single=not mates and not twins):
                numbers[number] += 1
        return dict(zip(table.counted, numbers.values(), strict=True))

    def control_names(self) -> list[str]:
        """Fragments of the control gene."""
        twins = self.has_twins
        return [
            name
            for name, (first, second, mates) in self.classes.items()
            if self.control in genes_named(first, second, single=not mates and not twins)
        ]


class _Asking:
    """Holds records against the words, a batch at a time."""

    def __init__(self, found: Found, then: Callable[[str, pysam.AlignedSegment], None]) -> None:
        self.found = found
        self._then = then
        self._waiting: list[tuple[Template, pysam.AlignedSegment, str]] = []
        self._bases = 0

    def add(self, template: Template, record: pysam.AlignedSegment) -> None:
        read = sequenced(record)
        self._waiting.append((template, record, read))
        self._bases += len(read)
        if self._bases >= BATCH_BASES:
            self.flush()

    def flush(self) -> None:
        """Ask the waiting records; ``then`` is called for those that share words with NUTM1."""
        if not self._waiting:
            return
        found = self.found
        classes = found.words.classes([read for _, _, read in self._waiting])
        for i in classes.nonzero()[0].tolist():
            template, record, read = self._waiting[i]
            said = int(classes[i])
            name = template.name
            kept = found.classes.setdefault(name, [0, 0, 0])
            twin = not template.has_mate and kept[0]
            kept[1 if twin else template.mate] |= said
            kept[2] |= template.has_mate
            if found.control and said >> 2 == found.control and crosses_exons(read, found.splices):
                found.spliced.add(name)
            if said & k.TARGET:
                self._then(name, record)
        self._waiting.clear()
        self._bases = 0


def new_look(table: KmerTable, control: str, splices: frozenset[int]) -> Found:
    """Nothing found yet."""
    return Found(Words(table), gene_number(table, control), splices)


def look_at_all(
    opened: Opened, found: Found, seen: Callable[[float, int], None] | None = None
) -> None:
    """Ask every read of a file.

    Args:
        opened: At its first record.
        found: Gets what is found.
        seen: Called now and then with the share of the file that was read and the fragments.

    Raises:
        AlignmentFileError: The file is cut short, damaged, or a CRAM without its reference.
    """

    def keep(name: str, record: pysam.AlignedSegment) -> None:
        found.fragments.setdefault(name, Fragment()).add(record)

    handle = opened.handle
    size = opened.file.path.stat().st_size
    start = handle.tell() if opened.kind == "bam" else None
    asking = _Asking(found, keep)
    number = 0
    try:
        for record in handle:
            flag = record.flag
            if flag & NOT_PRIMARY or not record.query_length:
                continue
            number += 1
            template = template_of(record)
            found.note(template)
            found.unmapped += (flag & UNMAPPED) >> 2
            if not zlib.crc32((record.query_name or "").encode()) & SAMPLED:
                found.measure(record)
            asking.add(template, record)
            if seen and not number & 0xFFFF and start is not None:
                seen((handle.tell() >> 16) / size / 2, found.firsts + found.loose)
        asking.flush()
        found.records += number
        if all(fragment.is_complete for fragment in found.fragments.values()):
            return
        with opened.again() as handle:
            for record in handle:
                if record.flag & NOT_PRIMARY or not record.query_length:
                    continue
                fragment = found.fragments.get(template_of(record).name)
                if fragment is not None:
                    fragment.add(record)
    except (OSError, ValueError) as error:
        raise opened.errors(error) from error


class _Loci:
    """Asks the records at the loci and the unplaced ones."""

    def __init__(self, opened: Opened, found: Found, panel: Panel) -> None:
        self.found = found
        self.handle = opened.handle
        lengths = dict(zip(self.handle.references, self.handle.lengths, strict=True))
        assert opened.assembly is not None  # noqa: S101 - an index without one is refused
        self.regions = loci(panel, lengths, opened.assembly)
        self.target = loci(panel, lengths, opened.assembly, NUTM1)
        self.lengths = lengths
        self.mates_at: dict[str, Region] = {}
        self.parts_at: set[Region] = set()
        self.met: set[tuple[str, int, int]] = set()
        self._asking = _Asking(found, self._keep)

    def _keep(self, name: str, record: pysam.AlignedSegment) -> None:
        self.found.fragments.setdefault(name, Fragment()).add(record)
        if record.flag & PAIRED:
            for place in self._place(record.next_reference_name, record.next_reference_start):
                self.mates_at[name] = place

    def _place(self, contig: str | None, start: int) -> list[Region]:
        known = contig is not None and start >= 0 and contig in self.lengths
        return [(contig, start, start + 1)] if known and contig is not None else []

    def _ask(self, record: pysam.AlignedSegment) -> None:
        """Ask a whole record once per read, wherever and however often it is aligned."""
        template = template_of(record)
        loose = 0 if template.has_mate else hash(sequenced(record)) | 1
        read = template.name, template.mate, loose
        if read in self.met:
            return
        self.met.add(read)
        if not template.has_mate:
            self.found.loose += 1
        self.found.unmapped += (record.flag & UNMAPPED) >> 2
        self.found.measure(record)
        self._asking.add(template, record)

    def at_loci(self) -> None:
        """Ask the whole records at the loci; note where reads lie of which NUTM1 has a part."""
        for record in _records(self.handle, self.regions):
            if is_whole(record):
                self._ask(record)
        for record in _records(self.handle, self.target):
            if not is_whole(record):
                for contig, start in other_places(record):
                    self.parts_at.update(self._place(contig, start))
        self._asking.flush()

    def unplaced(self) -> None:
        """Ask the reads that lie nowhere, nor their mates."""
        found = self.found
        for record in _records(self.handle, [None]):
            if record.flag & NOT_PRIMARY or not record.query_length:
                continue
            found.unmapped += 1
            template = template_of(record)
            if not record.flag & PAIRED or record.flag & MATE_UNMAPPED:
                found.note(template)
            if not zlib.crc32((record.query_name or "").encode()) & SAMPLED:
                found.measure(record)
            self._asking.add(template, record)
        self._asking.flush()

    def elsewhere(self) -> None:
        """Ask mates outside the loci, and reads of which a part lies on NUTM1."""
        places = {*self.mates_at.values(), *self.parts_at}
        outside = [place for place in places if not _is_in(place, self.regions)]
        for record in _records(self.handle, merged(outside, list(self.lengths), NEAR)):
            kept = template_of(record).name in self.found.fragments
            if is_whole(record) and (kept or _touches(record, self.target)):
                self._ask(record)
        self._asking.flush()
        self.found.firsts += len({name for name, _, loose in self.met if not loose})

    def mates(self) -> None:
        """Take the mates that share no words themselves."""
        found = self.found
        loose = any(not f.has_mate for f in found.fragments.values()) and self._has_twins()
        waiting = {n for n, f in found.fragments.items() if not f.is_complete}
        waiting = {n for n in waiting if loose or found.fragments[n].has_mate}
        places = [self.mates_at[name] for name in waiting if name in self.mates_at]
        near = merged([*places, *(self.regions if loose else ())], list(self.lengths), NEAR)
        for record in _records(self.handle, [*near, None]):
            if not waiting:
                return
            name = template_of(record).name
            if name in waiting and is_whole(record):
                fragment = found.fragments[name]
                fragment.add(record)
                if fragment.is_complete:
                    waiting.discard(name)

    def _has_twins(self) -> bool:
        """Two different reads at the loci have one name and no flag that makes them mates."""
        names = Counter(name for name, _, loose in self.met if loose)
        return any(number > 1 for number in names.values())


def _is_in(place: Region, regions: Iterable[Region]) -> bool:
    return any(c == place[0] and s <= place[1] and place[2] <= e for c, s, e in regions)


def _touches(record: pysam.AlignedSegment, regions: Iterable[Region]) -> bool:
    """Whether another part of the read lies in one of the regions."""
    return any(
        _is_in((contig, start, start + 1), regions) for contig, start in other_places(record)
    )


def _records(
    handle: pysam.AlignmentFile, regions: Iterable[Region | None]
) -> Iterable[pysam.AlignedSegment]:
    """Records of regions, one region after the other (a CRAM has one place at a time).

    ``None`` stands for the unplaced reads.
    """
    for region in regions:
        yield from handle.fetch("*") if region is None else handle.fetch(*region)


def look_at_loci(opened: Opened, found: Found, panel: Panel) -> None:
    """Ask the reads at the loci of the panel's genes, the unplaced ones, and their mates.

    Args:
        opened: With an index and a known assembly.
        found: Gets what is found.
        panel: Says where genes are.

    Raises:
        AlignmentFileError: The index or the file is damaged, or a CRAM lacks its reference.
    """
    look = _Loci(opened, found, panel)
    try:
        look.at_loci()
        look.unplaced()
        look.elsewhere()
        look.mates()
    except (OSError, ValueError) as error:
        raise opened.errors(error) from error
