"""Arriba ``fusions.tsv`` and ``fusions.discarded.tsv``, versions 0.x to 2.x.

Source: suhrig/arriba@02bfd7d (v2.5.1), documentation/05-Output-files.md and
source/output_fusions.cpp. The columns of 0.x and 1.x stand in another order, so they are read by
name.

==============================  ================================================================
Arriba                          nutfusion
==============================  ================================================================
gene1, gene2                    5' and 3' gene; ``A(123),B(456)`` is intergenic; ``.`` unknown
strand1(gene/fusion), strand2   transcript strand: the part after the slash; ``.`` unknown
breakpoint1, breakpoint2        junction, 1-based, last and first base that stay
direction1, direction2          ``upstream``: the partner joins at lower coordinates, so the
                                higher ones stay; ``downstream``: the lower ones stay
split_reads1 + split_reads2     split_reads (fragments; anchored in gene1 or in gene2)
discordant_mates                discordant_pairs (fragments)
reading_frame ``.``             not stated
type, ``read-through``          is_read_through ("deletion/read-through/5'-5'" counts)
confidence, type, site1, site2  kept as stated
filters                         a filter without a number discarded the row: it did not pass
==============================  ================================================================

Order: stated, but where the transcript's start is ambiguous (a strand is ``.``) it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import (
    Row,
    header_cells,
    not_passed,
    one_of,
    place,
    rows_of,
    statements,
)
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

_NEEDED: Final = frozenset({"gene1", "gene2", "breakpoint1", "breakpoint2", "split_reads1"})
_KEPT: Final[Mapping[str, Kept]] = {"upstream": "higher", "downstream": "lower"}
_FIELDS: Final = ("confidence", "type", "site1", "site2")
_CONFIDENCE: Final = ("low", "medium", "high")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED or "strand1(gene/fusion)" not in names:
        return None
    version = "2.x" if "tags" in names else "0.x or 1.x"
    return Recognised(version, "header line with gene1, breakpoint1 and strand1(gene/fusion)")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    kind = row.get("type") or ""
    frame = row.get("reading_frame")
    first, second = _side(row, "1"), _side(row, "2")
    if row.get("confidence") is not None:
        one_of(row.need("confidence"), "confidence", _CONFIDENCE)
    splits = (row.count("split_reads1"), row.count("split_reads2"))
    return Statement(
        line=row.line,
        first=first,
        second=second,
        ordered=first.strand is not None and second.strand is not None,
        split_reads=None if None in splits else sum(n for n in splits if n is not None),
        discordant_pairs=row.count("discordant_mates"),
        reading_frame=None
        if frame is None
        else ReadingFrame(one_of(frame, "reading_frame", [f.value for f in ReadingFrame][:3])),
        read_through="read-through" in kind.split("/"),
        fields=row.words(_FIELDS),
        problems=not_passed(_is_discarded(row.get("filters"))),
    )


def _is_discarded(filters: str | None) -> bool:
    """Whether a filter took all reads: one that took some has their number in brackets."""
    return any("(" not in one for one in (filters or "").split(",") if one.strip())


def _side(row: Row, end: str) -> SideStatement:
    contig, position, _ = place(row.need(f"breakpoint{end}"), f"breakpoint{end}")
    strands = (row.get(f"strand{end}(gene/fusion)") or "./.").split("/")
    if len(strands) != 2 or any(strand not in ("+", "-", ".") for strand in strands):
        raise RowError(f"expected strand{end}(gene/fusion) as two strands with a slash")
    direction = row.get(f"direction{end}")
    return SideStatement(
        gene=row.get(f"gene{end}"),
        gene_id=row.get(f"gene_id{end}"),
        contig=contig,
        position=position,
        strand=None if strands[1] == "." else strands[1],
        kept=None
        if direction is None
        else _KEPT[one_of(direction, f"direction{end}", tuple(_KEPT))],
        transcript=row.get(f"transcript_id{end}"),
        exon=row.get(f"exon_number{end}"),
    )


FORMAT: Final = CallerFormat(
    name="arriba",
    title="Arriba",
    versions="0.x to 2.x, fusions.tsv and fusions.discarded.tsv",
    files=("fusions.tsv", "*.fusions.tsv", "fusions.discarded.tsv", "*.fusions.discarded.tsv"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with gene1, breakpoint1 and strand1(gene/fusion)",
    recognise=recognise,
    read=read,
)
"""Arriba."""
