"""The fusion drawn to scale: two genes, the fusion transcript and the fusion protein, as SVG.

Both genes are drawn in the sense of transcription, at one scale and so that their joints stand on
one vertical line: what is left of it in the upper gene and right of it in the lower gene is what
the fusion keeps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from nutfusion.dossier.figure_canvas import Canvas
from nutfusion.dossier.figure_layout import sides
from nutfusion.dossier.figure_protein import draw_protein
from nutfusion.dossier.figure_row import BLOCK_HEIGHT, LABEL, Row
from nutfusion.dossier.figure_words import figure_words
from nutfusion.model.terms import FusionDetection, ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutfusion.dossier.figure_layout import Side
    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.dossier import DossierFusion
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel

WIDTH: Final = 1000.0
"""Width of the drawing in user units."""

_MARGIN: Final = 20.0
_SCALE_STEPS: Final = 40
_WIDEST: Final = 9.0
"""More than the mean width of a label's letter, on the page and on paper."""
_ASCENT: Final = 15.0
_DESCENT: Final = 5.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing and what it shows in words.

    Attributes:
        svg: The drawing.
        words: The same in sentences.
        has_range: The joint is drawn as a range.
        has_unverified: A domain with unverified residues is drawn.
    """

    svg: Markup
    words: tuple[str, ...]
    has_range: bool
    has_unverified: bool


def fusion_figure(fusion: DossierFusion, panel: Panel, phrases: Phrases, uid: str) -> Figure:
    """Draw one fusion.

    Args:
        fusion: The fusion; nothing that it does not state is drawn as a fact.
        panel: Where exon lengths and residues of domains come from.
        phrases: Language of the labels.
        uid: Makes the ids of this drawing unique in the page.
    """
    five, three = (_named(side, phrases) for side in sides(fusion, panel))
    upper = Row(five, phrases, uid, five_prime=True)
    lower = Row(three, phrases, uid, five_prime=False)
    scale, joint = _scale(upper, lower)
    for row in (upper, lower):
        row.place(scale, joint)

    under, canvas = Canvas(), Canvas()
    y = 26.0
    top = y - 8
    _joint_labels(canvas, fusion, joint, phrases)
    labels = [(y + LABEL, upper.label())]
    y = upper.draw(canvas, y) + 16
    labels.append((y + LABEL, lower.label()))
    y = lower.draw(canvas, y) + 16
    y += 14
    is_inferred = fusion.fusion_detection is FusionDetection.INFERRED
    label = "figure_transcript_inferred" if is_inferred else "figure_fusion_transcript"
    labels.append((y, phrases.ui(label)))
    canvas.text(_MARGIN, y, phrases.ui(label), "fig-label")
    y += 8
    for row in (upper, lower):
        row.draw_kept(canvas, y)
    for start, end in _clear_of(labels, joint, top, y + BLOCK_HEIGHT + 6):
        under.line(joint, start, joint, end, "fig-joint")
    y += BLOCK_HEIGHT + 30
    y = _protein(canvas, fusion, upper, lower, y, phrases)

    words = figure_words(fusion, five, three, phrases)
    title = phrases.ui("figure_title", name=fusion.name)
    svg = Markup(
        '<svg viewBox="0 0 {w} {h}" role="img" aria-labelledby="{u}-t {u}-d" class="fig">'
        '<title id="{u}-t">{title}</title><desc id="{u}-d">{desc}</desc>{defs}{body}</svg>'
    ).format(
        w=int(WIDTH),
        h=int(y + 4),
        u=uid,
        title=title,
        desc=" ".join(words),
        defs=_patterns(uid),
        body=under.markup() + canvas.markup(),
    )
    return Figure(
        svg=svg,
        words=words,
        has_range=upper.has_range or lower.has_range,
        has_unverified=any(
            not domain.verified for side in (five, three) for domain in side.domains
        ),
    )


def _named(side: Side, phrases: Phrases) -> Side:
    """The side with its domains named in the language."""
    return replace(
        side,
        domains=tuple(
            replace(domain, name=phrases.term("domain_name", domain.name))
            for domain in side.domains
        ),
    )


def _scale(upper: Row, lower: Row) -> tuple[float, float]:
    """Largest scale (units per base) at which both rows fit, and where the joint then stands."""
    room = WIDTH - 2 * _MARGIN
    low, high = 0.0, 4.0
    for _ in range(_SCALE_STEPS):
        middle = (low + high) / 2
        left, right = _extent(upper, lower, middle)
        low, high = (middle, high) if left + right <= room else (low, middle)
    return low, _MARGIN + _extent(upper, lower, low)[0]


def _extent(upper: Row, lower: Row, scale: float) -> tuple[float, float]:
    """Units left and right of the joint at a scale."""
    extents = [row.extent(scale) for row in (upper, lower)]
    return max(left for left, _ in extents), max(right for _, right in extents)


def _clear_of(
    labels: Sequence[tuple[float, str]], joint: float, top: float, bottom: float
) -> Iterator[tuple[float, float]]:
    """Pieces of the joint's line that leave out the labels (baseline, words) it would cross."""
    for baseline, words in labels:
        if _MARGIN + len(words) * _WIDEST > joint:
            yield top, baseline - _ASCENT
            top = baseline + _DESCENT
    yield top, bottom


def _joint_labels(canvas: Canvas, fusion: DossierFusion, joint: float, phrases: Phrases) -> None:
    """Coordinates of both sides, beside the top of the joint's line."""
    left = _coordinate(fusion.junction.five_prime)
    right = _coordinate(fusion.junction.three_prime)
    canvas.text(joint - 6, 12, left or phrases.ui("not_placed"), "fig-coord", "end")
    canvas.text(joint + 6, 12, right or phrases.ui("not_placed"), "fig-coord", "start")


def _coordinate(end: JunctionEnd | None) -> str | None:
    """One side's place on the genome as text."""
    if end is None or end.contig is None:
        return None
    if end.position is not None:
        return f"{end.contig}:{end.position}"
    if end.position_range is not None:
        low, high = end.position_range
        return f"{end.contig}:{low}" if low == high else f"{end.contig}:{low}–{high}"
    return end.contig


def _protein(
    canvas: Canvas, fusion: DossierFusion, upper: Row, lower: Row, y: float, phrases: Phrases
) -> float:
    """The protein, or why there is none; returns the next free y."""
    length = fusion.protein_length
    if length is not None and fusion.reading_frame is ReadingFrame.IN_FRAME:
        canvas.text(_MARGIN, y, phrases.ui("figure_fusion_protein", n=length), "fig-label")
        return draw_protein(
            canvas, upper.side, lower.side, length, (_MARGIN, y + 8, WIDTH - 2 * _MARGIN)
        )
    frame = phrases.term("reading_frame", fusion.reading_frame)
    canvas.text(_MARGIN, y, phrases.ui("figure_no_protein", frame=frame), "fig-label fig-muted")
    return y + 8


def _patterns(uid: str) -> Markup:
    """Hatches for what is lost and for what a bounded joint leaves open."""
    return Markup(
        '<defs><pattern id="{u}-lost" width="5" height="5" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="5" height="5" class="fig-lost-ground"/>'
        '<line x1="0" y1="0" x2="0" y2="5" class="fig-lost-line"/></pattern>'
        '<pattern id="{u}-range" width="4" height="4" patternUnits="userSpaceOnUse">'
        '<rect width="4" height="4" class="fig-range-ground"/>'
        '<circle cx="2" cy="2" r="1" class="fig-range-dot"/></pattern></defs>'
    ).format(u=uid)
