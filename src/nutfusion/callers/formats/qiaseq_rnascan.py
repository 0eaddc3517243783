"""QIAGEN QIAseq RNAscan: table of the fusion track of CLC "Detect and Refine Fusion Genes".

Source: CLC Genomics Workbench manual, "Output from Detect and Refine Fusion Genes". The manual
names the track's own columns only in part, and no real export was at hand.

==================================  ============================================================
table (CSV or TSV export)           nutfusion
==================================  ============================================================
Name ``A-B``                        5' and 3' gene
two rows, one per breakpoint        joined by Name
Filter                              kept: ``PASS`` or reasons (``Filtered during refinement``)
Chromosome, Region                  not read: which of the two genes a row places is not
                                    documented in the columns that the manual names
==================================  ============================================================

Order: always stated, by the name. No position is taken, so a joint is known by its genes only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nutfusion.callers.pairs import hyphenated_pair
from nutfusion.callers.reports import NOT_SHOWN, genes, kept, report_statements
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, rows_of
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"Chromosome", "Region", "Name", "Filter"})
_STAGES: Final = ("PASS", "Filtered during refinement", "Filtered before refinement")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    delimiter = _delimiter(head.first())
    names = set(header_cells(head.first(), delimiter))
    if not names >= _NEEDED:
        return None
    return Recognised("export", "header line with Chromosome, Region, Name and Filter")


def _delimiter(line: str) -> str:
    return max("\t,;", key=line.count)


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row; the two of one fusion become one statement."""
    rows = rows_of(text, delimiter=_delimiter(text.head.first()), quoted=True)
    note = remark("silence_depends_on_captured_genes")
    report = report_statements(rows, _statement, notes=(note,))
    joined: dict[tuple[str | None, str | None, str], Statement] = {}
    for one in report.statements:
        key = (one.first.gene, one.second.gene, dict(one.fields).get("Filter", ""))
        before = joined.get(key)
        joined[key] = one if before is None else replace(before, rows=before.rows + 1)
    return replace(report, statements=tuple(joined.values()))


def _statement(row: Row) -> Statement:
    pair = hyphenated_pair(genes(row.need("Name"), "Name") or "")
    if pair is None:
        raise RowError(f"expected Name as A-B, found {NOT_SHOWN}")
    return Statement(
        line=row.line,
        first=SideStatement(gene=pair[0]),
        second=SideStatement(gene=pair[1]),
        ordered=True,
        fields=kept(("Filter", _filter(row.get("Filter")))),
    )


def _filter(value: str | None) -> str | None:
    """The stage at which a row was filtered; other words become ``other``."""
    if value is None:
        return None
    found = [stage for stage in _STAGES if stage in value]
    return "; ".join(found) if found else "other"


FORMAT: Final = CallerFormat(
    name="qiaseq_rnascan",
    title="QIAGEN QIAseq RNAscan (CLC)",
    versions="exported fusion track",
    files=("*usion*.csv", "*usion*.tsv"),
    tells=Tells(
        order="always",
        position="none",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=False,
    expects="a header line with Chromosome, Region, Name and Filter",
    recognise=recognise,
    read=read,
)
"""QIAseq RNAscan."""
