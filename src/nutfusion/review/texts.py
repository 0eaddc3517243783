"""What may stand in the free fields of reviews and decisions."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from nutfusion.errors import ReviewError
from nutfusion.sheet.identity import identifies

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
"""Codes of people, laboratories and decisions: no blank, so that no name fits by accident."""

LONGEST_TEXT: Final = 2000
"""Characters of a reason or comment (chosen by us, ADR 0017)."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def checked_code(value: str, what: str) -> str:
    """A code.

    Raises:
        ReviewError: It is something else.
    """
    if not CODE.fullmatch(value):
        raise ReviewError(
            f"{what}: expected 1 to 40 letters, digits, '.', '_' or '-' (a code without"
            f" blanks, no person's name), found {value[:60]!r}",
            code="bad_code",
        )
    return value


def checked_text(value: str, what: str) -> str:
    """Free words, without blanks around them.

    Raises:
        ReviewError: Empty, too long, with characters that cannot be seen, or with what would tell
            who the patient is.
    """
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip()
    if not text:
        raise ReviewError(f"{what}: expected a reason in words, found nothing", code="no_reason")
    if len(text) > LONGEST_TEXT:
        raise ReviewError(
            f"{what}: expected at most {LONGEST_TEXT} characters, found {len(text)}",
            code="too_long",
        )
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c != "\n" for c in text):
        raise ReviewError(
            f"{what}: found a control character; type the text again", code="control_character"
        )
    if (seen := identifies("comment", text)) is not None:
        raise ReviewError(
            f"{what}: expected words that tell nobody's identity, found what looks like {seen};"
            " leave it out (write a week, such as 2026-W48, for a date)",
            code="identity",
        )
    return text


def checked_day(value: str, what: str) -> str:
    """A day as ``YYYY-MM-DD``.

    Raises:
        ReviewError: It is none.
    """
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ReviewError(
            f"{what}: expected a day as YYYY-MM-DD, found {value[:40]!r}", code="bad_day"
        ) from error
