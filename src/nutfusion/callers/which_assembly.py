"""The assembly of a file that does not state it, from where it puts the panel's genes."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        The assembly on which named panel genes (or, in rows without names, exon edges of panel
        genes on both sides, or two panel genes) lie where the file puts them, when it is so for
        that assembly only; ``None`` when nothing tells, or when rows contradict each other.
    """
    by_name = dict.fromkeys(Assembly, 0)
    by_edge = dict.fromkeys(Assembly, 0)
    by_pair = dict.fromkeys(Assembly, 0)
    for statement in statements:
        sides = (statement.first, statement.second)
        for side in sides:
            told = contig_assembly(side.contig)
            if told is not None:
                by_name[told] += 1
            for assembly in _named_places(side, book, loci):
                by_name[assembly] += 1
        for assembly in Assembly:
            by_edge[assembly] += all(_is_edge(side, assembly, loci) for side in sides)
            by_pair[assembly] += _joins_two(statement, assembly, loci)
    for votes in (by_name, by_edge, by_pair):
        seen = [assembly for assembly in Assembly if votes[assembly]]
        if len(seen) == 1:
            return seen[0]
        if seen:
            return None
    return None


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


def _joins_two(statement: Statement, assembly: Assembly, loci: Loci) -> bool:
    """Whether a row without gene names would join two different panel genes."""
    sides = (statement.first, statement.second)
    if any(side.gene is not None or side.position is None for side in sides):
        return False
    here, there = (loci.at(assembly, contig_name(s.contig), s.position) for s in sides)
    return bool(here) and bool(there) and not set(here) & set(there)
