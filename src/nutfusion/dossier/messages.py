"""Words of the page in French and English, from one catalogue.

``messages.json`` beside this module holds sections of keys; each key has ``fr`` and ``en``. A
message is a string with ``{name}`` fields, or ``{"one": ..., "other": ...}`` chosen by the field
``n``. French spacing (narrow no-break space before ``;:!?%`` and inside guillemets) is put in
here, so that the catalogue is typed with plain spaces.
"""

from __future__ import annotations

import math
import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from nutfusion.dossier.catalogue import NUMBER, catalogue, value_form
from nutfusion.model.reason import Reason
from nutfusion.scoring.criterion import number
from nutfusion.scoring.limit import LARGEST
from nutfusion.scoring.quality import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NARROW: Final = "\u202f"
"""Narrow no-break space."""

_BEFORE: Final = re.compile(r" (?=[;:!?%»])")

_WRITTEN_AS_IS: Final = frozenset(
    {
        "assembly",
        "clone",
        "end",
        "exon",
        "five_prime",
        "gene",
        "joint",
        "line",
        "name",
        "number",
        "position",
        "profile",
        "read",
        "said",
        "sample",
        "three_prime",
    }
)
"""Values of reasons that are names, even when they look like numbers."""

_SOURCES: Final = frozenset({"source", "sources", "unseen_by"})
"""Values of reasons that are names of sources."""

_LISTS: Final = frozenset({"controls", "genes", "others"})
"""Values of reasons that are names divided by blanks."""

_AT_MOST: Final = frozenset({LIMIT, "nutm1_wild_type_background"})
"""Criteria whose figure is not to be passed; the others ask for a least one."""

_BRACKETS_LOST: Final = " :: "
_INFERRED: Final = "(::)"
"""The joint of an inferred fusion, which a reason writes without its brackets."""

_READS: Final = "fastq"
"""What sources call the reads that were looked at here."""

_SMALL: Final = 10
"""Below this, decimals are kept as they are."""

_FIELD_SECTIONS: Final[Mapping[str, str]] = {
    "criterion": "criterion",
    "frame": "reading_frame",
    "hint": "hint",
    "kind": "orthogonal_kind",
    "other": "orthogonal_kind",
    "partner_class": "partner_class",
    "result": "orthogonal_result",
    "where": "reason",
    "why": "reason",
}
"""Values of reasons that are codes of a section."""


class Language(StrEnum):
    """Languages of the page, the first shown first."""

    FR = "fr"
    EN = "en"


@cache
def phrases(language: Language) -> Phrases:
    """The words of one language."""
    return Phrases(language)


@cache
def _titles() -> dict[str, str]:
    """What the formats of callers are called, by name; a page of reads alone needs none."""
    from nutfusion.callers.registry import CALLERS

    return {str(caller): form.title for caller, form in CALLERS.items()}


class Phrases:
    """Messages, numbers and terms of one language.

    Args:
        language: French or English.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._messages = {
            (section, key): self._typeset(words[language.value])
            for section, keys in catalogue().items()
            for key, words in keys.items()
        }

    def ui(self, key: str, **values: object) -> str:
        """A label of the page.

        Raises:
            KeyError: The catalogue has no such label; a bug, and tested for.
        """
        return self._filled(self._messages["ui", key], values)

    def term(self, section: str, code: str) -> str:
        """A word of a closed vocabulary; a code that the catalogue does not know is shown raw."""
        message = self._messages.get((section, str(code)))
        return str(code) if message is None else self._filled(message, {})

    def knows(self, section: str, code: str) -> bool:
        """Whether the catalogue has this key."""
        return (section, code) in self._messages

    def sentence(self, section: str, code: str, **values: object) -> str:
        """A sentence of a section, with its fields filled; an unknown code is shown raw."""
        message = self._messages.get((section, str(code)))
        return str(code) if message is None else self._filled(message, values)

    def program(self, name: str) -> str:
        """A source as people call it: the title of a format, or the reads; else its own name."""
        if name == _READS:
            return self.ui("the_reads")
        return _titles().get(name, name)

    def role(self, role: str) -> str:
        """What an input file is."""
        kind, _, name = role.partition(":")
        if kind == "caller" and name:
            return self.ui("file_of", program=self.program(name))
        return self.term("input_role", role)

    def headline(self, code: str, values: Mapping[str, str], **numbers: int) -> str:
        """A sentence of the section ``headline``, from a reason's values."""
        fields = {key: self._field(key, value) for key, value in values.items()}
        return self._filled(self._messages["headline", code], fields | numbers)

    def reason(self, text: str) -> str:
        """A reason in words; one that the catalogue does not know is shown as it is written."""
        try:
            reason = Reason.parse(text)
        except ValueError:
            return text
        if self.knows("state", reason.code):
            named = "".join(
                f" ({value.replace(_BRACKETS_LOST, _INFERRED)})"
                for key, value in reason.values
                if key == "fusion"
            )
            return f"{self.term('state', reason.code)}{named}"
        message = self._messages.get(("reason", reason.code))
        if message is None:
            return text
        values = dict(reason.values)
        fields = {key: self._field(key, value) for key, value in values.items()}
        criterion = values.get("criterion", "")
        if "observed" in values:
            fields["observed"] = self._observed(criterion, values["observed"])
        if "required" in values:
            fields["required"] = self._required(criterion, values["required"])
        return self._filled(message, fields)

    def value(self, text: str | None) -> str:
        """What a criterion observed or required, in words.

        Text that has the form of a key of the section ``value`` is said in the language; anything
        else is shown as it is; ``None`` is said in words.
        """
        if text is None:
            return self.ui("unknown")
        found = value_form(text)
        if found is None:
            return self.term("hint", text) if self.knows("hint", text) else self.reason(text)
        key, parts = found
        values = {name: self._field(name, part) for name, part in parts.items()}
        return self._filled(self._messages["value", key], values)

    def measured(self, criterion: str, text: str | None) -> str:
        """What a criterion observed: a bare number gets the criterion's unit."""
        if text is not None and NUMBER.fullmatch(text) and self.knows("figure", criterion):
            return self._figure(criterion, text)
        return self.value(text)

    def is_english(self, text: str) -> bool:
        """Whether a text is shown in English on a page of another language."""
        return self.language is not Language.EN and not self.has_words_for(text)

    def has_words_for(self, text: str) -> bool:
        """Whether ``value`` says this text in words instead of showing it raw."""
        return value_form(text) is not None or self.value(text) != text

    def _figure(self, criterion: str, figures: str) -> str:
        """A criterion's bare figure inside a reason, with the criterion's unit."""
        if not figures:
            return self.ui("unknown")
        message = self._messages.get(("figure", criterion), "{n}")
        n = _as_number(figures)
        share = self.percent(n) if isinstance(n, int | float) else figures
        return self._filled(message, {"n": n, "share": share})

    def _observed(self, criterion: str, figures: str) -> str:
        """What a criterion observed, as a reason carries it: the limit's last figure has no end."""
        said = self._figure(criterion, figures)
        is_open = criterion == LIMIT and figures == number(LARGEST)
        return self.ui("figure_more_than", n=said) if is_open else said

    def _required(self, criterion: str, figures: str) -> str:
        """What a criterion asks for, as a reason carries it: at least, or at most."""
        said = self._figure(criterion, figures)
        if not NUMBER.fullmatch(figures):
            return said
        return self.ui("figure_at_most" if criterion in _AT_MOST else "figure_at_least", n=said)

    def _field(self, key: str, value: str) -> object:
        """A value inside a reason: codes become words, numbers get the language's separators."""
        section = _FIELD_SECTIONS.get(key)
        if section is not None:
            return self.inline(section, value)
        if key == "fusion":
            return value.replace(_BRACKETS_LOST, _INFERRED)
        if key in _WRITTEN_AS_IS:
            return value
        if key == "joints":
            return ", ".join(label.replace(":", " exon ") for label in value.split())
        if key in _LISTS:
            return ", ".join(value.split())
        if key in _SOURCES:
            return ", ".join(self.program(name) for name in value.split())
        number = _as_number(value)
        if key == "share" and isinstance(number, int | float):
            return self.percent(number)
        if key == "limit" and isinstance(number, int | float):
            return self.limit(number)
        return number

    def number(self, number: float | None, digits: int | None = None) -> str:
        """A number with the language's separators; ``None`` is said in words.

        Args:
            number: Any number.
            digits: Decimals; ``None`` writes as many as the number has.
        """
        if number is None:
            return self.ui("unknown")
        written = f"{number:,}" if digits is None else f"{number:,.{digits}f}"
        if self.language is Language.EN:
            return written
        return written.translate({ord(","): NARROW, ord("."): ","})

    def rounded(self, number: float | None) -> str:
        """A measure with one decimal, unless that would hide that it is not a whole number."""
        if number is None or abs(number) < _SMALL:
            return self.number(number)
        short = round(number, 1)
        return self.number(number, 1 if short != int(short) or short == number else None)

    def percent(self, share: float | None, digits: int = 1) -> str:
        """A share between 0 and 1 as a percentage."""
        if share is None:
            return self.ui("unknown")
        space = NARROW if self.language is Language.FR else ""
        return f"{self.number(share * 100, digits)}{space}%"

    def limit(self, share: float | None) -> str:
        """A limit of detection as a percentage with its two digits."""
        if share is None or share <= 0:
            return self.percent(share)
        return self.percent(share, max(0, 1 - math.floor(math.log10(share * 100))))

    def inline(self, section: str, code: str) -> str:
        """A term inside a sentence: its first letter is small unless it starts a name."""
        return small_first(self.term(section, code))

    @property
    def semicolon(self) -> str:
        """A semicolon and the blank after it."""
        return f"{NARROW}; " if self.language is Language.FR else "; "

    @property
    def colon(self) -> str:
        """A colon and the blank after it."""
        return f"{NARROW}: " if self.language is Language.FR else ": "

    def join(self, words: Iterable[str]) -> str:
        """Words divided by semicolons."""
        return self.semicolon.join(words)

    def typeset(self, words: str) -> str:
        """Words from outside the catalogue with the language's spacing."""
        return str(self._typeset(words))

    def _typeset(self, words: Any) -> Any:
        """French spacing in a message, whichever its form."""
        if self.language is Language.EN:
            return words
        if isinstance(words, dict):
            return {form: self._typeset(text) for form, text in words.items()}
        return _BEFORE.sub(NARROW, words).replace("« ", f"«{NARROW}")

    def _filled(self, message: Any, values: Mapping[str, object]) -> str:
        """A message with its fields filled; a field without a value stays visible."""
        if isinstance(message, dict):
            form = "one" if self._is_singular(values.get("n")) else "other"
            message = message[form]
        shown = {key: self._shown(value) for key, value in values.items()}
        return str(message.format_map(_Fields(shown)))

    def _is_singular(self, n: object) -> bool:
        """French counts 0 and 1 as singular, English 1 alone."""
        if not isinstance(n, int | float):
            return False
        return abs(n) < 2 if self.language is Language.FR else abs(n) == 1

    def _shown(self, value: object) -> str:
        """A value inside a sentence: numbers get the language's separators."""
        if isinstance(value, float):
            return self.rounded(value)
        return self.number(value) if isinstance(value, int) else str(value)


def small_first(words: str) -> str:
    """Words for the middle of a sentence: a name that starts them keeps its capitals."""
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


def _as_number(text: str) -> object:
    """The number that a reason's value is; the text itself when it is none."""
    if not NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


class _Fields(dict[str, str]):
    """Fields of a message; one without a value is written as its name."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
