"""A list of SVG elements; every text that goes in is escaped."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

Anchor = Literal["start", "middle", "end"]


class Canvas:
    """Collects SVG elements; coordinates are user units, written with one decimal."""

    def __init__(self) -> None:
        self._parts: list[Markup] = []

    def rect(
        self, x: float, y: float, width: float, height: float, css: str, *, fill: str | None = None
    ) -> None:
        """A rectangle; ``fill`` names a pattern of the same SVG."""
        paint = Markup("") if fill is None else Markup(' fill="url(#{})"').format(fill)
        self._parts.append(
            Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}"{}/>').format(
                _n(x), _n(y), _n(max(width, 0.5)), _n(height), css, paint
            )
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> None:
        """A straight line."""
        self._parts.append(
            Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>').format(
                _n(x1), _n(y1), _n(x2), _n(y2), css
            )
        )

    def arrow(self, x: float, y: float, css: str) -> None:
        """An arrowhead that points to the right and ends at ``x``."""
        self._parts.append(
            Markup('<path d="M{} {}l-7 -4v8z" class="{}"/>').format(_n(x), _n(y), css)
        )

    def circle(self, x: float, y: float, radius: float, css: str) -> None:
        """A circle around a point."""
        self._parts.append(
            Markup('<circle cx="{}" cy="{}" r="{}" class="{}"/>').format(
                _n(x), _n(y), _n(radius), css
            )
        )

    def text(self, x: float, y: float, words: str, css: str, anchor: Anchor = "start") -> None:
        """A line of text on its baseline."""
        self._parts.append(
            Markup('<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>').format(
                _n(x), _n(y), css, anchor, words
            )
        )

    def markup(self) -> Markup:
        """All elements, in the order they were added."""
        return Markup("").join(self._parts)


def _n(value: float) -> str:
    """A coordinate without superfluous digits."""
    return f"{value:.1f}".removesuffix(".0")
