"""Columns that say of which sample a row is, the same in every table."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from nutfusion.dossier.paper import is_test_data
from nutfusion.exports.columns import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutfusion.model.dossier import Dossier

R = TypeVar("R")


def sample_columns(of: Callable[[R], Dossier]) -> tuple[Column[R], ...]:
    """Pseudonym, run, and whether it is a patient's sample.

    Args:
        of: The dossier of a row.
    """
    return (
        Column("sample", "text", "Pseudonym.", lambda row: of(row).sample.id),
        Column("run", "text", "Sequencing run; empty: not given.", lambda row: of(row).sample.run),
        Column("control", "word", "Kind of control of the run; empty: a patient's sample.",
               lambda row: of(row).sample.control),
        Column("test_data", "truth", "Panel or profile are for tests only: of no patient.",
               lambda row: is_test_data(of(row))),
    )  # fmt: skip


def state_columns(of: Callable[[R], Dossier]) -> tuple[Column[R], ...]:
    """The profile and the state of the sample, for tables with several rows of one."""
    return (
        Column("assay", "text", "Assay profile.", lambda row: of(row).assay.id),
        Column("molecular_state", "word", "State of the sample.",
               lambda row: of(row).molecular_state.value),
    )  # fmt: skip
