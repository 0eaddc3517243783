"""Rows whose gene names stand on the wrong sides: their places say which is which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nutfusion.callers.sides import understand
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.sides import Context, Side


def names_at_places(
    first: Side, second: Side, context: Context, *, dna: bool
) -> tuple[Side, Side, list[str]]:
    """Exchange gene names when a panel gene is named on one side and lies on the other.

    Some programs turn the names of a pair around (EasyFuse does so for reciprocal fusions of
    FusionCatcher) and leave the positions in the order of the transcript. A BRD4::NUTM1 named
    NUTM1_BRD4 would be taken for its reciprocal.

    Returns:
        The sides, with exchanged names when one names a panel gene that holds only the other
        side's position, and that side's own gene does not hold it; reasons.
    """
    if not (_belongs_to(first, second) or _belongs_to(second, first)):
        return first, second, []
    turned = tuple(
        understand(
            replace(here.stated, gene=other.stated.gene, gene_id=other.stated.gene_id),
            context,
            dna=dna,
        )
        for here, other in ((first, second), (second, first))
    )
    return turned[0], turned[1], [remark("gene_names_exchanged")]


def _belongs_to(named: Side, other: Side) -> bool:
    """Whether the gene named on one side lies at the other side's position only.

    The other side may have been given that gene for its position; a panel gene that it names
    itself, and that lies there, stays where it is.
    """
    return (
        named.locus is not None
        and named.position is not None
        and not named.locus.holds(named.contig, named.position)
        and named.locus.holds(other.contig, other.position)
        and (
            other.locus in (None, named.locus)
            or not other.locus.holds(other.contig, other.position)
        )
    )
