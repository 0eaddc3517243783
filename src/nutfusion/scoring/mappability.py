"""Whether the bases beside a joint are one gene's alone: k-mers looked up in known sequences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import FusionDetection
from nutfusion.reference.sequence import reverse_complement
from nutfusion.scoring.joint_bases import joint_bases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.call import FusionCall
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel

K: Final = 20
"""Bases of a k-mer: among 400 million bases of a transcriptome, read both ways, one of 20 bases is
expected by chance 0.0007 times, one of 16 bases 0.2 times (4 to the power of k)."""


def canonical(kmer: str) -> str:
    """A k-mer or its reverse complement, whichever comes first: reads come from both strands."""
    return min(kmer, reverse_complement(kmer))


def kmers(bases: str) -> tuple[str, ...]:
    """Canonical k-mers of a sequence in its order, without those with an unknown base."""
    found = (bases[i : i + K] for i in range(len(bases) - K + 1))
    return tuple(canonical(kmer) for kmer in found if "N" not in kmer)


@dataclass(frozen=True, slots=True)
class KnownSequences:
    """Which genes hold which k-mers.

    Attributes:
        genes: Canonical k-mer to the genes (or names of decoys) that hold it; none: an absent key.
        transcriptome: sha256 of the user's transcriptome; ``None``: panel and decoys alone.
    """

    genes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    transcriptome: str | None = None


@dataclass(frozen=True, slots=True)
class Uniqueness:
    """K-mers of one side of a joint.

    Attributes:
        unique: Held by no gene but the side's own; by one at most where the gene is unknown.
        total: All there are.
    """

    unique: int
    total: int

    @property
    def share(self) -> float:
        """Share of them that are unique."""
        return self.unique / self.total


def joint_kmers(fusions: Iterable[AnnotatedFusion]) -> frozenset[str]:
    """Every k-mer beside the joints of a sample's fusions; those of DNA are not looked at."""
    found: set[str] = set()
    for fusion in fusions:
        if is_looked_at(fusion.call):
            sides = joint_bases(fusion.call)
            if sides is not None:
                found.update(kmers(sides.five_prime), kmers(sides.three_prime))
    return frozenset(found)


def is_looked_at(call: FusionCall) -> bool:
    """Whether the bases beside the joint are those of transcripts."""
    return call.fusion_detection is not FusionDetection.INFERRED


def look_up(wanted: frozenset[str], panel: Panel) -> KnownSequences:
    """Genes of the panel and decoys that hold k-mers, on either strand."""
    if not wanted:
        return KnownSequences()
    found: dict[str, set[str]] = {}
    both = {turned: kmer for kmer in wanted for turned in (kmer, reverse_complement(kmer))}
    named = [(t.gene, t.sequence) for t in panel.transcripts.values() if t.sequence is not None]
    named += [(decoy.gene or decoy.name, decoy.sequence) for decoy in panel.decoys]
    for gene, sequence in named:
        for turned, kmer in both.items():
            if turned in sequence:
                found.setdefault(kmer, set()).add(gene)
    return KnownSequences({kmer: frozenset(genes) for kmer, genes in found.items()})


def joined(panel: KnownSequences, transcriptome: KnownSequences | None) -> KnownSequences:
    """What panel, decoys and the user's transcriptome say together."""
    if transcriptome is None:
        return panel
    none: frozenset[str] = frozenset()
    genes = {
        kmer: panel.genes.get(kmer, none) | transcriptome.genes.get(kmer, none)
        for kmer in {*panel.genes, *transcriptome.genes}
    }
    return KnownSequences(genes, transcriptome.transcriptome)


def uniqueness(bases: str, gene: GeneRef | None, known: KnownSequences) -> Uniqueness | None:
    """How many k-mers of one side no other gene holds; ``None`` with fewer bases than a k-mer."""
    found = kmers(bases)
    if not found:
        return None
    own = frozenset() if gene is None else frozenset({gene.symbol})
    none: frozenset[str] = frozenset()
    others = [len(known.genes.get(kmer, none) | own) for kmer in found]
    return Uniqueness(sum(1 for genes in others if genes <= 1), len(found))


def joint_uniqueness(
    call: FusionCall, known: KnownSequences
) -> tuple[Uniqueness | None, Uniqueness | None]:
    """Both sides of a joint, 5' first; ``None`` where nothing can be said."""
    sides = joint_bases(call) if is_looked_at(call) else None
    if sides is None:
        return None, None
    return (
        uniqueness(sides.five_prime, call.five_prime_gene, known),
        uniqueness(sides.three_prime, call.three_prime_gene, known),
    )
