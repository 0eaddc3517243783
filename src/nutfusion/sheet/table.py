"""Reading a sheet's cells: CSV as spreadsheets write it, TSV, any line end, with or without BOM."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.errors import SampleSheetError
from nutfusion.sheet.columns import (
    COLUMNS,
    FILES,
    IGNORED,
    INPUTS,
    REQUIRED,
    is_identifying,
    nearest,
    plain,
)
from nutfusion.sheet.identity import identifies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_LONGEST_CELL: Final = 4096
_HEADER: Final = f"{', '.join(REQUIRED)} and one of {', '.join(INPUTS)}"
_BLANKS: Final = dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F), " ")
"""Blanks that do not break a line: usual in French before ``;``, ``:`` and ``%``."""


class SheetLine(NamedTuple):
    """One row: its first line in the file (1-based) and its cells by column, blanks stripped."""

    line: int
    cells: dict[str, str]


def read_table(path: Path) -> list[SheetLine]:
    """Read a sheet's rows and refuse what does not belong in one.

    Raises:
        SampleSheetError: The file is missing, no text table, has unknown or identifying columns,
            rows of another width, or cells that identify a person.
    """
    records = [record for record in _records(path) if any(record[1])]
    if not records:
        raise SampleSheetError(
            f"expected a header with {_HEADER}, found an empty file", path=path, line=1
        )
    line, header = records[0]
    body = records[1:]
    width = _used_width(header, [cells for _, cells in body])
    columns = _check_header(header[:width], path, line)
    if not body:
        raise SampleSheetError("expected at least one sample, found only a header", path=path)
    return [_row(columns, cells, path, line) for line, cells in body]


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of every record, blanks stripped."""
    text = _text(path)
    head = text.split("\n", 1)[0]
    delimiter = next((sign for sign in "\t,;" if sign in head), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise SampleSheetError(
            f"expected comma, semicolon or tab separated text, found {error}", path=path, line=line
        ) from error


def _text(path: Path) -> str:
    """The whole sheet as text."""
    if not path.is_file():
        raise SampleSheetError("expected a sample sheet, found no such file", path=path)
    data = path.read_bytes()
    if data.startswith(_UTF16):
        raise SampleSheetError("expected UTF-8 text, found UTF-16; save as 'CSV UTF-8'", path=path)
    if b"\x00" in data or data.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise SampleSheetError(
            "expected comma or tab separated text, found a binary file; export the sheet as CSV",
            path=path,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SampleSheetError(
            "expected UTF-8 text, found other bytes; save as 'CSV UTF-8'", path=path, line=line
        ) from error


def _used_width(header: list[str], body: list[list[str]]) -> int:
    """Number of columns without the nameless and empty ones that spreadsheets add at the end."""
    width = len(header)
    while width and not header[width - 1] and not any(any(row[width - 1 :]) for row in body):
        width -= 1
    return width


def _check_header(header: list[str], path: Path, line: int) -> list[str]:
    """Known column names, in the order of the file."""
    known = {*COLUMNS, *IGNORED}
    # NB: a sheet without a header begins with a patient, of whom nothing is repeated.
    if known.isdisjoint(map(plain, header)) and not any(map(is_identifying, header)):
        raise SampleSheetError(
            f"expected a header with {_HEADER}, found a first line that names no known"
            f" column; known columns are {', '.join(COLUMNS)}",
            path=path,
            line=line,
        )
    columns = []
    for number, name in enumerate(header, start=1):
        column = plain(name)
        if is_identifying(name):
            raise SampleSheetError(
                f"column {name!r} identifies a person and no such column may enter; remove it from"
                " the sheet and use pseudonyms only",
                path=path,
                line=line,
            )
        if column not in known:
            near = nearest(name)
            hint = f"; did you mean {near!r}?" if near else ""
            shown = "" if identifies(REQUIRED[0], name) else f"{name!r} "
            raise SampleSheetError(
                f"unknown column {shown}(number {number}){hint}; known columns are"
                f" {', '.join(COLUMNS)}",
                path=path,
                line=line,
            )
        if column in columns:
            raise SampleSheetError(
                f"expected every column once, found {column!r} twice", path=path, line=line
            )
        columns.append(column)
    for column in REQUIRED:
        if column not in columns:
            raise SampleSheetError(
                f"expected a column {column!r}, found only {', '.join(header) or 'nothing'}",
                path=path,
                line=line,
            )
    if not set(INPUTS) & set(columns):
        raise SampleSheetError(
            f"expected one of the columns {', '.join(INPUTS)}, found only {', '.join(header)}",
            path=path,
            line=line,
        )
    return columns


def _row(columns: list[str], cells: list[str], path: Path, line: int) -> SheetLine:
    """One row by column, without the columns that change nothing."""
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        raise SampleSheetError(
            f"expected {len(columns)} cells as in the header, found {len(cells)};"
            " quote cells that hold the separator",
            path=path,
            line=line,
        )
    row = dict(zip(columns, cells, strict=False))
    for column, value in row.items():
        if column not in FILES:
            row[column] = value.translate(_BLANKS).strip()
        _check_cell(column, row[column], path, line)
    return SheetLine(line, {name: row.get(name, "") for name in COLUMNS})


def _check_cell(column: str, value: str, path: Path, line: int) -> None:
    """Refuse a cell that identifies a person or cannot be printed."""
    if len(value) > _LONGEST_CELL or not value.isprintable():
        raise SampleSheetError(
            f"expected at most {_LONGEST_CELL} printable characters in column {column!r}",
            path=path,
            line=line,
        )
    seen = identifies(column, value)
    if seen is not None:
        raise SampleSheetError(
            f"column {column!r} holds what looks like {seen}; only pseudonyms may enter: remove it"
            " from the sheet",
            path=path,
            line=line,
        )
