"""The cohort as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from nutfusion.exports.columns import Column
from nutfusion.exports.tables import parquet, tsv
from nutfusion.rcp.tables import ENTRY_COLUMNS, FUSION_COLUMNS, EntryRow, FusionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.exports.columns import Value
    from nutfusion.rcp.cohort import Cohort

R = TypeVar("R")


class CaseRow(NamedTuple, Generic[R]):
    """A row of a meeting's table, and whose case it is of."""

    case: str
    is_last: bool
    is_counted: bool
    row: R


def case_columns(columns: Sequence[Column[R]]) -> tuple[Column[CaseRow[R]], ...]:
    """The columns of a meeting's table behind those that say whose case a row is of."""
    return (
        Column("case", "text", "First week and folder of the sample.", lambda r: r.case),
        Column("is_last", "truth", "The last meeting that had it.", lambda r: r.is_last),
        Column(
            "is_counted", "truth", "A patient's, not withdrawn at the end.", lambda r: r.is_counted
        ),
        *(_of_meeting(one) for one in columns),
    )


def cohort_tables(found: Cohort) -> dict[str, bytes]:
    """Rows per dossier and meeting, and per fusion that stands, as TSV and Parquet."""
    rows = [
        CaseRow(case.identifier, entry is case.last, case.is_counted, EntryRow(week, entry))
        for case in found.cases
        for week, entry in case.entries
    ]
    fusions = [
        CaseRow(row.case, row.is_last, row.is_counted, FusionRow(row.row.week, row.row.entry, one))
        for row in rows
        for one in row.row.entry.fusions
    ]
    of_dossiers, of_fusions = case_columns(ENTRY_COLUMNS), case_columns(FUSION_COLUMNS)
    return {
        "dossiers.tsv": tsv(of_dossiers, rows),
        "dossiers.parquet": parquet(of_dossiers, rows),
        "fusions.tsv": tsv(of_fusions, fusions),
        "fusions.parquet": parquet(of_fusions, fusions),
    }


def _of_meeting(column: Column[R]) -> Column[CaseRow[R]]:
    def value(row: CaseRow[R]) -> Value:
        return column.value(row.row)

    return Column(column.name, column.kind, column.meaning, value)
