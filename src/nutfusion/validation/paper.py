"""The report on paper: the page in one language as PDF, the same bytes for the same report.

The page is read again rather than written twice, so that paper cannot say less: headings,
paragraphs, lists, definitions and tables become those of the PDF.
"""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from nutfusion.dossier.messages import Language
from nutfusion.rcp.pdf_sheets import FONT, Sheets, drawable
from nutfusion.review.words import board_phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARGIN: Final = 42.5
"""Points: 15 mm."""
_WIDTH: Final = 510.0
"""Points between the margins of A4."""
_SILENT: Final = frozenset({"style", "script", "title"})
_TEXT: Final = frozenset({"h1", "h2", "h3", "p", "li", "dt", "dd", "caption"})
_SIGNS: Final = str.maketrans({"✓": "", "✗": "", "χ": "chi", "–": "-"})
"""What the font lacks; the words beside the marks say the same."""
_BLANK_LINE: Final = "_" * 60


def pdf(html: str, language: Language, footer: str) -> bytes:
    """Lay a page out on A4.

    Args:
        html: One document in one language.
        language: Of the document.
        footer: What stands at the foot of every page, before its number.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    reader = _Reader(Sheets(board_phrases(language)))
    reader.feed(html)
    sink = io.BytesIO()
    document = SimpleDocTemplate(
        sink,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=reader.title,
        author="nutfusion",
        lang="fr-FR" if language is Language.FR else "en",
        invariant=1,
    )

    def foot(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont(FONT, 7)
        canvas.drawString(_MARGIN, 24, drawable(footer))
        canvas.drawRightString(A4[0] - _MARGIN, 24, str(page.page))
        canvas.restoreState()

    document.build(reader.story, onFirstPage=foot, onLaterPages=foot)
    return sink.getvalue()


class _Reader(HTMLParser):
    """Turns the report's page into paragraphs and tables.

    Args:
        sheets: Makes them.

    Attributes:
        story: What was made.
        title: First heading.
    """

    def __init__(self, sheets: Sheets) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets = sheets
        self.story: list[Any] = []
        self.title = ""
        self._silent = 0
        self._said: list[str] = []
        self._rows: list[list[str]] = []
        self._in_cell = False
        self._term = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a block or a cell."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._said.append("\n")
        elif tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th"}:
            self._in_cell, self._said = True, []
        elif tag in _TEXT and not self._in_cell:
            self._said = []

    def handle_data(self, data: str) -> None:
        """Collect text."""
        if not self._silent:
            self._said.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End a block or a cell."""
        if tag in _SILENT:
            self._silent -= 1
        elif tag in {"td", "th"}:
            self._rows[-1].append(self._text())
            self._in_cell = False
        elif tag == "table":
            self._table()
        elif tag in _TEXT and not self._in_cell:
            self._block(tag, self._text())

    def _text(self) -> str:
        lines = "".join(self._said).translate(_SIGNS).split("\n")
        self._said = []
        return "\n".join(" ".join(line.split(" ")).strip() for line in lines if line.strip())

    def _block(self, tag: str, text: str) -> None:
        sheets = self.sheets
        match tag:
            case "h1":
                self.title = self.title or text
                self.story.append(sheets.text(text, sheets.title))
            case "h2" | "h3" | "caption":
                self.story.append(sheets.text(text, sheets.head))
            case "li":
                self.story.append(sheets.text(f"- {text}"))
            case "dt":
                self._term = text
            case "dd":
                self.story.append(sheets.text(f"{self._term} : {text or _BLANK_LINE}"))
            case _:
                self.story.append(sheets.text(text))

    def _table(self) -> None:
        columns = max(len(row) for row in self._rows)
        rows = [[*row, *[""] * (columns - len(row))] for row in self._rows]
        # wide columns for long cells, none narrower than its longest word
        longest = []
        for n in range(columns):
            cells = [row[n] for row in rows]
            words = [len(word) + 3 for cell in cells for word in cell.split()]
            wanted = max(12, min(48, max(map(len, cells))), *words, 0)
            longest.append(min(60, wanted))
        widths = [_WIDTH * length / sum(longest) for length in longest]
        self.story.append(self.sheets.table(rows, widths))
