"""One sample: background, fusions, duplicates, UMIs, and the truth about them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from nutfusion.simulation import fastq
from nutfusion.simulation.fragments import (
    FragmentLengths,
    Fragments,
    concatenate,
    switch_templates,
    wild_type,
)
from nutfusion.simulation.fusions import (
    FusionSpec,
    SupportingFragments,
    drawn_fragments,
    passing_fragments,
    place,
    supporting_fragments,
)
from nutfusion.simulation.reads import Mates, ReadProfile, cut
from nutfusion.simulation.templates import NUCLEOTIDES, Bases, Templates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

Strandedness = Literal["none", "forward", "reverse"]
"""Which mate reads the sense of the transcript: either, the first, the second (dUTP)."""
_FORWARD_SHARE: Final[dict[Strandedness, float]] = {"none": 0.5, "forward": 1.0, "reverse": 0.0}
Umi = Literal["none", "colon", "underscore", "file"]
"""``colon``: last field of the name; ``underscore``: after it; ``file``: in a third FASTQ."""
UMI_LENGTH = 10


@dataclass(frozen=True)
class SampleSpec:
    """What a sample is made of.

    Attributes:
        seed: The same seed gives the same bytes.
        background: Wild-type pairs per template.
        fusions: Fused transcripts.
        profile: The sequencer.
        fragment_lengths: The library.
        switch_rate: Share of background fragments that are chimeras of two others.
        duplicate_rate: Share of background fragments that are there twice.
        umi: Where the UMI is written.
        single_end: Only mate 1.
        strandedness: Of the library.
        first_name: Number of the first read name, so that the samples of a run share none.
    """

    seed: int
    background: Mapping[str, int] = field(default_factory=dict)
    fusions: tuple[FusionSpec, ...] = ()
    profile: ReadProfile = field(default_factory=ReadProfile)
    fragment_lengths: FragmentLengths = field(default_factory=FragmentLengths)
    switch_rate: float = 0.0
    duplicate_rate: float = 0.0
    umi: Umi = "none"
    single_end: bool = False
    strandedness: Strandedness = "none"
    first_name: int = 0


@dataclass(frozen=True)
class FusionTruth:
    """What is known about one fusion of a sample.

    Attributes:
        label: Of the fused transcript.
        split: Names of fragments with a read over the joint, copies included.
        discordant: Names of fragments with one mate on each side, copies included.
        unique_split: Molecules, counted by outer ends (or UMI when there is one).
        unique_discordant: The same for the pairs.
        starts: Distinct outer ends on the 5' side among the molecules.
        anchors: Shorter anchor of the best read of each unique split molecule, longest first.
        sequence: The fused transcript.
        joint: Bases of it before the joint.
    """

    label: str
    split: tuple[str, ...]
    discordant: tuple[str, ...]
    unique_split: int
    unique_discordant: int
    starts: int
    anchors: tuple[int, ...]
    sequence: str
    joint: int

    @property
    def unique(self) -> int:
        """Molecules that support the joint."""
        return self.unique_split + self.unique_discordant

    def split_with_anchor(self, anchor: int) -> int:
        """Unique split molecules with at least ``anchor`` nt on both sides."""
        return sum(1 for found in self.anchors if found >= anchor)


@dataclass(frozen=True)
class Files:
    """FASTQ files of one lane."""

    fastq_1: Path
    fastq_2: Path | None
    umi: Path | None


@dataclass(frozen=True)
class SimulatedSample:
    """Reads of a sample and the truth.

    Attributes:
        mate_1: Reads, one row per fragment.
        mate_2: ``None`` for single reads.
        names: One row per fragment; with the UMI when it belongs there.
        umis: Reads of the UMI, or ``None``.
        fusions: In the order of the specification.
        chimeras: Names of template switches.
    """

    mate_1: Mates
    mate_2: Mates | None
    names: Bases
    umis: Mates | None
    fusions: tuple[FusionTruth, ...]
    chimeras: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.mate_1)

    def with_hopped(self, other: SimulatedSample, rows: NDArray[np.intp]) -> SimulatedSample:
        """The sample with reads of another one that carry its index.

        Args:
            other: Of the same run: same sequencer, UMIs written in the same place, names of its
                own (``SampleSpec.first_name``).
            rows: Fragments of the other sample.
        """

        def both(ours: Mates | None, theirs: Mates | None) -> Mates | None:
            if ours is None or theirs is None:
                return None
            return Mates(
                np.concatenate([ours.bases, theirs.bases[rows]]),
                np.concatenate([ours.qualities, theirs.qualities[rows]]),
                np.concatenate([ours.lengths, theirs.lengths[rows]]),
            )

        first = both(self.mate_1, other.mate_1)
        return SimulatedSample(
            mate_1=self.mate_1 if first is None else first,
            mate_2=both(self.mate_2, other.mate_2),
            names=np.concatenate([self.names, other.names[rows]]),
            umis=both(self.umis, other.umis),
            fusions=self.fusions,
            chimeras=self.chimeras,
        )

    def write(
        self,
        directory: Path,
        *,
        container: fastq.Container = "gz",
        lanes: int = 1,
        swap_mates: bool = False,
        prefix: str = "sample",
    ) -> tuple[Files, ...]:
        """Write the reads; lanes are consecutive shares of the fragments."""
        directory.mkdir(parents=True, exist_ok=True)
        edges = np.linspace(0, len(self), lanes + 1).astype(int)
        written = []
        for lane, (low, high) in enumerate(itertools.pairwise(edges), start=1):
            first, second = self.mate_1, self.mate_2
            if swap_mates and second is not None:
                first, second = second, first

            paths: dict[str, Path] = {}
            for role, mates in (("R1", first), ("R2", second), ("UMI", self.umis)):
                target = directory / f"{prefix}_L{lane:03d}_{role}{fastq.SUFFIXES[container]}"
                if mates is not None:
                    text = self._text(mates, slice(low, high), " 2:N:0:1" if role == "R2" else "")
                    paths[role] = fastq.write(target, [text], container)
            written.append(Files(paths["R1"], paths.get("R2"), paths.get("UMI")))
        return tuple(written)

    def _text(self, mates: Mates, rows: slice, comment: str) -> bytes:
        chosen = Mates(mates.bases[rows], mates.qualities[rows], mates.lengths[rows])
        return fastq.format_records(self.names[rows], chosen, comment)


def _umis(molecules: NDArray[np.int64], rng: np.random.Generator) -> Bases:
    count = int(molecules.max()) + 1 if len(molecules) else 0
    return NUCLEOTIDES[rng.integers(0, 4, (count, UMI_LENGTH))][molecules]


def _named(names: Bases, umis: Bases, umi: Umi) -> Bases:
    if umi in {"none", "file"}:
        return names
    separator = np.full((len(names), 1), ord(":" if umi == "colon" else "_"), dtype=np.uint8)
    return np.concatenate([names, separator, umis], axis=1)


def _truth(
    spec: FusionSpec, found: SupportingFragments, rows: NDArray[np.intp], names: Bases, umi: Umi
) -> FusionTruth:
    is_split = found.is_split
    unique = len(is_split) if umi != "none" else found.distinct
    copied = np.repeat(is_split, spec.copies)
    text = [bytes(names[row]).decode() for row in rows]
    return FusionTruth(
        label=spec.label,
        split=tuple(n for n, crosses in zip(text, copied, strict=True) if crosses),
        discordant=tuple(n for n, crosses in zip(text, copied, strict=True) if not crosses),
        unique_split=int(is_split[:unique].sum()),
        unique_discordant=int((~is_split[:unique]).sum()),
        starts=len(np.unique(found.start)),
        anchors=tuple(sorted((int(a) for a in found.anchor[:unique] if a), reverse=True)),
        sequence=spec.sequence,
        joint=spec.joint,
    )


def _molecules(
    fusion: FusionSpec, spec: SampleSpec, read_length: int, rng: np.random.Generator
) -> tuple[SupportingFragments, SupportingFragments | None]:
    """Supporting molecules, and the others where these were drawn with them."""
    draw = supporting_fragments if fusion.expected is None else drawn_fragments
    drawn = draw(
        fusion,
        spec.fragment_lengths,
        read_length,
        rng,
        single_end=spec.single_end,
        forward_share=_FORWARD_SHARE[spec.strandedness],
    )
    return (drawn, None) if isinstance(drawn, SupportingFragments) else drawn


def simulate(spec: SampleSpec, sequences: Mapping[str, str]) -> SimulatedSample:
    """Make a sample.

    Args:
        spec: What it is made of.
        sequences: Templates of the background by name.
    """
    rng = np.random.default_rng(spec.seed)
    used = {name: sequences[name] for name in spec.background}
    templates = Templates.of(used | {fusion.label: fusion.sequence for fusion in spec.fusions})
    background = wild_type(templates, spec.background, spec.fragment_lengths, rng)
    background, chimeras = switch_templates(background, spec.switch_rate, rng)
    doubled = np.flatnonzero(rng.random(len(background)) < spec.duplicate_rate)
    parts: list[Fragments] = [
        background.take(np.concatenate([np.arange(len(background)), doubled]))
    ]
    shortest = min(spec.profile.lengths, default=spec.profile.length)
    found: list[tuple[FusionSpec, SupportingFragments, int]] = []
    for fusion in spec.fusions:
        support, others = _molecules(fusion, spec, shortest, rng)
        found.append((fusion, support, sum(map(len, parts))))
        parts.append(place(fusion, support, templates))
        parts.append(
            place(fusion, others, templates)
            if others is not None
            else passing_fragments(fusion, templates, spec.fragment_lengths, rng)
        )
    fragments = concatenate(parts)
    if spec.strandedness != "none":
        fragments.forward[:] = spec.strandedness == "forward"
    order = rng.permutation(len(fragments))
    rank = np.argsort(order)
    fragments = fragments.take(order)
    umis = _umis(fragments.molecule, rng)
    names = _named(fastq.names(spec.first_name, len(fragments)), umis, spec.umi)
    mate_1, mate_2 = cut(templates, fragments, spec.profile, rng)
    width = np.full(len(umis), UMI_LENGTH, dtype=np.int32)
    return SimulatedSample(
        mate_1=mate_1,
        mate_2=None if spec.single_end else mate_2,
        names=names,
        umis=Mates(umis, np.full_like(umis, 37 + 33), width) if spec.umi == "file" else None,
        fusions=tuple(
            _truth(
                fusion,
                support,
                rank[first : first + len(support.start) * fusion.copies],
                names,
                spec.umi,
            )
            for fusion, support, first in found
        ),
        chimeras=tuple(bytes(names[rank[row]]).decode() for row in chimeras),
    )
