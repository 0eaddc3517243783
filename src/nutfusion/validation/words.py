"""Words of the report in French and English; ``texts.json`` beside this module has both."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from nutfusion.dossier.messages import NARROW, Language, phrases

if TYPE_CHECKING:
    from nutfusion.validation.document import Share

_BEFORE: Final = re.compile(r" (?=[;:!?%»])")


@cache
def texts() -> dict[str, dict[str, str]]:
    """The catalogue: ``fr`` and ``en`` of each key."""
    raw = files("nutfusion.validation").joinpath("texts.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(raw)
    return found


class Words:
    """Texts and numbers of one language.

    Args:
        language: French or English.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.phrases = phrases(language)

    def text(self, key: str, **values: object) -> str:
        """A text with its fields filled.

        Raises:
            KeyError: The catalogue has no such text, or a field has no value; a bug.
        """
        raw = texts()[key][self.language.value]
        if self.language is Language.FR:
            raw = _BEFORE.sub(NARROW, raw).replace("« ", f"«{NARROW}")
        return raw.format_map({name: self._shown(value) for name, value in values.items()})

    def _shown(self, value: object) -> str:
        return self.phrases.number(value) if isinstance(value, int) else str(value)

    def coded(self, section: str, code: str) -> str:
        """The text of a code; a code without one is shown as it is."""
        key = f"{section}_{code}"
        return self.text(key) if key in texts() else code

    def state(self, state: str) -> str:
        """A molecular state."""
        return self.phrases.term("state", state)

    def percent(self, share: float | None, digits: int = 1) -> str:
        """A share between 0 and 1."""
        return self.phrases.percent(share, digits)

    def share(self, share: Share) -> str:
        """Counts, percentage and interval."""
        if share.value is None or share.low is None or share.high is None:
            return self.text("no_samples")
        counts = f"{self.phrases.number(share.found)}/{self.phrases.number(share.made)}"
        low, high = self.phrases.number(100 * share.low, 1), self.percent(share.high)
        to = "à" if self.language is Language.FR else "to"
        return f"{counts} ({self.percent(share.value)}, {low} {to} {high})"

    def amount(self, value: float | None, *, of_fraction: bool) -> str:
        """An amount of a detection limit: fragments, or a fraction as a percentage."""
        if value is None:
            return self.text("unbounded")
        if of_fraction:
            return self.percent(value, 1 if value >= 0.01 else 2)
        return self.phrases.number(value, 0 if value == int(value) else 1)
