"""Tab-separated tables with line numbers, so that every complaint can point at a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.errors import ReferenceDataError
from nutfusion.reference.layout import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Attributes:
        path: The file, for messages.
        line: 1-based line number.
        cells: Column name to text; an empty text is null.
    """

    path: Path
    line: int
    cells: dict[str, str]

    def error(self, message: str) -> ReferenceDataError:
        """Return an error that points at this line."""
        return ReferenceDataError(message, path=self.path, line=self.line)

    def text(self, column: str) -> str:
        """Return a cell that must not be empty.

        Raises:
            ReferenceDataError: It is empty.
        """
        value = self.cells[column]
        if not value:
            raise self.error(f"expected a value in column {column}, found an empty cell")
        return value

    def optional(self, column: str) -> str | None:
        """Return a cell, ``None`` when it is empty."""
        return self.cells[column] or None

    def listed(self, column: str) -> tuple[str, ...]:
        """Return the comma-separated parts of a cell; an empty cell has none."""
        value = self.cells[column]
        return tuple(value.split(",")) if value else ()

    def integer(self, column: str) -> int:
        """Return a whole number of zero or more.

        Raises:
            ReferenceDataError: The cell is empty or something else.
        """
        value = self.text(column)
        if not (value.isascii() and value.isdigit()):
            raise self.error(f"expected a whole number in column {column}, found {value!r}")
        return int(value)

    def optional_integer(self, column: str) -> int | None:
        """Return a whole number, ``None`` when the cell is empty."""
        return self.integer(column) if self.cells[column] else None

    def flag(self, column: str) -> bool:
        """Return a yes or no.

        Raises:
            ReferenceDataError: The cell is neither ``yes`` nor ``no``.
        """
        value = self.cells[column]
        if value not in {"yes", "no"}:
            raise self.error(f"expected yes or no in column {column}, found {value!r}")
        return value == "yes"


def read_rows(name: str, path: Path, content: bytes) -> Iterator[Row]:
    """Yield the rows of one of the panel's tables.

    Args:
        name: File name as in ``COLUMNS``.
        path: Where the bytes come from, for messages.
        content: The whole file.

    Raises:
        ReferenceDataError: Not UTF-8, another header, or a row with another number of cells.
    """
    try:
        lines = content.decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"expected UTF-8 text: {error}", path=path) from error
    columns = COLUMNS[name]
    header = tuple(lines[0].split("\t"))
    if header != columns:
        raise ReferenceDataError(
            f"expected the columns {', '.join(columns)}, found {', '.join(header) or 'nothing'}",
            path=path,
            line=1,
        )
    for number, text in enumerate(lines[1:], start=2):
        cells = text.split("\t")
        if len(cells) != len(columns):
            raise ReferenceDataError(
                f"expected {len(columns)} tab-separated cells, found {len(cells)}",
                path=path,
                line=number,
            )
        yield Row(path, number, dict(zip(columns, cells, strict=True)))


def render_rows(name: str, rows: Iterable[Sequence[object]]) -> bytes:
    """Lay rows out as one of the panel's tables.

    Args:
        name: File name as in ``COLUMNS``.
        rows: One sequence per line, in the order of the columns. ``None`` gives an empty cell,
            a truth value ``yes`` or ``no``, a tuple its parts joined by commas.

    Returns:
        UTF-8 with a header line, tabs and line feeds.

    Raises:
        ValueError: A value holds a tab or a line break, or a row has another number of cells.
    """
    lines = ["\t".join(COLUMNS[name])]
    for row in rows:
        if len(row) != len(COLUMNS[name]):
            raise ValueError(f"{name}: {len(row)} cells, expected {len(COLUMNS[name])}: {row!r}")
        lines.append("\t".join(_cell(value) for value in row))
    return ("\n".join(lines) + "\n").encode("utf-8")


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ",".join(_cell(part) for part in value)
        case _:
            text = str(value)
            if any(character in text for character in "\t\n\r"):
                raise ValueError(f"a cell may not hold a tab or a line break: {text!r}")
            return text
