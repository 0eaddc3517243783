"""Two genes written in one cell with a hyphen, which symbols have as well."""

from __future__ import annotations

import re
from typing import Final

_SYMBOL: Final = re.compile(r"[A-Za-z][A-Za-z0-9._@-]*(?:[;,][A-Za-z][A-Za-z0-9._@-]*)*")
_NO_GENE_AFTER: Final = re.compile(r"(?:AS|IT|OT|DT)\d*(?:[-;,].*)?")
"""What follows a hyphen inside a symbol: antisense, intronic, overlapping, divergent."""
_NO_GENE_BEFORE: Final = re.compile(r"(?:.*[;,])?(?:HLA|MT)")
"""What stands before a hyphen inside a symbol (HLA-A, MT-CO1)."""


def hyphenated_pair(text: str) -> tuple[str, str] | None:
    """Take ``A-B`` apart.

    Args:
        text: Two genes with a hyphen; each may be a list (``GOPC;ROS1``) and hold hyphens itself
            (``NKX2-1``, ``HLA-A``, ``PTGES3L-AARSD1``).

    Returns:
        Both genes; where several hyphens may be the one between them, every gene that it may be,
        separated by ``;``. ``None`` when no hyphen can be.
    """
    found: list[tuple[str, str]] = []
    for match in re.finditer("-", text):
        left, right = text[: match.start()], text[match.end() :]
        if not (_SYMBOL.fullmatch(left) and _SYMBOL.fullmatch(right)):
            continue
        if _NO_GENE_AFTER.fullmatch(right) or _NO_GENE_BEFORE.fullmatch(left):
            continue
        found.append((left, right))
    if not found:
        return None
    lefts, rights = zip(*found, strict=True)
    return ";".join(lefts), ";".join(rights)
