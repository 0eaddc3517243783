"""JSON and XML files of callers and vendors, taken apart without trust."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from xml.parsers.expat import ErrorString  # the parser's own words: they quote nothing of the file

from nutfusion.callers.statement import RowError
from nutfusion.callers.table import shown, whole_number
from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText

_DOCTYPE: Final = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
LARGEST: Final = 1 << 26
"""Characters that JSON or XML may have (chosen by us): values take some twenty times the memory of
their text, and reports have a few MB."""
DEEPEST: Final = 200
"""Levels of nesting that a JSON file may have (chosen by us); reports have about ten."""


def json_value(text: CallerText) -> object:
    """The value of a JSON file.

    Raises:
        CallerFormatError: It is not JSON, nested too deeply, or larger than ``LARGEST``.
    """
    _refuse_large(text)
    try:
        value: object = json.loads(text.text)
    except json.JSONDecodeError as error:
        raise CallerFormatError(
            f"expected JSON, found {error.msg.lower()}; it may be cut short",
            path=text.path,
            line=error.lineno,
            code="json",
        ) from error
    except ValueError as error:  # a number of thousands of digits
        raise CallerFormatError(
            "expected JSON, found a number that is too long", path=text.path, code="json"
        ) from error
    except RecursionError as error:
        raise CallerFormatError(
            f"expected JSON of at most {DEEPEST} levels, found more", path=text.path, code="json"
        ) from error
    return value


def _refuse_large(text: CallerText) -> None:
    if len(text.text) > LARGEST:
        raise CallerFormatError(
            f"expected a report of at most {LARGEST} characters, found {len(text.text)}",
            path=text.path,
            code="too_large",
        )


def xml_root(text: CallerText) -> ET.Element:
    """The root element of an XML file.

    Raises:
        CallerFormatError: It is not XML, declares a document type (which may hold entities), or is
            larger than ``LARGEST``.
    """
    _refuse_large(text)
    if _DOCTYPE.search(text.text):
        raise CallerFormatError(
            "expected XML without a document type, found one; take the <!DOCTYPE ...> part out",
            path=text.path,
            code="xml",
        )
    # an encoding named in the declaration no longer holds once the text is decoded
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.text, count=1)
    try:
        return ET.fromstring(body)  # noqa: S314 - no document type, so no entities
    except ET.ParseError as error:
        raise CallerFormatError(
            f"expected XML, found {ErrorString(error.code)}; it may be cut short",
            path=text.path,
            line=error.position[0],
            code="xml",
        ) from error


def as_dict(value: object, name: str) -> dict[str, object]:
    """A JSON object.

    Raises:
        RowError: It is something else.
    """
    if not isinstance(value, dict):
        raise RowError(f"expected {name} as an object, found {type(value).__name__}")
    return value


def as_list(value: object, name: str) -> list[object]:
    """A JSON list; empty for null.

    Raises:
        RowError: It is something else.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise RowError(f"expected {name} as a list, found {type(value).__name__}")
    return value


def as_text(value: object, name: str) -> str | None:
    """A JSON string, or a number as text; ``None`` for null and for blank.

    Raises:
        RowError: It is something else.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RowError(f"expected {name} as text, found {type(value).__name__}")
    return str(value).strip() or None


def as_count(value: object, name: str) -> int | None:
    """A JSON count, also when it is written as text; ``None`` for null.

    Raises:
        RowError: It is not a whole number of 0 or more.
    """
    text = as_text(value, name)
    if text is None:
        return None
    if len(text) > 20:
        raise RowError(f"expected {name} as a whole number of 0 or more, found {shown(text)}")
    return whole_number(text, name)
