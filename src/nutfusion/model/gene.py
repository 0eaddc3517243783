"""A gene as records refer to it."""

from __future__ import annotations

from nutfusion.model.base import Record


class GeneRef(Record):
    """An HGNC gene.

    Attributes:
        symbol: HGNC approved symbol (or the user's own name for a gene outside the panel).
        hgnc_id: ``HGNC:<n>``; ``None`` for a gene the panel does not know.
    """

    symbol: str
    hgnc_id: str | None
