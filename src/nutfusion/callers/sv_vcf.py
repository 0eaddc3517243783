"""Structural-variant VCF files to statements: mates joined, positions bounded, counts taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.callers.adjacency import adjacencies
from nutfusion.callers.homology import slide_of_other
from nutfusion.callers.mates import MATES, Event, events, homology_of
from nutfusion.callers.statement import (
    CallerReport,
    RowError,
    SideStatement,
    Statement,
    Unreadable,
)
from nutfusion.callers.table import whole_number, word
from nutfusion.callers.vcf import interval, meta_lines, record_lines, stated_assembly, vcf_record
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nutfusion.callers.adjacency import Adjacency, Place
    from nutfusion.callers.text import CallerText
    from nutfusion.callers.vcf import VcfRecord


@dataclass(frozen=True, slots=True)
class Counts:
    """Support of a record.

    Attributes:
        split_reads: Across the joint; ``None`` when not stated.
        discordant_pairs: With a mate on each side; ``None`` when not stated.
    """

    split_reads: int | None = None
    discordant_pairs: int | None = None


def sv_report(
    text: CallerText,
    *,
    counts: Callable[[VcfRecord], Counts],
    fields: Iterable[str] = (),
    joints: Callable[[VcfRecord], tuple[Adjacency, ...]] = adjacencies,
    finish: Callable[[Statement, Event], Statement] | None = None,
) -> CallerReport:
    """Read a structural-variant VCF.

    Args:
        text: The file.
        counts: Support of a record.
        fields: INFO keys of the white list, after FILTER and SVTYPE.
        joints: The joints of a record.
        finish: Last change of a statement.

    Returns:
        One statement for each joint; two records that are mates of each other are one, with
        ``rows`` 2. The molecule is DNA.
    """
    read: list[tuple[VcfRecord, tuple[Adjacency, ...]]] = []
    unreadable: list[Unreadable] = []
    count = 0
    for number, line in record_lines(text):
        count += 1
        try:
            record = vcf_record(number, line)
            read.append((record, joints(record)))
        except RowError as error:
            unreadable.append(Unreadable(number, line, str(error)))
    statements: list[Statement] = []
    keys = ("SVTYPE", *fields)
    for event in events(read):
        try:
            found = _statement(event, counts, keys)
            statements.append(found if finish is None else finish(found, event))
        except RowError as error:
            unreadable.append(Unreadable(event.record.line, event.record.text, str(error)))
    return CallerReport(
        count,
        tuple(statements),
        tuple(unreadable),
        assembly=stated_assembly(meta_lines(text)),
    )


def _statement(
    event: Event, counts: Callable[[VcfRecord], Counts], keys: tuple[str, ...]
) -> Statement:
    record, adjacency = event.record, event.adjacency
    precise = "IMPRECISE" not in record.info
    slide = _slide(record) if precise else None
    first = _side(adjacency.first, slide if precise else interval(record, "CIPOS"))
    second = SideStatement()
    if adjacency.second is not None:
        shift = slide
        if slide is not None:
            shift = slide_of_other(slide, adjacency.first.kept, adjacency.second.kept)
        second = _side(adjacency.second, shift if precise else _far_interval(event))
    support = counts(record)
    return Statement(
        line=record.line,
        first=first,
        second=second,
        ordered=False,
        molecule="dna",
        precise=precise,
        split_reads=support.split_reads,
        discordant_pairs=support.discordant_pairs,
        fields=tuple(_fields(record, keys)),
        problems=_problems(event),
        rows=1 if event.mate is None else 2,
        slide=slide,
    )


def _problems(event: Event) -> tuple[str, ...]:
    if event.adjacency.second is None:
        return (remark("single_breakend"),)
    named = any(event.record.info.get(key, ".") not in (".", "") for key in MATES)
    return (remark("mate_missing"),) if named and event.mate is None else ()


def _side(place: Place, around: tuple[int, int] | None) -> SideStatement:
    low, high = around or (0, 0)
    return SideStatement(
        contig=place.contig,
        position=place.position,
        kept=place.kept,
        position_range=None
        if around is None
        else (max(1, place.position + low), max(1, place.position + high)),
    )


def _slide(record: VcfRecord) -> tuple[int, int] | None:
    """How far a precise joint may be moved; both ways when only its homology is stated."""
    bases = homology_of(record)
    if not bases:
        return None
    stated = interval(record, "CIPOS")
    if stated is not None and stated[1] - stated[0] == bases:
        return stated
    return (-bases, bases)


def _far_interval(event: Event) -> tuple[int, int] | None:
    """Where the second position of an imprecise joint may lie, relative to it."""
    if event.mate is not None:
        low, high = interval(event.mate, "CIPOS") or (0, 0)
        assert event.adjacency.second is not None  # noqa: S101 - it has a mate
        moved = event.mate.position - event.adjacency.second.position
        return (low + moved, high + moved)
    return interval(event.record, "CIRPOS") or interval(event.record, "CIEND")


def _fields(record: VcfRecord, keys: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    for key, value in (("FILTER", record.filter), *((key, record.info.get(key)) for key in keys)):
        if value != "." and (kept := word(value)) is not None:
            yield key, kept


def sample_count(
    record: VcfRecord, sample: int | None, key: str, *, of_alt: bool = False
) -> int | None:
    """A count of one sample; ``None`` when it is not stated.

    Args:
        record: The record.
        sample: Index of the sample, negative ones from the last; ``None``: it is not known which.
        key: FORMAT key.
        of_alt: The value is ``reference,alternative``, and the second is meant.

    Raises:
        RowError: It is no count.
    """
    if sample is None or not record.sample_count:
        return None
    value = record.sample(sample).get(key)
    if value is None or value in ("", "."):
        return None
    parts = value.split(",")
    if of_alt:
        if len(parts) < 2:
            raise RowError(f"expected {key} as two counts, found one")
        parts = parts[1:]
    return None if parts[0] == "." else whole_number(parts[0], key)


def info_count(record: VcfRecord, key: str) -> int | None:
    """A count in INFO, which is the sum over all samples; ``None`` when it is not stated.

    ``None`` as well in a file of more than two samples: two are a tumour and its control, of more
    the sum says nothing about one.

    Raises:
        RowError: It is no count.
    """
    if record.sample_count > 2:
        return None
    value = record.info.get(key)
    return None if value is None or value in ("", ".") else whole_number(value, key)
