"""Which assembly an annotation is on, by the shipped introns it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.errors import ReferenceDataError
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import Assembly
from nutfusion.reference.exons import introns
from nutfusion.reference.intervals import gaps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nutfusion.reference.gtf import AnnotatedTranscript
    from nutfusion.reference.intervals import Interval
    from nutfusion.reference.shipped import Shipped


@dataclass(frozen=True, slots=True)
class DetectedAssembly:
    """An assembly with its evidence.

    Attributes:
        assembly: The one with most shipped introns.
        matching: Shipped introns that the annotation has at their place on ``assembly``.
        shipped: Shipped introns of the genes that the annotation has.
    """

    assembly: Assembly
    matching: int
    shipped: int


def detect_assembly(
    annotated: Sequence[AnnotatedTranscript], shipped: Shipped, *, path: Path
) -> DetectedAssembly:
    """Tell GRCh38 from GRCh37 by the shipped introns that an annotation has.

    Args:
        annotated: Transcripts of panel genes.
        shipped: The starter.
        path: The annotation, for messages.

    Returns:
        The assembly on which more shipped introns are found, with the counts.

    Raises:
        ReferenceDataError: No shipped intron is found on either assembly.
    """
    found: dict[str, set[Interval]] = {}
    for transcript in annotated:
        found.setdefault(transcript.gene, set()).update(gaps(transcript.exons))
    counts = dict.fromkeys(Assembly, 0)
    total = 0
    for gene, present in found.items():
        mane = shipped.panel.mane(gene)
        if mane is None:
            continue
        expected = introns(mane.exons)
        offset = shipped.offset(gene)
        total += len(expected)
        counts[Assembly.GRCH38] += len(present.intersection(expected))
        if offset is not None:
            lifted = [(start + offset, end + offset) for start, end in expected]
            counts[Assembly.GRCH37] += len(present.intersection(lifted))
    assembly = max((Assembly.GRCH38, Assembly.GRCH37), key=counts.__getitem__)
    if not counts[assembly]:
        raise ReferenceDataError(_neither(found, shipped), path=path)
    return DetectedAssembly(assembly=assembly, matching=counts[assembly], shipped=total)


def _neither(found: dict[str, set[Interval]], shipped: Shipped) -> str:
    gene = NUTM1 if NUTM1 in found else next(iter(found))
    mane = shipped.panel.mane(gene)
    if mane is None or len(mane.exons) < 2:
        return f"expected introns of shipped transcripts, found {gene} only, which has none"
    start, end = introns(mane.exons)[0]
    offset = shipped.offset(gene)
    lifted = "" if offset is None else f" or {start + offset}-{end + offset} on GRCh37"
    seen = ", ".join(f"{low}-{high}" for low, high in sorted(found[gene])[:3]) or "no intron"
    return (
        f"the annotation is neither on GRCh38 nor on GRCh37: expected intron 1 of {gene} "
        f"{mane.accession} at {mane.contig}:{start}-{end} on GRCh38{lifted}, found {seen}; use an "
        "annotation in true coordinates of one of these assemblies"
    )
