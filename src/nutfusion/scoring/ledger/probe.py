"""The gene that a probe of a dual-fusion FISH was made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.gene_names import GeneNames

if TYPE_CHECKING:
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel


def probe_gene(name: str, panel: Panel) -> GeneRef | None:
    """The gene of that name or former name; ``None`` when nobody here knows it."""
    return GeneNames(panel).known(name)
