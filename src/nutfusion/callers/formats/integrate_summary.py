"""INTEGRATE ``summary.tsv``.

Source: INTEGRATE wiki, "output", summary.tsv (sourceforge.net/p/integrate-fusion).

==============================  ================================================================
INTEGRATE                       nutfusion
==============================  ================================================================
5_Prime, 3_Prime                5' and 3' gene
SP_RNA                          split_reads: here a read spans when it crosses the joint
EN_RNA                          discordant_pairs ("encompassing")
Type ``Read_Through``           is_read_through
Type, Tier, Reciprocal          kept as stated
==============================  ================================================================

Order: always stated. No positions: they stand in bk_sv.vcf, see ``integrate``. EN_DNA and SP_DNA of
runs with DNA are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, kept_fields, rows_of, statements

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"Fusion_Candidate", "5_Prime", "3_Prime", "Tier"})
_FIELDS: Final = ("Tier", "Type", "Reciprocal")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first()))
    if not names >= _NEEDED:
        return None
    version = "with DNA" if "SP_DNA" in names or "SP_DNA_T" in names else "RNA"
    return Recognised(version, "header line with Fusion_Candidate, 5_Prime and Tier")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text), _statement)


def _statement(row: Row) -> Statement:
    kind = row.get("Type")
    return Statement(
        line=row.line,
        first=SideStatement(gene=row.need("5_Prime")),
        second=SideStatement(gene=row.need("3_Prime")),
        ordered=True,
        split_reads=row.count("SP_RNA"),
        discordant_pairs=row.count("EN_RNA"),
        read_through=None if kind is None else kind.casefold() == "read_through",
        fields=kept_fields(row, _FIELDS),
    )


FORMAT: Final = CallerFormat(
    name="integrate_summary",
    title="INTEGRATE (summary)",
    versions="summary.tsv",
    files=("summary.tsv", "*integrate*summary.tsv"),
    tells=Tells(
        order="always",
        position="none",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with Fusion_Candidate, 5_Prime, 3_Prime and Tier",
    recognise=recognise,
    read=read,
)
"""INTEGRATE, genes and counts."""
