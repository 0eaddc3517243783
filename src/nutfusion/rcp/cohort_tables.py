"""The cohort as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.exports.columns import Column
from nutfusion.exports.tables import parquet, tsv
from nutfusion.rcp.tables import ENTRY_COLUMNS, FUSION_COLUMNS, EntryRow, FusionRow

if TYPE_CHECKING:
    from nutfusion.exports.columns import Value
    from nutfusion.rcp.cohort import Cohort


class CaseRow(NamedTuple):
    """A dossier of a meeting, and whose case it is."""

    case: str
    is_last: bool
    is_counted: bool
    row: EntryRow


class CaseFusionRow(NamedTuple):
    """A fusion that stands, and whose case it is."""

    case: str
    is_last: bool
    is_counted: bool
    row: FusionRow


def _of_entry(column: Column[EntryRow]) -> Column[CaseRow]:
    """A column of a meeting's table."""

    def value(row: CaseRow) -> Value:
        return column.value(row.row)

    return Column(column.name, column.kind, column.meaning, value)


def _of_fusion(column: Column[FusionRow]) -> Column[CaseFusionRow]:
    """A column of a meeting's table."""

    def value(row: CaseFusionRow) -> Value:
        return column.value(row.row)

    return Column(column.name, column.kind, column.meaning, value)


COHORT_COLUMNS: Final[tuple[Column[CaseRow], ...]] = (
    Column("case", "text", "First week and folder of the sample.", lambda r: r.case),
    Column("is_last", "truth", "The last meeting that had it.", lambda r: r.is_last),
    Column("is_counted", "truth", "A patient's, not withdrawn at the end.", lambda r: r.is_counted),
    *(_of_entry(one) for one in ENTRY_COLUMNS),
)
"""One row per dossier and meeting."""

COHORT_FUSION_COLUMNS: Final[tuple[Column[CaseFusionRow], ...]] = (
    Column("case", "text", "First week and folder of the sample.", lambda r: r.case),
    Column("is_last", "truth", "The last meeting that had it.", lambda r: r.is_last),
    Column("is_counted", "truth", "A patient's, not withdrawn at the end.", lambda r: r.is_counted),
    *(_of_fusion(one) for one in FUSION_COLUMNS),
)
"""One row per fusion, dossier and meeting."""


def cohort_tables(found: Cohort) -> dict[str, bytes]:
    """Rows per dossier and meeting, and per fusion that stands, as TSV and Parquet."""
    rows = [
        CaseRow(case.identifier, entry is case.last, case.is_counted, EntryRow(week, entry))
        for case in found.cases
        for week, entry in case.entries
    ]
    fusions = [
        CaseFusionRow(
            row.case, row.is_last, row.is_counted, FusionRow(row.row.week, row.row.entry, f)
        )
        for row in rows
        for f in row.row.entry.fusions
    ]
    return {
        "dossiers.tsv": tsv(COHORT_COLUMNS, rows),
        "dossiers.parquet": parquet(COHORT_COLUMNS, rows),
        "fusions.tsv": tsv(COHORT_FUSION_COLUMNS, fusions),
        "fusions.parquet": parquet(COHORT_FUSION_COLUMNS, fusions),
    }
