"""A row's own words to a ``ReportedFusion``: order, strands, positions on GRCh38."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutfusion.callers.dna import begins_gene, dna_junction, into_nutm1
from nutfusion.callers.homology import at_exon_edges, slide_of_other
from nutfusion.callers.placements import on_transcripts
from nutfusion.callers.side_ends import around, bounded, on_grch38
from nutfusion.callers.sides import reads_into_nutm1, reported_side, understand
from nutfusion.callers.swapped import names_at_places
from nutfusion.model.junction import Junction
from nutfusion.model.panel import NUTM1
from nutfusion.model.remarks import remark
from nutfusion.model.reported import FusionOrder, ReportedField, ReportedFusion, ReportedSide
from nutfusion.model.terms import FusionDetection, SourceSays, Strand

if TYPE_CHECKING:
    from nutfusion.callers.sides import Context, Side
    from nutfusion.callers.statement import Statement, Unreadable


def reported_fusion(
    statement: Statement, context: Context, *, caller: str, sha256: str
) -> ReportedFusion | None:
    """Restate one row.

    Returns:
        ``None`` for a row that touches no gene of the panel, by name or by place.
    """
    dna = statement.molecule == "dna"
    first = understand(statement.first, context, dna=dna)
    second = understand(statement.second, context, dna=dna)
    if dna:
        first, second = _into_nutm1(first, second, context)
    if not (first.is_panel or second.is_panel):
        return None
    first, second, turned = names_at_places(first, second, context, dna=dna)
    on_transcript = (
        (statement.first.transcript is not None or statement.second.transcript is not None)
        and statement.first.position is None
        and statement.first.position_range is None
    )
    several: list[str] = []
    if on_transcript:
        first, second, several = on_transcripts(statement, first, second, context)
    five, three, order, odd = _ordered(first, second, ordered=statement.ordered)
    if not dna and order is not FusionOrder.UNKNOWN:
        three = reads_into_nutm1(five, three, context)
    five, three = _stranded(five, three, order)
    if not dna and statement.slide is not None and order is not FusionOrder.UNKNOWN:
        bases = statement.slide
        if five.stated is statement.second:
            bases = slide_of_other(bases, statement.first.kept, statement.second.kept)
        five, three, odd_slide = at_exon_edges(five, three, bases)
        odd = [*odd, *odd_slide]
    problems = [*statement.problems, *turned, *several, *odd]
    if five.gene is not None and five.gene == three.gene:
        problems.append(remark("within_one_gene", gene=five.gene.symbol))
    problems += [*five.problems, *three.problems]
    joints = _joints(statement, five, three, order, context, on_transcript=on_transcript)
    problems += joints.problems
    return ReportedFusion(
        caller=caller,
        sha256=sha256,
        line=statement.line,
        rows=statement.rows,
        is_readable=True,
        touches_nutm1=five.is_nutm1 or three.is_nutm1,
        five_prime=reported_side(five),
        three_prime=reported_side(three),
        order=order,
        fusion_detection=FusionDetection.INFERRED if dna else FusionDetection.OBSERVED,
        says=statement.says,
        assembly=context.assembly,
        junction=joints.junction,
        genomic_breakpoint=joints.genomic_breakpoint,
        split_reads=statement.split_reads,
        discordant_pairs=statement.discordant_pairs,
        reading_frame=statement.reading_frame,
        is_read_through=statement.read_through,
        fields=tuple(ReportedField(name=n, value=v) for n, v in statement.fields),
        problems=tuple(dict.fromkeys(problems)),
    )


@dataclass(frozen=True, slots=True)
class _Joints:
    """Where a row puts its joint.

    Attributes:
        junction: Of the transcript; ``None`` when neither side is placed.
        genomic_breakpoint: Of DNA; ``None`` for RNA.
        problems: Reasons.
    """

    junction: Junction | None
    genomic_breakpoint: Junction | None
    problems: list[str]


def _joints(
    statement: Statement,
    five: Side,
    three: Side,
    order: FusionOrder,
    context: Context,
    *,
    on_transcript: bool,
) -> _Joints:
    """Place a joint on GRCh38; for DNA infer the transcript's from where DNA broke."""
    dna = statement.molecule == "dna"
    left, from_span, why_left = on_grch38(
        five, context, on_transcript=on_transcript, precise=statement.precise
    )
    right, into_span, why_right = on_grch38(
        three, context, on_transcript=on_transcript, precise=statement.precise
    )
    problems = [reason for reason in dict.fromkeys((why_left, why_right)) if reason is not None]
    if not (statement.precise or dna):
        left = bounded(left, five, context.loci, five_prime=True)
        right = bounded(right, three, context.loci, five_prime=False)
    elif statement.noise and not (
        five.is_edge(five_prime=True) and three.is_edge(five_prime=False)
    ):
        left, right = around(left, statement.noise), around(right, statement.noise)
        problems.append(remark("positions_may_be_off", bases=statement.noise))
    placed: Junction | None = None
    if any(end.position or end.position_range for end in (left, right)):
        placed = Junction(
            exact=statement.precise and left.position is not None and right.position is not None,
            five_prime=left,
            three_prime=right,
            homology=None,
            linker_sequence=None,
        )
    if not dna or on_transcript:
        return _Joints(placed, None, problems)
    if order is FusionOrder.UNKNOWN:
        return _Joints(None, placed, problems)
    inferred, more = dna_junction(five, three, (left, from_span), (right, into_span), context.loci)
    return _Joints(inferred, placed, [*problems, *more])


def unreadable_fusion(
    row: Unreadable, context: Context, *, caller: str, sha256: str
) -> ReportedFusion:
    """A row that names a panel gene and cannot be read: a finding all the same."""
    nothing = ReportedSide(
        written=None,
        gene=None,
        contig=None,
        position=None,
        strand=None,
        transcript=None,
        exon=None,
    )
    return ReportedFusion(
        caller=caller,
        sha256=sha256,
        line=row.line,
        rows=1,
        is_readable=False,
        touches_nutm1=context.book.mentions_nutm1(row.text),
        five_prime=nothing,
        three_prime=nothing,
        order=FusionOrder.UNKNOWN,
        fusion_detection=FusionDetection.OBSERVED,
        says=SourceSays.NOT_ASSESSED,
        assembly=context.assembly,
        junction=None,
        genomic_breakpoint=None,
        split_reads=None,
        discordant_pairs=None,
        reading_frame=None,
        is_read_through=None,
        fields=(),
        problems=(remark("row_unreadable"),),
    )


_FORWARD: Final = ((True, False), (True, None), (None, False))
_BACKWARD: Final = ((False, True), (False, None), (None, True))
"""Whether each of two sides is the 5' one, where that gives them an order."""


def _edge_role(side: Side) -> bool | None:
    """Whether an exon of the side's gene ends (true) or starts at its position, not both."""
    ends, starts = side.is_edge(five_prime=True), side.is_edge(five_prime=False)
    return None if ends is starts else ends


def _into_nutm1(first: Side, second: Side, context: Context) -> tuple[Side, Side]:
    """Both sides of a DNA break, each taken for NUTM1 when it reads into it."""
    if context.assembly is None or NUTM1 not in context.panel.genes:
        return first, second
    nutm1 = context.loci.of(context.assembly, NUTM1)
    gene = context.panel.genes[NUTM1].ref
    found = into_nutm1(first, second, nutm1, gene), into_nutm1(second, first, nutm1, gene)
    if found[0] is first or found[1] is second:
        return found
    # both lie before NUTM1 (an inversion there): only the nearer one reads into it
    nearer = (first.position or 0) >= (second.position or 0)
    return (found[0], second) if nearer else (first, found[1])


def _ordered(
    first: Side, second: Side, *, ordered: bool
) -> tuple[Side, Side, FusionOrder, list[str]]:
    """The sides in transcript order, how that is known, and what is odd about it."""
    if ordered:
        return first, second, FusionOrder.STATED, []
    roles = (begins_gene(first), begins_gene(second))
    if roles[0] is not None and roles[0] is roles[1]:
        same = "5'" if roles[0] else "3'"
        return first, second, FusionOrder.UNKNOWN, [remark("both_parts_same_end", end=same)]
    if roles in _FORWARD:
        return first, second, FusionOrder.FROM_STRANDS, []
    if roles in _BACKWARD:
        return second, first, FusionOrder.FROM_STRANDS, []
    edges = (_edge_role(first), _edge_role(second))
    if edges in _FORWARD:
        return first, second, FusionOrder.FROM_EXON_EDGES, []
    if edges in _BACKWARD:
        return second, first, FusionOrder.FROM_EXON_EDGES, []
    return first, second, FusionOrder.UNKNOWN, [remark("order_not_stated")]


def _stranded(five: Side, three: Side, order: FusionOrder) -> tuple[Side, Side]:
    """Fill in strands that are certain: of a gene whose kept part or exon edge shows its sense."""
    if order is FusionOrder.UNKNOWN:
        return five, three
    return _one_stranded(five, five_prime=True), _one_stranded(three, five_prime=False)


def _one_stranded(side: Side, *, five_prime: bool) -> Side:
    if side.strand is not None:
        return side
    if side.kept is not None:
        plus = (side.kept == "lower") is five_prime
        return replace(side, strand=Strand.PLUS if plus else Strand.MINUS)
    if side.locus is not None and side.stated.sense is not None:
        own = side.locus.strand
        against = Strand.MINUS if own is Strand.PLUS else Strand.PLUS
        return replace(side, strand=own if side.stated.sense else against)
    if side.locus is not None and side.is_edge(five_prime=five_prime):
        return replace(side, strand=side.locus.strand)
    if side.position is None:
        return side
    return replace(side, problems=(*side.problems, remark("strand_not_stated")))
