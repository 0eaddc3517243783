"""From where DNA broke to the exons that the transcript may join, by the order of the exons.

Whether a gene gives the 5' or the 3' part follows from what stays of it::

    kept "lower"   ======p          a plus gene keeps its beginning: 5' part
    kept "higher"        p======    a plus gene keeps its end: 3' part (minus genes: the reverse)

Two parts that begin a gene, or two that end one, give no transcript of both.

A break in introns is spliced out: the last exon that is whole before the break joins the first
acceptor after it. An exon that the break cuts may run across it instead, so that the joint of the
transcript is the break itself; both are then possible and the joint is bounded by both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.panel import NUTM1, UPSTREAM_OF_NUTM1
from nutfusion.model.remarks import remark
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.callers.loci import Loci, Locus
    from nutfusion.callers.sides import Side
    from nutfusion.model.gene import GeneRef

Span = tuple[int, int]
"""(lowest, highest) residue that a break may have."""


def begins_gene(side: Side) -> bool | None:
    """Whether the part that stays begins its gene; ``None`` when nothing tells."""
    if side.kept is None or side.locus is None:
        return None
    return (side.kept == "lower") is (side.locus.strand is Strand.PLUS)


def is_just_before(nutm1: Locus, contig: str | None, position: int | None) -> bool:
    """Whether a break lies so close before NUTM1 that what it joins reads into NUTM1."""
    return (
        contig == nutm1.contig
        and position is not None
        and nutm1.start - UPSTREAM_OF_NUTM1 <= position < nutm1.start
    )


def into_nutm1(side: Side, other: Side, nutm1: Locus | None, gene: GeneRef) -> Side:
    """Take a break before NUTM1 for a break of NUTM1, though another gene lies there.

    The beginning of *SLC12A6* reaches into the 10 kb before NUTM1, on the other strand. A break
    there that keeps the side of NUTM1 joins NUTM1 to whatever begins a transcript; it is a break
    of *SLC12A6* only when the other part ends a gene.

    Args:
        side: The side that may be meant.
        other: What it is joined to.
        nutm1: NUTM1 on the file's assembly; ``None`` when that is unknown.
        gene: NUTM1.
    """
    if nutm1 is None or side.kept != "higher" or side.locus is nutm1:
        return side
    if not is_just_before(nutm1, side.contig, side.position) or begins_gene(other) is False:
        return side
    problems = [*side.problems]
    if side.locus is not None:
        problems.append(remark("break_before_nutm1", inside=side.locus.symbol))
    return replace(
        side,
        gene=gene,
        locus=nutm1,
        problems=tuple(problems),
        candidates=tuple(dict.fromkeys((*side.candidates, NUTM1))),
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where one side of the transcript's joint may lie.

    Attributes:
        edges: Exon edges that splicing may use; empty when there is none.
        cut: Residues at which the break may lie inside an exon; ``None`` outside exons.
        why: Reason without edges; ``None`` with.
    """

    edges: tuple[int, ...]
    cut: Span | None
    why: str | None


def dna_junction(
    five: Side,
    three: Side,
    left: tuple[JunctionEnd, Span | None],
    right: tuple[JunctionEnd, Span | None],
    loci: Loci,
) -> tuple[Junction | None, list[str]]:
    """The joint that a transcript across a DNA break may have.

    Where the break lies before NUTM1's second exon, the acceptor of the third is possible as well
    (the joint of nearly all published fusions, MANE exon 3, is reached over exon 2), so the joint
    is bounded by both. So it is where the break itself is known to within a range only.

    Args:
        five: 5' side.
        three: 3' side.
        left: 5' side on GRCh38, and the residues its break may have there.
        right: 3' side on GRCh38, and the residues its break may have there.
        loci: The panel's genes by place.

    Returns:
        A bounded junction, ``None`` when neither side is placed in a panel gene; reasons.
    """
    from_, into = _locus(five, loci), _locus(three, loci)
    donor = _reach(from_, *left, donors=True)
    acceptor = _reach(into, *right, donors=False)
    reasons = [reach.why for reach in (donor, acceptor) if reach is not None and reach.why]
    for locus, reach in ((from_, donor), (into, acceptor)):
        if locus is not None and reach is not None and reach.cut is not None:
            reasons.append(remark("break_in_exon", gene=locus.symbol))
    # an exon that is cut on the 5' side may run across the break; then both sides join there
    runs_across = donor.cut is not None if donor is not None else True
    ends = (
        _bounded(from_, donor, left[1] if runs_across else None),
        _bounded(into, acceptor, right[1] if runs_across and _may_start(donor, acceptor) else None),
    )
    if ends == (None, None):
        return None, list(dict.fromkeys(reasons))
    return (
        Junction(
            exact=False,
            five_prime=ends[0] or _unplaced(left[0]),
            three_prime=ends[1] or _unplaced(right[0]),
            homology=None,
            linker_sequence=None,
        ),
        list(dict.fromkeys(reasons)),
    )


def _may_start(donor: _Reach | None, acceptor: _Reach | None) -> bool:
    """Whether the 3' part may begin at the break: a known 5' exon runs into it, or it is exonic."""
    return donor is not None or (acceptor is not None and acceptor.cut is not None)


def _locus(side: Side, loci: Loci) -> Locus | None:
    return None if side.gene is None else loci.of(Assembly.GRCH38, side.gene.symbol)


def _unplaced(end: JunctionEnd) -> JunctionEnd:
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=None,
        position=None,
        position_range=None,
        strand=end.strand,
    )


def _bounded(locus: Locus | None, reach: _Reach | None, itself: Span | None) -> JunctionEnd | None:
    """A side bounded by exon edges and, when the transcript may join there, the break itself."""
    if locus is None or reach is None or reach.why is not None:
        return None
    edges = [*reach.edges, *(itself or ())]
    if not edges:
        return None
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=locus.contig,
        position=None,
        position_range=(min(edges), max(edges)),
        strand=locus.strand,
    )


def _reach(
    locus: Locus | None, end: JunctionEnd, span: Span | None, *, donors: bool
) -> _Reach | None:
    """What splicing may use on one side; ``None`` when the side is in no panel gene."""
    if locus is None or span is None:
        return None
    if end.strand is not locus.strand:
        return _Reach((), None, remark("antisense_to_gene", gene=locus.symbol))
    transcripts = [t for t in locus.transcripts if _reaches(t, span)] or locus.transcripts
    # one direction for both strands: positions grow from 5' to 3'
    sign = 1 if locus.strand is Strand.PLUS else -1
    breaks = sorted(sign * position for position in span)
    edges: set[int] = set()
    cut = False
    for transcript in transcripts:
        exons = [tuple(sorted((sign * low, sign * high))) for low, high in transcript]
        for at in breaks:
            edges.update(_donors(exons, at) if donors else _acceptors(exons, at, locus.symbol))
        cut = cut or any(_is_cut(exon, breaks, donors=donors) for exon in exons)
    code = "break_before_first_exon_end" if donors else "break_after_last_exon_start"
    why = None if edges or cut else remark(code, gene=locus.symbol)
    return _Reach(tuple(sorted(sign * edge for edge in edges)), span if cut else None, why)


def _reaches(transcript: Sequence[Span], span: Span) -> bool:
    """Whether a transcript holds the break."""
    low, high = min(low for low, _ in transcript), max(high for _, high in transcript)
    return low <= span[1] and span[0] <= high


def _is_cut(exon: Sequence[int], breaks: Sequence[int], *, donors: bool) -> bool:
    """Whether a break leaves a piece of an exon: not all of it, and not none."""
    first, last = exon
    if donors:
        return breaks[-1] >= first and breaks[0] < last
    return breaks[-1] > first and breaks[0] <= last


def _donors(exons: Sequence[Sequence[int]], at: int) -> list[int]:
    """The last exon end before a break; the last exon of a transcript has no donor."""
    return [last for _, last in exons[:-1] if last <= at][-1:]


def _acceptors(exons: Sequence[Sequence[int]], at: int, symbol: str) -> list[int]:
    """The first exon start after a break; the first exon of a transcript has no acceptor."""
    after = [first for first, _ in exons[1:] if first >= at]
    reaches_two = symbol == NUTM1 and len(exons) > 1 and after[:1] == [exons[1][0]]
    return after[: 2 if reaches_two else 1]
