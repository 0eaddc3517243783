"""A name for a fusion that is computed from what it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import Junction, JunctionEnd

PREFIX: Final = "nf1."
"""Version of the way an identifier is computed."""
DIGITS: Final = 24
"""Hexadecimal digits of the digest that are kept (96 bits)."""
UNKNOWN_BASES: Final = 20
"""Bases next to the joint that stand for a side that is not on the genome."""


def _side(end: JunctionEnd | None, gene: GeneRef | None, bases: str) -> str:
    """One side as text: contig, strand, position or range, gene; bases for an unknown side."""
    if end is None or (end.position is None and end.position_range is None):
        named = "" if gene is None else gene.hgnc_id or gene.symbol
        return f"?{bases or named}"
    place = end.position if end.position_range is None else "{}-{}".format(*end.position_range)
    return f"{end.contig}:{end.strand}:{place}:{(gene and gene.hgnc_id) or '?'}"


def fusion_id(
    junction: Junction,
    five_prime_gene: GeneRef | None,
    three_prime_gene: GeneRef | None,
    consensus: str | None = None,
    offset: int | None = None,
    *,
    ordered: bool = True,
    inferred: bool = False,
    broken: Junction | None = None,
) -> str:
    """Identifier of a fusion: equal for equal GRCh38 positions, strands, contigs and genes.

    A linker belongs to it; an unidentified side is represented by the ``UNKNOWN_BASES`` bases next
    to the joint, so that two unknown partners at one NUTM1 exon stay two.

    Args:
        junction: On GRCh38.
        five_prime_gene: ``None`` when unknown.
        three_prime_gene: ``None`` when unknown.
        consensus: Sequence across the joint.
        offset: Bases of it before the joint.
        ordered: Which part is 5' is known; when it is not, the order of the arguments does not
            matter.
        inferred: From DNA: another fusion than an observed one with the same bounds.
        broken: Where DNA broke, for an inferred fusion: two breaks in the same introns are two.
    """
    left = right = ""
    if consensus is not None and offset is not None:
        after = offset + len(junction.linker_sequence or "")
        left = consensus[max(0, offset - UNKNOWN_BASES) : offset]
        right = consensus[after : after + UNKNOWN_BASES]
    sides = [
        _side(junction.five_prime, five_prime_gene, left),
        _side(junction.three_prime, three_prime_gene, right),
    ]
    if not ordered:
        sides = ["unordered", *sorted(sides)]
    assembly = "GRCh38 inferred" if inferred else "GRCh38"
    inherent = "|".join((assembly, sides[0], junction.linker_sequence or "", *sides[1:]))
    if inferred and broken is not None:
        ends = [_side(broken.five_prime, None, ""), _side(broken.three_prime, None, "")]
        inherent = "|".join((inherent, "broken", *(ends if ordered else sorted(ends))))
    return PREFIX + hashlib.sha256(inherent.encode("ascii")).hexdigest()[:DIGITS]
