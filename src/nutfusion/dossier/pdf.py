"""The dossier on two pages of A4: tagged for readers of the screen (PDF/UA-1), the same bytes.

Detail gives way until the pages are two (``pdf_detail``), found by halving: less of it never needs
more pages. What is left out is said where it is left out. A dossier that is longer than that even
so gets the pages that it needs.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from nutfusion.dossier.messages import Language, phrases
from nutfusion.dossier.page import language_view
from nutfusion.dossier.pdf_detail import DETAILS
from nutfusion.dossier.pdf_sheet import Sheet
from nutfusion.dossier.pdf_story import story
from nutfusion.dossier.reads_stack import reads_stack

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier
    from nutfusion.model.panel import Panel

PAGES: Final = 2
"""Pages that a dossier has."""
_STANDARD: Final = "ua-1"


def dossier_pdf(dossier: Dossier, panel: Panel, language: Language = Language.FR) -> bytes:
    """Lay the dossier out on paper.

    Args:
        dossier: Everything that the automatic statement says.
        panel: Lengths of exons and residues of domains for the drawing; nothing else.
        language: Of the document; it has one.

    Returns:
        A PDF/UA-1 file with its fonts inside and without a date.

    Raises:
        typst.TypstError: The document cannot be read by a screen reader; a bug.
    """
    stacks = [reads_stack(fusion) for fusion in dossier.fusions]
    view = language_view(dossier, panel, stacks, phrases(language))

    @cache
    def told(detail: int) -> str:
        return json.dumps(story(Sheet(dossier, view, DETAILS[detail])), ensure_ascii=False)

    fits = bisect_left(range(len(DETAILS) - 1), True, key=lambda n: _pages(told(n)) <= PAGES)
    return _compiled(told(fits))


def _pages(given: str) -> int:
    """Pages that a story needs."""
    import typst

    found = typst.query(
        _template(),
        "<pages>",
        field="value",
        one=True,
        ignore_system_fonts=True,
        sys_inputs={"story": given},
    )
    return int(json.loads(found))


def _compiled(given: str) -> bytes:
    """The PDF of a story."""
    import typst

    found = typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"story": given},
        pdf_standards=[_STANDARD],
    )
    if not isinstance(found, bytes):
        raise TypeError(f"expected one PDF, got {type(found).__name__}")
    return found


@cache
def _template() -> bytes:
    return files("nutfusion.dossier").joinpath("templates", "paper.typ").read_bytes()
