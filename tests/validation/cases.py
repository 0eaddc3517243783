"""Fusions cut from real transcripts that must be found, down to the consensus of their reads."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
from tests.simulation import transcripts

from nutfusion.reference import load_panel
from nutfusion.simulation.fragments import FragmentLengths, spread
from nutfusion.simulation.fusions import FusionSpec
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, SimulatedSample, simulate

if TYPE_CHECKING:
    from tests.simulation.transcripts import RealTranscript
    from tests.validation.assessing import Joint

# Donors of published NUT carcinomas; all of them end in phase 1.
DONORS: Final = (
    ("BRD4", 10),  # keeps both bromodomains and the ET domain
    ("BRD4", 11),  # the common one
    ("BRD4", 13),
    ("BRD4", 14),
    ("BRD3", 10),
    ("BRD3", 11),
    ("NSD3", 7),
)
# MANE exon 3 (exon 2 in the literature's numbering) is the common acceptor; 6 is in frame as
# well, 4 and 5 are not.
ACCEPTORS: Final = (3, 4, 5, 6)
IN_FRAME_ACCEPTORS: Final = frozenset({3, 6})
READ_LENGTHS: Final = (50, 75, 100, 150)
ERROR_RATES: Final = (0.003, 0.01)

ENOUGH_UNIQUE: Final = 5
ENOUGH_SPLIT: Final = 2
SHORTEST_ANCHOR: Final = 8
"""Bases on both sides of the joint with which a read counts as split (nt), errors included. Any
read with a base on either side crosses the joint; with 7 of NUTM1 and a partner that no panel holds
one in 300 pairs of anything shows as much by chance (``reads.kernels.edges.SHORTEST``)."""
BACKGROUND_PAIRS: Final = 1200


@dataclass(frozen=True)
class Case:
    """One cell of the grid.

    Attributes:
        donor: HGNC symbol of the 5' gene.
        donor_exon: MANE exon that ends at the joint.
        acceptor_exon: NUTM1 MANE exon that starts at the joint.
        supporting: Unique fragments that support the joint.
        read_length: nt.
        error_rate: Share of substituted bases.
        seed: Of the sample.
    """

    donor: str
    donor_exon: int
    acceptor_exon: int
    supporting: int
    read_length: int
    error_rate: float
    seed: int

    @property
    def name(self) -> str:
        """Short, for tables and messages."""
        return (
            f"{self.donor} e{self.donor_exon}::NUTM1 e{self.acceptor_exon}, "
            f"{self.supporting} fragments, {self.read_length} nt, "
            f"{100 * self.error_rate:g} %, seed {self.seed}"
        )

    @property
    def is_in_frame(self) -> bool:
        """Whether the joint keeps NUTM1's frame."""
        return self.acceptor_exon in IN_FRAME_ACCEPTORS

    def joint(self) -> Joint:
        """Where the joint is on GRCh38."""
        donor, nutm1 = transcript(self.donor), transcript("NUTM1")
        return (
            donor.contig,
            donor.last_residue[self.donor_exon],
            nutm1.contig,
            nutm1.first_residue[self.acceptor_exon],
        )

    def fusion(self) -> FusionSpec:
        """The fused transcript."""
        return FusionSpec(
            label=f"{self.donor}::NUTM1",
            five_prime=transcript(self.donor).up_to_exon(self.donor_exon),
            three_prime=transcript("NUTM1").from_exon(self.acceptor_exon),
            supporting=self.supporting,
            passing=60,
            min_anchor=SHORTEST_ANCHOR,
        )

    def sample(self) -> SimulatedSample:
        """Reads of the fused transcript among those of its wild-type partners."""
        return simulate(
            SampleSpec(
                seed=self._number(),
                background=_background(),
                fusions=(self.fusion(),),
                profile=ReadProfile(self.read_length, error_rate=self.error_rate),
                fragment_lengths=FragmentLengths(180, 50),
            ),
            sequences(),
        )

    def _number(self) -> int:
        """A seed of its own for every cell."""
        parts = (
            self.seed,
            sum(map(ord, self.donor)),
            self.donor_exon,
            self.acceptor_exon,
            self.supporting,
            self.read_length,
            round(1e4 * self.error_rate),
        )
        return int(np.random.SeedSequence(parts).generate_state(1)[0])


@cache
def transcript(gene: str) -> RealTranscript:
    """A transcript of the real-data folder."""
    return transcripts.load(gene, load_panel())


@cache
def sequences() -> dict[str, str]:
    """Everything that a sample's background can be cut from."""
    return transcripts.named_wild_types() | transcripts.nutm1_isoforms() | transcripts.background()


@cache
def _background() -> dict[str, int]:
    partners = {"BRD4|ENST00000679869.1": 200, "BRD3|SK762": 150, "NSD3|composite": 100}
    rng = np.random.default_rng(2)
    rest = spread(sorted(transcripts.background()), BACKGROUND_PAIRS, rng)
    return partners | rest


def covering_subset() -> list[Case]:
    """Every donor, acceptor, read length, error rate and count, in a few dozen cases."""
    cases = []
    for number, ((donor, exon), length) in enumerate(itertools.product(DONORS, READ_LENGTHS)):
        rate = ERROR_RATES[number % 2]
        cases.append(Case(donor, exon, 3, ENOUGH_UNIQUE, length, rate, 1))
    for number, (donor, exon) in enumerate(DONORS):
        acceptor = ACCEPTORS[1 + number % 3]
        length = READ_LENGTHS[number % 4]
        cases.append(Case(donor, exon, acceptor, 20, length, ERROR_RATES[(number + 1) % 2], 1))
        cases.append(Case(donor, exon, 3, 3, READ_LENGTHS[(number + 1) % 4], ERROR_RATES[0], 1))
    return cases
