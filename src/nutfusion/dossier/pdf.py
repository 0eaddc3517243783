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
from nutfusion.dossier.pdf_blocks import heading, run, text
from nutfusion.dossier.pdf_detail import DETAILS
from nutfusion.dossier.pdf_sheet import Sheet
from nutfusion.dossier.pdf_story import story
from nutfusion.dossier.pdf_svg import sign
from nutfusion.dossier.reads_stack import reads_stack

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier
    from nutfusion.model.panel import Panel

PAGES: Final = 2
"""Pages that a dossier has."""
_STANDARD: Final = "ua-1"


class PaperError(Exception):
    """The two pages cannot be laid out."""


def dossier_pdf(dossier: Dossier, panel: Panel, language: Language = Language.FR) -> bytes:
    """Lay the dossier out on paper.

    Args:
        dossier: Everything that the automatic statement says.
        panel: Lengths of exons and residues of domains for the drawing; nothing else.
        language: Of the document; it has one.

    Returns:
        A PDF/UA-1 file with its fonts inside and without a date.

    Raises:
        PaperError: The text cannot be laid out; a bug, which ``notice_pdf`` owns up to.
    """
    stacks = [reads_stack(fusion) for fusion in dossier.fusions]
    view = language_view(dossier, panel, stacks, phrases(language))

    @cache
    def told(detail: int) -> str:
        return json.dumps(story(Sheet(dossier, view, DETAILS[detail])), ensure_ascii=False)

    try:
        fits = bisect_left(range(len(DETAILS) - 1), True, key=lambda n: _pages(told(n)) <= PAGES)
        return _compiled(told(fits))
    except RuntimeError as error:  # typst's own errors are some of these, those of a query plain
        raise PaperError(str(error)) from error


def notice_pdf(dossier: Dossier, language: Language = Language.FR) -> bytes:
    """Say on one page that the two could not be laid out, and where everything stands.

    No sample loses its dossier to a fault of its paper.
    """
    t = phrases(language)
    said = t.ui("page_title", sample=dossier.sample.id)
    blocks = [
        heading(said, 1),
        {"kind": "banner", "runs": [run(t.ui("paper_failed"), sign=sign("warning"))]},
        text(run(t.term("state", dossier.molecular_state), "strong")),
    ]
    notice = {
        "title": said,
        "language": language.value,
        "size": DETAILS[0].size,
        "footer": f"NUTM1   {dossier.sample.id}",
        "blocks": blocks,
    }
    return _compiled(json.dumps(notice, ensure_ascii=False))


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
