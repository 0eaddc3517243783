"""One side of a row: which gene it is, where it lies on GRCh38, what stands against it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nutfusion.callers.dna import is_just_before
from nutfusion.callers.genes import written_gene
from nutfusion.callers.loci import contig_name
from nutfusion.model.panel import NUTM1
from nutfusion.model.remarks import remark
from nutfusion.model.reported import ReportedSide
from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from nutfusion.callers.genes import GeneBook
    from nutfusion.callers.loci import Loci, Locus
    from nutfusion.callers.statement import SideStatement
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel
    from nutfusion.model.terms import Kept


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
