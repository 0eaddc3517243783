"""Which assembly an alignment file is on, and where the panel's genes are in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.model.panel import Exon, Panel

NUTM1_CONTIG: Final = "chr15"
"""Where NUTM1 is."""

LENGTHS: Final = {Assembly.GRCH38: 101_991_189, Assembly.GRCH37: 102_531_392}
"""Bases of chromosome 15.

Source: Genome Reference Consortium, GRCh38 (NC_000015.10) and GRCh37 (NC_000015.9).
"""

OTHERS: Final = {
    99_753_195: "T2T-CHM13v2.0",
    100_338_915: "NCBI36, hg18",
    104_043_685: "mouse, GRCm38",
    104_073_951: "mouse, GRCm39",
}
"""Chromosome 15 elsewhere, for messages only."""

FLANK: Final = 5_000
"""Bases read on either side of a gene: transcripts of other annotations start or end outside ours
(chosen by us)."""

_REFSEQ: Final = re.compile(r"^NC_0000(\d\d)\.\d+$")
_NUMBERS: Final = {23: "X", 24: "Y"}
_ALTERNATIVE: Final = re.compile(r"^chr15_|^CHR_HSCHR15_|^HSCHR15_")
"""Alternative, unlocalised and patch contigs of chromosome 15 (UCSC and Ensembl names)."""

Region = tuple[str, int, int]
"""Contig as the file spells it, start and end (0-based, half-open: beside pysam)."""


def plain_name(contig: str) -> str:
    """A chromosome's name in ``chr`` spelling, whatever the file's; other names unchanged."""
    if (accession := _REFSEQ.match(contig)) is not None:
        number = int(accession[1])
        return f"chr{_NUMBERS.get(number, number)}"
    return contig if contig.startswith("chr") else f"chr{contig}"


def expected_lengths() -> str:
    """The lengths that tell the assemblies apart, for messages."""
    shown = (f"{name.value}: {length}" for name, length in LENGTHS.items())
    return f"bases of chr15: {', '.join(shown)}"


def assembly_of(lengths: Mapping[str, int]) -> Assembly | None:
    """The assembly, by the length of chromosome 15; ``None`` for none that we know."""
    for name, length in lengths.items():
        if plain_name(name) == NUTM1_CONTIG:
            return next((a for a, known in LENGTHS.items() if known == length), None)
    return None


def span_of(exons: Sequence[Exon], assembly: Assembly) -> tuple[int, int] | None:
    """Lowest and highest residue of some exons; ``None`` when none is on the assembly."""
    placed = [span for exon in exons if (span := exon.on(assembly)) is not None]
    return (min(s for s, _ in placed), max(e for _, e in placed)) if placed else None


def loci(
    panel: Panel, lengths: Mapping[str, int], assembly: Assembly, gene: str | None = None
) -> list[Region]:
    """Regions that hold the panel's genes, and whatever alternative contigs of NUTM1 there are.

    Args:
        panel: Its exons say where genes are.
        lengths: Contigs of the file.
        assembly: Of the file.
        gene: Only this one.

    Returns:
        Merged regions in the order of the file's contigs. A gene without exons on the assembly is
        left out.
    """
    names = {plain_name(name): name for name in reversed(list(lengths))}
    found: list[Region] = []
    for transcript in panel.transcripts.values():
        contig = names.get(transcript.contig or "")
        if contig is None or not transcript.exons or gene not in (None, transcript.gene):
            continue
        if (span := span_of(transcript.exons, assembly)) is not None:
            low, high = span[0] - 1 - FLANK, span[1] + FLANK
            found.append((contig, max(0, low), min(high, lengths[contig])))
    if gene in (None, NUTM1):
        found += [(name, 0, length) for name, length in lengths.items() if _ALTERNATIVE.match(name)]
    return merged(found, list(lengths))


def merged(regions: Sequence[Region], contigs: Sequence[str], gap: int = 0) -> list[Region]:
    """Regions in the order of contigs, those that touch or lie within ``gap`` bases as one."""
    rank = {name: i for i, name in enumerate(contigs)}
    out: list[Region] = []
    for contig, start, end in sorted(regions, key=lambda r: (rank[r[0]], r[1], r[2])):
        if out and out[-1][0] == contig and start <= out[-1][2] + gap:
            out[-1] = (contig, out[-1][1], max(out[-1][2], end))
        else:
            out.append((contig, start, end))
    return out
