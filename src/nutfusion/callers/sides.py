"""One side of a row: which gene it is, where it lies on GRCh38, what stands against it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from nutfusion.callers.dna import is_just_before
from nutfusion.callers.genes import written_gene
from nutfusion.callers.loci import contig_name
from nutfusion.model.junction import JunctionEnd
from nutfusion.model.panel import NUTM1
from nutfusion.model.remarks import remark
from nutfusion.model.reported import ReportedSide
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from nutfusion.callers.genes import GeneBook
    from nutfusion.callers.loci import Loci, Locus
    from nutfusion.callers.statement import SideStatement
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel, Transcript
    from nutfusion.model.terms import Kept

_PRECISE_LABEL: Final = 4
"""Most digits of an exon number."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every row of a file is read against.

    Attributes:
        panel: The panel.
        book: Its genes by name.
        loci: Its genes by place.
        assembly: Of the file; ``None`` when unknown.
    """

    panel: Panel
    book: GeneBook
    loci: Loci
    assembly: Assembly | None


@dataclass(frozen=True, slots=True)
class Side:
    """One side, understood.

    Attributes:
        stated: As the format's module gave it.
        gene: ``None`` when not certain.
        locus: The panel gene's place on the file's assembly; ``None`` for other genes.
        contig: ``chr`` spelling.
        position: On the file's assembly.
        strand: Of the transcript.
        kept: Side of the position that stays.
        problems: Reasons.
        candidates: Panel symbols the cell may mean.
        spread: Lowest and highest position of several that are stated, with ``position`` ``None``.
    """

    stated: SideStatement
    gene: GeneRef | None
    locus: Locus | None
    contig: str | None
    position: int | None
    strand: Strand | None
    kept: Kept | None
    problems: tuple[str, ...] = ()
    candidates: tuple[str, ...] = field(default=())
    spread: tuple[int, int] | None = None

    @property
    def is_nutm1(self) -> bool:
        """Whether this side is NUTM1, or may be."""
        return NUTM1 in self.candidates or (self.gene is not None and self.gene.symbol == NUTM1)

    @property
    def is_panel(self) -> bool:
        """Whether this side is a gene of the panel, or may be."""
        return bool(self.candidates) or (self.gene is not None and self.gene.hgnc_id is not None)

    def is_edge(self, *, five_prime: bool) -> bool:
        """Whether the position is an exon's last base (as 5' part) or first base (as 3')."""
        if self.locus is None or self.position is None or self.contig != self.locus.contig:
            return False
        edges = self.locus.donors if five_prime else self.locus.acceptors
        return self.position in edges


def understand(stated: SideStatement, context: Context, *, dna: bool) -> Side:
    """Find the gene of a side by its name and by its place."""
    named = context.book.read(stated.gene, stated.gene_id)
    contig = contig_name(stated.contig)
    strand = Strand(stated.strand) if stated.strand in ("+", "-") else None
    problems: list[str] = []
    gene = named.gene
    candidates = list(named.candidates)
    here = _located(context, contig, stated.position, dna=dna)
    perhaps = _perhaps_nutm1(context, contig, stated.position)
    locus: Locus | None = None
    if gene is not None and named.is_panel_gene:
        locus = _own_locus(context, gene.symbol)
        if _is_elsewhere(locus, contig, stated.position, here, dna=dna):
            problems.append(remark("position_outside_gene", gene=gene.symbol))
    else:
        found = _only(here, stated.position, strand)
        if found is not None and (
            gene is None
            or named.candidates == (found.symbol,)
            or stated.position in found.donors | found.acceptors
            or (strand is found.strand and found.is_exonic(stated.position))
        ):
            locus = found
            gene = context.panel.genes[found.symbol].ref
            candidates.append(found.symbol)
            problems.append(remark("gene_from_position", gene=found.symbol))
        elif named.intergenic:
            problems.append(remark("gene_is_intergenic"))
        elif len(named.candidates) > 1 or (gene is None and named.candidates):
            problems.append(remark("several_genes_stated"))
        candidates += [x.symbol for x in here if x.symbol == NUTM1]
        for assembly in perhaps:
            candidates.append(NUTM1)
            problems.append(remark("nutm1_if_assembly", assembly=assembly.value))
    return Side(
        stated=stated,
        gene=gene,
        locus=locus,
        contig=contig,
        position=stated.position,
        strand=strand,
        kept=stated.kept,
        problems=tuple(problems),
        candidates=tuple(dict.fromkeys(candidates)),
    )


def reads_into_nutm1(five: Side, three: Side, context: Context) -> Side:
    """Take a 3' part that lies just before NUTM1 for NUTM1, outside of it.

    A transcript of a panel gene that goes on in no gene, on NUTM1's strand within the stretch in
    which the DNA of NUT carcinomas breaks, reads into NUTM1. Programs call such a place intergenic
    or name a neighbour, and the row would be none about NUTM1. The joint is not NUTM1's own: the
    row says so, and confirms nothing.

    Args:
        five: 5' side.
        three: 3' side.
        context: What the file is read against.
    """
    if context.assembly is None or NUTM1 not in context.panel.genes or not five.is_panel:
        return three
    nutm1 = context.loci.of(context.assembly, NUTM1)
    named_elsewhere = three.locus is not None or five.is_nutm1
    if nutm1 is None or named_elsewhere or three.strand not in (None, nutm1.strand):
        return three
    if not is_just_before(nutm1, three.contig, three.position):
        return three
    problems = [p for p in three.problems if p != remark("gene_is_intergenic")]
    outside = remark("position_outside_gene", gene=NUTM1)
    return replace(
        three,
        gene=context.panel.genes[NUTM1].ref,
        locus=nutm1,
        problems=(*problems, outside),
        candidates=tuple(dict.fromkeys((*three.candidates, NUTM1))),
    )


def _located(
    context: Context, contig: str | None, position: int | None, *, dna: bool
) -> tuple[Locus, ...]:
    """Panel genes at a position; for DNA the stretch before NUTM1 belongs to it."""
    if context.assembly is None:
        return ()
    found = context.loci.at(context.assembly, contig, position)
    nutm1 = context.loci.of(context.assembly, NUTM1)
    if not found and dna and nutm1 is not None and is_just_before(nutm1, contig, position):
        return (nutm1,)
    return found


def _perhaps_nutm1(context: Context, contig: str | None, position: int | None) -> list[Assembly]:
    """Assemblies on which a position would be NUTM1, when the file's assembly is unknown."""
    if context.assembly is not None:
        return []
    return [
        assembly
        for assembly in Assembly
        if (nutm1 := context.loci.of(assembly, NUTM1)) is not None
        and (nutm1.holds(contig, position) or is_just_before(nutm1, contig, position))
    ]


def _own_locus(context: Context, symbol: str) -> Locus | None:
    return None if context.assembly is None else context.loci.of(context.assembly, symbol)


def _is_elsewhere(
    locus: Locus | None,
    contig: str | None,
    position: int | None,
    here: tuple[Locus, ...],
    *,
    dna: bool,
) -> bool:
    """Whether a named gene's position is not in it."""
    if locus is None or position is None or contig is None:
        return False
    if dna and locus.symbol == NUTM1 and is_just_before(locus, contig, position):
        return False
    return locus not in here


def _only(here: tuple[Locus, ...], position: int | None, strand: Strand | None) -> Locus | None:
    """The one gene at a position: of several, the one with the strand or an exon edge there."""
    fitting = [x for x in here if strand is None or x.strand is strand]
    if len(fitting) > 1:
        edged = [x for x in fitting if position in x.donors or position in x.acceptors]
        fitting = edged or fitting
    return fitting[0] if len(fitting) == 1 else None


def with_transcript(side: Side, context: Context, *, five_prime: bool, ordered: bool) -> Side:
    """Place a side that is stated on a transcript, or by an exon of one.

    Returns:
        The side with contig, position and strand on GRCh38 when the panel holds that transcript
        under that accession and version; with a problem otherwise.
    """
    stated = side.stated
    if side.position is not None or stated.position_range is not None:
        return side
    if stated.transcript is None:
        if stated.exon is not None:
            return _but(side, remark("exon_without_transcript"))
        return side
    transcript, other_version = _transcript(context.panel, stated.transcript)
    if transcript is None or transcript.contig is None or transcript.strand is None:
        return _but(side, remark("transcript_not_in_panel"))
    gene = context.panel.genes[transcript.gene].ref
    placed: int | None = None
    if stated.transcript_position is not None:
        placed = transcript.genomic_position(stated.transcript_position)
    elif stated.exon is not None and ordered:
        placed = _exon_edge(context.panel, transcript, stated.exon, five_prime=five_prime)
    locus = context.loci.of(Assembly.GRCH38, transcript.gene)
    if placed is None or locus is None:
        return _but(side, remark("not_placed_on_transcript"))
    edges = locus.donors if five_prime else locus.acceptors
    if other_version and placed not in edges:
        return _but(side, remark("other_transcript_version"))
    found = replace(
        side,
        gene=gene,
        locus=locus,
        contig=transcript.contig,
        position=placed,
        strand=transcript.strand,
        candidates=tuple(dict.fromkeys((*side.candidates, gene.symbol))),
    )
    return _but(found, remark("other_transcript_version")) if other_version else found


def _but(side: Side, problem: str) -> Side:
    return replace(side, problems=(*side.problems, problem))


def _transcript(panel: Panel, accession: str) -> tuple[Transcript | None, bool]:
    """A panel transcript by accession.version, else by accession; whether the version differs."""
    stem = accession.partition(".")[0]
    near: Transcript | None = None
    for transcript in panel.transcripts.values():
        for name in (transcript.accession, *transcript.synonyms):
            if name == accession:
                return transcript, False
            if name.partition(".")[0] == stem:
                near = near or transcript
    return near, near is not None


def _exon_edge(panel: Panel, transcript: Transcript, label: str, *, five_prime: bool) -> int | None:
    """GRCh38 residue at which a whole exon joins: its last base as 5' part, its first as 3'."""
    if not (label.isascii() and label.isdecimal()) or len(label) > _PRECISE_LABEL:
        return None
    bounds = _exon_bounds(panel, transcript).get(int(label))
    if bounds is None:
        return None
    plus = transcript.strand is Strand.PLUS
    return bounds[1] if five_prime is plus else bounds[0]


def _exon_bounds(panel: Panel, transcript: Transcript) -> dict[int, tuple[int, int]]:
    """(lowest, highest) GRCh38 residue of each exon by its number; empty where it is not certain.

    A transcript without exons has the blocks of its sequence. They are its exons when they begin
    at its first base, or when they are those of the MANE transcript from the second on (then its
    own first exon is not placed).
    """
    if transcript.exons:
        return {exon.number: (exon.start, exon.end) for exon in transcript.exons}
    mane = panel.mane(transcript.gene)
    if not transcript.blocks or transcript.is_cds or transcript.is_prefix or mane is None:
        return {}
    pieces = [(block.start, block.end) for block in transcript.blocks]
    if transcript.blocks[0].transcript_start == 1:
        return dict(enumerate(pieces, start=1))
    if pieces == [(exon.start, exon.end) for exon in mane.exons[1:]]:
        return dict(enumerate(pieces, start=2))
    return {}


def reported_side(side: Side) -> ReportedSide:
    """A side as the record states it."""
    return ReportedSide(
        written=written_gene(side.stated.gene),
        gene=side.gene,
        contig=side.contig,
        position=side.stated.position,
        strand=side.strand,
        transcript=written_gene(side.stated.transcript),
        exon=written_gene(side.stated.exon),
    )


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
