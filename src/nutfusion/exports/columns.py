"""A column of the tables, and how a value is written in a cell of text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

R = TypeVar("R")

Kind = Literal["text", "word", "whole", "real", "truth", "texts"]
"""``word`` is a text of a closed vocabulary (states, strands), ``texts`` a list of texts."""

Value = str | int | float | bool | tuple[str, ...] | None
"""What a cell holds; ``None`` is unknown or not applicable and stays empty, never zero."""

DIVIDER: Final = "; "
"""Between the texts of a list in one cell."""

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection"), in its wide forms
as well."""

_QUOTE: Final = '"'
"""At the start of a cell it makes programs read on over tabs and line ends to the next one."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        name: Header.
        kind: Type of its values.
        meaning: What it holds, with unit, base and what an empty cell means.
        value: Takes it out of a record; nothing is computed but counts of lists.
    """

    name: str
    kind: Kind
    meaning: str
    value: Callable[[R], Value]


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula and that stays in its cell.

    A text that would start a formula or a quoted cell gets an apostrophe before it; a tab or line
    end inside becomes a blank.
    """
    start = "'" if text.lstrip(" \n").startswith((*_STARTS_A_FORMULA, _QUOTE)) else ""
    return start + " ".join(text.replace("\t", " ").splitlines())


def csv_text(header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """A CSV file with line feeds; what a row lacks is empty, a strand alone is no formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        cells = (row.get(name, "") for name in header)
        writer.writerow([cell if cell in ("+", "-") else neutral(cell) for cell in cells])
    return target.getvalue()


def written(value: Value, kind: Kind) -> str:
    """A value as a cell of TSV; ``None`` is the empty cell.

    A ``word`` is written as it is: ``-`` alone, the minus strand, is no formula.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return neutral(DIVIDER.join(value))
    if isinstance(value, str):
        return value if kind == "word" else neutral(value)
    return repr(value)
