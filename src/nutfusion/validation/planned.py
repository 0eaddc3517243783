"""One sample before it is made: what is in it, for which stratum, and its seed."""

from __future__ import annotations

import hashlib
from typing import Final, Literal, get_args

from nutfusion.model.base import Record
from nutfusion.simulation.sample import Strandedness, Umi
from nutfusion.validation.design import Library

PositiveStratum = Literal[
    "catalogued",
    "random_exon",
    "random_inside",
    "reciprocal",
    "unknown_partner",
    "dilution",
    "fraction",
    "beside_strong",
]
NegativeStratum = Literal[
    "wild_type",
    "testis",
    "paralogue",
    "paralogue_close",
    "neighbour",
    "read_through",
    "reciprocal_alone",
    "carry_over",
    "deep",
]
Stratum = PositiveStratum | NegativeStratum
POSITIVE: Final[frozenset[Stratum]] = frozenset(get_args(PositiveStratum))
"""Strata with a NUTM1 fusion in the orientation that counts."""
NEGATIVE: Final[tuple[Stratum, ...]] = get_args(NegativeStratum)
"""Strata in which no BET state may be given."""


class Planned(Record):
    """One sample, or one sequencing run of several.

    Attributes:
        id: Unique in the set, stable under a change of any other stratum.
        stratum: What it is for.
        seed: Of everything random in it.
        gene: 5' gene of the joint, or the gene the stratum is about; ``None`` without one.
        five_exon: MANE exon that ends at the joint; ``None`` inside an exon or without a joint.
        five_at: Last base of the 5' part in the gene's sequence (1-based).
        three_exon: NUTM1 exon that starts at the joint; ``None`` inside an exon.
        three_at: First base of NUTM1 in its sequence (1-based).
        linker: Untemplated bases at the joint.
        fragments: Independent supporting fragments; ``None`` when drawn, and without a joint.
        fraction: Fusion fraction that they are drawn from; ``None`` otherwise.
        read_length: nt.
        error_rate: Share of substituted bases.
        library: Fragment sizes.
        umi: Where the UMI is written.
        copies: PCR copies of each supporting molecule.
        strandedness: Of the library.
        quality: Which model of base qualities.
        identity: Of an invented paralogue with NUTM1; ``None`` elsewhere, and of a real one.
        size: Samples of a run; 1 elsewhere.
    """

    id: str
    stratum: Stratum
    seed: int
    gene: str | None = None
    five_exon: int | None = None
    five_at: int | None = None
    three_exon: int | None = None
    three_at: int | None = None
    linker: str = ""
    fragments: int | None = None
    fraction: float | None = None
    read_length: int = 100
    error_rate: float = 0.003
    library: Library = "fresh"
    umi: Umi = "none"
    copies: int = 1
    strandedness: Strandedness = "none"
    quality: str = "binned"
    identity: float | None = None
    size: int = 1

    @property
    def is_positive(self) -> bool:
        """Whether a NUTM1 fusion is in it that counts."""
        return self.stratum in POSITIVE


def seed_of(master: int, name: str) -> int:
    """A seed of its own for every sample."""
    digest = hashlib.sha256(f"{master}/{name}".encode()).digest()
    return int.from_bytes(digest[:6], "big")
