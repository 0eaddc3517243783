"""Tables of fusions and of dossiers: TSV, Parquet and one XLSX workbook.

``fusions``: one row per fusion. ``dossiers``: one row per dossier, those without a fusion included,
so that no sample is missing because nothing was found. The workbook has a third sheet that says
what each column is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from nutfusion.exports.columns import Column, Kind, Value, neutral, written
from nutfusion.exports.dossier_columns import DOSSIER_COLUMNS
from nutfusion.exports.fusion_columns import FUSION_COLUMNS, fusion_rows
from nutfusion.exports.interface import ExportFormat, Files
from nutfusion.exports.xlsx import Cell, Sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.model.dossier import Dossier

R = TypeVar("R")

_ARROW: Final[Mapping[Kind, str]] = {
    "text": "string", "word": "string", "whole": "int64", "real": "float64", "truth": "bool",
}  # fmt: skip


def tables(dossiers: Sequence[Dossier]) -> Files:
    """All tables of some dossiers.

    Returns:
        ``fusions`` and ``dossiers`` as ``.tsv`` and ``.parquet``, and ``nutfusion.xlsx``. Parquet
        has types: lists are lists, null is null, and no text is changed. TSV and XLSX hold lists
        in one cell, divided by ``; ``, and texts that would start a formula with an apostrophe.
    """
    fusions = [row for dossier in dossiers for row in fusion_rows(dossier)]
    return {
        "fusions.tsv": tsv(FUSION_COLUMNS, fusions),
        "fusions.parquet": parquet(FUSION_COLUMNS, fusions),
        "dossiers.tsv": tsv(DOSSIER_COLUMNS, dossiers),
        "dossiers.parquet": parquet(DOSSIER_COLUMNS, dossiers),
        "nutfusion.xlsx": workbook(
            [
                _sheet("dossiers", DOSSIER_COLUMNS, dossiers),
                _sheet("fusions", FUSION_COLUMNS, fusions),
                _meanings(),
            ]
        ),
    }


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


def _meanings() -> Sheet:
    """What every column is."""
    rows: list[list[Cell]] = [["sheet", "column", "meaning"]]
    rows += [["dossiers", column.name, neutral(column.meaning)] for column in DOSSIER_COLUMNS]
    rows += [["fusions", column.name, neutral(column.meaning)] for column in FUSION_COLUMNS]
    return Sheet("columns", rows)


FORMAT: Final = ExportFormat(
    "tables", "Rows per fusion and per dossier: TSV, Parquet, XLSX", tables
)
"""The tables."""
