"""Where a side of the fusion ends on GRCh38: to the base, or within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.junction import JunctionEnd
from nutfusion.model.remarks import remark
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from nutfusion.callers.loci import Loci
    from nutfusion.callers.sides import Context, Side


def on_grch38(
    side: Side, context: Context, *, on_transcript: bool, precise: bool
) -> tuple[JunctionEnd, tuple[int, int] | None, str | None]:
    """A side on GRCh38.

    Args:
        side: The side.
        context: What the file is read against.
        on_transcript: ``with_transcript`` placed it, so it is on GRCh38 whatever the file is on.
        precise: The position is to the base; else a stated range takes its place.

    Returns:
        The side; the (lowest, highest) residues that its position may be; why it has no position
        there (``None`` when it has).
    """
    if side.spread is not None:
        return _end(side, None, side.spread), side.spread, None
    stated = side.stated.position_range
    span = stated or (None if side.position is None else (side.position, side.position))
    if span is None or side.contig is None:
        return _end(side, None), None, remark("no_position_stated")
    if not on_transcript and context.assembly is None:
        return _end(side, None), None, remark("assembly_unknown")
    lifts = context.assembly is Assembly.GRCH37 and not on_transcript
    low, high = (_lifted(side, at, context) if lifts else at for at in span)
    at = _lifted(side, side.position, context) if lifts else side.position
    if low is None or high is None:
        low = high = at
    if low is None or high is None:
        return _end(side, None), None, remark("no_lift_from_grch37")
    found = (min(low, high), max(low, high))
    if at is None or (stated is not None and not precise):
        return _end(side, None, found), found, None
    return _end(side, at), found, None


def _lifted(side: Side, position: int | None, context: Context) -> int | None:
    if position is None or side.gene is None:
        return None
    return context.loci.to_grch38(side.gene.symbol, position)


def _end(
    side: Side, position: int | None, position_range: tuple[int, int] | None = None
) -> JunctionEnd:
    placed = position is not None or position_range is not None
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=side.contig if placed else None,
        position=position,
        position_range=position_range,
        strand=side.strand,
    )


def bounded(end: JunctionEnd, side: Side, loci: Loci, *, five_prime: bool) -> JunctionEnd:
    """A side whose position is where reads end: the joint lies there or further on in the gene.

    Args:
        end: The side on GRCh38, with a position or without.
        side: Whose gene bounds it; without a panel gene nothing does.
        loci: The panel's genes by place.
        five_prime: Which part it is, for a side that does not say which bases stay.
    """
    if end.position is None:
        return end
    locus = None if side.gene is None else loci.of(Assembly.GRCH38, side.gene.symbol)
    lower = side.kept == "lower"
    if side.kept is None and end.strand is not None:
        lower = (end.strand is Strand.PLUS) is five_prime
    span: tuple[int, int] | None = None
    if locus is not None and locus.holds(end.contig, end.position):
        span = (end.position, locus.end) if lower else (locus.start, end.position)
    return end.model_copy(update={"position": None, "position_range": span})


def around(end: JunctionEnd, noise: int) -> JunctionEnd:
    """A side whose position may be off by some bases either way."""
    if end.position is None:
        return end
    span = (max(1, end.position - noise), end.position + noise)
    return end.model_copy(update={"position": None, "position_range": span})
