"""The assembly of a file that does not state it, from where it puts the panel's genes."""

from __future__ import annotations

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
        The assembly that contigs name, or on which named panel genes lie where the file puts them;
        in rows without names, the one that has exon edges of panel genes on both sides, or two
        panel genes, or (by a clear majority) an exon edge on one side. ``None`` when nothing tells,
        or when rows contradict each other.
    """
    rows = list(statements)
    for tells in (_by_contig, _by_name, _by_edges, _by_pair):
        seen = [assembly for assembly in Assembly if tells(rows, assembly, book, loci)]
        if len(seen) == 1:
            return seen[0]
        if seen:
            return None
    return _by_most_edges(rows, loci)


MAJORITY: Final = 4
"""How many times more single exon edges an assembly must have than the other (chosen by us). The
panel's genes have about 1,300 edges, so one side of a few million is one by chance."""


def _by_most_edges(rows: list[Statement], loci: Loci) -> Assembly | None:
    """The assembly with ``MAJORITY`` times the exon edges of the other, in rows without names."""
    votes = {
        assembly: sum(
            any(
                side.gene is None and _is_edge(side, assembly, loci) for side in (r.first, r.second)
            )
            for r in rows
        )
        for assembly in Assembly
    }
    first, second = sorted(votes, key=lambda assembly: votes[assembly], reverse=True)
    return first if votes[first] >= max(1, MAJORITY * votes[second]) else None


def _by_contig(rows: list[Statement], assembly: Assembly, book: GeneBook, loci: Loci) -> bool:  # noqa: ARG001
    contigs = {side.contig for row in rows for side in (row.first, row.second)}
    return any(contig_assembly(contig) is assembly for contig in contigs)


def _by_name(rows: list[Statement], assembly: Assembly, book: GeneBook, loci: Loci) -> bool:
    return any(
        assembly in _named_places(side, book, loci)
        for row in rows
        for side in (row.first, row.second)
        if side.gene is not None or side.gene_id is not None
    )


def _by_edges(rows: list[Statement], assembly: Assembly, book: GeneBook, loci: Loci) -> bool:  # noqa: ARG001
    return any(
        _is_edge(row.first, assembly, loci) and _is_edge(row.second, assembly, loci) for row in rows
    )


def _by_pair(rows: list[Statement], assembly: Assembly, book: GeneBook, loci: Loci) -> bool:  # noqa: ARG001
    return any(_joins_two(row, assembly, loci) for row in rows)


def _named_places(side: SideStatement, book: GeneBook, loci: Loci) -> list[Assembly]:
    """Assemblies on which the named gene holds the position; empty unless exactly one does.

    A gene named with its distance does not hold the position. BRD4 lies 111 kb higher on GRCh37,
    so that the bases before its start on GRCh38 are inside it there.
    """
    if side.position is None:
        return []
    contig = contig_name(side.contig)
    named = book.read(side.gene, side.gene_id)
    if named.intergenic:
        return []
    names = named.candidates
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
