"""LongGF's log, or its ``SumGF`` lines alone.

Source: WGLab/LongGF@86a706c, README, and bin/get_gfFrombam.c.

==============================  ================================================================
LongGF                          nutfusion
==============================  ================================================================
``SumGF  A:B n chr:p chr:q``    two genes in no order (they are sorted by id), split_reads (long
                                reads, every one crosses the joint), two positions
positions                       0-based residues, so one is added; means over the reads
``GF`` line before it           the same joint with its reads: of ``l/r`` reads l begin and r end
                                at the position; when all begin there the higher coordinates stay,
                                when all end there the lower ones; the two lines are one fusion
==============================  ================================================================

Order: from the ends of the reads, where the log has them, and the strand of the genes; else from
exon edges. A mean is taken to be to the base only where both are exon edges. Paths, read names and
everything else in the log are not kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    LONG_READ_NOISE,
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
    Unreadable,
)

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

_SUM: Final = re.compile(
    r"SumGF\s+(?P<genes>\S+)\s+(?P<reads>\d{1,9})"
    r"\s+(?P<first>\S+):(?P<p>\d{1,10})\s+(?P<second>\S+):(?P<q>\d{1,10})\s*"
)
_DETAIL: Final = re.compile(
    r"GF\s+(?P<genes>\S+)\s+(?P<reads>\d{1,9})\s+\d+\s+supporting reads=\S+\s+\S+\s+\S+"
    r"\s+(?P<first>\S+):(?P<p>\d{1,10})\s+(?P<begin1>\d{1,9})/(?P<end1>\d{1,9}):\S+"
    r"\s+(?P<second>\S+):(?P<q>\d{1,10})\s+(?P<begin2>\d{1,9})/(?P<end2>\d{1,9}):\S+\s*"
)
_LOG: Final = re.compile(
    r"^(?:SumGF\s|GF\s\S+ \d+ \d+ supporting reads=|Handle =0 _fg_cand)", re.MULTILINE
)


def recognise(head: Head) -> Recognised | None:
    """By its result lines, or by lines of its log."""
    if _LOG.search(head.text) is None:
        return None
    if head.first().startswith("SumGF"):
        return Recognised("SumGF lines", "lines that begin with SumGF")
    return Recognised("log", "lines of LongGF's log")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every GF and SumGF line; those that state one joint are one fusion."""
    found: dict[tuple[str, ...], Statement] = {}
    unreadable: list[Unreadable] = []
    count = 0
    for number, line in text.numbered():
        if not line.startswith(("GF\t", "GF ", "SumGF")):
            continue
        count += 1
        match = (_SUM if line.startswith("SumGF") else _DETAIL).fullmatch(line)
        if match is None:
            message = "expected two genes, a number of reads and two positions, found another line"
            unreadable.append(Unreadable(number, line, message))
            continue
        key = match.group("genes", "reads", "first", "p", "second", "q")
        earlier = found.get(key)
        found[key] = (
            _statement(number, match)
            if earlier is None
            else replace(earlier, rows=earlier.rows + 1)
        )
    return CallerReport(count, tuple(found.values()), tuple(unreadable))


def _statement(number: int, match: re.Match[str]) -> Statement:
    parts = [part for part in match["genes"].split(":") if part]
    genes = parts if len(parts) == 2 else [";".join(parts)] * 2
    return Statement(
        line=number,
        first=_side(match, genes[0], ("first", "p", "begin1", "end1")),
        second=_side(match, genes[1], ("second", "q", "begin2", "end2")),
        ordered=False,
        noise=LONG_READ_NOISE,
        split_reads=int(match["reads"]),
    )


def _side(match: re.Match[str], gene: str, names: tuple[str, str, str, str]) -> SideStatement:
    contig, position, begin, end = (match.groupdict().get(name) for name in names)
    return SideStatement(
        gene=gene,
        contig=contig,
        position=int(position or 0) + 1,
        kept=_kept(int(begin or 0), int(end or 0)),
    )


def _kept(begin: int, end: int) -> Kept | None:
    """Side that stays, when all reads begin, or all end, at the position."""
    if begin and end:
        return None
    return "higher" if begin else "lower" if end else None


FORMAT: Final = CallerFormat(
    name="longgf",
    title="LongGF",
    versions="log, and its SumGF lines",
    files=("*longgf*.out", "*LongGF*.log", "*longgf*.txt", "*LongGF*.txt"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=False,
        split_reads=True,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="lines that begin with SumGF, or the log with them",
    recognise=recognise,
    read=read,
)
"""LongGF."""
