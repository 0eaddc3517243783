"""The message catalogue, and the criteria's texts that have the form of one of its keys."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
"""A number as criteria and reasons write it."""

_FIELD: Final = re.compile(r"\\\{(\w+)\\\}")


@cache
def catalogue() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """The catalogue: section, key, language."""
    text = files("nutfusion.dossier").joinpath("messages.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def _field_pattern(field: re.Match[str]) -> str:
    """What a field of a value may hold: a word for names and codes, else a number."""
    holds = r"\S+" if field[1] in ("gene", "why") else NUMBER.pattern
    return f"(?P<{field[1]}>{holds})"


@cache
def _value_forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Keys of the section ``value`` as patterns; those without fields first, then the longest."""
    keys = sorted(catalogue()["value"], key=lambda key: ("{" in key, -len(key)))
    return tuple(
        (key, re.compile(_FIELD.sub(_field_pattern, re.escape(_without_brackets(key)))))
        for key in keys
    )


def value_form(text: str) -> tuple[str, dict[str, str]] | None:
    """The key of the section ``value`` that a text has the form of, and its fields."""
    plain = _without_brackets(text)
    for key, form in _value_forms():
        match = form.fullmatch(plain)
        if match is not None:
            return key, match.groupdict()
    return None


def _without_brackets(text: str) -> str:
    """Text without round brackets: a value inside a reason has lost them."""
    return " ".join(text.replace("(", " ").replace(")", " ").split())
