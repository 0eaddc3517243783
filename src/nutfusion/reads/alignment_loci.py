"""Ask the reads that an index finds at the loci, the unplaced ones, and their mates.

Mates are fetched where the records of what was found say they are, grouped by place: never one
search per read.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import NUTM1
from nutfusion.reads.alignment_contigs import loci, merged
from nutfusion.reads.alignment_found import Asking, Found
from nutfusion.reads.alignment_look import SAMPLED
from nutfusion.reads.alignment_records import (
    NOT_PRIMARY,
    PAIRED,
    UNMAPPED,
    Fragment,
    is_whole,
    other_places,
    template_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pysam

    from nutfusion.model.panel import Panel
    from nutfusion.reads.alignment_contigs import Region
    from nutfusion.reads.alignment_file import Opened

NEAR: Final = 16_384
"""Mates closer than this are fetched together: one window of a BAM's linear index."""


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
        self._asking = Asking(found, self._keep)
        self._again = Asking(found, self._keep, counted=False)

    def _keep(self, name: str, record: pysam.AlignedSegment) -> None:
        self.found.fragments.setdefault(name, Fragment()).add(record)
        if record.flag & PAIRED:
            for place in self._place(record.next_reference_name, record.next_reference_start):
                self.mates_at[name] = place

    def _place(self, contig: str | None, start: int) -> list[Region]:
        known = contig is not None and start >= 0 and contig in self.lengths
        return [(contig, start, start + 1)] if known and contig is not None else []

    def at_loci(self) -> None:
        """Ask the whole records at the loci; note where reads lie of which NUTM1 has a part.

        A read counts where its primary alignment starts; its other records are asked as well, for
        a read may be whole in them alone, and change no figure.
        """
        for region in self.regions:
            for record in records_in(self.handle, [region]):
                if not is_whole(record):
                    continue
                if record.flag & NOT_PRIMARY or record.reference_start < region[1]:
                    self._again.add(record)
                    continue
                self.found.note(record)
                self.found.measure(record)
                self.found.unmapped += (record.flag & UNMAPPED) >> 2
                self._asking.add(record)
        for record in records_in(self.handle, self.target):
            if not is_whole(record):
                for contig, start in other_places(record):
                    self.parts_at.update(self._place(contig, start))
        self._flush()

    def unplaced(self) -> None:
        """Ask the reads that lie nowhere, nor their mates."""
        found = self.found
        for record in records_in(self.handle, [None]):
            if record.flag & NOT_PRIMARY or not record.query_length:
                continue
            found.note(record)
            found.unmapped += 1
            if not zlib.crc32((record.query_name or "").encode()) & SAMPLED:
                found.measure(record)
            self._asking.add(record)
        self._flush()

    def elsewhere(self) -> None:
        """Ask mates outside the loci, and reads of which a part lies on NUTM1."""
        places = {*self.mates_at.values(), *self.parts_at}
        outside = [place for place in places if not _is_in(place, self.regions)]
        for record in records_in(self.handle, merged(outside, list(self.lengths), NEAR)):
            kept = template_of(record).name in self.found.fragments
            if is_whole(record) and (kept or _touches(record, self.target)):
                self._again.add(record)
        self._flush()

    def _flush(self) -> None:
        self._asking.flush()
        self._again.flush()

    def mates(self) -> None:
        """Take the mates that share no words themselves."""
        found = self.found
        loose = found.has_twins
        waiting = {n for n, f in found.fragments.items() if not f.is_complete}
        waiting = {n for n in waiting if loose or found.fragments[n].has_mate}
        places = [self.mates_at[name] for name in waiting if name in self.mates_at]
        near = merged([*places, *(self.regions if loose else ())], list(self.lengths), NEAR)
        for record in records_in(self.handle, [*near, None]):
            if not waiting:
                return
            name = template_of(record).name
            if name in waiting and is_whole(record):
                fragment = found.fragments[name]
                fragment.add(record)
                if fragment.is_complete:
                    waiting.discard(name)


def _is_in(place: Region, regions: Iterable[Region]) -> bool:
    return any(c == place[0] and s <= place[1] and place[2] <= e for c, s, e in regions)


def _touches(record: pysam.AlignedSegment, regions: Iterable[Region]) -> bool:
    """Whether another part of the read lies in one of the regions."""
    return any(
        _is_in((contig, start, start + 1), regions) for contig, start in other_places(record)
    )


def records_in(
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
