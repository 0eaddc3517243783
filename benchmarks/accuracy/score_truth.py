"""Samples whose every listed fusion is known to be real or an artefact, for the score.

Half are fusions of few to many fragments, half artefacts of one kind each: template switches
between two strong genes, a paralogue of NUTM1, reads with many errors, and carry-over from a strong
sample of the run.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from tests.simulation import transcripts
from tests.validation import panels
from tests.validation.cases import sequences, transcript

from nutfusion.annotation import annotate
from nutfusion.calls import consolidate
from nutfusion.evidence import Lane, read_sample
from nutfusion.scoring import (
    RunSample,
    RunSettings,
    compare_run,
    load_assay,
    load_run_settings,
    score,
)
from nutfusion.simulation.fragments import FragmentLengths, spread
from nutfusion.simulation.fusions import FusionSpec
from nutfusion.simulation.reads import ReadProfile
from nutfusion.simulation.sample import SampleSpec, simulate
from nutfusion.simulation.templates import relative

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion, SampleAnnotated
    from nutfusion.model.panel import Panel
    from nutfusion.model.scored import ScoredFusion

KINDS: Final = (
    "fusion",
    "switching",
    "fusion",
    "paralogue",
    "fusion",
    "carry_over",
    "fusion",
    "errors",
    "fusion",
    "switching",
)
"""Kind of a sample by its number: as many fusions as artefacts."""

DONORS: Final = (("BRD4", 11), ("BRD4", 14), ("BRD3", 10), ("NSD3", 7))
SUPPORTING: Final = (1, 2, 2, 3, 4, 6, 12, 40)
"""Fragments of a fusion; few are wanted, since many are no question."""

STRONG: Final = (60, 200, 600)
"""Fragments of the strong sample of a run."""


@dataclass(frozen=True)
class Weighed:
    """One listed fusion.

    Attributes:
        seed: Of the sample.
        kind: What the sample was made of.
        real: The fusion is the one that was put in.
        ratio: log10 of the model's ratio before calibration; the smallest of all artefacts.
        fragments: Split fragments and pairs.
        artefact: The likeliest one.
        state: Molecular state of the fusion.
    """

    seed: int
    kind: str
    real: bool
    ratio: float
    fragments: int
    artefact: str
    state: str


def sample(seed: int) -> tuple[SampleSpec, str]:
    """What a sample is made of, by its seed, and its kind."""
    kind = KINDS[seed % len(KINDS)]
    rng = np.random.default_rng([seed, 14])
    length = int(rng.choice((50, 75, 100, 150)))
    error = 0.03 if kind == "errors" else float(rng.choice((0.003, 0.01)))
    nutm1, brd4 = (int(rng.choice((50, 400, 1_500))) for _ in range(2))
    background = {
        "NUTM1|ENST00000537011.6": nutm1,
        "BRD4|ENST00000679869.1": brd4,
        "BRD3|SK762": 150,
        "NSD3|composite": 100,
        "NUTM2F|NM_017561": 300,
    } | spread(sorted(transcripts.background()), 1_000, rng)
    switching = float(rng.choice((0.0, 1e-3, 1e-2)))
    if kind == "switching":
        background |= {"NUTM1|ENST00000537011.6": 3_000, "BRD4|ENST00000679869.1": 3_000}
        switching = float(rng.choice((0.01, 0.03, 0.1)))
    return (
        SampleSpec(
            seed=seed,
            background=background,
            fusions=_fusions(kind, rng),
            profile=ReadProfile(length, error_rate=error),
            fragment_lengths=FragmentLengths(200, 60),
            switch_rate=switching,
            duplicate_rate=0.1,
        ),
        kind,
    )


def _fusions(kind: str, rng: np.random.Generator) -> tuple[FusionSpec, ...]:
    if kind in ("switching", "errors"):
        return ()
    donor, exon = DONORS[int(rng.integers(len(DONORS)))]
    five = transcript(donor).up_to_exon(exon)
    three = transcript("NUTM1").from_exon(3)
    supporting = int(rng.choice(SUPPORTING))
    if kind == "fusion" and rng.random() < 0.1:  # a break inside an exon
        five = five[: -int(rng.integers(4, 40))]
    if kind == "paralogue":
        five = _other(rng)  # an ordinary transcript of a relative
        three = relative(three, float(rng.choice((0.02, 0.04, 0.06, 0.1))), rng)
    if kind == "carry_over":
        supporting = max(1, int(rng.poisson(0.02 * float(rng.choice(STRONG)))))
    return (
        FusionSpec(
            f"{donor}::NUTM1", five, three, supporting=supporting, passing=3 * supporting,
            copies=int(rng.choice((1, 2))),
        ),
    )  # fmt: skip


def _other(rng: np.random.Generator) -> str:
    background = transcripts.background()
    names = sorted(name for name, bases in background.items() if len(bases) > 1_500)
    return background[names[int(rng.integers(len(names)))]][:1_200]


@cache
def _settings() -> RunSettings:
    return load_run_settings()


def _annotated(spec: SampleSpec, panel: Panel) -> SampleAnnotated:
    with tempfile.TemporaryDirectory() as folder:
        files = simulate(spec, sequences()).write(Path(folder), container="plain")
        lanes = [Lane(lane.fastq_1, lane.fastq_2, lane.umi) for lane in files]
        return annotate(consolidate(read_sample(f"S{spec.seed}", lanes, panel), panel), panel)


def _is_broken(spec: SampleSpec) -> bool:
    """Whether the fusion breaks inside an exon."""
    ends = {transcript(donor).up_to_exon(exon) for donor, exon in DONORS}
    return any(fusion.five_prime not in ends for fusion in spec.fusions)


def _empty(annotated: SampleAnnotated) -> SampleAnnotated:
    return annotated.model_copy(update={"fusions": ()})


def _stronger(annotated: SampleAnnotated, there: int) -> SampleAnnotated:
    """Another sample of the run with the same joints and more fragments."""
    fusions = []
    for fusion in annotated.fusions:
        counts = {"split_reads": there, "discordant_pairs": 0}
        raw = {f"{name}_raw": count for name, count in counts.items()}
        support = fusion.call.support.model_copy(update=counts | raw)
        call = fusion.call.model_copy(update={"support": support})
        fusions.append(fusion.model_copy(update={"call": call}))
    return annotated.model_copy(update={"sample": "STRONG", "fusions": tuple(fusions)})


def weigh(seed: int, directory: Path | None) -> list[Weighed]:
    """Every fusion that one sample's dossier would list, with its ratio."""
    panel = panels.load(directory)
    spec, kind = sample(seed)
    annotated = _annotated(spec, panel)
    rng = np.random.default_rng([seed, 15])
    comparison = None
    if kind == "carry_over" or rng.random() < 0.3:
        # a fusion's run may hold a strong sample as well: the same joint, and no source of it
        there = int(rng.choice(STRONG))
        if kind == "carry_over":
            there = max(there, 50 * max((f.supporting for f in spec.fusions), default=1))
        # two patients of a run do not share a joint that splicing does not make
        is_usual = kind == "carry_over" or not _is_broken(spec)
        strong = _stronger(annotated if is_usual else _empty(annotated), there)
        run = compare_run("R", [RunSample(annotated), RunSample(strong)], _settings())
        comparison = next(s for s in run.samples if s.sample == annotated.sample)
    scored = score(annotated, load_assay(), panel, comparison=comparison)
    return [_weighed(fusion, spec, kind) for fusion in scored.fusions if fusion.score is not None]


def _weighed(fusion: ScoredFusion, spec: SampleSpec, kind: str) -> Weighed:
    support = fusion.annotated.call.support
    ratios = [
        (one.log10_likelihood_ratio, one.artefact)
        for one in fusion.score_basis.artefacts
        if one.log10_likelihood_ratio is not None
    ]
    ratio, artefact = min(ratios)
    return Weighed(
        seed=spec.seed,
        kind=kind,
        real=kind == "fusion" and _is_the_one(fusion.annotated, spec),
        ratio=ratio,
        fragments=(support.split_reads or 0) + (support.discordant_pairs or 0),
        artefact=artefact,
        state=str(fusion.state),
    )


def _is_the_one(fusion: AnnotatedFusion, spec: SampleSpec) -> bool:
    """The fusion that was put in: NUTM1 behind its donor, or behind nobody the panel names."""
    donor = spec.fusions[0].label.split("::")[0]
    five = fusion.call.five_prime_gene
    return fusion.nutm1_is_three_prime and (five is None or five.symbol == donor)
