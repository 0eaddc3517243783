"""Reads of a planned sample, or of every sample of a planned run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.panel import NUTM1
from nutfusion.simulation.fragments import FragmentLengths, spread
from nutfusion.simulation.fusions import FusionSpec, expected_molecules
from nutfusion.simulation.qualities import BINNED, FULL
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import FusionTruth, SampleSpec, SimulatedSample, simulate
from nutfusion.simulation.templates import NUCLEOTIDES, as_bases
from nutfusion.validation.design import LIBRARIES

if TYPE_CHECKING:
    from nutfusion.model.run_level import ControlKind
    from nutfusion.validation.materials import Materials
    from nutfusion.validation.planned import Planned

FUSION: Final = "fusion"
RECIPROCAL: Final = "reciprocal"
_BACKGROUND_PAIRS: Final = 250
_BACKGROUND_TRANSCRIPTS: Final = 120
_PARTNER_PAIRS: Final = 120
_OTHER_PAIRS: Final = 40
_DEEP_PAIRS: Final = 110_000
_DEEP_TRANSCRIPTS: Final = 2_000
_PASSING: Final = 30
_SWITCH_RATE: Final = 0.002
"""Share of fragments that are chimeras of two others, in negatives; 20 times what libraries have,
because the samples are small."""
BESIDE_STRONG_FRAGMENTS: Final = 40
"""Independent fragments of the true positive in the run of a strong one."""
_NAMES_PER_SAMPLE: Final = 1_000_000


@dataclass(frozen=True)
class Made:
    """Reads with the truth.

    Attributes:
        id: Of the sample.
        reads: The reads.
        fusion: NUTM1 fusion in the orientation that counts, or the joint of a 15q14 neighbour that
            the panel has places of; ``None`` without one.
        hopped: Fragments of the strong sample's fusion that carry this sample's index.
        control: It is a control of its run.
    """

    id: str
    reads: SimulatedSample
    fusion: FusionTruth | None
    hopped: int = 0
    control: ControlKind | None = None


class Maker:
    """Makes samples.

    Args:
        materials: What they are cut from.
        wild_type: Wild-type fragments of the 5' gene where a fusion fraction is given.
    """

    def __init__(self, materials: Materials, wild_type: int) -> None:
        self.materials = materials
        self.wild_type = wild_type
        self._foreign = sorted(materials.background)

    def sample(self, planned: Planned) -> Made:
        """One sample."""
        rng = np.random.default_rng([planned.seed, 1])
        templates = dict(self.materials.templates)
        background = self._background(planned, rng)
        fusions = self._fusions(planned, rng, templates, background)
        spec = SampleSpec(
            seed=planned.seed,
            background={name: pairs for name, pairs in background.items() if pairs},
            fusions=fusions,
            profile=_profile(planned),
            fragment_lengths=_lengths(planned),
            switch_rate=0.0 if planned.is_positive else _SWITCH_RATE,
            duplicate_rate=0.0 if planned.copies == 1 else 0.3,
            umi=planned.umi,
            strandedness=planned.strandedness,
        )
        reads = simulate(spec, templates)
        found = [t for t in reads.fusions if t.label == FUSION and self._is_placed(planned)]
        return Made(planned.id, reads, found[0] if found else None)

    def _is_placed(self, planned: Planned) -> bool:
        """Whether the sample's joint counts, or is a neighbour's with places on the genome."""
        beside = planned.stratum == "neighbour" and planned.gene is not None
        return planned.is_positive or (
            beside and self.materials.transcript(planned.gene or "") is not None
        )

    def run(self, planned: Planned, hopping_rate: float) -> list[Made]:
        """Every sample of a run: the strong one, one true positive, and all others.

        Args:
            planned: The run.
            hopping_rate: Share of the strong sample's reads in all others together.
        """
        rng = np.random.default_rng([planned.seed, 2])
        strong = self._of_run(planned, 0, planned.fragments)
        truth = strong.fusions[0]
        supporting = {*truth.split, *truth.discordant}
        made = [Made(f"{planned.id}.strong", strong, truth)]
        target = rng.integers(1, planned.size, len(strong))
        hops = rng.random(len(strong)) < hopping_rate
        for number in range(1, planned.size):
            own = number == planned.size - 1
            receiver = self._of_run(planned, number, BESIDE_STRONG_FRAGMENTS if own else None)
            rows = np.flatnonzero(hops & (target == number))
            hopped = sum(bytes(strong.names[row]).decode() in supporting for row in rows)
            made.append(
                Made(
                    id=f"{planned.id}.{'own' if own else f's{number:02d}'}",
                    reads=receiver.with_hopped(strong, rows),
                    fusion=receiver.fusions[0] if own else None,
                    hopped=hopped,
                    control="negative" if number == 1 and planned.seed % 2 else None,
                )
            )
        return made

    def _of_run(self, planned: Planned, number: int, fragments: int | None) -> SimulatedSample:
        rng = np.random.default_rng([planned.seed, 3, number])
        fusions: tuple[FusionSpec, ...] = ()
        if fragments is not None:
            fusions = (self._fusion(planned.model_copy(update={"fragments": fragments})),)
        return simulate(
            SampleSpec(
                seed=planned.seed + number,
                background=self._background(planned, rng),
                fusions=fusions,
                profile=_profile(planned),
                fragment_lengths=_lengths(planned),
                strandedness=planned.strandedness,
                first_name=number * _NAMES_PER_SAMPLE,
            ),
            self.materials.templates,
        )

    def _background(self, planned: Planned, rng: np.random.Generator) -> dict[str, int]:
        """Wild-type pairs: the panel's genes but NUTM1, and transcripts of other genes."""
        deep = planned.stratum == "deep"
        count = _DEEP_TRANSCRIPTS if deep else _BACKGROUND_TRANSCRIPTS
        names = [
            self._foreign[place]
            for place in rng.choice(
                len(self._foreign), min(count, len(self._foreign)), replace=False
            )
        ]
        pairs = spread(names, _DEEP_PAIRS if deep else _BACKGROUND_PAIRS, rng)
        for name in self.materials.templates:
            gene = name.removeprefix("panel|")
            if gene != name and gene != NUTM1:
                pairs[name] = 1000 if deep else _OTHER_PAIRS
        if planned.gene is not None and f"panel|{planned.gene}" in self.materials.templates:
            many = planned.stratum == "wild_type"
            pairs[f"panel|{planned.gene}"] = 800 if many else _PARTNER_PAIRS
            if planned.fraction is not None:
                pairs[f"panel|{planned.gene}"] = self.wild_type
        if planned.stratum == "testis":
            pairs[f"panel|{NUTM1}"] = int(rng.integers(150, 900))
        elif planned.stratum in {"wild_type", "deep"}:
            # a little of everything is transcribed
            pairs[f"panel|{NUTM1}"] = int(rng.integers(0, 40))
        return pairs

    def _fusions(
        self,
        planned: Planned,
        rng: np.random.Generator,
        templates: dict[str, str],
        background: dict[str, int],
    ) -> tuple[FusionSpec, ...]:
        match planned.stratum:
            case "reciprocal":
                return self._fusion(planned), self._reversed(planned)
            case "reciprocal_alone":
                return (self._reversed(planned),)
            case "read_through" | "unknown_partner":
                return (self._with_stranger(planned, rng),)
            case "paralogue" | "paralogue_close":
                return self._paralogue(planned, rng, templates, background)
            case _:
                return (self._fusion(planned),) if planned.five_at is not None else ()

    def _fusion(self, planned: Planned) -> FusionSpec:
        """The fused transcript of a joint between two panel genes."""
        five = self.materials.sequence(planned.gene or "")[: planned.five_at]
        three = self.materials.sequence(NUTM1)[(planned.three_at or 1) - 1 :]
        expected = None
        if planned.fraction is not None:
            expected = expected_molecules(
                planned.fraction,
                self.wild_type,
                len(self.materials.sequence(planned.gene or "")),
                len(five) + len(three),
                _lengths(planned),
            )
        return FusionSpec(
            FUSION,
            five,
            three,
            linker=planned.linker,
            supporting=planned.fragments or 0,
            copies=planned.copies,
            passing=_PASSING,
            expected=expected,
        )

    def _reversed(self, planned: Planned) -> FusionSpec:
        """The transcript of the other derivative chromosome."""
        return FusionSpec(
            RECIPROCAL,
            self.materials.sequence(NUTM1)[: (planned.three_at or 1) - 1],
            self.materials.sequence(planned.gene or "")[planned.five_at or 0 :],
            supporting=planned.fragments or 0,
            copies=planned.copies,
            passing=_PASSING,
        )

    def _with_stranger(self, planned: Planned, rng: np.random.Generator) -> FusionSpec:
        """NUTM1 behind a transcript that the panel does not hold.

        It is a ``fusion`` only where it stands for one; read-through is not.
        """
        name = self._foreign[int(rng.integers(0, len(self._foreign)))]
        sequence = self.materials.background[name]
        cut = int(rng.integers(300, len(sequence) + 1))
        return FusionSpec(
            FUSION if planned.is_positive else planned.stratum,
            sequence[:cut],
            self.materials.sequence(NUTM1)[(planned.three_at or 1) - 1 :],
            supporting=planned.fragments or 0,
            copies=planned.copies,
            passing=_PASSING,
        )

    def _paralogue(
        self,
        planned: Planned,
        rng: np.random.Generator,
        templates: dict[str, str],
        background: dict[str, int],
    ) -> tuple[FusionSpec, ...]:
        """A gene that looks like NUTM1, much expressed; half of them joined to another gene."""
        if planned.identity is None:
            copy = self.materials.paralogues[planned.gene or ""]
            first = len(copy) // 5
        else:
            bases = as_bases(self.materials.sequence(NUTM1))
            other = rng.random(len(bases)) >= planned.identity
            codes = np.searchsorted(NUCLEOTIDES, bases[other]) % 4
            bases[other] = NUCLEOTIDES[(codes + rng.integers(1, 4, len(codes))) % 4]
            copy = bytes(bases).decode()
            first = self.materials.acceptor.at - 1
        templates["paralogue"] = copy
        background["paralogue"] = int(rng.integers(100, 500))
        if planned.seed % 2:
            return ()
        name = self._foreign[int(rng.integers(0, len(self._foreign)))]
        sequence = self.materials.background[name]
        return (
            FusionSpec(
                "paralogue_fusion",
                sequence[: int(rng.integers(300, len(sequence) + 1))],
                copy[first:],
                supporting=20,
                copies=planned.copies,
                passing=_PASSING,
            ),
        )


def _profile(planned: Planned) -> ReadProfile:
    quality = FULL if planned.quality == "full" else BINNED
    return ReadProfile(planned.read_length, error_rate=planned.error_rate, qualities=quality)


def _lengths(planned: Planned) -> FragmentLengths:
    mean, deviation, shortest = LIBRARIES[planned.library]
    return FragmentLengths(mean, deviation, shortest)
