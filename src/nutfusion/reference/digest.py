"""Digests: of files, of sequences (GA4GH refget) and of a whole panel."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def refget(sequence: str) -> str:
    """Return the GA4GH refget identifier of a sequence.

    Args:
        sequence: Upper-case bases.

    Returns:
        ``SQ.`` and 32 characters: the first 24 bytes of SHA-512, base64url.

    Source:
        GA4GH refget sequences v2.0.0, "Sequence digest"; sha512t24u.
    """
    digest = hashlib.sha512(sequence.encode("ascii")).digest()[:24]
    return "SQ." + base64.urlsafe_b64encode(digest).decode("ascii")


def file_digest(content: bytes) -> str:
    """Return the sha256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def panel_digest(files: Mapping[str, str]) -> str:
    """Return the digest of a panel from the digests of its files.

    Args:
        files: File name to sha256; the order does not matter.

    Returns:
        sha256, hexadecimal, over lines ``<sha256>  <name>`` sorted by name. The panel's name and
        source do not enter: two panels with the same content have the same digest.
    """
    lines = "".join(f"{files[name]}  {name}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()
