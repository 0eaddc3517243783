"""How fast is ``nutfusion assess``, next to reading the files at all, and next to its peers?

``python -m benchmarks.speed`` makes its own reads, measures everything that stands in one table in
turn in one run, and writes ``benchmarks/speed/RESULTS.md``. See ``--help``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measure import interleaved, machine
from benchmarks.speed.commands import assess, limits
from benchmarks.speed.data import QUALITY_MODELS, READ_LENGTH, WORK, Dataset, dataset
from benchmarks.speed.peers import Peers
from benchmarks.speed.report import Measured, Results, write_results

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS: Final = Path(__file__).resolve().parent / "RESULTS.md"
STARTUP_PAIRS: Final = 10_000
LENGTHS: Final = (50, 75, 150)
"""nt, beside 100."""
SLOPE: Final = 5
"""How many times as many pairs the larger set has."""


def say(message: str) -> None:
    """Tell the person at the terminal."""
    print(message, file=sys.stderr, flush=True)


def measure(
    reads: Dataset, repeats: int, threads: Sequence[int], peers: Peers | None = None
) -> Measured:
    """Measure one data set; the files are in the page cache before the first run."""
    say(f"measuring {reads.pairs:,} pairs, {reads.megabytes:.0f} MB, {repeats} times")
    for path in (reads.fastq_1, reads.fastq_2):
        with path.open("rb") as handle:
            while handle.read(1 << 20):
                pass
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        found = {**limits(reads), **assess(reads, threads, out)}
        if peers is not None:
            found |= peers.commands(reads, out)
        return Measured(reads, interleaved(found, repeats))


def main() -> None:
    """Parse the arguments, measure, write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--pairs", type=float, default=2, help="million pairs (default 2)")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each command (default 3)")
    parser.add_argument("--qualities", choices=sorted(QUALITY_MODELS), default="binned")
    parser.add_argument("--slope", action="store_true", help="also measure 5 times as many pairs")
    parser.add_argument("--lengths", action="store_true", help="also measure other read lengths")
    parser.add_argument("--peers", action="store_true", help="other programs that are installed")
    parser.add_argument("--all", action="store_true", help="all of these")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the results go")
    options = parser.parse_args()

    pairs = int(options.pairs * 1_000_000)
    everything = options.all
    peers = Peers(WORK / "peers", say) if options.peers or everything else None
    facts = machine()
    main_set = measure(dataset(pairs, options.qualities, say), options.repeats, (1, 2, 4), peers)
    larger = None
    if options.slope or everything:
        reads = dataset(SLOPE * pairs, options.qualities, say)
        larger = measure(reads, options.repeats, (1, 2))
    by_length = []
    if options.lengths or everything:
        for length in LENGTHS:
            reads = dataset(pairs, options.qualities, say, length)
            by_length.append(measure(reads, options.repeats, (2,)))
    small = dataset(STARTUP_PAIRS, options.qualities, say)
    startup = measure(small, max(5, options.repeats), (1, 2))
    absent = peers.missing if peers is not None else {}
    results = Results(main_set, larger, tuple(by_length), startup, absent, facts, READ_LENGTH)
    print(write_results(options.output, results))


if __name__ == "__main__":
    main()
