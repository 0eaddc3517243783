"""The assembly of a file that does not state it, from where it puts the panel's genes."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from nutfusion.callers.loci import contig_assembly, contig_name
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.callers.genes import GeneBook
    from nutfusion.callers.loci import Loci
    from nutfusion.callers.statement import SideStatement, Statement


def shown_assembly(statements: Iterable[Statement], book: GeneBook, loci: Loci) -> Assembly | None:
    """Tell GRCh38 from GRCh37.

    Args:
        statements: All rows of one file.
        book: The panel's genes by name.
        loci: The panel's genes by place.

    Returns:
        The assembly that the names of contigs tell and on which named panel genes lie where the
        file puts them; else the one on which rows without gene names have exon edges of panel
        genes, on both sides or else on one. ``None`` when nothing tells, or when rows contradict
        each other.
    """
    sides = [(statement.first, statement.second) for statement in statements]
    by_name = dict.fromkeys(Assembly, 0)
    for side in chain.from_iterable(sides):
        told = contig_assembly(side.contig)
        if told is not None:
            by_name[told] += 1
        for assembly in _named_places(side, book, loci):
            by_name[assembly] += 1
    if any(by_name.values()):
        return _only(by_name)
    by_edges = dict.fromkeys(Assembly, 0)
    by_one_edge = dict.fromkeys(Assembly, 0)
    for pair in sides:
        for assembly in Assembly:
            edges = [_is_edge(side, assembly, loci) for side in pair]
            by_edges[assembly] += all(edges)
            by_one_edge[assembly] += any(
                edge for edge, side in zip(edges, pair, strict=True) if side.gene is None
            )
    return _only(by_edges) if any(by_edges.values()) else _clear_majority(by_one_edge)


MAJORITY: Final = 4
"""How many times more single exon edges an assembly must have than the other (chosen by us). The
panel's genes have about 1,300 edges, so one side of a few million is one by chance."""


def _only(votes: dict[Assembly, int]) -> Assembly | None:
    """The assembly with votes, when the other has none."""
    seen = [assembly for assembly in Assembly if votes[assembly]]
    return seen[0] if len(seen) == 1 else None


def _clear_majority(votes: dict[Assembly, int]) -> Assembly | None:
    """The assembly with ``MAJORITY`` times the votes of the other."""
    first, second = sorted(votes, key=lambda assembly: votes[assembly], reverse=True)
    return first if votes[first] >= max(1, MAJORITY * votes[second]) else None


def _named_places(side: SideStatement, book: GeneBook, loci: Loci) -> list[Assembly]:
    """Assemblies on which the named gene holds the position; empty unless exactly one does."""
    if side.position is None:
        return []
    contig = contig_name(side.contig)
    names = book.read(side.gene, side.gene_id).candidates
    found = [
        assembly
        for assembly in Assembly
        if any(
            (locus := loci.of(assembly, name)) is not None and locus.holds(contig, side.position)
            for name in names
        )
    ]
    return found if len(found) == 1 else []


def _is_edge(side: SideStatement, assembly: Assembly, loci: Loci) -> bool:
    if side.position is None:
        return False
    contig = contig_name(side.contig)
    return any(
        side.position in locus.donors or side.position in locus.acceptors
        for locus in loci.at(assembly, contig, side.position)
    )
