"""The page about the format names every key of the schema, with its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.dossier.format_tables import PAGE, current_page

from nutfusion.dossier.schema import dossier_schema

if TYPE_CHECKING:
    from pathlib import Path


def test_tables_are_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == current_page(), (
        "run: python -m tests.dossier.format_tables"
    )


def test_every_key_has_a_meaning() -> None:
    schema = dossier_schema()
    silent = [
        f"{name}.{key}"
        for name, record in [("Dossier", schema), *schema["$defs"].items()]
        for key, value in record.get("properties", {}).items()
        if not value.get("description")
    ]
    # Two records whose one sentence says it all.
    assert [key for key in silent if not key.startswith(("ExonPair.", "LiftedJunction."))] == []


def test_page_names_the_current_version(project: Path) -> None:
    major, minor = dossier_schema()["properties"]["schema_version"]["default"]
    assert f"| {major}.{minor} |" in (project / "docs" / "dossier-format.md").read_text("utf-8")
