"""Names of reads as a dossier, a BAM and a message can hold them."""

from __future__ import annotations

import hashlib
from typing import Final

_LONGEST: Final = 254
"""Characters that BAM has room for (SAM specification, QNAME)."""
_DIGEST: Final = 16
"""Hexadecimal characters by which two long names that begin alike are told apart."""


def read_name(text: str) -> str:
    r"""A read's name, whole if it can be, in ASCII that a terminal can show.

    Args:
        text: As the file has it, up to the first blank.

    Returns:
        At most 254 characters: of a longer name the beginning, ``~`` and the beginning of its
        SHA-256. Characters without a shape are written as ``\x1b``.
    """
    shown = text
    if not (text.isascii() and text.isprintable()):
        shown = "".join(c if c.isascii() and c.isprintable() else _escaped(c) for c in text)
    if len(shown) <= _LONGEST:
        return shown
    digest = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:_DIGEST]
    return f"{shown[: _LONGEST - len(digest) - 1]}~{digest}"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
