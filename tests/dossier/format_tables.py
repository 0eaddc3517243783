"""The key tables of ``docs/dossier-format.md``, made from the schema.

``python -m tests.dossier.format_tables`` writes them again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from nutfusion.dossier.schema import dossier_schema
from nutfusion.model.atomic import write_atomically

PAGE: Final = Path(__file__).parents[2] / "docs" / "dossier-format.md"
"""The page that holds the tables."""
START: Final = "<!-- tables: made by python -m tests.dossier.format_tables -->\n"
END: Final = "<!-- end of tables -->\n"


def tables() -> str:
    """One table per record, the dossier first, then in the order records are first met."""
    schema = dossier_schema()
    parts, seen, queue = [], {"Dossier"}, [("Dossier", schema)]
    while queue:
        name, record = queue.pop(0)
        parts.append(_table(name, record, schema["$defs"]))
        for value in record["properties"].values():
            for target in _targets(value):
                found = schema["$defs"][target]
                if target not in seen and "properties" in found:
                    seen.add(target)
                    queue.append((target, found))
    return "\n".join(parts)


def current_page() -> str:
    """The page with its tables as they should be."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    return f"{before}{START}\n{tables()}\n{END}{after}"


def _table(name: str, record: dict[str, Any], records: dict[str, Any]) -> str:
    rows = [
        f"### {name}",
        "",
        record["description"],
        "",
        "| key | type | meaning |",
        "|---|---|---|",
    ]
    for key, value in record["properties"].items():
        meaning = value.get("description", "").replace("|", "\\|").replace("<", "&lt;")
        rows.append(f"| `{key}` | {_type(value, records)} | {meaning} |")
    return "\n".join([*rows, ""])


def _type(value: dict[str, Any], records: dict[str, Any]) -> str:
    """A type in a few words; records are linked, enumerations are spelt out."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        target = records[name]
        if "enum" in target:
            return ", ".join(f"`{word}`" for word in target["enum"])
        return f"[{name}](#{name.lower()})"
    if "anyOf" in value:
        return " or ".join(_type(one, records) for one in value["anyOf"])
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"])
    if value["type"] == "array":
        if "prefixItems" in value:
            return "[" + ", ".join(_type(one, records) for one in value["prefixItems"]) + "]"
        if "items" not in value:
            return "empty list"
        return f"list of {_type(value['items'], records)}"
    if "additionalProperties" in value:
        return f"object of {_type(value['additionalProperties'], records)}"
    return str(value["type"])


def _targets(value: object) -> list[str]:
    """Names of the records that a value refers to, in order."""
    if isinstance(value, dict):
        here = [str(value["$ref"]).rpartition("/")[2]] if "$ref" in value else []
        return here + [name for one in value.values() for name in _targets(one)]
    if isinstance(value, list):
        return [name for one in value for name in _targets(one)]
    return []


if __name__ == "__main__":
    write_atomically(PAGE, current_page())
