"""What a look at alignment files gathers, and how reads are asked."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.reads.alignment_records import (
    PAIRED,
    SECOND,
    Fragment,
    marks_of,
    sequenced,
    tags_of,
    template_of,
)
from nutfusion.reads.alignment_words import Words, crosses_exons, gene_number, genes_named
from nutfusion.reads.kernels import probes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pysam

    from nutfusion.reads.alignment_across import PartnerReads
    from nutfusion.reads.table import KmerTable

BATCH_BASES: Final = 1 << 20
"""Bases that are held against the words at a time."""


@dataclass(slots=True)
class Found:
    """What a look at one file gathers.

    Attributes:
        words: The sieve, with its figures.
        control: Number of the control gene in a read's class; 0 without.
        splices: Words across two exons of the control gene.
        fragments: Fragments with a read that shares words with NUTM1, by name.
        classes: Classes of mate 1 and mate 2, whether there are mates, and a digest of the first
            read that is not said to be a mate, for names of which any read says something.
        twins: Two different reads that are not said to be mates share a name: they are mates.
        firsts: Fragments asked, by their first mates.
        loose: Reads asked that are not said to be mates.
        records: Records that hold a read of their own, asked or not.
        unmapped: Of those, unmapped ones.
        spliced: Names of fragments of the control gene with a word across two exons.
        sampled: Bases measured, sum of their qualities, bases that are N.
        partners: Takes the reads in which a probe names a counted gene; ``None``: nobody does.
    """

    words: Words
    control: int
    splices: Sequence[str]
    fragments: dict[str, Fragment] = field(default_factory=dict)
    classes: dict[str, list[int]] = field(default_factory=dict)
    twins: bool = False
    firsts: int = 0
    loose: int = 0
    records: int = 0
    unmapped: int = 0
    spliced: set[str] = field(default_factory=set)
    sampled: list[int] = field(default_factory=lambda: [0, 0, 0])
    partners: PartnerReads | None = None

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
        self.twins |= other.twins
        self.firsts += other.firsts
        self.loose += other.loose
        self.records += other.records
        self.unmapped += other.unmapped
        self.sampled = [a + b for a, b in zip(self.sampled, other.sampled, strict=True)]

    def note(self, record: pysam.AlignedSegment) -> None:
        """Count the fragment of a read."""
        if record.flag & PAIRED:
            self.firsts += not record.flag & SECOND
            return
        template = template_of(record)
        if template.has_mate:
            self.firsts += 1 - template.mate
        else:
            self.loose += 1

    @property
    def has_twins(self) -> bool:
        """Reads that are not said to be mates share a name: they are mates all the same."""
        return self.twins or any(fragment.has_twin for fragment in self.fragments.values())

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
        numbers = dict.fromkeys(range(probes.TARGET + 1, probes.TARGET + 1 + len(table.counted)), 0)
        for first, second, mates, _ in self.classes.values():
            for number in genes_named(first, second, single=not mates and not twins):
                numbers[number] += 1
        return dict(zip(table.counted, numbers.values(), strict=True))

    def control_names(self) -> list[str]:
        """Fragments of the control gene."""
        twins = self.has_twins
        return [
            name
            for name, (first, second, mates, _) in self.classes.items()
            if self.control in genes_named(first, second, single=not mates and not twins)
        ]


class Asking:
    """Holds records against the words, a batch at a time.

    Args:
        found: Gets what the words say.
        then: Called with the fragment's name and a record that shares words with NUTM1.
        counted: The reads count for the figures of ``found.words``.
    """

    def __init__(
        self,
        found: Found,
        then: Callable[[str, pysam.AlignedSegment], None],
        *,
        counted: bool = True,
    ) -> None:
        self.found = found
        self._words = found.words if counted else Words(found.words.table)
        self._counted = counted
        self._then = then
        self._waiting: list[tuple[pysam.AlignedSegment, str, str]] = []
        self._bases = 0

    def add(self, record: pysam.AlignedSegment) -> None:
        """Take a record that holds a read of its own."""
        read = sequenced(record)
        self._waiting.append((record, read, marks_of(record)))
        self._bases += len(read)
        if self._bases >= BATCH_BASES:
            self.flush()

    def flush(self) -> None:
        """Ask the waiting records; ``then`` is called for those that share words with NUTM1."""
        if not self._waiting:
            return
        found = self.found
        classes = self._words.classes([(read, marks) for _, read, marks in self._waiting])
        for i in classes.nonzero()[0].tolist():
            record, read, marks = self._waiting[i]
            template = template_of(record)
            said = int(classes[i])
            name = template.name
            kept = found.classes.setdefault(name, [0, 0, 0, 0])
            mate = template.mate
            if not template.has_mate:
                digest = zlib.crc32(read.encode()) | 1 << 32
                kept[3] = kept[3] or digest
                mate = int(kept[3] != digest)
                found.twins |= bool(mate)
            kept[mate] |= said
            kept[2] |= template.has_mate
            if found.control and said >> 2 == found.control and crosses_exons(read, found.splices):
                found.spliced.add(name)
            if said >> 2 and self._counted and found.partners:
                found.partners.add(
                    name, mate, (read, marks), tags_of(record), paired=template.has_mate
                )
            if said & probes.TARGET:
                self._then(name, record)
        self._waiting.clear()
        self._bases = 0


def new_look(
    table: KmerTable,
    control: str,
    splices: Sequence[str],
    partners: Callable[[Words], PartnerReads] | None = None,
) -> Found:
    """Nothing found yet."""
    words = Words(table)
    found = Found(words, gene_number(table, control), splices)
    found.partners = partners(words) if partners else None
    return found
