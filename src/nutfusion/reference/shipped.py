"""The facts that ship with nutfusion, as a builder needs to look them up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutfusion.reference.load import load_panel

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel, Transcript

DECOY_GENES: Final = frozenset({"NUTM2A", "NUTM2B", "NUTM2D", "NUTM2E", "NUTM2F", "NUTM2G"})
"""Paralogues of NUTM1: their sequences only ever become decoys, since reads of them look like
NUTM1 (HGNC family NUTM2, previous symbols FAM22A to FAM22G)."""

REFSEQ_TWINS: Final = {
    "NM_001284292": "ENST00000537011",  # NUTM1, MANE Select
    "NM_001379291": "ENST00000679869",  # BRD4, MANE Select
    "NM_058243": "ENST00000263377",  # BRD4, the long form most papers number by
    "NM_007371": "ENST00000303407",  # BRD3, MANE Select
    "NM_023034": "ENST00000317025",  # NSD3, MANE Select
}
"""RefSeq transcripts with the internal exons and coding part of an Ensembl one; ends may differ."""

ISOFORM_RESIDUES: Final = {
    "ENST00000333756": 1132,  # NUTM1, legacy NM_175741
    "ENST00000371835": 722,  # BRD4, short isoform (O60885-2)
}
"""Published protein lengths of transcripts that are not MANE Select."""

_ACCESSION: Final = re.compile(r"([A-Z]+_?\d{6,})(?:\.(\d+))?")


def split_accession(name: str) -> tuple[str, int | None] | None:
    """Split an Ensembl or RefSeq accession into base and version.

    Returns:
        The base and the version, ``None`` for the version when there is none; ``None`` when
        ``name`` is not an accession.
    """
    match = _ACCESSION.fullmatch(name)
    if match is None:
        return None
    return match[1], int(match[2]) if match[2] else None


def base_of(name: str) -> str:
    """Return an accession without its version; a name that is no accession stays as it is."""
    parts = split_accession(name)
    return name if parts is None else parts[0]


def is_unversioned(name: str) -> bool:
    """Whether a name is no accession, or one without a version."""
    parts = split_accession(name)
    return parts is None or parts[1] is None


@dataclass(frozen=True)
class Shipped:
    """The packaged starter with look-ups.

    Attributes:
        panel: The packaged starter.
    """

    panel: Panel

    @classmethod
    def load(cls) -> Shipped:
        """Read the packaged starter."""
        return cls(load_panel())

    def transcript(self, name: str) -> Transcript | None:
        """Return the shipped transcript with this accession, in any version, or its RefSeq twin."""
        base = base_of(name)
        return self._by_base.get(REFSEQ_TWINS.get(base, base))

    def gene(self, symbol: str | None, hgnc_id: str | None = None) -> str | None:
        """Return the approved symbol of a panel gene.

        Args:
            symbol: An approved or previous symbol. Aliases are not looked up: WWTR1's alias TAZ
                and NUTM1's alias NUT are names of other genes too.
            hgnc_id: ``HGNC:<n>``; decides before the symbol does.

        Returns:
            ``None`` for a gene that the panel does not have.
        """
        if hgnc_id in self._by_hgnc_id:
            return self._by_hgnc_id[hgnc_id]
        return None if symbol is None else self._by_symbol.get(symbol)

    def offset(self, symbol: str) -> int | None:
        """Return GRCh37 position minus GRCh38 position of a gene; ``None`` when it has no lift.

        The offset is the same for all exons of a gene; ``test_starter`` holds the starter to it.
        """
        mane = self.panel.mane(symbol)
        if mane is None or mane.exons[0].start_grch37 is None:
            return None
        return mane.exons[0].start_grch37 - mane.exons[0].start

    @cached_property
    def symbols(self) -> frozenset[str]:
        """Approved and previous symbols of the panel's genes."""
        return frozenset(self._by_symbol)

    @cached_property
    def _by_base(self) -> dict[str, Transcript]:
        return {base_of(name): found for name, found in self.panel.transcripts.items()}

    @cached_property
    def _by_hgnc_id(self) -> dict[str | None, str]:
        return {gene.hgnc_id: symbol for symbol, gene in self.panel.genes.items()}

    @cached_property
    def _by_symbol(self) -> dict[str, str]:
        previous = {
            old: symbol
            for symbol, gene in self.panel.genes.items()
            for old in gene.previous_symbols
        }
        return {**previous, **{symbol: symbol for symbol in self.panel.genes}}
