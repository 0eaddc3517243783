"""fuzzion2 hits, and their summary by fuzzum.

Source: stjude/fuzzion2@a75f877, README, src/cpp/hit.cpp and src/cpp/summary.cpp.

==============================  ================================================================
fuzzion2                        nutfusion
==============================  ================================================================
genea_symbol, geneb_symbol      5' and 3' gene (annotations of the pattern, if it has them)
pattern ``BRD4-NUTM1-01``       else the genes: left and right of the pattern, a running number;
                                with more parts than two (hyphens, three genes) not certain
``pattern``, ``read`` lines     a hit: one read pair, or one read with -single=1
strong+                         split_reads: distinct hits with a read over the joint
strong-                         discordant_pairs: distinct hits without one
weak, distinct, read pairs      kept as stated; a weak hit has fewer than 15 bases on one side
==============================  ================================================================

Order: stated by the pattern. No positions, no frame. Hits are counted as fuzzum does by default:
hits of one pattern over the same bases of it count once. Patterns of hotspots and plain sequences
are no fusions. Only what the pattern file holds is found. Sequences, read and sample names are
not kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.callers.beside import not_the_result
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
    Unreadable,
)
from nutfusion.callers.table import Row, header_cells, rows_of, statements, whole_number
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutfusion.callers.text import CallerText, Head

_STRONG: Final = 15
"""Bases of a strong hit on either side of the joint: fuzzum's default (README, "Counting")."""
_SUMMARY: Final = ("read pairs", "distinct", "weak", "strong-", "strong+")
_PATTERN_COLUMNS: Final = 9
_READ_COLUMNS: Final = 8
_FUSION_MARK: Final = re.compile(r"[\]}][ACGTNacgtn*]*[\[{]")
_RUNNING_NUMBER: Final = re.compile(r"-\d{2,3}$")
_NOTE: Final = remark("limited_to_patterns")


def recognise(head: Head) -> Recognised | None:
    """By the first words of the header line."""
    names = header_cells(head.first())
    first = names[0] if names else ""
    if first.startswith("fuzzion2 v") and "junction spanning" in names:
        return Recognised("hits", "header line with fuzzion2, its version and junction spanning")
    if first.startswith("fuzzum v") and set(_SUMMARY) <= set(names):
        return Recognised("summary", "header line with fuzzum, its version and strong+")
    if first.startswith(("fuzzall v", "fuzzhop v")):
        return Recognised("other program of the suite", f"header line that begins {first[:7]}")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every hit, or every row of the summary.

    Raises:
        CallerFormatError: It is the output of another program of the suite.
    """
    if recognised.version == "hits":
        return _from_hits(text)
    if recognised.version == "summary":
        return statements(rows_of(text), _from_row, notes=(_NOTE,))
    raise not_the_result(
        text, found="a table of several samples", wanted="the fuzzion2 hits or the fuzzum summary"
    )


def _from_row(row: Row) -> Statement:
    counts = {name: whole_number(row.need(name), name) for name in _SUMMARY}
    name = row.need("pattern", "pattern group")
    return _statement(row.line, name, row.cells, counts, rows=1)


def _statement(
    line: int, name: str, annotations: Mapping[str, str], counts: Mapping[str, int], *, rows: int
) -> Statement:
    first, second, certain = _genes(name, annotations)
    return Statement(
        line=line,
        first=SideStatement(gene=first),
        second=SideStatement(gene=second),
        ordered=certain,
        split_reads=counts["strong+"],
        discordant_pairs=counts["strong-"],
        fields=tuple((name, str(counts[name])) for name in _SUMMARY[:3]),
        rows=rows,
    )


def _genes(name: str, annotations: Mapping[str, str]) -> tuple[str | None, str | None, bool]:
    """Gene cells of both sides, and whether it is certain which is which."""
    named = tuple(annotations.get(f"gene{end}_symbol", "").strip() for end in "ab")
    if all(named):
        return named[0], named[1], True
    parts = [part for part in _RUNNING_NUMBER.sub("", name).split("-") if part]
    if len(parts) == 2:
        return parts[0], parts[1], True
    both = ";".join(parts) or None
    return both, both, False


@dataclass
class _Hit:
    """One read pair: its pattern line, and what its read lines say."""

    line: int
    text: str
    reads: list[tuple[bool, int, int]] = field(default_factory=list)
    error: str | None = None


def _from_hits(text: CallerText) -> CallerReport:
    lines = list(text.numbered())
    header = header_cells(lines[0][1])
    hits = list(_hits(lines[1:]))
    unreadable: list[Unreadable] = []
    patterns: dict[str, list[tuple[_Hit, list[str]]]] = {}
    for hit in hits:
        cells = hit.text.split("\t")
        name = cells[0].removeprefix("pattern ").strip()
        error = hit.error or _flaw(hit, cells, name)
        if error is not None:
            unreadable.append(Unreadable(hit.line, hit.text, error))
        elif _FUSION_MARK.search(cells[1]):
            patterns.setdefault(name, []).append((hit, cells))
    found = [_from_pattern(name, of_it, header) for name, of_it in patterns.items()]
    whole = lines[-1][1].startswith("read-pairs ")
    notes = (_NOTE,) if whole else (_NOTE, remark("closing_line_missing"))
    return CallerReport(len(hits), tuple(found), tuple(unreadable), notes=notes)


def _hits(lines: list[tuple[int, str]]) -> Iterator[_Hit]:
    """Hits in file order; a line of another kind makes its hit unreadable."""
    hit: _Hit | None = None
    for number, line in lines:
        if line.startswith(("read-pairs ", "fuzzion2 v")):
            continue
        if hit is not None and line.startswith("read "):
            _add_read(hit, line)
            continue
        if hit is not None:
            yield hit
        hit = _Hit(number, line)
        if not line.startswith("pattern "):
            hit.error = "expected a line that begins with pattern, found another"
    if hit is not None:
        yield hit


def _add_read(hit: _Hit, line: str) -> None:
    cells = line.split("\t")
    try:
        if len(cells) < _READ_COLUMNS:
            raise RowError(f"expected a read line of 8 columns, found {len(cells)}")
        left, right = (whole_number(cells[i], "an overlap") for i in (6, 7))
        hit.reads.append((whole_number(cells[5], "junction spanning") > 0, left, right))
    except RowError as error:
        hit.error = hit.error or str(error)


def _flaw(hit: _Hit, cells: list[str], name: str) -> str | None:
    if not name or len(cells) < _PATTERN_COLUMNS:
        return f"expected a pattern line with a name and 9 columns, found {len(cells)} columns"
    if not hit.reads:
        return "expected read lines after the pattern line, found none"
    return None


def _from_pattern(
    name: str, hits: list[tuple[_Hit, list[str]]], header: tuple[str, ...]
) -> Statement:
    """One statement for all hits of a pattern."""
    counts = dict.fromkeys(_SUMMARY, 0) | {"read pairs": len(hits)}
    seen: set[str] = set()
    for hit, cells in hits:
        if cells[1] in seen:
            continue
        seen.add(cells[1])
        counts["distinct"] += 1
        counts[_kind(hit)] += 1
    annotations = dict(zip(header[9:], hits[0][1][9:], strict=False))
    return _statement(hits[0][0].line, name, annotations, counts, rows=len(hits))


def _kind(hit: _Hit) -> str:
    if any(max(read[side] for read in hit.reads) < _STRONG for side in (1, 2)):
        return "weak"
    return "strong+" if any(spans for spans, _, _ in hit.reads) else "strong-"


FORMAT: Final = CallerFormat(
    name="fuzzion2",
    title="fuzzion2",
    versions="hits, and the summary of fuzzum",
    files=("*fuzzion2*.txt", "*fuzzum*.txt", "*hits*.txt"),
    tells=Tells(
        order="sometimes",
        position="none",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line that begins with fuzzion2 or fuzzum and a version",
    recognise=recognise,
    read=read,
)
"""fuzzion2."""
