"""Calibrates the likelihood-ratio score: ``python -m benchmarks.accuracy.score calibrate``.

``windows`` measures how often bases of one gene stand in another one. ``calibrate`` makes samples
whose fusions are known to be real or artefacts (``score_truth``), fits the two numbers that turn
the model's ratio into the score on one half of the seeds, and writes how reliable the score is on
the other half to ``SCORE.md``.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import math
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from tests.simulation import real_data
from tests.validation import panels

from benchmarks.accuracy.score_truth import Weighed, weigh
from nutfusion.scoring.error_model import load_error_model
from nutfusion.simulation.templates import read_fasta
from nutfusion.validation.statistics import clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE: Final = Path(__file__).with_name("SCORE.md")
KINASES: Final = "kinbase_human_kinome_cdna.fa"
WINDOW: Final = 40
STEP: Final = 7
HELD_OUT_FROM: Final = 100_000
"""First seed of the samples that nothing was fitted on."""
CUT: Final = 6.0
"""Ratios beyond this, either way, are taken for it while fitting: nothing there is to be told."""
RIDGE: Final = 1.0
"""Pulls the fit towards the model itself, so that a perfect separation has a finite slope."""
EDGES: Final = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)


def windows() -> tuple[int, int]:
    """Windows of kinases' cDNA that stand in another kinase's, and all there are."""
    records = read_fasta(real_data.path("sequences", "background", KINASES))
    holders: dict[str, set[str]] = {}
    genes = {name: name.split("|")[2] for name in records}
    for name, bases in records.items():
        for start in range(len(bases) - WINDOW + 1):
            holders.setdefault(bases[start : start + WINDOW], set()).add(genes[name])
    shared = total = 0
    for bases in records.values():
        for start in range(0, len(bases) - WINDOW + 1, STEP):
            total += 1
            shared += len(holders[bases[start : start + WINDOW]]) > 1
    return shared, total


def fit(found: Sequence[Weighed]) -> tuple[float, float]:
    """Slope and offset of log10 odds of a real fusion, both classes weighing the same.

    Logistic regression, looked for on a grid of hundredths; ``RIDGE`` holds the slope near 1
    and the offset near 0.
    """
    ratios = np.clip([one.ratio for one in found], -CUT, CUT) * math.log(10)
    real = np.array([one.real for one in found])
    weights = np.where(real, 0.5 / real.mean(), 0.5 / (1 - real.mean()))
    signs = np.where(real, 1.0, -1.0)
    best = (math.inf, 1.0, 0.0)
    for slope in np.arange(5, 151) / 100:
        for offset in np.arange(-100, 101) / 100:
            odds = slope * ratios + offset * math.log(10)
            loss = float((weights * np.logaddexp(0, -signs * odds)).sum())
            loss += RIDGE / 2 * float((slope - 1) ** 2 + offset**2)
            best = min(best, (loss, float(slope), float(offset)))
    return best[1], best[2]


def auc(found: Sequence[Weighed]) -> float:
    """Chance that a real fusion has a higher ratio than an artefact; ties count half."""
    real = np.array([one.ratio for one in found if one.real])
    other = np.array([one.ratio for one in found if not one.real])
    above = (real[:, None] > other[None, :]).sum() + 0.5 * (real[:, None] == other[None, :]).sum()
    return float(above / (len(real) * len(other)))


def made(seeds: range, jobs: int) -> list[Weighed]:
    """Every listed fusion of the samples with these seeds."""
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(jobs) as pool:
        run = partial(weigh, directory=panels.build("full", Path(folder)))
        return [one for found in pool.map(run, seeds, chunksize=10) for one in found]


def rows(seeds: range, jobs: int, kept: Path | None) -> list[Weighed]:
    """As ``made``, from a file of an earlier run when there is one."""
    if kept is not None and kept.exists():
        return [Weighed(**one) for one in json.loads(kept.read_text(encoding="utf-8"))]
    found = made(seeds, jobs)
    if kept is not None:
        kept.write_text(json.dumps([dataclasses.asdict(one) for one in found]), encoding="utf-8")
    return found


_MADE_OF: Final = """\
The model is that of `docs/scoring-model.md`. The samples are made by the project's own simulator
(`score_truth.py`): fusions of one to forty fragments, template switches between two strong genes,
paralogues of *NUTM1*, reads with 3 % errors, and carry-over from a strong sample of the run. Every
fusion that a dossier lists is one row; half of the samples hold a real one, some of them beside a
strong sample of the run with the same joint."""

_EXPECTED: Final = """\
"Expected" is what the score says at this mixture of real fusions and artefacts; of a reliable score
it lies inside the interval."""

_IS_NOT: Final = """\
What this is not: the mixture is ours, so no share on this page is the probability that a patient's
fusion is real. Artefacts that the simulator does not make (mispriming that repeats, contamination
before the run, reference errors) are not in it, and a strong sample of a run has the same joint
with more fragments. Scores beyond what was seen here are cut."""


def page(
    fitted: tuple[float, float], train: list[Weighed], held: list[Weighed], command: str
) -> str:
    """The page, from what was fitted and what was held out."""
    slope, offset = fitted
    largest = load_error_model().calibration.largest.value
    scores = [round(max(-largest, min(largest, offset + slope * one.ratio)), 2) for one in held]
    real = sum(one.real for one in held)
    prior = math.log10(real / (len(held) - real))
    low_real = [o for s, o in zip(scores, held, strict=True) if o.real and s < 0]
    carried = sum(one.artefact == "carry_over" for one in low_real)
    lines = [
        "# How reliable the likelihood-ratio score is",
        "",
        f"`{command}`",
        "",
        _MADE_OF,
        "",
        f"Fitted on {len(train)} listed fusions, {sum(one.real for one in train)} real: slope",
        f"{slope:g}, offset {offset:g}. Held out, on other seeds: {len(held)} listed fusions,",
        f"{real} real; area under the curve {auc(held):.3f}.",
        "",
        "| score | listed | real | share real (exact 95 % interval) | expected of the score |",
        "|---|---|---|---|---|",
    ]
    for low, high in itertools.pairwise(EDGES):
        rows = [
            (score, one)
            for score, one in zip(scores, held, strict=True)
            if low <= score < high or (high == EDGES[-1] and score == high)
        ]
        if not rows:
            lines.append(f"| {low:g} to {high:g} | 0 | | | |")
            continue
        hits = sum(one.real for _, one in rows)
        under, over = clopper_pearson(hits, len(rows))
        expected = sum(1 / (1 + 10 ** -(score + prior)) for score, _ in rows) / len(rows)
        outside = "" if under <= expected <= over else ", outside"
        lines.append(
            f"| {low:g} to {high:g} | {len(rows)} | {hits} | {hits / len(rows):.2f} "
            f"({under:.2f} to {over:.2f}) | {expected:.2f}{outside} |"
        )
    lines += [
        "",
        _EXPECTED,
        f"Of the {len(low_real)} real fusions below 0, {carried} stand beside a strong sample",
        "of their run with the same joint, whose carry-over explains them as well: there the score",
        "errs towards the artefact.",
        "",
        "| sample | listed | real | median score |",
        "|---|---|---|---|",
    ]
    for kind in sorted({one.kind for one in held}):
        rows = [(s, one) for s, one in zip(scores, held, strict=True) if one.kind == kind]
        middle = float(np.median([score for score, _ in rows]))
        lines.append(
            f"| {kind.replace('_', '-')} | {len(rows)} | {sum(one.real for _, one in rows)} "
            f"| {middle:.2f} |"
        )
    lines += [
        "",
        _IS_NOT,
        "",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a part; write the page only when asked."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.score", description=__doc__
    )
    parser.add_argument("part", choices=("windows", "calibrate"))
    parser.add_argument("--samples", type=int, default=800, help="of each half (default 800)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--rows", type=Path, help="keep what was made in this folder, or use it")
    parser.add_argument("--write", action="store_true", help=f"rewrite {PAGE.name}")
    options = parser.parse_args(arguments)
    if options.part == "windows":
        shared, total = windows()
        sys.stdout.write(f"{shared} of {total} windows of {WINDOW} bases: {shared / total:.3f}\n")
        return 0
    halves = []
    for first in (0, HELD_OUT_FROM):
        kept = None if options.rows is None else options.rows / f"{first}.json"
        halves.append(rows(range(first, first + options.samples), options.jobs, kept))
    train, held = halves
    command = f"python -m benchmarks.accuracy.score calibrate --samples {options.samples}"
    text = page(fit(train), train, held, command)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
