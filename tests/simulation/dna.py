"""Samples of DNA panels: fragments of the loci of NUTM1 and BRD4, and of a break between them.

Aligned with bwa mem to the made-up genome of ``tests.simulation.alignments``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.reads.builders import reverse_complement
from tests.simulation import alignments

from nutfusion.model.terms import Assembly
from nutfusion.simulation.fusions import FusionSpec
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, simulate

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.terms import Kept
    from nutfusion.simulation.sample import SimulatedSample

SIDE: Final = 3_000
"""Bases of a derivative chromosome on either side of the break."""


@dataclass(frozen=True)
class DnaSide:
    """One side of a break, on GRCh38.

    Attributes:
        gene: Whose locus it is in.
        position: 1-based last residue that stays.
        kept: Which side of it stays.
    """

    gene: str
    position: int
    kept: Kept

    def outwards(self) -> str:
        """What stays, from the break on."""
        locus = next(one for one in alignments.loci() if one.gene == self.gene)
        at = self.position - 1 - locus.starts[Assembly.GRCH38]
        if self.kept == "higher":
            return locus.bases[at : at + SIDE]
        return reverse_complement(locus.bases[max(0, at + 1 - SIDE) : at + 1])


def derivative(one: DnaSide, other: DnaSide, *, linker: str = "", **more: object) -> FusionSpec:
    """DNA in which two sides are joined, with bases between them."""
    return FusionSpec(
        f"{one.gene}:{one.position}/{other.gene}:{other.position}",
        reverse_complement(one.outwards()),
        other.outwards(),
        linker=linker,
        **more,  # type: ignore[arg-type]
    )


def dna_sample(
    *fusions: FusionSpec,
    seed: int = 6,
    background: int = 1500,
    profile: ReadProfile | None = None,
    **more: object,
) -> SimulatedSample:
    """A panel that captures both genes whole."""
    templates = {locus.gene: locus.bases for locus in alignments.loci()}
    spec = SampleSpec(
        seed=seed,
        background={"BRD4": 4 * background, "NUTM1": background},
        fusions=fusions,
        profile=profile or ReadProfile(100, error_rate=0.003),
        **more,  # type: ignore[arg-type]
    )
    return simulate(spec, templates)


def bwa(made: SimulatedSample, folder: Path) -> Path:
    """The sample aligned to the loci, as SAM."""
    files = made.write(folder)
    genome = alignments.write_genome(folder)
    reads = [path for path in (files[0].fastq_1, files[0].fastq_2) if path]
    return alignments.bwa(genome, reads, folder)
