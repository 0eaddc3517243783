"""The seed of a set: a number, or one that is drawn now."""

from __future__ import annotations

import secrets
from typing import Final

FRESH: Final = "fresh"
LARGEST: Final = 2**31


def read_seed(text: str) -> int:
    """The seed that an option names.

    Args:
        text: A whole number from 0 to 2^31, or ``fresh``: one is drawn, so that nothing can have
            been adjusted to it.

    Raises:
        ValueError: It is neither.
    """
    if text == FRESH:
        return secrets.randbelow(LARGEST)
    if text.isascii() and text.isdigit() and int(text) <= LARGEST:
        return int(text)
    raise ValueError(f"expected a whole number from 0 to {LARGEST}, or {FRESH!r}, found {text!r}")
