"""Tables with a header line, read by column name, with the line of every row."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Unpack

from nutfusion.callers.statement import CallerReport, RowError, Statement, Unreadable
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from nutfusion.callers.statement import Said
    from nutfusion.callers.text import CallerText

UNKNOWN: Final = frozenset({"", ".", "NA", "N/A", "na", "nan", "NaN", "null", "None", "-"})
"""Words for "not stated" that formats use; none of them is a gene, a number or zero."""

_DECIMAL: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?")

csv.field_size_limit(1 << 28)

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.,:;/|+()\[\]>-]{1,100}")
_COUNT: Final = re.compile(r"\s*([0-9]{1,15})(?:\.0*)?\s*")
_WORD: Final = re.compile(r"[A-Za-z0-9_.;:/+'-]{1,80}")


def word(value: str | None) -> str | None:
    """A value that a white list may keep: one word of a program, nothing free; else ``None``."""
    return value if value is not None and _WORD.fullmatch(value) else None


def not_passed(*signs: bool) -> tuple[str, ...]:
    """What a row has to say that its own program rejects, or calls weak.

    Args:
        signs: Each is true when a column of the row says so; a column that is silent says nothing.
    """
    return (remark("not_passed"),) if any(signs) else ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: 1-based line in the file.
        cells: By column name as written in the header, without blanks around.
        text: The row as it stands.
    """

    line: int
    cells: dict[str, str]
    text: str

    def get(self, *names: str) -> str | None:
        """The first of these columns that the file has; ``None`` without, or when unknown."""
        for name in names:
            if name in self.cells:
                value = self.cells[name]
                return None if value in UNKNOWN else value
        return None

    def words(self, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """(name, value) of the columns of a white list that hold one word (see ``word``)."""
        return tuple((name, kept) for name in names if (kept := word(self.get(name))) is not None)

    def need(self, *names: str) -> str:
        """As ``get``, for a cell that must be filled.

        Raises:
            RowError: It is missing or unknown.
        """
        value = self.get(*names)
        if value is None:
            raise RowError(f"expected a value in {names[0]!r}, found none")
        return value

    def strand(self, name: str) -> str | None:
        """A cell that holds ``+`` or ``-``; ``None`` when it is missing or says unknown.

        Raises:
            RowError: It holds another word.
        """
        value = self.cells.get(name, "")
        if value in ("+", "-"):
            return value
        if value in UNKNOWN or value == "*":
            return None
        raise RowError(f"expected {name} as + or -, found {shown(value)}")

    def count(self, *names: str) -> int | None:
        """A count of reads; ``None`` when unknown. Whole numbers written ``12.0`` are accepted.

        Raises:
            RowError: It is not a whole number of 0 or more.
        """
        value = self.get(*names)
        return None if value is None else whole_number(value, names[0])

    def measure(self, name: str) -> str | None:
        """A number kept as it is written (a score, a ratio); ``None`` when unknown.

        Raises:
            RowError: It is no decimal number, so it may be anything.
        """
        value = self.get(name)
        return None if value is None else decimal_text(value, name)

    def word(self, name: str, allowed: Sequence[str]) -> str | None:
        """A word of a closed list; ``None`` when unknown.

        Raises:
            RowError: It is another one.
        """
        value = self.get(name)
        return None if value is None else one_of(value, name, allowed)


def decimal_text(value: str, name: str) -> str:
    """A decimal number, as it is written.

    Raises:
        RowError: It is none.
    """
    if len(value) > 40 or not _DECIMAL.fullmatch(value):
        raise RowError(f"expected {name} as a number, found {shown(value)}")
    return value


def stated(**values: str | None) -> tuple[tuple[str, str], ...]:
    """The fields of a row that are known, for ``Statement.fields``."""
    return tuple((name, value) for name, value in values.items() if value is not None)


def whole_number(value: str, name: str) -> int:
    """A count written as text.

    Raises:
        RowError: It is not a whole number of 0 or more.
    """
    match = _COUNT.fullmatch(value)
    if match is None or not value.isascii():
        raise RowError(f"expected {name} as a whole number of 0 or more, found {shown(value)}")
    return int(match[1])


def position_of(value: str | None, name: str) -> int | None:
    """A 1-based position; ``None`` when unknown.

    Raises:
        RowError: It is not a whole number of 1 or more.
    """
    if value is None or value.strip() in UNKNOWN:
        return None
    found = whole_number(value, name)
    if found == 0:
        raise RowError(f"expected {name} as a position of 1 or more, found 0")
    return found


def shown(value: str) -> str:
    """A value as an error message shows it: cut, quoted."""
    return repr(value if len(value) <= 40 else value[:37] + "...")


def one_of(value: str, name: str, allowed: Sequence[str]) -> str:
    """A word of a closed list.

    Raises:
        RowError: It is another one.
    """
    if value not in allowed:
        raise RowError(f"expected {name} as one of {', '.join(allowed)}, found {shown(value)}")
    return value


def place(value: str | None, name: str) -> tuple[str | None, int | None, str | None]:
    """``chr:position:strand`` or ``chr:position`` taken apart; all ``None`` when unknown.

    Raises:
        RowError: It has another shape.
    """
    if value is None or value in UNKNOWN:
        return None, None, None
    parts = value.split(":")
    if len(parts) == 2:
        parts.append(".")
    if len(parts) != 3 or not parts[0] or parts[2] not in ("+", "-", ".", ""):
        raise RowError(f"expected {name} as contig:position:strand, found {shown(value)}")
    return parts[0], position_of(parts[1], name), parts[2] if parts[2] in ("+", "-") else None


def header_cells(line: str, delimiter: str = "\t") -> tuple[str, ...]:
    """Column names of a header line: without quotes, blanks around and a leading ``#``."""
    cells = next(csv.reader([line], delimiter=delimiter), [])
    names = [cell.strip() for cell in cells]
    if names:
        names[0] = names[0].lstrip("#").strip()
    return tuple(names)


def rows_of(
    text: CallerText,
    *,
    delimiter: str = "\t",
    is_header: Callable[[str], bool] | None = None,
    header: Sequence[str] | None = None,
    skip: tuple[str, ...] = (),
    quoted: bool = False,
) -> Iterator[Row]:
    """Rows of a table.

    Args:
        text: The file.
        delimiter: Between cells.
        is_header: Tells the header line; the first line by default. A repeated header line is
            left out.
        header: Column names of a file without a header line.
        skip: Lines that start with one of these are left out.
        quoted: Cells may stand in double quotes (CSV); else a quote is a character, unless the
            header line begins with one, as tables that R or a spreadsheet wrote again do.

    Yields:
        Rows in file order. A row that is shorter than the header lacks its last cells; of two
        columns of one name the first counts.
    """
    names = tuple(header) if header is not None else None
    head_line: str | None = None
    quoted = quoted or text.head.first(skip=skip if header is None else ()).startswith('"')
    for number, line in text.numbered():
        if names is None:
            if is_header is None or is_header(line):
                names, head_line = header_cells(line, delimiter), line
            continue
        if line == head_line or (skip and line.startswith(skip)):
            continue
        if quoted and '"' in line:
            values = next(csv.reader([line], delimiter=delimiter), [])
        else:
            values = line.split(delimiter)
        # NB: from the right, so that of two columns of one name the first is written last
        pairs = zip(reversed(names[: len(values)]), reversed(values[: len(names)]), strict=True)
        cells = {name: value.strip() for name, value in pairs}
        yield Row(number, cells, line)


def without_columns(rows: Iterable[Row], names: Collection[str]) -> Iterator[Row]:
    """Rows whose text leaves out some columns, and those without a name.

    Whether a row that cannot be read names a panel gene is asked of its text, and a sample may be
    called NUT-7, a disease NUT carcinoma.

    Args:
        rows: Rows.
        names: Columns of samples, libraries, diseases.
    """
    for row in rows:
        text = "\t".join(cell for name, cell in row.cells.items() if name not in names)
        yield replace(row, text=text)


def statements(
    rows: Iterable[Row], statement: Callable[[Row], Statement | None], **said: Unpack[Said]
) -> CallerReport:
    """Read a file row by row.

    Args:
        rows: All rows of a file.
        statement: Reads one row; ``None`` for a row that is no fusion.
        **said: What the file says beside its rows.

    Returns:
        Rows that raised ``RowError`` are its unreadable ones.
    """

    def read(row: Row) -> Sequence[Statement]:
        one = statement(row)
        return () if one is None else (one,)

    return several_statements(rows, read, **said)


def several_statements(
    rows: Iterable[Row],
    statements_of_row: Callable[[Row], Sequence[Statement]],
    **said: Unpack[Said],
) -> CallerReport:
    """As ``statements``, for a format whose rows hold several joints each.

    Args:
        rows: All rows of a file.
        statements_of_row: Reads one row; empty for a row that is no fusion.
        **said: What the file says beside its rows.

    Returns:
        Of the statements of one row the first counts as its row, the others have ``rows=0``, so
        that rows are counted once.
    """
    count = 0
    found: list[Statement] = []
    unreadable: list[Unreadable] = []
    for row in rows:
        count += 1
        try:
            read = statements_of_row(row)
        except RowError as error:
            unreadable.append(Unreadable(row.line, row.text, str(error)))
            continue
        found += read[:1]
        found += [replace(further, rows=0) for further in read[1:]]
    return CallerReport(count, tuple(found), tuple(unreadable), **said)


def kept_fields(
    row: Row, names: Iterable[str], *, called: Mapping[str, str] | None = None
) -> tuple[tuple[str, str], ...]:
    """Cells of a white list of columns: the program's own words and numbers, no free text.

    Args:
        row: The row.
        names: Columns, in the order in which they are shown.
        called: Names to show columns by whose own name holds more (a sample's name, say).

    Returns:
        (name, value) of each that is there, known, and short and plain enough to be such a word.
    """
    return tuple(
        ((called or {}).get(name, name), value)
        for name in names
        if (value := row.get(name)) is not None and _PLAIN.fullmatch(value)
    )
