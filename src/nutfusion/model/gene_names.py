"""A panel's genes by every name that certainly means them, Ensembl ids included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import KeysView, Mapping

    from nutfusion.model.gene import GeneRef
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


class GeneNames:
    """The panel's genes by every name that is certain, upper and lower case alike."""

    def __init__(self, panel: Panel) -> None:
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

    @property
    def names(self) -> KeysView[str]:
        """All those names, case-folded; Ensembl ids are not among them."""
        return self._by_name.keys()

    def known(self, symbol: str) -> GeneRef | None:
        """The panel gene of a name; ``None`` for another gene."""
        gene = self._by_name.get(symbol.casefold())
        return None if gene is None else gene.ref

    def of_id(self, gene_id: str | None) -> GeneRef | None:
        """The panel gene of an Ensembl gene id, version ignored; ``None`` for another gene."""
        symbol = ENSEMBL_IDS.get((gene_id or "").partition(".")[0])
        gene = self._genes.get(symbol or "")
        return None if gene is None else gene.ref
