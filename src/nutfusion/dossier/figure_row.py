"""One gene of the figure: its exons, what is kept of them, and its domains."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from nutfusion.dossier.figure_layout import Cut, DomainSpan, ExonSpan, Side
from nutfusion.dossier.fusion_notes import fate_words
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import DomainStatus

if TYPE_CHECKING:
    from nutfusion.dossier.figure_canvas import Canvas
    from nutfusion.dossier.messages import Phrases

GAP: Final = 5.0
"""Width of an intron (user units)."""
BLOCK_HEIGHT: Final = 24.0
"""Height of a coding exon."""
_UTR_HEIGHT: Final = 12.0
_UNKNOWN_WIDTH: Final = 170.0
_TAIL: Final = 16.0
LABEL: Final = 14.0
"""From the top of a row to the baseline of its label."""
_CHARACTER: Final = 6.6

Fate = Literal["kept", "lost", "range"]


class Row:
    """One gene, drawn so that its joint stands at a given x.

    Args:
        side: The gene.
        phrases: Language of the labels.
        uid: Prefix of the patterns' ids.
        five_prime: The joint ends what is kept, instead of starting it.
    """

    def __init__(self, side: Side, phrases: Phrases, uid: str, *, five_prime: bool) -> None:
        self.side = side
        self._phrases = phrases
        self._uid = uid
        self._five_prime = five_prime
        self._cut = side.cut or Cut(0, side.length, None, at_edge=False)
        self._scale = 0.0
        self._origin = 0.0
        is_nutm1 = side.gene is not None and side.gene.symbol == NUTM1
        self._colour = "nut" if is_nutm1 else "partner"

    @property
    def has_range(self) -> bool:
        """Whether part of the gene may be kept or lost."""
        return bool(self.side.exons) and self._cut.low != self._cut.high

    def extent(self, scale: float) -> tuple[float, float]:
        """Units left and right of the joint at ``scale`` (units per base)."""
        if not self.side.exons:
            return (_UNKNOWN_WIDTH, 0.0) if self._five_prime else (0.0, _UNKNOWN_WIDTH)
        self._scale, self._origin = scale, 0.0
        joint = self._joint()
        return joint, self._right(self.side.length) - joint + _TAIL

    def place(self, scale: float, joint: float) -> None:
        """Fix the scale, and the x of the joint."""
        self._scale, self._origin = scale, 0.0
        if self.side.exons:
            self._origin = joint - self._joint()
        else:
            self._origin = joint - _UNKNOWN_WIDTH if self._five_prime else joint

    def draw(self, canvas: Canvas, y: float) -> float:
        """Draw the gene with its label above; returns the y below it."""
        y += LABEL
        canvas.text(20, y, self.label(), f"fig-label fig-{self._colour}-ink")
        y += 8
        if not self.side.exons:
            self._draw_unknown(canvas, y)
            return y + BLOCK_HEIGHT
        middle = y + BLOCK_HEIGHT / 2
        end = self._right(self.side.length)
        canvas.line(self._left(0), middle, end + _TAIL - 4, middle, "fig-intron")
        canvas.arrow(end + _TAIL, middle, "fig-arrow")
        for exon in self.side.exons:
            self._draw_exon(canvas, exon, y, ("kept", "lost", "range"))
        y += BLOCK_HEIGHT + 12
        self._draw_numbers(canvas, y)
        return self._draw_domains(canvas, y + 8) if self.side.domains else y

    def draw_kept(self, canvas: Canvas, y: float) -> None:
        """Draw what the fusion transcript keeps of the gene."""
        if not self.side.exons:
            self._draw_unknown(canvas, y)
            return
        middle = y + BLOCK_HEIGHT / 2
        kept = self.side.kept_exons(five_prime=self._five_prime)
        if kept and self._five_prime:
            canvas.line(self._left(kept[0].start), middle, self._joint(), middle, "fig-intron")
        elif kept:
            end = self._right(kept[-1].end)
            canvas.line(self._joint(), middle, end + _TAIL - 4, middle, "fig-intron")
            canvas.arrow(end + _TAIL, middle, "fig-arrow")
        for exon in self.side.exons:
            self._draw_exon(canvas, exon, y, ("kept", "range"))

    def _joint(self) -> float:
        """The x of the joint: the end of what may be kept, or its start."""
        if self._five_prime:
            return self._right(self._cut.high)
        return self._left(self._cut.low)

    def _left(self, base: int) -> float:
        """The x at which ``base`` starts."""
        index = next(
            (i for i, exon in enumerate(self.side.exons) if base < exon.end),
            len(self.side.exons) - 1,
        )
        return self._origin + base * self._scale + index * GAP

    def _right(self, base: int) -> float:
        """The x at which the base before ``base`` ends."""
        index = next(
            (i for i, exon in enumerate(self.side.exons) if base <= exon.end),
            len(self.side.exons) - 1,
        )
        return self._origin + base * self._scale + index * GAP

    def _fate(self, start: int, end: int) -> Fate:
        """What happens to bases that lie on one side of every limit of the cut."""
        if end <= self._cut.low:
            return "kept" if self._five_prime else "lost"
        if start >= self._cut.high:
            return "lost" if self._five_prime else "kept"
        return "range"

    def _draw_exon(self, canvas: Canvas, exon: ExonSpan, y: float, fates: tuple[Fate, ...]) -> None:
        """Draw the pieces of an exon that have one of ``fates``."""
        limits = {exon.start, exon.end}
        inner = (exon.cds_start, exon.cds_end, self._cut.low, self._cut.high)
        limits.update(limit for limit in inner if exon.start < limit < exon.end)
        for start, end in pairwise(sorted(limits)):
            fate = self._fate(start, end)
            if fate not in fates:
                continue
            coding = exon.cds_start <= start and end <= exon.cds_end
            height = BLOCK_HEIGHT if coding else _UTR_HEIGHT
            pattern = None if fate == "kept" else f"{self._uid}-{fate}"
            x = self._left(start)
            canvas.rect(
                x,
                y + (BLOCK_HEIGHT - height) / 2,
                self._right(end) - x,
                height,
                f"fig-exon fig-{fate} fig-{self._colour}",
                fill=pattern,
            )

    def _draw_unknown(self, canvas: Canvas, y: float) -> None:
        """A block for a part whose exons are not known."""
        canvas.rect(self._origin, y, _UNKNOWN_WIDTH, BLOCK_HEIGHT, "fig-unknown")
        mark = "?" if self.side.gene is None else self.side.gene.symbol
        x = self._origin + _UNKNOWN_WIDTH / 2
        canvas.text(x, y + BLOCK_HEIGHT - 6, mark, "fig-question", "middle")

    def _draw_numbers(self, canvas: Canvas, y: float) -> None:
        """Exon numbers where there is room; the exon at the joint always."""
        joint = self._joint()
        taken = [] if self._cut.low != self._cut.high else [(joint - 1, joint + 1)]
        at_joint = self._cut.exon
        ordered = sorted(self.side.exons, key=lambda exon: exon.number != at_joint)
        for exon in ordered:
            middle = (self._left(exon.start) + self._right(exon.end)) / 2
            half = len(str(exon.number)) * _CHARACTER / 2 + 1
            if exon.number == at_joint:
                middle = self._beside_joint(middle, half + 1)
            if any(middle - half < right and middle + half > left for left, right in taken):
                continue
            taken.append((middle - half, middle + half))
            css = "fig-number fig-strong" if exon.number == at_joint else "fig-number"
            canvas.text(middle, y, str(exon.number), css, "middle")

    def _beside_joint(self, middle: float, half: float) -> float:
        """Where words of half a width stand so that the joint's line does not cross them."""
        if self._cut.low != self._cut.high:
            return middle
        if self._five_prime:
            return min(middle, self._joint() - half)
        return max(middle, self._joint() + half)

    def _draw_domains(self, canvas: Canvas, y: float) -> float:
        """Bars under the exons that encode the domains; returns the y below their names."""
        ends = [0.0, 0.0]
        for domain in self.side.domains:
            left, right = self._left(domain.start), self._right(domain.end)
            canvas.rect(left, y, right - left, 7, _domain_css(domain, self._colour))
            name = self._domain_label(domain)
            half = len(name) * _CHARACTER / 2
            middle = (left + right) / 2
            level = next((i for i, end in enumerate(ends) if middle - half > end), len(ends) - 1)
            ends[level] = middle + half + 2
            canvas.text(middle, y + 19 + 12 * level, name, "fig-domain-name", "middle")
        return y + (19 if ends[1] == 0 else 31)

    def _domain_label(self, domain: DomainSpan) -> str:
        """A domain's name, with its fate in words when it is lost, and a star when unverified."""
        name = f"{domain.name}{'' if domain.verified else '*'}"
        if domain.status is DomainStatus.PRESERVED:
            return name
        return f"{name} ({fate_words(domain.fate, self._phrases)})"

    def label(self) -> str:
        """The line above the gene."""
        side = self.side
        if side.gene is None:
            length = (
                self._phrases.ui("figure_unknown_length", n=side.length)
                if side.length
                else self._phrases.ui("figure_unknown_no_sequence")
            )
            return f"{self._phrases.ui('figure_unknown')}, {length}"
        if side.transcript is None:
            return self._phrases.ui("figure_no_exons", gene=side.gene.symbol)
        return self._phrases.ui(
            "figure_gene",
            gene=side.gene.symbol,
            transcript=side.transcript.accession,
            n=len(side.exons),
            contig=side.transcript.contig,
            strand="−" if side.transcript.strand == "-" else "+",
        )


def _domain_css(domain: DomainSpan, colour: str) -> str:
    """Classes of a domain's bar: fate, verification and gene."""
    verified = "" if domain.verified else " fig-unverified"
    return f"fig-domain fig-domain-{domain.status.value} fig-{colour}{verified}"
