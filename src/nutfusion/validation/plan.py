"""Every sample of a set, before any is made: what is in it, and its seed."""

from __future__ import annotations

import hashlib
import itertools
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from nutfusion.model.base import Record
from nutfusion.simulation.sample import Strandedness, Umi
from nutfusion.validation.design import (
    CLOSE_IDENTITY,
    COPIES,
    ERROR_RATES,
    IDENTITIES,
    LIBRARIES,
    QUALITIES,
    READ_LENGTHS,
    STRANDEDNESS,
    UMIS,
    Library,
)
from nutfusion.validation.materials import LEAST_PART

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutfusion.validation.design import Design
    from nutfusion.validation.materials import Cut, Materials

Stratum = Literal[
    "catalogued",
    "random_exon",
    "random_inside",
    "reciprocal",
    "unknown_partner",
    "dilution",
    "fraction",
    "beside_strong",
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
POSITIVE: Final[frozenset[Stratum]] = frozenset(
    {
        "catalogued",
        "random_exon",
        "random_inside",
        "reciprocal",
        "unknown_partner",
        "dilution",
        "fraction",
        "beside_strong",
    }
)
"""Strata with a NUTM1 fusion in the orientation that counts."""
NEGATIVE: Final[tuple[Stratum, ...]] = (
    "wild_type",
    "testis",
    "paralogue",
    "paralogue_close",
    "neighbour",
    "read_through",
    "reciprocal_alone",
    "carry_over",
    "deep",
)
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


class Planner:
    """Lays out a set.

    Args:
        design: How many samples of each stratum.
        materials: What they can be made of.
        seed: Of the whole set.
    """

    def __init__(self, design: Design, materials: Materials, seed: int) -> None:
        self.design = design
        self.materials = materials
        self.seed = seed
        combinations = list(
            itertools.product(ERROR_RATES, LIBRARIES, UMIS, COPIES, STRANDEDNESS, QUALITIES)
        )
        order = np.random.default_rng([seed, 5]).permutation(len(combinations))
        self._conditions = [combinations[place] for place in order]
        self._drawn = 0

    def plan(self) -> list[Planned]:
        """All samples, in the order of the strata."""
        return [
            *self._catalogued(),
            *self._random_exon(),
            *self._random_inside(),
            *self._reciprocal(),
            *self._unknown_partner(),
            *self._dilution(),
            *self._fraction(),
            *self._negatives(),
            *self._runs(),
        ]

    def _make(self, name: str, stratum: Stratum, **values: object) -> Planned:
        """A sample under the next combination of conditions, unless some are given."""
        rate, library, umi, copies, strandedness, quality = self._conditions[
            self._drawn % len(self._conditions)
        ]
        self._drawn += 1
        conditions = {
            "error_rate": rate,
            "library": library,
            "umi": umi,
            "copies": copies,
            "strandedness": strandedness,
            "quality": quality,
        }
        fixed: dict[str, object] = {
            "id": name,
            "stratum": stratum,
            "seed": seed_of(self.seed, name),
        }
        return Planned.model_validate(conditions | fixed | values)

    def _rng(self, name: str) -> np.random.Generator:
        return np.random.default_rng(seed_of(self.seed, f"plan/{name}"))

    def _joint(self, five: Cut, three: Cut | None = None) -> dict[str, object]:
        acceptor = three or self.materials.acceptor
        return {
            "gene": five.gene,
            "five_exon": five.exon,
            "five_at": five.at,
            "three_exon": acceptor.exon,
            "three_at": acceptor.at,
        }

    def _catalogued(self) -> Iterator[Planned]:
        donors, _ = self.materials.catalogued
        for fragments, repeats in self.design.catalogued.items():
            for donor, length, repeat in itertools.product(donors, READ_LENGTHS, range(repeats)):
                name = f"catalogued.{donor.name}.n{fragments}.l{length}.{repeat:02d}"
                yield self._make(
                    name,
                    "catalogued",
                    **self._joint(donor),
                    fragments=fragments,
                    read_length=length,
                )

    def _partner(self, rng: np.random.Generator, repeat: int) -> str | None:
        """Genes in turn, so that each has its share."""
        partners = self.materials.partners
        return partners[(repeat + int(rng.integers(0, 2))) % len(partners)] if partners else None

    def _random_exon(self) -> Iterator[Planned]:
        for repeat in range(self.design.random_exon):
            name = f"random_exon.{repeat:03d}"
            rng = self._rng(name)
            gene = self._partner(rng, repeat)
            donors = self.materials.exon_cuts(gene) if gene else ()
            if donors:
                acceptors = self.materials.acceptors
                yield self._make(
                    name,
                    "random_exon",
                    **self._joint(
                        donors[int(rng.integers(0, len(donors)))],
                        acceptors[int(rng.integers(0, len(acceptors)))],
                    ),
                    fragments=int(rng.integers(5, 25)),
                    read_length=READ_LENGTHS[1 + repeat % 3],
                )

    def _random_inside(self) -> Iterator[Planned]:
        for repeat in range(self.design.random_inside):
            name = f"random_inside.{repeat:03d}"
            rng = self._rng(name)
            gene = self._partner(rng, repeat)
            joint = self.materials.random_joint(gene, rng) if gene else None
            if joint is not None:
                five, three, linker = joint
                yield self._make(
                    name,
                    "random_inside",
                    **self._joint(five, three),
                    linker=linker,
                    fragments=int(rng.integers(5, 25)),
                    read_length=READ_LENGTHS[1 + repeat % 3],
                )

    def _reversible(self) -> list[Cut]:
        donors, _ = self.materials.catalogued
        return [donor for donor in donors if self.materials.can_be_reversed(donor)]

    def _reciprocal(self) -> Iterator[Planned]:
        donors = self._reversible()
        for repeat in range(self.design.reciprocal if donors else 0):
            yield self._make(
                f"reciprocal.{repeat:03d}",
                "reciprocal",
                **self._joint(donors[repeat % len(donors)]),
                fragments=12,
                read_length=READ_LENGTHS[1 + repeat % 3],
            )

    def _unknown_partner(self) -> Iterator[Planned]:
        acceptors = self.materials.acceptors
        for repeat in range(self.design.unknown_partner):
            acceptor = acceptors[repeat % len(acceptors)]
            yield self._make(
                f"unknown_partner.{repeat:03d}",
                "unknown_partner",
                three_exon=acceptor.exon,
                three_at=acceptor.at,
                fragments=(5, 10, 20)[repeat % 3],
                read_length=READ_LENGTHS[1 + repeat % 3],
            )

    def _dilution(self) -> Iterator[Planned]:
        """One joint, one sequencer, two libraries: only the number of fragments changes."""
        donors, _ = self.materials.catalogued
        levels = itertools.product(
            LIBRARIES, self.design.dilution_levels, range(self.design.dilution if donors else 0)
        )
        for library, fragments, repeat in levels:
            yield self._make(
                f"dilution.{library}.n{fragments}.{repeat:02d}",
                "dilution",
                **self._joint(donors[0]),
                fragments=fragments,
                library=library,
                read_length=75,
                error_rate=0.003,
                umi="none",
                copies=1,
                strandedness="reverse",
                quality="binned",
            )

    def _fraction(self) -> Iterator[Planned]:
        donors, _ = self.materials.catalogued
        levels = itertools.product(
            self.design.fraction_levels, range(self.design.fraction if donors else 0)
        )
        for fraction, repeat in levels:
            yield self._make(
                f"fraction.f{fraction:g}.{repeat:02d}",
                "fraction",
                **self._joint(donors[0]),
                fraction=fraction,
                library="fresh",
                read_length=100,
                error_rate=0.003,
                umi="none",
                copies=1,
                strandedness="reverse",
                quality="binned",
            )

    def _negatives(self) -> Iterator[Planned]:
        design, materials = self.design, self.materials
        partners = materials.partners or (None,)
        for repeat in range(design.wild_type):
            yield self._make(
                f"wild_type.{repeat:03d}",
                "wild_type",
                gene=partners[repeat % len(partners)],
                read_length=READ_LENGTHS[repeat % 4],
            )
        for repeat in range(design.testis):
            yield self._make(f"testis.{repeat:03d}", "testis", read_length=READ_LENGTHS[repeat % 4])
        yield from self._paralogues()
        yield from self._beside_nutm1()
        donors = self._reversible()
        for repeat in range(design.reciprocal_alone if donors else 0):
            yield self._make(
                f"reciprocal_alone.{repeat:03d}",
                "reciprocal_alone",
                **self._joint(donors[repeat % len(donors)]),
                fragments=(4, 8, 16)[repeat % 3],
                read_length=READ_LENGTHS[1 + repeat % 3],
            )
        for repeat in range(design.deep):
            yield self._make(
                f"deep.{repeat:03d}", "deep", read_length=READ_LENGTHS[1 + repeat % 3], copies=1
            )

    def _paralogues(self) -> Iterator[Planned]:
        """Invented relatives of NUTM1, and every fifth a real one where the panel has it."""
        real = self.materials.paralogues
        for repeat in range(self.design.paralogue):
            name = f"paralogue.{repeat:03d}"
            length = READ_LENGTHS[repeat // len(IDENTITIES) % 4]
            if real and repeat % 5 == 4:
                gene = sorted(real)[repeat // 5 % len(real)]
                yield self._make(name, "paralogue", gene=gene, read_length=length)
            else:
                identity = IDENTITIES[repeat % len(IDENTITIES)]
                yield self._make(name, "paralogue", identity=identity, read_length=length)
        for repeat in range(self.design.paralogue_close):
            yield self._make(
                f"paralogue_close.{repeat:03d}",
                "paralogue_close",
                identity=CLOSE_IDENTITY,
                read_length=READ_LENGTHS[repeat % 4],
            )

    def _beside_nutm1(self) -> Iterator[Planned]:
        """Joints to 15q14 neighbours where the panel has them, and read-through into NUTM1."""
        neighbours = self.materials.neighbours
        for repeat in range(self.design.neighbour):
            length = READ_LENGTHS[1 + repeat % 3]
            fragments = (3, 6, 12)[repeat // 2 % 3]
            if neighbours and repeat % 2 == 0:
                name = f"neighbour.{repeat:03d}"
                gene = neighbours[repeat // 2 % len(neighbours)]
                length_of_gene = len(self.materials.sequence(gene))
                acceptor = self.materials.acceptor
                yield self._make(
                    name,
                    "neighbour",
                    gene=gene,
                    five_at=int(self._rng(name).integers(LEAST_PART, length_of_gene + 1)),
                    three_exon=acceptor.exon,
                    three_at=acceptor.at,
                    fragments=fragments,
                    read_length=length,
                )
                continue
            second = self.materials.three_prime(2)
            if second is not None:
                yield self._make(
                    f"read_through.{repeat:03d}",
                    "read_through",
                    three_exon=second.exon,
                    three_at=second.at,
                    fragments=fragments,
                    read_length=length,
                )

    def _runs(self) -> Iterator[Planned]:
        donors, _ = self.materials.catalogued
        for repeat in range(self.design.runs if donors else 0):
            yield self._make(
                f"run.{repeat:03d}",
                "carry_over",
                **self._joint(donors[repeat % len(donors)]),
                fragments=1500,
                copies=1,
                umi="none",
                library="fresh",
                read_length=READ_LENGTHS[1 + repeat % 3],
                size=1 + self.design.receivers,
            )
