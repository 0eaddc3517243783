"""JSON Schema of the dossier, made from the model.

``python -m nutfusion.dossier.schema FILE`` writes it; without FILE it goes to standard output.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nutfusion.model.dossier import Dossier

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA_ID: Final = "https://json-schema.org/draft/2020-12/schema"
"""Dialect of the schema."""

_ATTRIBUTE: Final = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def dossier_schema() -> dict[str, Any]:
    """The schema of ``dossier.json``.

    Returns:
        A JSON Schema (2020-12). Every key is required; no other key is allowed. Descriptions
        come from the docstrings of the model, attribute by attribute.
    """
    schema = Dossier.model_json_schema(mode="serialization")
    for record in (schema, *schema["$defs"].values()):
        _describe(record)
        if "properties" in record:  # those with a default are written too
            record["required"] = list(record["properties"])
    return {"$schema": SCHEMA_ID, **schema}


def dossier_schema_text() -> str:
    """The schema as it is committed: two-space indent, newline at the end."""
    return json.dumps(dossier_schema(), indent=2, ensure_ascii=False) + "\n"


def _describe(record: dict[str, Any]) -> None:
    """Move the ``Attributes:`` of a docstring to the keys that they describe."""
    summary, _, attributes = inspect.cleandoc(record.get("description", "")).partition(
        "\n\nAttributes:\n"
    )
    if summary:
        record["description"] = _plain(summary)
    described = dict(_ATTRIBUTE.findall(attributes))
    for key, value in record.get("properties", {}).items():
        value.pop("title", None)
        if key in described:
            value["description"] = _plain(described[key])


def _plain(text: str) -> str:
    """Docstring text on one line, with JSON's word for None and without quoting of code."""
    line = " ".join(text.split())
    return line.replace("``None``", "null").replace("``", "")


def main(arguments: Sequence[str]) -> None:
    """Write the schema to the file named by the first argument, or to standard output."""
    text = dossier_schema_text()
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
