"""The committed example dossiers are what the program says today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jsonschema
import pytest
from tests.dossier import builders
from tests.dossier.examples import EXAMPLES, write_examples

from nutfusion.dossier.document import dossier_json, read_dossier
from nutfusion.dossier.page import dossier_html
from nutfusion.dossier.schema import dossier_schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nutfusion.model.dossier import Dossier

NAMES = ("positive", "unknown-partner", "neighbour", "negative", "failed")
AGAIN = "run: python -m tests.dossier.examples"


def _without_digests(text: str) -> str:
    """Text in which digests of the panel, the profile and the policy do not count."""
    return re.sub(r"[0-9a-f]{64}", "<sha256>", text)


@pytest.mark.parametrize("name", NAMES)
def test_committed_example_is_current(name: str, examples: Mapping[str, Dossier]) -> None:
    committed = (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")
    assert _without_digests(committed) == _without_digests(dossier_json(examples[name])), AGAIN


@pytest.mark.parametrize("name", NAMES)
def test_committed_example_keeps_the_schema_and_renders(name: str) -> None:
    path = EXAMPLES / f"{name}.json"
    dossier = read_dossier(path)
    jsonschema.validate(dossier.model_dump(mode="json"), dossier_schema())
    assert dossier.sample.id in dossier_html(dossier, builders.panel())


def test_committed_page_is_current(examples: Mapping[str, Dossier]) -> None:
    committed = (EXAMPLES / "positive.html").read_text(encoding="utf-8")
    again = dossier_html(examples["positive"], builders.panel())
    assert _without_digests(committed) == _without_digests(again), AGAIN


def test_generator_writes_every_dossier_it_is_given(
    examples: Mapping[str, Dossier], tmp_path: Path
) -> None:
    write_examples(examples, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        *(f"{name}.json" for name in NAMES),
        "positive.html",
    }


def test_every_state_that_a_board_asks_about_has_an_example(
    examples: Mapping[str, Dossier],
) -> None:
    assert {name: dossier.molecular_state.value for name, dossier in examples.items()} == {
        "positive": "confirmed_bet",
        "unknown-partner": "rearranged_partner_unknown",
        "neighbour": "rearranged_neighbour",
        "negative": "not_detected",
        "failed": "not_assessable",
    }
