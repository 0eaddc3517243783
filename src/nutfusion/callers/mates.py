"""Records of a structural-variant VCF that tell one joint from its two sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import RowError
from nutfusion.callers.vcf import interval

if TYPE_CHECKING:
    from nutfusion.callers.adjacency import Adjacency, Place
    from nutfusion.callers.vcf import VcfRecord

MATES: Final = ("MATEID", "PARID")
"""INFO keys that name the other record of a breakend; the second is GRIDSS before 2.0."""


@dataclass(frozen=True, slots=True)
class Event:
    """A joint, with the records that tell it.

    Attributes:
        record: The first one.
        adjacency: As the first one tells it.
        mate: The other one; ``None`` without.
    """

    record: VcfRecord
    adjacency: Adjacency
    mate: VcfRecord | None = None


def events(read: list[tuple[VcfRecord, tuple[Adjacency, ...]]]) -> list[Event]:
    """Every joint once."""
    waiting: dict[str, int] = {}
    found: list[Event] = []
    for record, joints in read:
        for adjacency in joints:
            if not adjacency.is_breakend:
                found.append(Event(record, adjacency))
                continue
            known = [waiting.pop(key) for key in _mate_keys(record, adjacency) if key in waiting]
            if known and _mirrors(found[known[0]], record, adjacency):
                found[known[0]] = replace(found[known[0]], mate=record)
                continue
            waiting[record.id or _place_key(adjacency.first, adjacency.second)] = len(found)
            found.append(Event(record, adjacency))
    return found


def _mate_keys(record: VcfRecord, adjacency: Adjacency) -> list[str]:
    """Keys under which the other record of a breakend would be waiting."""
    named = [i for key in MATES for i in record.info.get(key, "").split(",") if i not in ("", ".")]
    return named or ([] if record.id else [_place_key(adjacency.second, adjacency.first)])


def _place_key(first: Place | None, second: Place | None) -> str:
    """A key of a breakend without ID, that no ID can be."""
    return f"\t{first}\t{second}"


def _mirrors(event: Event, record: VcfRecord, adjacency: Adjacency) -> bool:
    """Whether a record tells a known joint from its other side.

    Records of one homologous joint may lie at its different ends, so positions agree to within
    the homology, or the confidence interval, of either.
    """
    ours, theirs = event.adjacency, adjacency
    if ours.second is None or theirs.second is None:
        return False
    pairs = ((ours.first, theirs.second), (ours.second, theirs.first))
    if any(one.contig != other.contig or one.kept != other.kept for one, other in pairs):
        return False
    apart = max(abs(one.position - other.position) for one, other in pairs)
    return apart == 0 or apart <= max(_width(event.record), _width(record))


def _width(record: VcfRecord) -> int:
    low, high = _interval_or_none(record) or (0, 0)
    return max(high - low, homology_of(record))


def _interval_or_none(record: VcfRecord) -> tuple[int, int] | None:
    try:
        return interval(record, "CIPOS")
    except RowError:
        return None


def homology_of(record: VcfRecord) -> int:
    """Bases at the joint that fit both sides, 0 when none are stated."""
    length = record.info.get("HOMLEN", "").split(",")[0]
    if length.isascii() and length.isdecimal() and len(length) < 7:
        return int(length)
    bases = record.info.get("HOMSEQ", "").split(",")[0]
    return len(bases) if bases.isalpha() else 0
