"""Pages of review and meeting: templates, style and script of the dossier's page, and their own."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from nutfusion.dossier.messages import Language
from nutfusion.dossier.paper import css_text
from nutfusion.dossier.shapes import SHAPES
from nutfusion.review.words import board_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment

    from nutfusion.review.words import BoardPhrases

_ROOMS: Final = ("nutfusion.rcp", "nutfusion.review", "nutfusion.dossier")
"""Where a template is looked for, in this order."""

BOARD_SHAPES: Final[Mapping[str, str]] = {
    **SHAPES,
    "signed": "check",
    "signed_unknown_key": "question",
    "unsigned": "dashed",
    "touched": "warning",
    "accepted": "check",
    "corrected": "half",
    "rejected": "cross",
    "unreadable": "warning",
    "complete": "check",
    "incomplete": "warning",
    "withdrawn": "cross",
    "new": "star",
    "amended": "half",
    "unchanged": "minus",
    "not_compared": "dashed",
}
"""Shape that stands beside each word; never the only sign."""


def rendered(template: str, **values: Any) -> str:
    """Render a template of one of the rooms; every value is escaped, a missing one is an error."""
    return environment().get_template(template).render(shapes=BOARD_SHAPES, **values)


def page_of_both(
    template: str, title: Callable[[BoardPhrases], str], foot: str, **values: Any
) -> str:
    """Render a page of both languages: one document without external parts.

    Args:
        template: Extends ``shell.html.jinja``.
        title: In the language of the words.
        foot: Left at the foot of every printed page.
        values: What the template says.
    """
    words = {language: board_phrases(language) for language in Language}
    return rendered(
        template,
        words=words,
        titles={language.value: title(one) for language, one in words.items()},
        style=f"{style()}\n{_footer(foot)}",
        script=script(),
        script_digest=digest_of(script()),
        **values,
    )


def _footer(left: str) -> str:
    """The style rule for the foot of every printed page."""
    return (
        f'@page {{ @bottom-left {{ content: "NUTM1   {css_text(left)}"; }} '
        '@bottom-right { content: counter(page) " / " counter(pages); } }'
    )


@cache
def environment() -> Environment:
    """The template engine."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["capitalize_first"] = lambda text: f"{text[:1].upper()}{text[1:]}"
    return made


@cache
def asset(name: str) -> str | None:
    """A file of a room's template folder; ``None`` when no room has it."""
    for room in _ROOMS:
        path = files(room).joinpath("templates", name)
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


@cache
def style() -> str:
    """The dossier's style and what review and meeting add to it."""
    return f"{asset('page.css')}\n{asset('board.css')}"


@cache
def desk_style() -> str:
    """The style of the pages with forms."""
    return f"{style()}\n{asset('desk.css')}"


@cache
def script() -> str:
    """The script of the dossier's page: language, printing."""
    return str(asset("page.js"))


def digest_of(code: str) -> str:
    """A script's digest as Content-Security-Policy wants it."""
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
