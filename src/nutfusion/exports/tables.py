"""Tables of dossiers, fusions and ends of exons: TSV, Parquet and one XLSX workbook.

``dossiers``: one row per dossier, those without a fusion included, so that no sample is missing
because nothing was found. ``fusions``: one row per fusion. ``exon_ends``: one row per end of an
exon at which a fusion could have been seen. What each column is stands in ``columns.tsv`` and in
the workbook's last sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from nutfusion.exports.columns import Column, Kind, Value, written
from nutfusion.exports.dossier_columns import DOSSIER_COLUMNS
from nutfusion.exports.exon_end_columns import EXON_END_COLUMNS, exon_end_rows
from nutfusion.exports.fusion_columns import FUSION_COLUMNS, fusion_rows
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.review_columns import (
    DOSSIER_REVIEW_COLUMNS,
    FUSION_REVIEW_COLUMNS,
    Subject,
    automatic,
)
from nutfusion.exports.reviews import NO_REVIEWS
from nutfusion.exports.xlsx import Cell, Sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nutfusion.exports.reviews import Reviews
    from nutfusion.model.dossier import Dossier

R = TypeVar("R")

_ARROW: Final[Mapping[Kind, str]] = {
    "text": "string", "word": "string", "whole": "int64", "real": "float64", "truth": "bool",
}  # fmt: skip


class Meaning(NamedTuple):
    """A column of a table, as a row of the dictionary."""

    table: str
    column: Column[Any]


MEANING_COLUMNS: Final[tuple[Column[Meaning], ...]] = (
    Column("table", "word", "Name of the table.", lambda m: m.table),
    Column("column", "word", "Name of the column.", lambda m: m.column.name),
    Column("type", "word", "Of its values: text, word (of a closed list), whole, real, truth, or"
           " texts (a list).", lambda m: m.column.kind),
    Column("meaning", "text", "What it holds, with unit, base and what an empty cell means.",
           lambda m: m.column.meaning),
)  # fmt: skip
"""The dictionary of columns."""


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """One table.

    Attributes:
        name: Of its files and its sheet.
        columns: Of the automatic statement, in order.
        rows: Its rows of one dossier, in order.
        review: Columns for what a biologist said, behind the others.
    """

    name: str
    columns: Sequence[Column[R]]
    rows: Callable[[Dossier], Sequence[R]]
    review: Sequence[Column[Subject]] = ()

    @property
    def laid_out(self) -> tuple[Column[Subject], ...]:
        """All columns."""
        return (*map(automatic, self.columns), *self.review)


TABLES: Final[tuple[Table[Any], ...]] = (
    Table("dossiers", DOSSIER_COLUMNS, lambda dossier: (dossier,), DOSSIER_REVIEW_COLUMNS),
    Table("fusions", FUSION_COLUMNS, fusion_rows, FUSION_REVIEW_COLUMNS),
    Table("exon_ends", EXON_END_COLUMNS, exon_end_rows),
)
"""In the order of the workbook's sheets."""


def tables(dossiers: Sequence[Dossier], reviews: Reviews = NO_REVIEWS) -> Files:
    """All tables of some dossiers, with what may be repeated of the reviews beside them.

    Returns:
        Every table as ``.tsv`` and ``.parquet``, all in ``nutfusion.xlsx``, and ``columns.tsv``.
        Parquet has types: lists are lists, null is null, and no text is changed. TSV and XLSX hold
        lists in one cell, divided by ``; ``, and texts that would start a formula with an
        apostrophe.
    """
    files: Files = {}
    sheets = []
    for table in TABLES:
        rows = [
            Subject(row, reviews.get(dossier.sample.id))
            for dossier in dossiers
            for row in table.rows(dossier)
        ]
        files[f"{table.name}.tsv"] = tsv(table.laid_out, rows)
        files[f"{table.name}.parquet"] = parquet(table.laid_out, rows)
        sheets.append(_sheet(table.name, table.laid_out, rows))
    meanings = [Meaning(table.name, column) for table in TABLES for column in table.laid_out]
    files["columns.tsv"] = tsv(MEANING_COLUMNS, meanings)
    sheets.append(_sheet("columns", MEANING_COLUMNS, meanings))
    return {**files, "nutfusion.xlsx": workbook(sheets)}


def tsv(columns: Sequence[Column[R]], rows: Sequence[R]) -> bytes:
    """A header and one line per row, UTF-8, line feeds."""
    lines = ["\t".join(column.name for column in columns)]
    lines += [
        "\t".join(written(column.value(row), column.kind) for column in columns) for row in rows
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def parquet(columns: Sequence[Column[R]], rows: Sequence[R]) -> bytes:
    """A typed table; every column's meaning stands in its metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = []
    for column in columns:
        one: Any = pa.list_(pa.string()) if column.kind == "texts" else None
        kind = one if one is not None else pa.type_for_alias(_ARROW[column.kind])
        fields.append(pa.field(column.name, kind, metadata={"meaning": column.meaning}))
    records = [{column.name: _plain(column.value(row)) for column in columns} for row in rows]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(records, schema=pa.schema(fields)), sink)
    return bytes(sink.getvalue().to_pybytes())


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _sheet(name: str, columns: Sequence[Column[R]], rows: Sequence[R]) -> Sheet:
    return Sheet(
        name,
        [
            [column.name for column in columns],
            *([_cell(column.value(row), column.kind) for column in columns] for row in rows),
        ],
    )


def _cell(value: Value, kind: Kind) -> Cell:
    """A typed cell: numbers and truth values stay what they are."""
    if value is None or isinstance(value, bool | int | float):
        return value
    return written(value, kind) or None


FORMAT: Final = ExportFormat(
    "tables", "Rows per dossier, fusion and exon end: TSV, Parquet, XLSX", tables, reviewed=tables
)
"""The tables."""
