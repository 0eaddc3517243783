"""Alignment records as the sequencer's reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pysam

PAIRED: Final = 0x1
UNMAPPED: Final = 0x4
REVERSE: Final = 0x10
SECOND: Final = 0x80
NOT_PRIMARY: Final = 0x900
"""Secondary or supplementary (SAMv1, section 1.4). Marked duplicates (0x400) are read like all
others: what is one molecule is decided from the reads themselves."""

SECONDARY: Final = 0x100

SOFT_CLIP: Final = 4
HARD_CLIP: Final = 5
"""Operations of a CIGAR as pysam numbers them."""

_COMPLEMENT: Final = str.maketrans("ACGTUMRWSYKVHDBNacgtn", "TGCAAKYWSRMBDHVNtgcan")

_SUFFIXES: Final = ("/1", "/2")
MATE_SUFFIXES: Final = (*_SUFFIXES, ".1", ".2")
"""Ends of read names that may say which mate a read is."""
_SRA_MATE: Final = re.compile(r"^[SED]RR\d+\.\d+\.[12]$")
"""Run, spot and mate: how the sequence read archives write mates."""

Tag = Literal["RX", "MI"]
TAGS: Final[tuple[Tag, ...]] = ("RX", "MI")
"""Tags that tell molecules apart: the UMI's bases, else the molecule's identifier.

Source: SAM optional fields specification, "Unique Molecular Identifiers".
"""


def is_whole(record: pysam.AlignedSegment) -> bool:
    """Whether the record holds every base of its read."""
    cigar = record.cigartuples
    return bool(record.query_length) and not (
        cigar and (cigar[0][0] == HARD_CLIP or cigar[-1][0] == HARD_CLIP)
    )


NO_QUALITY: Final = "I"
"""Quality of a base that comes without one (Phred 40): nothing casts doubt on it."""


def sequenced(record: pysam.AlignedSegment) -> str:
    """Bases as the sequencer wrote them: an alignment on the other strand is turned back."""
    bases = record.query_sequence or ""
    return turned(bases) if record.flag & REVERSE else bases


def marks_of(record: pysam.AlignedSegment) -> str:
    """Qualities (Phred+33) as the sequencer wrote them, one a base."""
    marks = record.query_qualities_str or NO_QUALITY * record.query_length
    return marks[::-1] if record.flag & REVERSE else marks


def turned(bases: str) -> str:
    """The other strand."""
    return bases.translate(_COMPLEMENT)[::-1]


class Template(NamedTuple):
    """Which read a record is.

    Attributes:
        name: Of the fragment, without a mate's suffix (SRA's ``.2`` becomes ``.1``, as the first
            mate is called).
        mate: 0 for the first mate or a single read, 1 for the second.
        has_mate: Flag or name say that there are two mates.
    """

    name: str
    mate: int
    has_mate: bool


def template_of(record: pysam.AlignedSegment) -> Template:
    """The read of a record: by its flag, else by its name."""
    name, flag = record.query_name or "", record.flag
    suffix = name[-2:]
    if suffix in _SUFFIXES:
        mate = flag & SECOND if flag & PAIRED else suffix == "/2"
        return Template(name[:-2], int(bool(mate)), has_mate=True)
    if flag & PAIRED:
        return Template(name, int(bool(flag & SECOND)), has_mate=True)
    if suffix in MATE_SUFFIXES and _SRA_MATE.match(name):
        return Template(name[:-1] + "1", int(suffix == ".2"), has_mate=True)
    return Template(name, 0, has_mate=False)


def tags_of(record: pysam.AlignedSegment) -> dict[Tag, str]:
    """Those of ``TAGS`` that a record has."""
    return {tag: str(record.get_tag(tag)) for tag in TAGS if record.has_tag(tag)}


@dataclass(slots=True)
class Fragment:
    """One template, as far as its records were met.

    Attributes:
        mates: Bases and qualities of mate 1 (or the single read) and mate 2, as the sequencer
            wrote them; ``None`` for one not met. Qualities are ``""`` when the file has none.
        has_mate: The records say that there are two mates.
        has_twin: They do not, and two different reads have this name: mates that an aligner did
            not flag (minimap2 with spliced presets).
        tags: The first value of each of ``TAGS`` that was met.
    """

    mates: list[tuple[str, str] | None] = field(default_factory=lambda: [None, None])
    has_mate: bool = False
    has_twin: bool = False
    tags: dict[Tag, str] = field(default_factory=dict)

    def add(self, record: pysam.AlignedSegment) -> None:
        """Take a whole record; of several with the same mate the longest stays."""
        template = template_of(record)
        mate = template.mate
        self.has_mate |= template.has_mate
        self.tags = tags_of(record) | self.tags
        bases = sequenced(record)
        quality = record.query_qualities_str or ""
        if quality and not "!" <= min(quality) <= max(quality) <= "~":
            raise ValueError("base qualities beyond 93")
        read = bases, quality[::-1] if record.flag & REVERSE else quality
        met = self.mates[mate]
        if met is None:
            self.mates[mate] = read
        elif met[0] == bases:
            return
        elif template.has_mate:
            self.mates[mate] = max(met, read, key=lambda one: (len(one[0]), one))
        else:
            self.has_twin = True
            both = sorted({met, read, *filter(None, self.mates)})
            self.mates = [both[0], both[-1]]

    @property
    def is_complete(self) -> bool:
        """Every mate that may be there was met."""
        return all(self.mates)


def molecule_tag(tags: Sequence[Mapping[Tag, str]]) -> Tag | None:
    """The tag that tells molecules apart, if every fragment has it."""
    for tag in TAGS:
        if tags and all(one.get(tag) for one in tags):
            return tag
    return None


def molecule(tags: Mapping[Tag, str], tag: Tag) -> str:
    """The UMI, or an identifier written so that two of them never differ in one letter only.

    The strand of a duplex identifier (``12/A``, ``12/B``) is left out: both are one molecule. UMIs
    may differ in one base and still be one; identifiers may not, so each is written twice.
    """
    value = tags[tag]
    if tag == "RX":
        return value
    identifier = value.partition("/")[0]
    return f"{identifier}|{identifier}"


def other_places(record: pysam.AlignedSegment) -> list[tuple[str, int]]:
    """Where other parts of the same read lie, from the ``SA`` tag: contig, start (0-based)."""
    if not record.has_tag("SA"):
        return []
    parts = [part.split(",") for part in str(record.get_tag("SA")).split(";") if part]
    return [(part[0], int(part[1]) - 1) for part in parts if len(part) > 1 and part[1].isdigit()]
