"""Gene cells to HGNC genes: approved, previous and well-known alias symbols, lists, distances."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.callers.table import UNKNOWN
from nutfusion.model.gene import GeneRef
from nutfusion.model.gene_names import ENSEMBL_IDS, GeneNames

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel

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


class GeneBook(GeneNames):
    """What the gene cells of a program's file mean, by the panel's names."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._read: dict[tuple[str | None, str | None], NamedGene] = {}
        words = sorted(self.names, key=len, reverse=True)
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
