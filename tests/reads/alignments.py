"""Alignment records made by hand: what a sequencer read, and where an aligner says it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pysam
from tests.builders import starter_panel
from tests.reads.builders import reverse_complement

from nutfusion.evidence import read_sample
from nutfusion.model.alignment_file import AlignmentFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.reads.builders import Fragment

    from nutfusion.model.evidence import JunctionSupport, SampleEvidence

GRCH38: Final = {"chr1": 248_956_422, "chr15": 101_991_189, "chr19": 58_617_616}
NUTM1_AT: Final = ("chr15", 34_348_000)
"""Contig and start (0-based) of a place within NUTM1."""
ELSEWHERE: Final = ("chr1", 1_000_000)
"""A place where no gene of the panel is."""


def header(contigs: dict[str, int] | None = None, order: str = "coordinate") -> Any:
    """A header with some contigs, by default of GRCh38."""
    names = GRCH38 if contigs is None else contigs
    return pysam.AlignmentHeader.from_dict(
        {
            "HD": {"VN": "1.6", "SO": order},
            "SQ": [{"SN": name, "LN": length} for name, length in names.items()],
        }
    )


def record(
    name: str,
    bases: str,
    *,
    mate: int = 0,
    place: tuple[str, int] | None = None,
    mate_place: tuple[str, int] | None = None,
    reverse: bool = False,
    flag: int = 0,
    cigar: str | None = None,
    tags: Sequence[tuple[str, str]] = (),
    into: Any = None,
) -> pysam.AlignedSegment:
    """One record; ``bases`` are what the sequencer read, ``mate`` is 1, 2 or 0 for single reads."""
    made = pysam.AlignedSegment(into or header())
    made.query_name = name
    made.flag = flag | (0 if mate == 0 else 0x1 | (0x40 if mate == 1 else 0x80))
    made.flag |= 0x10 if reverse else 0
    made.query_sequence = reverse_complement(bases) if reverse else bases
    made.query_qualities_str = "I" * len(bases)
    if place is None:
        made.flag |= 0x4
    else:
        made.reference_name, made.reference_start = place
        made.cigarstring = cigar or f"{len(bases)}M"
    if mate and mate_place is None:
        made.flag |= 0x8
    elif mate_place is not None:
        made.next_reference_name, made.next_reference_start = mate_place
    for tag, value in tags:
        made.set_tag(tag, value)
    return made


def records_of(
    fragments: Iterable[Fragment],
    place: tuple[str, int] | None = None,
    tags: Sequence[tuple[str, str]] = (),
) -> list[pysam.AlignedSegment]:
    """Fragments with all their mates at one place, or unaligned."""
    out = []
    for fragment in fragments:
        mates = [m for m in (fragment.mate_1, fragment.mate_2) if m is not None]
        for number, bases in enumerate(mates, start=1):
            made = record(
                fragment.name,
                bases,
                mate=number if len(mates) == 2 else 0,
                place=place,
                mate_place=place if len(mates) == 2 else None,
                reverse=number == 2 and place is not None,
                tags=[*tags, *([("RX", fragment.umi)] if fragment.umi else [])],
            )
            out.append(made)
    return out


def write(
    path: Path, records: Iterable[pysam.AlignedSegment], *, index: bool = False, into: Any = None
) -> Path:
    """Records as a file; sorted and indexed on demand."""
    ordered = list(records)
    if index:
        ordered.sort(key=lambda r: (r.reference_id < 0, r.reference_id, r.reference_start))
    mode = {".sam": "w", ".bam": "wb"}[path.suffix]
    with pysam.AlignmentFile(str(path), mode, header=into or header()) as out:
        for made in ordered:
            out.write(made)
    if index:
        pysam.index(str(path))
    return path


def look(*paths: Path, **more: Any) -> SampleEvidence:
    """What the files show, with the starter panel."""
    return read_sample("S1", [AlignmentFile(path, **more) for path in paths], starter_panel())


def only(*paths: Path) -> JunctionSupport:
    """The one junction of the files."""
    found = look(*paths)
    assert len(found.junctions) == 1, found
    return found.junctions[0]
