"""The committed schema is the model's, and dossiers keep it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from nutfusion.dossier.document import dossier_json
from nutfusion.dossier.schema import dossier_schema, dossier_schema_text, main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from nutfusion.model.dossier import Dossier


def _records(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    yield from (record for record in schema["$defs"].values() if "properties" in record)


def test_committed_schema_is_current(project: Path) -> None:
    committed = (project / "schemas" / "dossier.schema.json").read_text(encoding="utf-8")
    assert committed == dossier_schema_text(), (
        "run: python -m nutfusion.dossier.schema schemas/dossier.schema.json"
    )


def test_schema_is_a_schema_in_which_every_key_is_required() -> None:
    schema = dossier_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for record in _records(schema):
        assert record["additionalProperties"] is False
        assert set(record["required"]) == set(record["properties"])


def test_examples_keep_the_schema(examples: Mapping[str, Dossier]) -> None:
    validator = jsonschema.Draft202012Validator(dossier_schema())
    for dossier in examples.values():
        validator.validate(json.loads(dossier_json(dossier)))


def test_schema_refuses_an_unknown_state(examples: Mapping[str, Dossier]) -> None:
    document = json.loads(dossier_json(examples["positive"]))
    document["molecular_state"] = "eligible"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, dossier_schema())


def test_module_writes_the_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path / "schema.json")])
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == dossier_schema_text()
    main([])
    assert capsys.readouterr().out == dossier_schema_text()
