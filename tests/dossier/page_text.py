"""What stands in a page: its words, its tags and the ids in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = {"br", "col", "input", "link", "meta", "use", "path", "rect", "circle", "line"}


class Page(HTMLParser):
    """A parsed page.

    Attributes:
        tags: (name, attributes, language part) of every element in document order.
        words: Visible text by language part, without script, style and drawings.
        everything: All text with script and style.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in _VOID:
            self._open.append((tag, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        names = {name for name, _ in self._open}
        if names & {"script", "style", "svg"}:
            return
        part = next((a["data-language"] for _, a in self._open if a.get("data-language")), None)
        if part is not None and data.strip():
            self.words.setdefault(part, []).append(data.strip())

    def text(self, language: str) -> str:
        """All words of a language, with single blanks."""
        return re.sub(r"[ \n\t]+", " ", " ".join(self.words[language]))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of every element of a name."""
        return [attributes for name, attributes in self.tags if name == tag]
