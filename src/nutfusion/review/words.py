"""Words of review and meeting, French and English, beside those of the dossier's page."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from nutfusion.dossier.messages import Language, Phrases
from nutfusion.review.model import ReviewField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.review.model import Correction

ROOMS: Final = ("nutfusion.review", "nutfusion.rcp")
"""Rooms with a ``messages.json`` of their own; no section stands in two of them but ``board``."""


_TERMS: Final[Mapping[ReviewField, str]] = {
    ReviewField.STATE: "state",
    ReviewField.READING_FRAME: "reading_frame",
    ReviewField.PARTNER_CLASS: "partner_class",
}
"""Fields whose values are codes of a section of the catalogue."""


@cache
def board_catalogue() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """The catalogue: section, key, language."""
    sections: dict[str, dict[str, Any]] = {}
    for room in ROOMS:
        path = files(room).joinpath("messages.json")
        for section, keys in json.loads(path.read_text(encoding="utf-8")).items():
            sections.setdefault(section, {}).update(keys)
    return sections


class BoardPhrases(Phrases):
    """The dossier's words, and those of review and meeting."""

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self._messages |= {
            (section, key): self._typeset(words[language.value])
            for section, keys in board_catalogue().items()
            for key, words in keys.items()
        }

    def board(self, key: str, /, **values: object) -> str:
        """A label of review or meeting.

        Raises:
            KeyError: The catalogue has no such label; a bug, and tested for.
        """
        return self._filled(self._messages["board", key], values)

    def day(self, day: str) -> str:
        """A day: ``24/11/2026`` in French, as it is in English."""
        if self.language is Language.EN:
            return day
        return "/".join(reversed(day.split("-")))


@cache
def board_phrases(language: Language) -> BoardPhrases:
    """The words of one language."""
    return BoardPhrases(language)


def change_text(correction: Correction, words: BoardPhrases) -> str:
    """One correction in words."""
    section = _TERMS.get(correction.field)

    def said(value: str | None) -> str:
        if value is None:
            return words.board("nothing")
        return value if section is None else words.inline(section, value)

    return words.board(
        "replaced",
        field=words.term("review_field", correction.field),
        automatic=said(correction.automatic),
        to=said(correction.to),
    )
