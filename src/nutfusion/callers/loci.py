"""Where the panel's genes lie on both assemblies, and what lies at a position."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import Assembly, Strand

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel

_REFSEQ: Final = re.compile(r"NC_0000(?P<number>\d{2})\.(?P<version>\d{1,2})")
_GRCH38_VERSIONS: Final = (
    *(11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12),
    *(11, 9, 10, 10, 11, 10, 10, 11, 9, 11, 11, 10),
)
"""Version of the RefSeq accession of chromosomes 1 to 22, X and Y on GRCh38 (NCBI assembly
GCF_000001405.40); on GRCh37 (GCF_000001405.25) each is one lower."""

_GRCH38_ONLY: Final = re.compile(r"(?:^|_)KI27\d{4}(?:\.|v)\d", re.IGNORECASE)
_GRCH37_ONLY: Final = re.compile(r"_gl000\d{3}(?:_random)?$|^hs37d5$")
"""Unplaced sequences that only one assembly has: accessions KI27.... came with GRCh38; lower-case
``chrUn_gl000220`` is the spelling of UCSC's hg19, ``hs37d5`` the decoy made for GRCh37."""

_CHROMOSOME: Final = re.compile(r"(?:chr|hs)?(\d{1,2}|X|Y|MT?)", re.IGNORECASE)
_CONTIG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@lru_cache(maxsize=4096)
def contig_name(text: str | None) -> str | None:
    """``chr`` spelling of a contig; ``None`` when none is stated or it is no contig name."""
    if text is None:
        return None
    refseq = _refseq(text)
    if refseq is not None:
        return f"chr{ {23: 'X', 24: 'Y'}.get(refseq[0], refseq[0]) }"
    match = _CHROMOSOME.fullmatch(text)
    if match is not None:
        number = match[1].upper()
        return f"chr{'M' if number == 'MT' else number}"
    return text if _CONTIG.fullmatch(text) else None


@lru_cache(maxsize=4096)
def contig_assembly(text: str | None) -> Assembly | None:
    """The assembly that a contig's own name tells; ``None`` for what several assemblies have."""
    if text is None:
        return None
    refseq = _refseq(text)
    if refseq is not None:
        number, version = refseq
        behind = _GRCH38_VERSIONS[number - 1] - version
        return {0: Assembly.GRCH38, 1: Assembly.GRCH37}.get(behind)
    if _GRCH38_ONLY.search(text):
        return Assembly.GRCH38
    return Assembly.GRCH37 if _GRCH37_ONLY.search(text) else None


def _refseq(text: str) -> tuple[int, int] | None:
    """Number and version of a chromosome's RefSeq accession; ``None`` for another text."""
    match = _REFSEQ.fullmatch(text)
    if match is None or not 1 <= int(match["number"]) <= len(_GRCH38_VERSIONS):
        return None
    return int(match["number"]), int(match["version"])


@dataclass(frozen=True, slots=True)
class Locus:
    """A gene on one assembly.

    Attributes:
        symbol: HGNC symbol.
        contig: ``chr`` spelling.
        start: Lowest residue of any exon.
        end: Highest residue of any exon.
        strand: Of the gene.
        donors: Residues that end an exon (in the sense of the gene).
        acceptors: Residues that start an exon.
        transcripts: (lowest, highest) residue of every exon of each transcript, both in the sense
            of the gene.
    """

    symbol: str
    contig: str
    start: int
    end: int
    strand: Strand
    donors: frozenset[int]
    acceptors: frozenset[int]
    transcripts: tuple[tuple[tuple[int, int], ...], ...] = ()

    def holds(self, contig: str | None, position: int | None) -> bool:
        """Whether a position lies in the gene."""
        return contig == self.contig and position is not None and self.start <= position <= self.end

    def is_exonic(self, position: int | None) -> bool:
        """Whether a position on the gene's contig lies in an exon."""
        return position is not None and any(
            low <= position <= high for exons in self.transcripts for low, high in exons
        )


class Loci:
    """The panel's genes by place."""

    def __init__(self, panel: Panel) -> None:
        self._all: dict[Assembly, dict[str, Locus]] = {assembly: {} for assembly in Assembly}
        self._offsets: dict[str, list[tuple[int, int, int]]] = {}
        for symbol in panel.genes:
            self._add(panel, symbol)
        self._on: dict[tuple[Assembly, str], list[Locus]] = {}
        for assembly, loci in self._all.items():
            for locus in loci.values():
                self._on.setdefault((assembly, locus.contig), []).append(locus)

    def _add(self, panel: Panel, symbol: str) -> None:
        placed = [t for t in panel.of_gene(symbol) if t.exons and t.strand is not None and t.contig]
        if not placed:
            return
        contig, strand = placed[0].contig, placed[0].strand
        assert contig is not None  # noqa: S101 - asked above
        assert strand is not None  # noqa: S101 - asked above
        placed = [t for t in placed if t.contig == contig]
        exons = [e for t in placed for e in t.exons]
        here = tuple(tuple((e.start, e.end) for e in t.exons) for t in placed)
        there = tuple(
            tuple(
                (e.start_grch37, e.end_grch37)
                for e in t.exons
                if e.start_grch37 is not None and e.end_grch37 is not None
            )
            for t in placed
        )
        self._all[Assembly.GRCH38][symbol] = _locus(symbol, contig, strand, here)
        if any(there):
            self._all[Assembly.GRCH37][symbol] = _locus(symbol, contig, strand, there)
        self._offsets[symbol] = sorted(
            {
                (e.start_grch37, e.end_grch37, e.start - e.start_grch37)
                for e in exons
                if e.start_grch37 is not None
                and e.end_grch37 is not None
                and e.end_grch37 - e.start_grch37 == e.end - e.start
            }
        )

    def of(self, assembly: Assembly, symbol: str) -> Locus | None:
        """A gene on an assembly; ``None`` when the panel does not place it there."""
        return self._all[assembly].get(symbol)

    def at(self, assembly: Assembly, contig: str | None, position: int | None) -> tuple[Locus, ...]:
        """Genes that hold a position, panel order."""
        if contig is None:
            return ()
        there = self._on.get((assembly, contig), ())
        return tuple(locus for locus in there if locus.holds(contig, position))

    def to_grch38(self, symbol: str, position: int) -> int | None:
        """Lift a GRCh37 residue of a gene.

        Returns:
            By the offset of the exon that holds it, or of both exons around it when they agree,
            or of the gene's end beyond the last exon when the whole gene has one offset; ``None``
            when nothing shipped says where it lies.
        """
        table = self._offsets.get(symbol, [])
        inside = {offset for low, high, offset in table if low <= position <= high}
        if not inside:
            below = [row for row in table if row[1] < position]
            above = [row for row in table if row[0] > position]
            if below and above:
                inside = {
                    max(below, key=lambda row: row[1])[2],
                    min(above, key=lambda row: row[0])[2],
                }
            else:
                inside = {offset for _, _, offset in table}
        return position + inside.pop() if len(inside) == 1 else None


def _locus(
    symbol: str, contig: str, strand: Strand, transcripts: tuple[tuple[tuple[int, int], ...], ...]
) -> Locus:
    starts = [low for exons in transcripts for low, _ in exons]
    ends = [high for exons in transcripts for _, high in exons]
    first, last = (starts, ends) if strand is Strand.PLUS else (ends, starts)
    return Locus(
        symbol=symbol,
        contig=contig,
        start=min(starts),
        end=max(ends),
        strand=strand,
        donors=frozenset(last),
        acceptors=frozenset(first),
        transcripts=tuple(exons for exons in transcripts if exons),
    )
