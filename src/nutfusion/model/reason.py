"""A reason: a code with its values, one string in the dossier, a sentence on a page."""

from __future__ import annotations

import re
from typing import Final

from nutfusion.model.base import Record

_SHAPE: Final = re.compile(r"^([a-z][a-z0-9_]*)(?:\((.*)\))?$", re.DOTALL)


class Reason(Record):
    """Why a verdict is what it is.

    Written ``code`` or ``code(key=value, key=value)``, for instance
    ``split_reads_below_profile(observed=1, required=2)``. Keys are sorted; a value holds no
    comma, equals sign or bracket. The message catalogue turns it into French and English.

    Attributes:
        code: Message key.
        values: Sorted (key, value) pairs.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, **values: object) -> Reason:
        """Build a reason; values are written with ``str`` and cleaned of ``,=()``."""
        pairs = sorted((key, re.sub(r"[,=()]", " ", str(value))) for key, value in values.items())
        return cls(code=code, values=tuple(pairs))

    @classmethod
    def parse(cls, text: str) -> Reason:
        """Read what ``str`` wrote.

        Raises:
            ValueError: ``text`` is not a reason.
        """
        match = _SHAPE.match(text)
        if match is None:
            raise ValueError(f"not a reason: {text!r}")
        pairs = [part.partition("=") for part in (match[2] or "").split(", ") if part]
        return cls(code=match[1], values=tuple((key, value) for key, _, value in pairs))

    def __str__(self) -> str:
        """Return ``code(key=value, ...)``."""
        inside = ", ".join(f"{key}={value}" for key, value in self.values)
        return f"{self.code}({inside})" if inside else self.code
