"""A made-up genome that other programs can align to: the transcripts of a validation on it.

Every panel transcript becomes a contig of its own: exons as the panel has them, introns of random
bases with GT at their start and AG at their end, all on the plus strand. Background transcripts
are contigs of one exon.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.validation.materials import Materials

INTRON: Final = 500
"""nt of every intron; long enough for an aligner to see one."""
FLANK: Final = 300
"""nt of random bases before and after a gene."""


@dataclass(frozen=True)
class PeerGene:
    """A gene on the made-up genome.

    Attributes:
        gene: Symbol, or the name of a background transcript.
        contig: Its contig, and the name of its transcript.
        bases: The contig.
        sequence: The transcript.
        exons: Places of its exons on the contig (0-based start, end), in transcript order.
    """

    gene: str
    contig: str
    bases: str
    sequence: str
    exons: tuple[tuple[int, int], ...]

    def transcript_place(self, position: int) -> int | None:
        """The 1-based place in the transcript of a 1-based position on the contig."""
        before = 0
        for start, end in self.exons:
            if start < position <= end:
                return before + position - start
            before += end - start
        return None


def peer_genes(materials: Materials) -> tuple[PeerGene, ...]:
    """All genes of the samples, panel genes first."""
    found: list[PeerGene] = []
    for gene in materials.panel.genes:
        if not materials.panel.has_sequence(gene):
            continue
        transcript = materials.transcript(gene)
        sequence = materials.sequence(gene)
        edges = [0, len(sequence)]
        if transcript is not None:
            ends = sorted(block.transcript_end for block in transcript.blocks)
            edges = [0, *(end for end in ends if end < len(sequence)), len(sequence)]
        pieces = [sequence[a:b] for a, b in itertools.pairwise(edges)]
        found.append(_laid_out(gene, f"GENE{len(found):05d}", pieces))
    for name, sequence in sorted(materials.background.items()):
        found.append(_laid_out(name, f"GENE{len(found):05d}", [sequence]))
    return tuple(found)


def _laid_out(gene: str, contig: str, pieces: list[str]) -> PeerGene:
    rng = random.Random(f"introns of {gene}")  # noqa: S311
    made = ["".join(rng.choices("ACGT", k=FLANK))]
    at, exons = FLANK, []
    for number, piece in enumerate(pieces):
        if number:
            made.append("GT" + "".join(rng.choices("ACGT", k=INTRON - 4)) + "AG")
            at += INTRON
        made.append(piece)
        exons.append((at, at + len(piece)))
        at += len(piece)
    made.append("".join(rng.choices("ACGT", k=FLANK)))
    return PeerGene(gene, contig, "".join(made), "".join(pieces), tuple(exons))


def write_genome(genes: tuple[PeerGene, ...], path: Path) -> Path:
    """The contigs as FASTA."""
    path.write_text("".join(f">{one.contig}\n{one.bases}\n" for one in genes))
    return path


def write_transcripts(genes: tuple[PeerGene, ...], path: Path) -> Path:
    """The transcripts as FASTA, each under the name of its contig."""
    path.write_text("".join(f">{one.contig}T\n{one.sequence}\n" for one in genes))
    return path


def write_annotation(genes: tuple[PeerGene, ...], path: Path) -> Path:
    """Genes, transcripts and exons as GTF."""
    lines = []
    for one in genes:
        name = one.gene.rpartition("|")[2].replace('"', "").replace(";", "")
        ids = f'gene_id "{one.contig}G"; gene_name "{name}"; gene_biotype "protein_coding";'
        start, end = one.exons[0][0] + 1, one.exons[-1][1]
        lines.append(_feature(one.contig, "gene", start, end, ids))
        ids += f' transcript_id "{one.contig}T"; transcript_biotype "protein_coding";'
        lines.append(_feature(one.contig, "transcript", start, end, ids))
        lines += [
            _feature(one.contig, "exon", a + 1, b, f'{ids} exon_number "{number}";')
            for number, (a, b) in enumerate(one.exons, start=1)
        ]
    path.write_text("\n".join(lines) + "\n")
    return path


def _feature(contig: str, kind: str, start: int, end: int, attributes: str) -> str:
    return f"{contig}\tnutfusion\t{kind}\t{start}\t{end}\t.\t+\t.\t{attributes}"
