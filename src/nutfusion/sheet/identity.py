"""Cells that would tell who the patient is."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from nutfusion.sheet.columns import FILES

_NIR_DIGITS: Final = (
    r"[1-478][ ._-]?\d{2}[ ._-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ ._-]?"
    r"(?:\d{2}|2[ABab])[ ._-]?\d{3}[ ._-]?\d{3}(?:[ ._/-]*\d{2})?"
)
_NIR: Final = re.compile(rf"(?<!\d){_NIR_DIGITS}(?!\d)")
"""French social security number: sex, year, month, department, commune, order, with or without
its two-digit key (13 or 15 characters), written together or in groups."""
_NIR_ALONE: Final = re.compile(rf"(?<![0-9A-Za-z]){_NIR_DIGITS}(?![0-9A-Za-z])")
"""The same with no letter beside it, for file names."""

_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_DAY_2: Final = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH_2: Final = r"(?:0[1-9]|1[0-2])"
_YEAR: Final = r"(?P<year>(?:19|20)\d{2})"
_SHORT: Final = r"(?P<year>\d{2})"
_NAMED: Final = (
    r"(?:janv?(?:ier|uary)?|fevr?(?:ier)?|feb(?:ruary)?|mars?|march|avr(?:il)?|apr(?:il)?|mai|may"
    r"|juin|june?|juil(?:let)?|july?|aout|aug(?:ust)?|sept?(?:embre|ember)?|oct(?:obre|ober)?"
    r"|nov(?:embre|ember)?|dec(?:embre|ember)?)"
)
_NO_ACCESSION: Final = r"(?<!\d)(?<!RR)(?<!RS)(?<!RX)(?<!RP)(?<!SAMN)(?<!SAMEA)(?<!GSM)"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_DAY}([/.\- ]){_MONTH}\1{_YEAR}(?!\d)",
        rf"(?<!\d){_MONTH}([/.\- ]){_DAY}\1{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}([/.\-]){_MONTH}\2{_DAY}(?!\d)",
        rf"(?<![\d/]){_DAY}/{_MONTH}/{_SHORT}(?![\d/])",
        rf"(?<![\d.\- ]){_DAY_2}([.\- ]){_MONTH_2}\1{_SHORT}(?![\d%]|[.\- ]\d)",
        rf"(?<!\d)\d{{1,2}}(?:er|st|nd|rd|th)?[ ./-]*{_NAMED}\.?[ .,/-]*(?:{_YEAR}|\d{{2}})(?!\d)",
        rf"(?<![a-z]){_NAMED}\.?[ -]*\d{{1,2}}(?:st|nd|rd|th)?[ ,-]+{_YEAR}(?!\d)",
        rf"{_NO_ACCESSION}{_YEAR}{_MONTH_2}{_DAY_2}(?!\d)",
    )
)
_DAY_FIRST: Final = re.compile(rf"{_NO_ACCESSION}{_DAY_2}{_MONTH_2}{_YEAR}(?!\d)", re.IGNORECASE)
_BORN: Final = re.compile(r"\b(?:nee?\s+le|born|d\.?o\.?b\.?\b|ddn)\b", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:\+|00)33 ?(?:\(0\))?[ .-]?|0)[1-9](?:[ .-]?\d{2}){4}(?![0-9A-Za-z])"
)
_NUMBERED: Final = re.compile(
    r"(?<![A-Za-z])(?:IPP|NIP|NDA|IEP|MRN|NIR|NSS|INS)[ :=#._-]*(?:n ?[°o]?)?[ :=#._-]*\d{5,}",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(
    r"(?<![A-Za-z])(?:"
    r"(?:[Mm]me|[Mm]lle|MLLE|[Mm]adame|MADAME|[Mm]onsieur|MONSIEUR|[Mm]ademoiselle)[ ._-]+[A-Za-z]"
    # MME is a gene too
    r"|MME[ ._-]+(?!(?i:pos|neg|equ|exp|gen|prot|loss|perte|cd|wild|mut|fus))[A-Za-z]{2}"
    r"|(?:Mr|Mrs|Ms|Dr|DR|Pr)(?:\.[ ._-]*|[ _-]+)[A-Z]"
    r"|(?:Docteur|Professeur|Doctor)[ ._-]+[A-Z]"
    r"|M\.[ ._-]*[A-Z][A-Za-z]{2})"
)

FIRST_RUN_YEAR: Final = 2005
"""No sequencing run is older (chosen by us): an earlier date is no run date."""

MAY_HOLD_A_RUN_DATE: Final = frozenset({"run", *FILES})
"""Columns in which a date after ``FIRST_RUN_YEAR`` is a run's."""

_LAST_SHORT_YEAR: Final = 40
"""A year of two digits up to this one is of this century (chosen by us)."""


def identifies(column: str, value: str) -> str | None:
    """What in a cell would tell who the patient is.

    Args:
        column: Known column.
        value: The cell.

    Returns:
        Words for a message, never the value itself; ``None`` when nothing was seen.
    """
    text = _bare(value)
    is_file = column in FILES
    if (_NIR_ALONE if is_file else _NIR).search(text):
        return "a social security number (NIR)"
    if _has_date(column, text):
        return "a date, which may be a birth date"
    if is_file:
        return None
    for pattern, what in (
        (_MAIL, "an e-mail address"),
        (_BORN, "a birth date"),
        (_PHONE, "a telephone number"),
        (_NUMBERED, "a hospital or national number"),
        (_TITLED, "a person's name"),
    ):
        if pattern.search(text):
            return what
    return None


def _bare(value: str) -> str:
    """A cell with usual digits and blanks, without accents."""
    spread = unicodedata.normalize("NFKD", value)
    return "".join(char for char in spread if not unicodedata.combining(char))


def _has_date(column: str, text: str) -> bool:
    """Whether a date stands in a cell that is not that of a run."""
    if column not in MAY_HOLD_A_RUN_DATE:
        return any(pattern.search(text) for pattern in (*_DATES, _DAY_FIRST))
    years = (match["year"] for pattern in _DATES for match in pattern.finditer(text))
    return any(year is not None and _full(year) < FIRST_RUN_YEAR for year in years)


def _full(year: str) -> int:
    """A year with its century."""
    number = int(year)
    if len(year) == 4:
        return number
    return number + (2000 if number <= _LAST_SHORT_YEAR else 1900)
