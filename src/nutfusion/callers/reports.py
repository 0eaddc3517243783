"""Reports that hold a patient's identity: what may be kept of them, and messages without cells.

A laboratory's report has names, birth dates and record numbers beside its fusions, and a shifted
column may put one where a number belongs. So nothing is kept that is not a gene, a place, a number
or a word of the program, and a message about such a report never shows what stood in a cell.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar, Unpack

from nutfusion.callers.statement import RowError
from nutfusion.callers.table import UNKNOWN, Row, position_of, statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nutfusion.callers.statement import CallerReport, Said, Statement

_Record = TypeVar("_Record")

NOT_SHOWN: Final = "something else (not shown: a report may name a patient)"
"""What a message says instead of the cell."""

_SAFE_TAILS: Final = frozenset({"none", "dict", "list", "str", "int", "float", "bool", "0"})
_GENES: Final = re.compile(r"[A-Za-z0-9._@()\-,;/:]{1,200}")
_CONTIG: Final = re.compile(
    r"(?:chr|ch|hs)?(?:\d{1,2}|[XYM]|MT|Un)(?:_[A-Za-z0-9_.]{1,40})?|[GK][LI]\d{6}\.\d|N[CTW]_\d+\.\d+"
)
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.'-]{0,39}")
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?(?:[eE][-+]?\d{1,3})?%?")
_EXON: Final = re.compile(r"(\d{1,4})[A-Za-z]{0,3}")
_TRANSCRIPT: Final = re.compile(r"(?:[NX][MR]_|ENST)\d{1,12}(?:\.\d{1,3})?")


def unshown(message: str) -> str:
    """A message without the cell that it shows."""
    head, found, tail = message.partition(", found ")
    return message if not found or tail in _SAFE_TAILS else f"{head}{found}{NOT_SHOWN}"


def report_statements(
    rows: Iterable[Row], statement: Callable[[Row], Statement | None], **said: Unpack[Said]
) -> CallerReport:
    """As ``table.statements``, with messages that show no cell."""
    report = statements(rows, statement, **said)
    unreadable = tuple(replace(row, message=unshown(row.message)) for row in report.unreadable)
    return replace(report, unreadable=unreadable)


def record_statements(
    records: Iterable[_Record],
    statement: Callable[[int, _Record], Statement | None],
    **said: Unpack[Said],
) -> CallerReport:
    """Read the records of a JSON or XML report; messages show no value.

    Args:
        records: Every record that is a fusion.
        statement: Takes the 1-based number of a record, and the record.
        **said: What the file says beside its records.
    """
    by_number = dict(enumerate(records, start=1))
    # NB: the text of a record is made for those that cannot be read only
    rows = (Row(number, {}, "") for number in by_number)
    report = report_statements(rows, lambda row: statement(row.line, by_number[row.line]), **said)
    unreadable = tuple(
        replace(row, text=json.dumps(by_number[row.line], default=str)) for row in report.unreadable
    )
    return replace(report, unreadable=unreadable)


def genes(value: str | None, name: str) -> str | None:
    """A cell of gene symbols; ``None`` when unknown.

    Raises:
        RowError: It holds blanks or signs that no gene has.
    """
    if value is None or value in UNKNOWN:
        return None
    if not _GENES.fullmatch(value):
        raise RowError(f"expected {name} as gene symbols, found {NOT_SHOWN}")
    return value


def site(value: str | None, name: str) -> tuple[str | None, int | None, str | None]:
    """``contig:position`` or ``contig:position:strand``; all ``None`` when unknown.

    Raises:
        RowError: It has another shape, or the contig is none of a human genome.
    """
    if value is None or value in UNKNOWN:
        return None, None, None
    parts = value.split(":")
    if len(parts) not in (2, 3) or (len(parts) == 3 and parts[2] not in ("+", "-", ".", "")):
        raise RowError(f"expected {name} as contig:position, found {NOT_SHOWN}")
    strand = parts[2] if len(parts) == 3 and parts[2] in ("+", "-") else None
    return contig(parts[0], name), position_of(parts[1], name), strand


def contig(value: str, name: str) -> str:
    """A contig of a human genome; the spelling ``ch17`` is mended.

    Raises:
        RowError: It is none.
    """
    if not _CONTIG.fullmatch(value):
        raise RowError(f"expected {name} to begin with a chromosome, found {NOT_SHOWN}")
    return f"chr{value[2:]}" if value.startswith("ch") and value[2] != "r" else value


def word(value: str | None, separator: str | None = None) -> str | None:
    """A word of the program, or several; ``None`` when unknown.

    Args:
        value: As written.
        separator: Between words, for columns that hold several.

    Returns:
        The words as they stand; ``other`` in the place of one that is no word.
    """
    if value is None or value in UNKNOWN:
        return None
    parts = value.split(separator) if separator is not None else [value]
    kept = [part.strip() if _WORD.fullmatch(part.strip()) else "other" for part in parts]
    return (separator or "").join(kept)


def one_word_of(value: str | None, allowed: Iterable[str]) -> str | None:
    """A phrase of a closed list, ``other`` for another one, ``None`` when unknown."""
    if value is None or value in UNKNOWN:
        return None
    return value if value in set(allowed) else "other"


def number(value: str | None, name: str) -> str | None:
    """A number as it stands; ``None`` when unknown.

    Raises:
        RowError: It is no number.
    """
    if value is None or value in UNKNOWN:
        return None
    if not _NUMBER.fullmatch(value):
        raise RowError(f"expected {name} as a number, found {NOT_SHOWN}")
    return value


def exon_label(value: str | None) -> str | None:
    """An exon's number, perhaps with letters; ``None`` for anything else."""
    return value if value is not None and _EXON.fullmatch(value) else None


def transcript_name(value: str | None) -> str | None:
    """A RefSeq or Ensembl transcript; ``None`` for anything else."""
    return value if value is not None and _TRANSCRIPT.fullmatch(value) else None


def kept(*fields: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    """Fields that are known."""
    return tuple((name, value) for name, value in fields if value is not None)


def yes_or_no(value: str | None, name: str) -> bool | None:
    """``True``/``False`` in any case, also ``Yes``/``No``; ``None`` when unknown.

    Raises:
        RowError: It is another word.
    """
    if value is None or value in UNKNOWN or value.casefold() == "unknown":
        return None
    known = {"true": True, "yes": True, "false": False, "no": False}
    if value.casefold() not in known:
        raise RowError(f"expected {name} as true or false, found {NOT_SHOWN}")
    return known[value.casefold()]
