"""Gene cells to HGNC genes: approved, previous and well-known alias symbols, lists, distances."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.callers.table import UNKNOWN
from nutfusion.model.gene import GeneRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.model.panel import Gene, Panel

CERTAIN_ALIASES: Final[Mapping[str, str]] = {"nut": "NUTM1", "fam22h": "NUTM1"}
"""Alias symbols that mean one gene wherever fusions are written (HGNC:29919). Other aliases
are not taken by name alone: BRD4 has the alias CAP, BRD2 the alias NAT, and each is a gene too."""

ENSEMBL_IDS: Final[Mapping[str, str]] = {
    "ENSG00000184507": "NUTM1",
    "ENSG00000141867": "BRD4",
    "ENSG00000169925": "BRD3",
    "ENSG00000204256": "BRD2",
    "ENSG00000137948": "BRDT",
    "ENSG00000147548": "NSD3",
    "ENSG00000074657": "ZNF532",
    "ENSG00000166716": "ZNF592",
    "ENSG00000101040": "ZMYND8",
    "ENSG00000079432": "CIC",
    "ENSG00000137693": "YAP1",
    "ENSG00000140199": "SLC12A6",
    "ENSG00000176454": "LPCAT4",
}
"""Ensembl gene ids (without version) of the genes that decide most verdicts, for files that give
ids only. A gene that is not here keeps its id as its name."""

_SYMBOL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,39}")
_WRITTEN: Final = re.compile(r"(?:[A-Za-z0-9._@()\-:^+]|[,;/|] ?){1,200}")
"""Symbols, ids and distances; a blank only in a list: two words may be a person's names."""
_DISTANCE: Final = re.compile(r"^(?P<gene>[^()]+)\((?P<distance>\d+)\)$")
_ENSEMBL: Final = re.compile(r"ENSG\d{11}(?:\.\d+)?")
_SEPARATORS: Final = re.compile(r"[,;/|]")


@dataclass(frozen=True, slots=True)
class NamedGene:
    """What a gene cell means.

    Attributes:
        gene: The one gene it certainly names; ``None`` for none or several.
        candidates: Panel symbols among several, or behind an uncertain spelling.
        intergenic: The cell gives neighbours with their distances.
        is_panel_gene: ``gene`` belongs to the panel.
    """

    gene: GeneRef | None
    candidates: tuple[str, ...]
    intergenic: bool
    is_panel_gene: bool


NOTHING: Final = NamedGene(None, (), intergenic=False, is_panel_gene=False)
"""What an empty gene cell means."""


class GeneBook:
    """The panel's genes by every name that is certain."""

    def __init__(self, panel: Panel) -> None:
        self._read: dict[tuple[str | None, str | None], NamedGene] = {}
        self._by_name: dict[str, Gene] = {}
        for gene in panel.genes.values():
            for previous in gene.previous_symbols:
                self._by_name.setdefault(previous.casefold(), gene)
        for alias, symbol in CERTAIN_ALIASES.items():
            if symbol in panel.genes:
                self._by_name[alias] = panel.genes[symbol]
        for gene in panel.genes.values():
            self._by_name[gene.symbol.casefold()] = gene
            self._by_name[gene.hgnc_id.casefold()] = gene
        self._genes = panel.genes
        words = sorted(self._by_name, key=len, reverse=True)
        ids = [i for i, symbol in ENSEMBL_IDS.items() if symbol in panel.genes]
        inside = "|".join(re.escape(word) for word in [*words, *ids])
        self._mention = re.compile(rf"(?<![A-Za-z0-9])(?:{inside})(?![A-Za-z0-9])", re.IGNORECASE)
        self._nutm1 = re.compile(
            r"(?<![A-Za-z0-9])(?:NUTM1|C15orf55|NUT|FAM22H|HGNC:29919|ENSG00000184507)(?![A-Za-z0-9])",
            re.IGNORECASE,
        )

    def mentions(self, text: str) -> bool:
        """Whether any panel gene stands in a row."""
        return self._mention.search(text) is not None

    def mentions_nutm1(self, text: str) -> bool:
        """Whether NUTM1 stands in a row, under any of its names."""
        return self._nutm1.search(text) is not None

    def known(self, symbol: str) -> GeneRef | None:
        """The panel gene of a symbol; ``None`` for another gene."""
        gene = self._by_name.get(symbol.casefold())
        return None if gene is None else gene.ref

    def of_id(self, gene_id: str | None) -> GeneRef | None:
        """The panel gene of an Ensembl gene id, version ignored; ``None`` for another gene."""
        symbol = ENSEMBL_IDS.get((gene_id or "").partition(".")[0])
        gene = self._genes.get(symbol or "")
        return None if gene is None else gene.ref

    def read(self, cell: str | None, gene_id: str | None = None) -> NamedGene:
        """Say what a gene cell names; a file repeats its cells, so each is understood once.

        Args:
            cell: As written: ``BRD4``, ``BRD4^ENSG00000141867.12``, ``A(123),B(456)``,
                ``IGH@``, ``A;B``.
            gene_id: Ensembl gene id beside it.
        """
        found = self._read.get((cell, gene_id))
        if found is None:
            found = self._read[cell, gene_id] = self._understood(cell, gene_id)
        return found

    def _understood(self, cell: str | None, gene_id: str | None) -> NamedGene:
        known = self.of_id(gene_id)
        if cell is None or cell in UNKNOWN:
            return NOTHING if known is None else _one(known)
        symbol, _, tail = cell.partition("^")
        known = known or self.of_id(tail)
        parts = [part.strip() for part in _SEPARATORS.split(symbol) if part.strip()]
        distances = [_DISTANCE.match(part) for part in parts]
        if any(distances):
            names = [m["gene"] if m else p for m, p in zip(distances, parts, strict=True)]
            return NamedGene(None, self._panel_symbols(names), intergenic=True, is_panel_gene=False)
        if len(parts) > 1:
            return NamedGene(
                None, self._panel_symbols(parts), intergenic=False, is_panel_gene=False
            )
        name = parts[0] if parts else ""
        found = self.known(name) or known or self.of_id(name)
        if found is not None:
            return _one(found)
        bare = name.removesuffix("@").removesuffix("-") if name.endswith("@") else name
        if not _SYMBOL.fullmatch(bare):
            return NOTHING
        stem = self._panel_symbols([re.sub(r"[-_.]\d+$", "", bare)])
        return NamedGene(
            GeneRef(symbol=bare, hgnc_id=None), stem, intergenic=False, is_panel_gene=False
        )

    def _panel_symbols(self, names: list[str]) -> tuple[str, ...]:
        """Approved symbols of the panel genes among names, in their order."""
        found = (self.known(name) or self.of_id(name) for name in names)
        return tuple(dict.fromkeys(gene.symbol for gene in found if gene is not None))


def _one(gene: GeneRef) -> NamedGene:
    return NamedGene(gene, (gene.symbol,), intergenic=False, is_panel_gene=True)


def written_gene(cell: str | None) -> str | None:
    """A gene cell for the dossier; ``None`` when it holds more than symbols and distances."""
    if cell is None or cell in UNKNOWN or not _WRITTEN.fullmatch(cell):
        return None
    return cell
