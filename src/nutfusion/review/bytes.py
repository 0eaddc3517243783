"""Bytes that digests and signatures are made of."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final

from nutfusion.errors import ReviewError

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.base import Record


_HALF: Final = re.compile(rb"\\u[dD][89a-fA-F]")
"""How JSON writes a half of a surrogate pair."""


def sha256(data: bytes) -> str:
    """Digest in small hexadecimal letters."""
    return hashlib.sha256(data).hexdigest()


def record_bytes(record: Record) -> bytes:
    """A record as JSON: the same record gives the same bytes.

    Returns:
        UTF-8, two-space indent, keys in declared order and always present, one newline at the end.
    """
    document = record.model_dump(mode="json")
    return (json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def compact_sha256(value: object) -> str:
    """Digest of a JSON value whatever its layout: sorted keys, no blanks."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode())


def file_bytes(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        ReviewError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReviewError(f"cannot be read: {error.strerror or 'unreadable'}", path=path) from error


def json_object(data: bytes, path: Path | None) -> dict[str, Any]:
    """A JSON object in which every key stands once: what one reader sees, all see.

    Raises:
        ReviewError: Not UTF-8, not JSON, not an object, a key stands twice, or a text holds half of
            a surrogate pair, which is no character.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ReviewError("a key stands twice in one object; which one holds?", path=path)
        return found

    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_constant=_refuse)
        if _HALF.search(data):
            json.dumps(document, ensure_ascii=False).encode()  # raises for one without the other
    except (ValueError, RecursionError) as error:
        raise ReviewError(
            f"expected JSON text, found something else ({error})", path=path
        ) from error
    if not isinstance(document, dict):
        raise ReviewError("expected a JSON object, found something else", path=path)
    return document


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON number")
