"""Weeks as ISO 8601 numbers them: ``2026-W48``, Monday to Sunday."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from nutfusion.errors import ReviewError

_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


def checked_week(text: str) -> str:
    """A week.

    Raises:
        ReviewError: It is none; a year without a 53rd week has no W53.
    """
    match = _WEEK.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError as error:
        raise ReviewError(
            f"week: expected an ISO week of its year, such as 2026-W48, found {text[:40]!r}"
        ) from error
    return text


def days_of(week: str) -> tuple[str, str]:
    """Monday and Sunday of a week, ``YYYY-MM-DD``; they may lie in two years."""
    year, number = (int(part) for part in week.split("-W"))
    first, last = (date.fromisocalendar(year, number, day) for day in (1, 7))
    return first.isoformat(), last.isoformat()


def days_between(first: str | None, last: str | None) -> int | None:
    """Whole days from one day to another; ``None`` when either is unknown."""
    if first is None or last is None:
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
