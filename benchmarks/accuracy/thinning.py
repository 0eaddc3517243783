"""Real reads of a spike-in, beside simulated wild-type reads, thinned at random."""

from __future__ import annotations

import gzip
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from tests.simulation import real_data

from benchmarks.accuracy.dilution import WILD_TYPE, panel, parts
from nutfusion.annotation import annotate
from nutfusion.calls import consolidate
from nutfusion.evidence import Lane, read_sample
from nutfusion.model.terms import MolecularState
from nutfusion.scoring import load_assay, score
from nutfusion.scoring.detectability import support, wild_type
from nutfusion.scoring.limit import detection_probability
from nutfusion.simulation.fragments import FragmentLengths
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, simulate

if TYPE_CHECKING:
    from nutfusion.model.evidence import ExonEndFragments, SampleEvidence

SHARES: Final = (0.5, 0.2, 0.1, 0.05, 0.02)
EXON: Final = 11
"""Of BRD4: the joint of both spike-ins."""
READ_LENGTH: Final = 101
INSERT: Final = 168.0
"""Median insert of the first spike-in (nt), which both were made like."""

Record = tuple[bytes, bytes]
"""FASTQ text of mate 1 and of mate 2."""


@dataclass(frozen=True)
class SpikeIn:
    """A read set of the real-data folder.

    Attributes:
        name: For the table.
        files: Mate 1 and mate 2.
        pairs: Simulated wild-type BRD4 pairs beside it.
    """

    name: str
    files: tuple[str, str]
    pairs: int

    @property
    def is_there(self) -> bool:
        """Whether the real-data folder has it."""
        return real_data.is_available() and all(
            real_data.path("reads", name).is_file() for name in self.files
        )


SPIKE_INS: Final = (
    SpikeIn(
        "first",
        ("fusioncatcher_test_reads_1.fq.gz", "fusioncatcher_test_reads_2.fq.gz"),
        3_000,
    ),
    SpikeIn(
        "second",
        ("pizzly_SRR1659964_reads_1.fastq.gz", "pizzly_SRR1659964_reads_2.fastq.gz"),
        14_000,
    ),
)


@dataclass(frozen=True)
class Mixture:
    """Real and simulated fragments, and what all of them together show.

    Attributes:
        records: Every fragment.
        fusion: Distinct fragments of the fusion.
        fraction: Fusion fragments among those across the exon's end.
    """

    records: tuple[Record, ...]
    fusion: int
    fraction: float


@dataclass(frozen=True)
class Thinned:
    """What many draws of one share of a mixture show.

    Attributes:
        name: Of the spike-in.
        fusion: Distinct fragments of the fusion in the whole mixture.
        fraction: Fusion fraction of the mixture.
        share: Of the fragments that is drawn.
        draws: How many times.
        wild_type: Mean number of wild-type fragments across the exon's end.
        predicted: Mean probability of detection.
        seen: Draws that were confirmed.
    """

    name: str
    fusion: int
    fraction: float
    share: float
    draws: int
    wild_type: float
    predicted: float
    seen: int


def _records(path: Path) -> list[bytes]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as handle:
        lines = handle.read().splitlines()
    return [b"\n".join(lines[at : at + 4]) + b"\n" for at in range(0, len(lines) - 3, 4)]


def _pairs(files: tuple[Path, Path]) -> list[Record]:
    return list(zip(*(_records(path) for path in files), strict=True))


def _look(records: list[Record]) -> SampleEvidence:
    with tempfile.TemporaryDirectory() as folder:
        first, second = (Path(folder) / f"{mate}.fastq" for mate in (1, 2))
        for mate, path in enumerate((first, second)):
            path.write_bytes(b"".join(record[mate] for record in records))
        return read_sample("S1", [Lane(first, second)], panel())


def _end(evidence: SampleEvidence) -> ExonEndFragments:
    ends = () if evidence.qc is None else evidence.qc.exon_ends or ()
    return next(e for e in ends if (e.gene.symbol, e.exon) == (WILD_TYPE, EXON))


@cache
def mixture(spike_in: SpikeIn, seed: int) -> Mixture:
    """The real reads and simulated wild-type reads beside them."""
    names = spike_in.files
    records = _pairs((real_data.path("reads", names[0]), real_data.path("reads", names[1])))
    spec = SampleSpec(
        seed,
        background={WILD_TYPE: spike_in.pairs},
        profile=ReadProfile(READ_LENGTH),
        fragment_lengths=FragmentLengths(INSERT),
    )
    with tempfile.TemporaryDirectory() as folder:
        files = simulate(spec, {WILD_TYPE: parts(EXON)[0]}).write(Path(folder), container="plain")[
            0
        ]
        if files.fastq_2 is None:
            raise LookupError("pairs were simulated")
        records += _pairs((files.fastq_1, files.fastq_2))
    evidence = _look(records)
    joint = evidence.junctions[0]
    fusion = joint.split_reads + joint.discordant_pairs
    end = _end(evidence)
    return Mixture(tuple(records), fusion, fusion / (fusion + end.split + end.pairs))


def thinned(spike_in: SpikeIn, share: float, draws: int, seed: int) -> Thinned:
    """Draw a share of a mixture's fragments many times, and look at each draw."""
    whole = mixture(spike_in, seed)
    assay = load_assay()
    rng = np.random.default_rng([seed, round(1000 * share)])
    across, predicted, seen = 0, 0.0, 0
    for _ in range(draws):
        kept = np.flatnonzero(rng.random(len(whole.records)) < share)
        evidence = _look([whole.records[i] for i in kept])
        found = wild_type(_end(evidence), assay.thresholds)
        if found is None:
            raise LookupError("the profile asks for longer anchors than are counted")
        across += found.all
        predicted += detection_probability(whole.fraction, found, support(assay.thresholds))
        sample = score(annotate(consolidate(evidence, panel()), panel()), assay, panel())
        seen += sample.molecular_state is MolecularState.CONFIRMED_BET
    return Thinned(
        name=spike_in.name,
        fusion=whole.fusion,
        fraction=whole.fraction,
        share=share,
        draws=draws,
        wild_type=across / draws,
        predicted=predicted / draws,
        seen=seen,
    )
