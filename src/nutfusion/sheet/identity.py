"""Cells that would tell who the patient is."""

from __future__ import annotations

import re
from typing import Final

_NIR: Final = re.compile(
    r"(?<![0-9A-Za-z])[1-478][ ._-]?\d{2}[ ._-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ ._-]?"
    r"(?:\d{2}|2[ABab])[ ._-]?\d{3}[ ._-]?\d{3}(?:[ ._/-]*\d{2})?(?![0-9A-Za-z])"
)
"""French social security number: sex, year, month, department, commune, order, with or without
its two-digit key (13 or 15 characters), written together or in groups."""

_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_YEAR: Final = r"((?:19|20)\d{2})"
_DATES: Final = (
    re.compile(rf"(?<!\d){_DAY}([/.\- ]){_MONTH}\1{_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){_MONTH}([/.\- ]){_DAY}\1{_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}([/.\-]){_MONTH}\2{_DAY}(?!\d)"),
)
_BORN: Final = re.compile(r"\b(?:n[ée]e?\s+le|born|d\.?o\.?b\.?\b|ddn)\b", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")

FIRST_RUN_YEAR: Final = 2005
"""No sequencing run is older (chosen by us): an earlier date is no run date."""

MAY_HOLD_A_RUN_DATE: Final = frozenset({"run", "fastq_1", "fastq_2", "fastq_umi"})
"""Columns in which a date after ``FIRST_RUN_YEAR`` is a run's."""


def identifies(column: str, value: str) -> str | None:
    """What in a cell would tell who the patient is.

    Args:
        column: Known column.
        value: The cell.

    Returns:
        Words for a message, never the value itself; ``None`` when nothing was seen.
    """
    if _NIR.search(value):
        return "a social security number (NIR)"
    if _MAIL.search(value) and not column.startswith("fastq"):
        return "an e-mail address"
    if _BORN.search(value) and not column.startswith("fastq"):
        return "a birth date"
    for pattern in _DATES:
        for match in pattern.finditer(value):
            year = next(int(group) for group in match.groups() if group and len(group) == 4)
            if column not in MAY_HOLD_A_RUN_DATE or year < FIRST_RUN_YEAR:
                return "a date, which may be a birth date"
    return None
