"""Is the stated limit of detection true? ``python -m benchmarks.accuracy.detectability``.

Writes ``benchmarks/accuracy/DETECTABILITY.md``: simulated negatives with fusions diluted to the
limit that each states, and real spike-in reads thinned beside simulated wild-type reads. Exit 1
when a share of the simulated ones lies outside 90 to 99 %.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.accuracy.dilution import Library, trial
from benchmarks.accuracy.thinning import SHARES, SPIKE_INS, thinned
from nutfusion.model.atomic import write_atomically
from nutfusion.validation.shares import share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.accuracy.dilution import Trial
    from benchmarks.accuracy.thinning import Thinned
    from nutfusion.validation.document import Share

PAGE: Final = Path(__file__).parent / "DETECTABILITY.md"
LIBRARIES: Final = (
    Library("100 nt pairs, inserts of 200", 100, 200),
    Library("100 nt pairs, 2 % errors", 100, 200, errors=0.02),
    Library("50 nt pairs, inserts of 180", 50, 180),
    Library("75 nt pairs, FFPE: inserts of 110, 1 % errors", 75, 110, 30, errors=0.01),
    Library("150 nt pairs, inserts of 300", 150, 300),
    Library("75 nt single reads, inserts of 180", 75, 180, single=True),
    Library("100 nt pairs, every molecule twice", 100, 200, copies=2),
)
EXONS: Final = (11, 10, 14)
"""Of BRD4: catalogued joints; 14 lies furthest from the transcript's start."""
DEPTHS: Final = (500, 2_000, 10_000)
"""Mean numbers of wild-type BRD4 fragments."""
LOWEST, HIGHEST = 0.90, 0.99
"""Between these the stated 95 % have to be true."""


_SIMULATED: Final = """\
## Simulated negatives, and fusions diluted to their limit

Each trial: wild-type *BRD4* reads (a Poisson number), the limit that they state at one exon's end,
then a library of the same depth with a fusion of that fraction (a Poisson number of molecules over
the whole fused transcript) beside wild-type reads, as many as before. Confirmed: the sample becomes
`confirmed_bet` under the profile `rnaseq`. Stated are 95 %; required is a share between 90 and 99 %
in every row (exit status)."""
_HEAD: Final = """\
| {what} | wild-type fragments across (median) | limit (median) | no limit | fusions | confirmed | \
95 % interval |
|---|---:|---:|---:|---:|---:|---|"""
_THINNED: Final = """\
## Real spike-in reads, thinned

Two libraries of real reads with a *BRD4::NUTM1* fusion that was put into the tube hold almost no
wild-type *BRD4*; simulated wild-type reads of like length and inserts stand beside them. Of this
mixture a share of the fragments is drawn at random, many times. Predicted is the mean probability
of detection, worked out from each draw's own wild-type fragments and the mixture's fusion
fraction; seen is how often the draw was confirmed."""
_REAL_HEAD: Final = """\
| spike-in | fusion fragments | fusion fraction | kept | wild-type fragments (mean) | draws | \
predicted | seen | 95 % interval |
|---|---:|---:|---:|---:|---:|---:|---:|---|"""
_WHY: Final = """\
A mixture has one fixed set of fusion fragments, of which a share is drawn (binomial); the
prediction is for a new sample of that fraction (negative binomial), which varies more. So where
much is kept more is seen than predicted, and where little is kept the two meet. Copies help as
well: a molecule that was read twice is drawn more often."""

Trials = dict[tuple[int, int, int], list["Trial"]]
"""By index of the library, exon, and mean number of BRD4 fragments."""


def share_of(trials: Sequence[Trial]) -> Share:
    """How often the stated limit was true."""
    stated = [one for one in trials if one.is_confirmed is not None]
    return share(sum(bool(one.is_confirmed) for one in stated), len(stated))


def _one(task: tuple[int, int, int, int]) -> Trial:
    library, exon, depth, seed = task
    return trial(LIBRARIES[library], exon, depth, seed)


def run(number: int, jobs: int, seed: int) -> Trials:
    """Make every stratum's trials."""
    strata = [
        (library, exon, depth)
        for library in range(len(LIBRARIES))
        for exon in EXONS
        for depth in DEPTHS
    ]
    tasks = [
        (*stratum, 1_000_003 * seed + 10_007 * at + 2 * i)
        for at, stratum in enumerate(strata)
        for i in range(number)
    ]
    with ProcessPoolExecutor(jobs) as pool:
        done = list(pool.map(_one, tasks, chunksize=8))
    return {stratum: done[at * number : (at + 1) * number] for at, stratum in enumerate(strata)}


def _row(name: str, trials: Sequence[Trial]) -> str:
    found = share_of(trials)
    limits = sorted(one.limit for one in trials if one.limit is not None)
    across = sorted(one.fragments for one in trials)
    return (
        f"| {name} | {across[len(across) // 2]} | {100 * limits[len(limits) // 2]:.2g} % |"
        f" {len(trials) - found.made} | {found.made} | {_shown(found)} |"
    )


def _shown(found: Share) -> str:
    """A share and its interval, two cells."""
    if found.value is None or found.low is None or found.high is None:
        return "none | none"
    low, high = 100 * found.low, 100 * found.high
    return f"{100 * found.value:.1f} % | {low:.1f} to {high:.1f} %"


def _real_row(one: Thinned) -> str:
    return (
        f"| {one.name} | {one.fusion} | {100 * one.fraction:.1f} % | {100 * one.share:.0f} % |"
        f" {one.wild_type:.1f} | {one.draws} | {100 * one.predicted:.1f} % |"
        f" {_shown(share(one.seen, one.draws))} |"
    )


def _groups(trials: Trials) -> Iterator[tuple[str, list[tuple[str, list[Trial]]]]]:
    """Names of what trials are gathered by, and the trials of each kind."""

    def of(place: int, value: int) -> list[Trial]:
        return [one for key, some in trials.items() if key[place] == value for one in some]

    yield "all", [("all", [one for some in trials.values() for one in some])]
    yield "library", [(library.name, of(0, n)) for n, library in enumerate(LIBRARIES)]
    yield "BRD4 exon", [(str(exon), of(1, exon)) for exon in EXONS]
    yield "BRD4 fragments (mean)", [(f"{depth:,}", of(2, depth)) for depth in DEPTHS]


def outside(trials: Trials) -> tuple[str, ...]:
    """The rows of the page whose share is not between the bounds, or that state no limit."""
    return tuple(
        f"{what} {name}" if name != what else name
        for what, rows in _groups(trials)
        for name, some in rows
        if not LOWEST <= (share_of(some).value or 0.0) <= HIGHEST
    )


def _bounds(trials: Trials) -> str:
    """Whether what is required holds, as the exit status says."""
    names = outside(trials)
    if names:
        return f"**Not met**: outside 90 to 99 %: {'; '.join(names)}."
    return "Met: every row of these tables lies between 90 and 99 %."


def page(trials: Trials, real: Sequence[Thinned], command: str) -> str:
    """The results as Markdown."""
    written = f"Written by `{command}`; do not edit. What the limit is: `docs/scoring.md`."
    parts = ["# Is the limit of detection true?", written, _SIMULATED]
    for what, rows in _groups(trials):
        parts.append("\n".join([_HEAD.format(what=what), *(_row(n, some) for n, some in rows)]))
    parts.append(_bounds(trials))
    if real:
        parts += [_THINNED, "\n".join([_REAL_HEAD, *map(_real_row, real)]), _WHY]
    else:
        parts.append("## Real spike-in reads\n\nThe real-data folder is absent: not measured.")
    return "\n\n".join(parts) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; 1 when a share lies outside the bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=30, help="per stratum (default 30)")
    parser.add_argument("--draws", type=int, default=100, help="per share kept (default 100)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--seed", type=int, default=1, help="of everything (default 1)")
    parser.add_argument("--output", type=Path, default=PAGE)
    options = parser.parse_args(arguments)
    trials = run(options.trials, options.jobs, options.seed)
    wanted = [(spike_in, share) for spike_in in SPIKE_INS if spike_in.is_there for share in SHARES]
    with ProcessPoolExecutor(options.jobs) as pool:
        draws = [pool.submit(thinned, *one, options.draws, options.seed) for one in wanted]
        real = [one.result() for one in draws]
    command = (
        f"python -m benchmarks.accuracy.detectability --trials {options.trials}"
        f" --draws {options.draws} --seed {options.seed}"
    )
    text = page(trials, real, command)
    write_atomically(options.output, text)
    sys.stdout.write(text)
    return 1 if outside(trials) else 0


if __name__ == "__main__":
    sys.exit(main())
