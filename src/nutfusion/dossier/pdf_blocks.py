"""Parts of the printed dossier as data for its template: no part of it is code there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Run = dict[str, Any]
"""Text that looks the same: ``text``, and ``look``, ``language`` or ``sign`` where they differ."""

Cell = list[list[Run]]
"""Paragraphs of runs."""

Block = dict[str, Any]
"""One part; ``kind`` says which fields are there."""

_DRAWN: Final = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9),
    (0x410, 0x44F), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
    (0x202F, 0x202F), (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC),
    (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
)  # fmt: skip
"""Ranges of characters that the two fonts have; tested with the fonts."""

_NOT_DRAWN: Final = re.compile(f"[^{''.join(f'{chr(a)}-{chr(b)}' for a, b in _DRAWN)}]")

_LONGEST: Final = 40
"""Longest word that is never divided: a longer one could run off the page."""
_LONG: Final = re.compile(rf"\S{{{_LONGEST + 1},}}")
_DIVIDED: Final = 20
_MAY_BREAK: Final = "\u200b"


def drawable(text: str) -> str:
    """Text that the fonts can draw: a character that they lack is written as its code."""
    plain = " ".join(re.split(r"[ \t\r\n\f\v]+", text))
    return _NOT_DRAWN.sub(lambda char: f"[U+{ord(char[0]):04X}]", plain)


def breakable(text: str) -> str:
    """Text whose long words may go on in the next line."""
    return _LONG.sub(
        lambda word: _MAY_BREAK.join(
            word[0][start : start + _DIVIDED] for start in range(0, len(word[0]), _DIVIDED)
        ),
        text,
    )


def run(text: object, look: str = "plain", **more: str) -> Run:
    """A run; long words may break."""
    return {"text": breakable(drawable(str(text))), "look": look, **more}


def cell(*paragraphs: Run | str | Sequence[Run]) -> Cell:
    """Paragraphs, each one run, a plain text or several runs."""
    found: Cell = []
    for one in paragraphs:
        if isinstance(one, str):
            found.append([run(one)])
        elif isinstance(one, dict):
            found.append([one])
        else:
            found.append(list(one))
    return found


def heading(text: str, level: int = 2) -> Block:
    """A heading."""
    return {"kind": "heading", "level": level, "run": run(text)}


def text(*paragraphs: Run | str | Sequence[Run]) -> Block:
    """Paragraphs."""
    return {"kind": "text", "paragraphs": cell(*paragraphs)}


def bullets(items: Iterable[str | Sequence[Run]]) -> Block:
    """A list."""
    return {"kind": "list", "items": [cell(item)[0] for item in items]}


def points(rows: Iterable[tuple[str, Cell]], width: int = 26) -> Block:
    """Terms and what is said of them; ``width`` of the terms in mm."""
    return {"kind": "points", "width": width, "rows": [[run(term), said] for term, said in rows]}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Short terms and values in one line."""
    return {"kind": "facts", "rows": [[run(term), [run(value)]] for term, value in rows]}


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float]) -> Block:
    """A table with a head."""
    return {
        "kind": "table",
        "head": [run(label) for label in head],
        "rows": [list(row) for row in rows],
        "widths": list(widths),
    }


def figure(svg: str, alt: str, caption: str, width: int) -> Block:
    """A drawing with its description and its caption; ``width`` in mm."""
    return {
        "kind": "figure", "svg": svg, "alt": drawable(alt), "caption": run(caption), "width": width
    }  # fmt: skip


def pair(left: Sequence[Block], right: Sequence[Block]) -> Block:
    """Parts side by side, the left ones read first."""
    return {"kind": "pair", "left": list(left), "right": list(right)}
