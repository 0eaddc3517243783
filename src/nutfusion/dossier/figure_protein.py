"""The fusion protein of the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import DomainStatus

if TYPE_CHECKING:
    from nutfusion.dossier.figure_canvas import Canvas
    from nutfusion.dossier.figure_layout import DomainSpan, Side

HEIGHT: Final = 24.0
"""Height of the protein (user units)."""

_LINE: Final = 12
"""Height of a line of words below the protein."""
_CHARACTER: Final = 6.8
_CODON: Final = 3


def draw_protein(
    canvas: Canvas,
    five: Side,
    three: Side,
    length: int,
    place: tuple[float, float, float],
) -> float:
    """Draw the fusion protein with the domains it keeps.

    Args:
        canvas: Where to draw.
        five: The 5' gene.
        three: The 3' gene.
        length: Residues of the fusion protein.
        place: x, y and width.

    Returns:
        The next free y.
    """
    x, y, width = place
    unit = width / length
    own = _residues_before_joint(five)
    split = 0 if own is None else min(own, length)
    canvas.rect(x, y, split * unit, HEIGHT, f"fig-protein fig-{_colour(five)}")
    canvas.rect(
        x + split * unit, y, (length - split) * unit, HEIGHT, f"fig-protein fig-{_colour(three)}"
    )
    below = y + HEIGHT + _LINE
    canvas.text(x, below, "1", "fig-number")
    joint = x + split * unit
    if split:
        canvas.text(joint, below, str(split), "fig-number", "middle")
    canvas.text(x + width, below, str(length), "fig-number", "end")
    half = len(str(length)) * _CHARACTER
    taken = [[(x, x + half), (joint - half, joint + half), (x + width - half, x + width)]]
    _domains(canvas, five, (x, y, unit), 0, taken)
    total = _protein_length(three)
    if total is not None:
        _domains(canvas, three, (x, y, unit), length - total, taken)
    return below + _LINE * (len(taken) - 1)


def _domains(
    canvas: Canvas,
    side: Side,
    place: tuple[float, float, float],
    shift: int,
    taken: list[list[tuple[float, float]]],
) -> None:
    """The kept domains of one gene.

    Args:
        canvas: Where to draw.
        side: The gene.
        place: x, y and units per residue.
        shift: Added to residues of its own protein.
        taken: What stands in each line below the protein; what is written there is added.
    """
    x, y, unit = place
    for domain in side.domains:
        if domain.status is not DomainStatus.PRESERVED:
            continue
        left = x + (domain.aa_start - 1 + shift) * unit
        wide = (domain.aa_end - domain.aa_start + 1) * unit
        verified = "" if domain.verified else " fig-unverified"
        canvas.rect(
            left, y + 3, wide, HEIGHT - 6, f"fig-protein-domain fig-{_colour(side)}{verified}"
        )
        name = _name(domain)
        if len(name) * _CHARACTER < wide:
            canvas.text(left + wide / 2, y + HEIGHT - 8, name, "fig-protein-name", "middle")
        else:
            middle = left + wide / 2
            line = _free_line(middle, len(name) * _CHARACTER / 2, taken)
            canvas.text(middle, y + HEIGHT + _LINE * (line + 1), name, "fig-domain-name", "middle")


def _free_line(middle: float, half: float, taken: list[list[tuple[float, float]]]) -> int:
    """The first line in which a name stands alone; it is then taken there."""
    left, right = middle - half, middle + half
    for number, spans in enumerate(taken):
        if all(right < start or end < left for start, end in spans):
            spans.append((left, right))
            return number
    taken.append([(left, right)])
    return len(taken) - 1


def _name(domain: DomainSpan) -> str:
    """A domain's name, with a star when nobody verified its residues."""
    return domain.name if domain.verified else f"{domain.name}*"


def _residues_before_joint(side: Side) -> int | None:
    """Whole codons of the 5' gene before an exact joint; ``None`` when not known."""
    if side.cut is None or side.cut.low != side.cut.high:
        return None
    coding = next((exon.cds_start for exon in side.exons if exon.cds_end > exon.cds_start), None)
    return None if coding is None else max(0, side.cut.low - coding) // _CODON


def _protein_length(side: Side) -> int | None:
    """Residues of the gene's own protein."""
    return None if side.transcript is None else side.transcript.protein_length


def _colour(side: Side) -> str:
    """Colour class of the gene."""
    return "nut" if side.gene is not None and side.gene.symbol == NUTM1 else "partner"
