"""The limits of detection drawn as dots on a logarithmic scale, and the same in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from nutfusion.dossier.figure_canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.scored import ExonEndDetectability, PartnerDetectability

WIDTH: Final = 600.0
"""Width of the drawing in user units."""
_LEFT: Final = 84.0
_RIGHT: Final = 570.0
_ROW: Final = 26.0
_TOP: Final = 8.0
_LOWEST: Final = 0.001
_TICKS: Final = (0.001, 0.01, 0.1, 1.0)
_CONTROL: Final = "BRD4"
_ALLELES: Final = 2


@dataclass(frozen=True, slots=True)
class LimitView:
    """What the page says of the limits.

    Attributes:
        svg: The drawing; ``None`` when there is no limit to draw.
        label: What the drawing says, for those who do not see it.
        words: Sentences about the verified joint of BRD4; empty without a limit.
    """

    svg: Markup | None
    label: str
    words: tuple[str, ...]


def limit_view(rows: Sequence[PartnerDetectability], phrases: Phrases) -> LimitView:
    """Draw the limits of every gene that has one, and say those of BRD4."""
    drawn = [row for row in rows if any(e.detection_limit is not None for e in row.exon_ends)]
    return LimitView(
        svg=_drawing(drawn, phrases) if drawn else None,
        label=phrases.join(_said(row, phrases) for row in drawn),
        words=tuple(
            sentence
            for row in rows
            if row.gene == _CONTROL
            for end in row.exon_ends
            if end.tag == "verified"
            for sentence in _sentences(row, end, phrases)
        ),
    )


def _sentences(
    row: PartnerDetectability, end: ExonEndDetectability, phrases: Phrases
) -> tuple[str, ...]:
    """What a limit means, and what it would mean for a share of tumour cells."""
    if end.detection_limit is None:
        return ()
    limit = phrases.limit(end.detection_limit)
    first = phrases.ui("limit_words", limit=limit, gene=row.gene, exon=str(end.exon))
    cells = _ALLELES * end.detection_limit
    if cells > 1:
        return first, phrases.ui("limit_no_tumour")
    return first, phrases.ui("limit_tumour", cells=phrases.limit(cells))


def _said(row: PartnerDetectability, phrases: Phrases) -> str:
    """A gene's limits in words."""
    limits = ", ".join(
        f"exon {end.exon} {phrases.limit(end.detection_limit)}"
        for end in row.exon_ends
        if end.detection_limit is not None
    )
    return f"{row.gene} {limits}"


def _drawing(rows: Sequence[PartnerDetectability], phrases: Phrases) -> Markup:
    canvas = Canvas()
    bottom = _TOP + _ROW * len(rows)
    for tick in _TICKS:
        x = _x(tick)
        canvas.line(x, _TOP - 6, x, bottom + 4, "fig-grid")
        canvas.text(x, bottom + 20, phrases.limit(tick), "fig-note", "middle")
    canvas.text((_LEFT + _RIGHT) / 2, bottom + 40, phrases.ui("limit_axis"), "fig-note", "middle")
    for number, row in enumerate(rows):
        y = _TOP + _ROW * (number + 0.5)
        canvas.text(_LEFT - 12, y + 5, row.gene, "fig-label", "end")
        canvas.line(_LEFT, y, _RIGHT, y, "fig-grid")
        for end in sorted(row.exon_ends, key=lambda e: e.tag is not None):
            if end.detection_limit is None:
                continue
            css = "limit-open" if end.tag is None else "limit-full"
            canvas.circle(_x(end.detection_limit), y, 5 if end.tag is None else 6, css)
    height = bottom + 48
    return Markup('<svg viewBox="0 0 {} {}" class="limits" aria-hidden="true">{}</svg>').format(
        int(WIDTH), int(height), canvas.markup()
    )


def _x(share: float) -> float:
    """Where a share stands; what is below the scale stands at its edge."""
    lowest = math.log10(_LOWEST)
    part = (math.log10(max(share, _LOWEST)) - lowest) / -lowest
    return _LEFT + part * (_RIGHT - _LEFT)
