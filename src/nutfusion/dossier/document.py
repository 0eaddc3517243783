"""Writing and reading ``dossier.json``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import ValidationError

from nutfusion.errors import StageFileError
from nutfusion.model.dossier import SCHEMA_VERSION, Dossier

if TYPE_CHECKING:
    from pathlib import Path

_TAG = "nutfusion dossier"


def dossier_json(dossier: Dossier) -> str:
    """Write a dossier as JSON text: the same dossier gives the same bytes.

    Returns:
        Two-space indent, keys in declared order and always present, characters not escaped (write
        it as UTF-8), one newline at the end.
    """
    document = dossier.model_dump(mode="json")
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_dossier(path: Path) -> Dossier:
    """Read what ``dossier_json`` wrote.

    Raises:
        StageFileError: The file cannot be read, is not JSON, holds a key twice, is not a dossier,
            is of another version of the format, or breaks the schema.
    """
    document = _json_object(path)
    tag = document.get("tag")
    if tag != _TAG:
        raise StageFileError(
            f'not a nutfusion dossier: expected "tag": "{_TAG}", found {tag!r}', path=path
        )
    _refuse_unknown_version(document.get("schema_version"), path)
    try:
        return Dossier.model_validate_json(json.dumps(document))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        more = error.error_count() - 1
        also = f" (and {more} more)" if more else ""
        raise StageFileError(
            f"the dossier breaks its schema: {where}: {first['msg']}{also}", path=path
        ) from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which every key stands once: which of two would hold?"""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _json_object(path: Path) -> dict[str, object]:
    """The top-level object of a JSON file."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise StageFileError(f"cannot be read: {reason}", path=path) from error
    except UnicodeDecodeError as error:
        raise StageFileError("not a nutfusion dossier: not UTF-8 text", path=path) from error
    try:
        document = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise StageFileError(f"not JSON: {error.msg}", path=path, line=error.lineno) from error
    except ValueError as error:  # a key that stands twice, a number of thousands of digits
        raise StageFileError(f"not a nutfusion dossier: {error}", path=path) from error
    except RecursionError as error:
        raise StageFileError("not a nutfusion dossier: nested too deeply", path=path) from error
    if not isinstance(document, dict):
        found = type(document).__name__
        raise StageFileError(
            f"not a nutfusion dossier: expected a JSON object, found {found}", path=path
        )
    return document


def _refuse_unknown_version(version: object, path: Path) -> None:
    """Refuse every version but ours: an older one lacks keys, and a missing key is not a null."""
    wanted = ".".join(map(str, SCHEMA_VERSION))
    match version:
        case [int(major), int(minor)]:
            if (major, minor) == SCHEMA_VERSION:
                return
            found = f"{major}.{minor}"
            is_older = (major, minor) < SCHEMA_VERSION
        case _:
            found, is_older = repr(version), False
    advice = (
        "make it again from the same inputs, or use the nutfusion that made it"
        if is_older
        else "use the nutfusion that made it"
    )
    raise StageFileError(
        f"dossier of schema version {found}; this nutfusion reads {wanted}: {advice}", path=path
    )
