"""pbfusion ``.breakpoints.groups.bed``.

Source: the ``##INFO`` lines of pbfusion 0.4.0's own output (PacificBiosciences/pbfusion@cfa25ea).
What the coordinates mean was measured on its real files: on the same reads, breakpoints at the
end of an alignment equal the 0-based last base that LongGF and FusionSeeker give, those at the
beginning are one below the 0-based first base.

==============================  ================================================================
pbfusion                        nutfusion
==============================  ================================================================
chr, start, end                 ``end`` is the border of the alignment, half-open: the last base
                                that stays, or the one before the first that stays
strand1, strand2                of the read's alignment; the read runs from breakpoint 1 (source)
                                to 2 (sink), so they show which side of each stays
GN, GI                          genes of source and sink; of more than two the position decides
RC                              split_reads (long reads, every one crosses the joint)
CL                              class and number of reads; READTHROUGH alone is a read-through
score, MD                       kept as stated, CL too
==============================  ================================================================

Order: from the sides that stay and the strand of the genes; a read may be sequenced backwards.
Positions are means over reads (MD is their spread) and taken to be to the base only where both are
exon edges. The names of reads and of the sample, and the command, are not kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    LONG_READ_NOISE,
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, rows_of, shown, statements, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

_HEADER: Final = ("chr1", "start1", "end1", "chr2", "start2", "end2", "id", "score")
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    "score": re.compile(r"[A-Z]{1,20}"),
    "CL": re.compile(r"[A-Za-z]{1,40}:\d{1,9}(?:,[A-Za-z]{1,40}:\d{1,9})*"),
    "MD": re.compile(r"[0-9.]{1,25}(?:e[-+]?\d{1,3})?"),
}
_KEPT: Final[Mapping[tuple[str, str], Kept]] = {
    ("1", "+"): "lower",
    ("1", "-"): "higher",
    ("2", "+"): "higher",
    ("2", "-"): "lower",
}


def recognise(head: Head) -> Recognised | None:
    """By the header line, after lines that begin with ``##``."""
    names = header_cells(head.first(skip=("##",)))
    if names[: len(_HEADER)] != _HEADER or "info" not in names:
        return None
    return Recognised("breakpoints.groups.bed", "header line with chr1, start1, score and info")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    rows = rows_of(text, is_header=lambda line: line.startswith("#") and not line.startswith("##"))
    return statements(rows, _statement)


def _statement(row: Row) -> Statement:
    info = {
        key.strip(): value.strip()
        for key, _, value in (item.partition("=") for item in row.need("info").split(";"))
    }
    names = [name for name in info.get("GN", "").split(",") if name]
    ids = info.get("GI", "").split(",")
    if not names:
        raise RowError("expected GN in info, found none")
    if len(names) == 2:
        genes = names
        gene_ids = ids if len(ids) == 2 else ["", ""]
    else:
        genes, gene_ids = [";".join(names)] * 2, ["", ""]
    if "RC" not in info:
        raise RowError("expected RC in info, found none")
    return Statement(
        line=row.line,
        first=_side(row, "1", genes[0], gene_ids[0]),
        second=_side(row, "2", genes[1], gene_ids[1]),
        ordered=False,
        noise=LONG_READ_NOISE,
        split_reads=whole_number(info["RC"], "RC"),
        read_through=_read_through(info.get("CL", "")),
        fields=tuple(_fields({"score": row.get("score") or ""} | info)),
    )


def _fields(info: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    for name, shape in _SHAPES.items():
        value = info.get(name, "")
        if value:
            if shape.fullmatch(value) is None:
                raise RowError(f"expected {name} as pbfusion writes it, found another word")
            found.append((name, value))
    return found


def _read_through(classes: str) -> bool | None:
    """What all reads of a breakpoint were classed as; ``None`` for other classes or several."""
    words = {item.partition(":")[0].casefold() for item in classes.split(",")}
    return {frozenset({"readthrough"}): True, frozenset({"fusion"}): False}.get(frozenset(words))


def _side(row: Row, end: str, gene: str, gene_id: str) -> SideStatement:
    strand = row.strand(f"strand{end}")
    low, border = (
        whole_number(row.need(f"{name}{end}"), f"{name}{end}") for name in ("start", "end")
    )
    if border != low + 1:
        raise RowError(
            f"expected end{end} one above start{end}, found {shown(f'{low} and {border}')}"
        )
    if strand is None:
        raise RowError(f"expected strand{end} as + or -, found none")
    kept = _KEPT[end, strand]
    return SideStatement(
        gene=gene,
        gene_id=gene_id or None,
        contig=row.need(f"chr{end}"),
        position=border if kept == "lower" else border + 1,
        kept=kept,
    )


FORMAT: Final = CallerFormat(
    name="pbfusion",
    title="pbfusion",
    versions="breakpoints.groups.bed",
    files=("*.breakpoints.groups.bed", "*.breakpoints.bed"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=False,
        split_reads=True,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line that begins chr1 start1 end1 chr2 start2 end2 id score, with info",
    recognise=recognise,
    read=read,
)
"""pbfusion."""
