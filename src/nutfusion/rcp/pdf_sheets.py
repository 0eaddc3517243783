"""Paragraphs and tables of the PDF, with fonts that every machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.review.words import BoardPhrases

FONT: Final = "Vera"
BOLD: Final = "VeraBd"
"""Fonts that come with reportlab, so that every machine draws the same."""


class Sheets:
    """Makes paragraphs and tables.

    Args:
        words: The language of the document.
    """

    def __init__(self, words: BoardPhrases) -> None:
        from reportlab.lib.styles import ParagraphStyle

        _fonts()
        self.words = words
        self.body = ParagraphStyle("body", fontName=FONT, fontSize=8, leading=11)
        self.small = ParagraphStyle("small", parent=self.body, fontSize=6.5, leading=9)
        self.title = ParagraphStyle(
            "title", parent=self.body, fontName=BOLD, fontSize=14, leading=19, spaceAfter=6
        )
        self.head = ParagraphStyle(
            "head", parent=self.body, fontName=BOLD, fontSize=9.5, leading=13, spaceBefore=8
        )

    def text(self, text: str, style: Any = None) -> Any:
        """A paragraph of plain text."""
        from reportlab.platypus import Paragraph

        shown = escape(drawable(text)).replace("\n", "<br/>")
        return Paragraph(shown, style or self.body)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:
        """A table with a head that is repeated on every page."""
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Table

        cells = [[self.text(cell) for cell in row] for row in rows]
        return Table(
            cells,
            colWidths=list(widths),
            repeatRows=1,
            hAlign="LEFT",
            spaceAfter=6,
            style=[
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#c6cbd1")),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, HexColor("#1c2126")),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ],
        )


def _fonts() -> None:
    """Make the fonts known; once is enough."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (FONT, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


def drawable(text: str) -> str:
    """Text that the font can draw: a character that it lacks is written as its code."""
    from reportlab.pdfbase import pdfmetrics

    glyphs = pdfmetrics.getFont(FONT).face.charToGlyph
    plain = text.replace("\u202f", "\u00a0")
    return "".join(
        char if char == "\n" or ord(char) in glyphs else f"[U+{ord(char):04X}]" for char in plain
    )
