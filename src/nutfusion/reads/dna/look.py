"""Fetches the records that may show a break, and says whether a file is of DNA."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.evidence import LEAST_CONTROL, LEAST_SPLICED
from nutfusion.model.panel import NUTM1
from nutfusion.reads.alignment_contigs import merged, plain_name
from nutfusion.reads.alignment_file import every_record
from nutfusion.reads.alignment_loci import NEAR as ONE_FETCH
from nutfusion.reads.alignment_loci import records_in
from nutfusion.reads.alignment_records import NOT_PRIMARY, template_of
from nutfusion.reads.dna.breaks import LARGEST_INSERT, precise_breaks
from nutfusion.reads.dna.records import (
    Clips,
    DnaFragment,
    is_usable,
    may_show_break,
    nutm1_place,
    places_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pysam

    from nutfusion.model.evidence import Molecule
    from nutfusion.model.panel import Panel
    from nutfusion.model.terms import Assembly
    from nutfusion.reads.alignment_contigs import Region
    from nutfusion.reads.alignment_file import Opened
    from nutfusion.reads.alignment_found import Found
    from nutfusion.reads.dna.pieces import End
    from nutfusion.reads.dna.records import Place

CONTROL: Final = "BRD4"
"""Gene whose introns, with NUTM1's, tell DNA from RNA."""

UNSPLICED: Final = 10
"""Bases of a read outside exons from which it is not of spliced RNA: fewer fit by chance."""

LEAST_UNSPLICED: Final = 20
"""Reads of that kind from which a file may be of DNA (chosen by us)."""

UNSPLICED_SHARE: Final = 0.2
"""Least share of them among the reads at the loci: DNA has more even where only exons are captured;
libraries of 3' ends, which cross no joints either, have few (chosen by us)."""

_SKIPPED: Final = 3
"""CIGAR operation N."""


@dataclass(slots=True)
class DnaLook:
    """What is needed of one file, or of all files of a sample.

    Attributes:
        molecule: ``None`` when nothing tells.
        place: The locus of NUTM1; ``None`` when it was not looked at.
        assembly: Of the positions.
        fragments: That may show a break, by name; empty unless the file is of DNA.
    """

    molecule: Molecule | None
    place: Place | None = None
    assembly: Assembly | None = None
    fragments: dict[str, DnaFragment] = field(default_factory=dict)


def look_for_breaks(opened: Opened, found: Found, panel: Panel) -> DnaLook:
    """Say what a file is of, and fetch what may show a break when it is of DNA.

    Args:
        opened: The file.
        found: What was found in it: BRD4 reads across two exons are of RNA.
        panel: Says where genes are.

    Raises:
        AlignmentFileError: The file is damaged, or a CRAM lacks its reference.
    """
    control = found.control_names() if found.control and found.splices else []
    spliced = sum(name in found.spliced for name in control)
    if spliced and (len(control) < LEAST_CONTROL or spliced >= LEAST_SPLICED * len(control)):
        return DnaLook("rna")
    place = nutm1_place(panel, _lengths(opened.handle), opened.assembly)
    if place is None or opened.assembly is None:
        return DnaLook(None)
    try:
        return _Look(opened, panel, place, opened.assembly).done()
    except (OSError, ValueError) as error:
        raise opened.errors(error) from error


def _lengths(handle: pysam.AlignmentFile) -> dict[str, int]:
    return dict(zip(handle.references, handle.lengths, strict=True))


class _Exons:
    """Counts reads at genes by whether they are spliced."""

    def __init__(self, panel: Panel, assembly: Assembly, lengths: dict[str, int]) -> None:
        spans: dict[str, list[tuple[int, int]]] = {}
        names = {plain_name(name): name for name in reversed(list(lengths))}
        for gene in (NUTM1, CONTROL):
            for transcript in panel.of_gene(gene):
                contig = names.get(transcript.contig or "")
                placed = [s for exon in transcript.exons if (s := exon.on(assembly)) is not None]
                if contig is not None and placed:
                    spans.setdefault(contig, []).extend((low - 1, high) for low, high in placed)
        self.regions: list[Region] = []
        self._outside: dict[str, tuple[int, list[int]]] = {}
        for contig, exons in spans.items():
            low, high = min(start for start, _ in exons), max(stop for _, stop in exons)
            intronic = np.ones(high - low, np.int64)
            for start, stop in exons:
                intronic[start - low : stop - low] = 0
            self.regions.append((contig, low, high))
            self._outside[contig] = low, np.concatenate([[0], np.cumsum(intronic)]).tolist()
        self.reads = self.spliced = self.unspliced = 0

    def add(self, record: pysam.AlignedSegment) -> None:
        """Take a primary record."""
        outside = self._outside.get(record.reference_name or "")
        if outside is None:
            return
        low, before = outside
        start, stop = record.reference_start - low, (record.reference_end or 0) - low
        if start < 0 or stop >= len(before):
            return
        self.reads += 1
        if any(op == _SKIPPED for op, _ in record.cigartuples or ()):
            self.spliced += 1
        else:
            self.unspliced += before[stop] - before[start] >= UNSPLICED

    @property
    def molecule(self) -> Molecule | None:
        """What the reads are of; ``None`` when they do not tell."""
        if self.spliced > LEAST_SPLICED * self.reads:
            return "rna"
        enough = self.unspliced >= LEAST_UNSPLICED
        return "dna" if enough and self.unspliced >= UNSPLICED_SHARE * self.reads else None


class _Look:
    """Looks twice.

    First at what lies at NUTM1 and has something elsewhere; then at its mates and other pieces, and
    at what is clipped where breaks were seen.
    """

    def __init__(self, opened: Opened, panel: Panel, place: Place, assembly: Assembly) -> None:
        self._opened = opened
        self._place = place
        self._assembly = assembly
        self._lengths = _lengths(opened.handle)
        self._exons = _Exons(panel, assembly, self._lengths)
        self._regions = merged([place.region, *self._exons.regions], list(self._lengths))
        self._fragments: dict[str, DnaFragment] = {}
        self._places: set[Region] = set()

    def done(self) -> DnaLook:
        """What the file is of, and its fragments."""
        self._at_locus()
        molecule = self._exons.molecule
        if molecule != "dna":
            return DnaLook(molecule)
        self._elsewhere()
        return DnaLook(molecule, self._place, self._assembly, self._fragments)

    def _records(self, regions: Sequence[Region]) -> Iterable[pysam.AlignedSegment]:
        """Usable records of regions; without an index those of the whole file."""
        if self._opened.index is not None:
            for record in records_in(self._opened.handle, regions):
                if is_usable(record):
                    yield record
            return
        with self._opened.again() as handle:
            for record in every_record(handle):
                if is_usable(record):
                    yield record

    def _at_locus(self) -> None:
        low, high = self._place.low - 1, self._place.high
        for record in self._records(self._regions):
            if not record.flag & NOT_PRIMARY:
                self._exons.add(record)
            if record.reference_name != self._place.contig or record.reference_start >= high:
                continue
            if (record.reference_end or 0) > low and may_show_break(record, self._place):
                name = template_of(record).name
                self._fragments.setdefault(name, DnaFragment()).add(record)
                self._places.update(self._known(places_of(record)))

    def _elsewhere(self) -> None:
        ends = {one.joint.partner for one in precise_breaks(self._fragments, self._place)}
        late: dict[str, DnaFragment] = {}
        places: set[Region] = set()
        clips = Clips(ends)
        for record in self._records(self._merged({*self._places, *map(self._window, ends)})):
            name = template_of(record).name
            if name in self._fragments:
                self._fragments[name].add(record)
            elif clips.holds(record):
                late.setdefault(name, DnaFragment()).add(record)
                places.update(self._known(places_of(record)))
        if places:
            for record in self._records(self._merged(places)):
                name = template_of(record).name
                if name in late:
                    late[name].add(record)
        self._fragments |= late

    def _known(self, places: Iterable[tuple[str, int]]) -> Iterable[Region]:
        """Single bases, on contigs that the file has."""
        for contig, start in places:
            if contig in self._lengths and start >= 0:
                yield contig, start, start + 1

    def _merged(self, places: Iterable[Region]) -> list[Region]:
        return merged(list(places), list(self._lengths), ONE_FETCH)

    def _window(self, end: End) -> Region:
        low = max(0, end.position - 1 - LARGEST_INSERT)
        return end.contig, low, min(end.position + LARGEST_INSERT, self._lengths[end.contig])
