"""How fast is ``nutfusion assess``, next to reading the files at all?

``python -m benchmarks.speed`` makes its own reads, measures everything in one interleaved run and
writes ``benchmarks/RESULTS.md``. See ``--help``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.data import QUALITY_MODELS, Dataset, dataset
from benchmarks.measure import interleaved, machine
from benchmarks.report import Measured, write_results

RESULTS: Final = Path(__file__).resolve().parent / "RESULTS.md"
STARTUP_PAIRS: Final = 10_000


def say(message: str) -> None:
    """Tell the person at the terminal."""
    print(message, file=sys.stderr, flush=True)


def igzip() -> tuple[str, list[str]]:
    """The fastest plain decompressor there is, and what to call it in the report."""
    if shutil.which("igzip"):
        return "two `igzip -dc` at once", ["igzip", "-dc"]
    say("igzip is not installed (Debian package isal); using python -m isal.igzip instead")
    return "two `python -m isal.igzip -dc` at once", [sys.executable, "-m", "isal.igzip", "-dc"]


def assess(reads: Dataset, threads: int, outdir: Path) -> list[str]:
    """The whole line on one sample."""
    program = Path(sys.executable).with_name("nutfusion")
    return [
        str(program),
        "assess",
        "--sample",
        "BENCH",
        "--outdir",
        str(outdir),
        "--threads",
        str(threads),
        "--fastq",
        str(reads.fastq_1),
        str(reads.fastq_2),
    ]


def commands(reads: Dataset, outdir: Path, *, with_assess: bool) -> dict[str, list[str]]:
    """What is measured on one data set."""
    igzip_name, program = igzip()
    first, second = (" ".join([*program, str(path)]) for path in (reads.fastq_1, reads.fastq_2))
    found = {
        "`zcat R1 R2`": ["zcat", str(reads.fastq_1), str(reads.fastq_2)],
        igzip_name: ["sh", "-c", f"{first} >/dev/null & {second} >/dev/null; wait"],
    }
    if with_assess:
        found["`nutfusion assess --threads 2`"] = assess(reads, 2, outdir / "two")
        found["`nutfusion assess --threads 1`"] = assess(reads, 1, outdir / "one")
    return found


def measure(reads: Dataset, repeats: int, *, with_assess: bool) -> Measured:
    """Measure one data set; the files are in the page cache before the first run."""
    say(f"measuring {reads.pairs:,} pairs, {reads.megabytes:.0f} MB, {repeats} times")
    for path in (reads.fastq_1, reads.fastq_2):
        with path.open("rb") as handle:
            while handle.read(1 << 20):
                pass
    with tempfile.TemporaryDirectory() as outdir:
        found = commands(reads, Path(outdir), with_assess=with_assess)
        return Measured(reads, interleaved(found, repeats))


def main() -> None:
    """Parse the arguments, measure, write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--pairs", type=float, default=2, help="million pairs (default 2)")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each command (default 3)")
    parser.add_argument("--slope", action="store_true", help="also measure 5 times as many pairs")
    parser.add_argument("--qualities", choices=sorted(QUALITY_MODELS), default="binned")
    parser.add_argument("--baseline-only", action="store_true", help="leave nutfusion out")
    parser.add_argument("--data-only", action="store_true", help="make the reads and stop")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the results go")
    options = parser.parse_args()

    pairs = int(options.pairs * 1_000_000)
    sizes = [pairs, *([5 * pairs] if options.slope else [])]
    sets = [dataset(size, options.qualities, say) for size in sizes]
    if options.data_only:
        return
    with_assess = not options.baseline_only
    facts = machine()
    measured = [measure(reads, options.repeats, with_assess=with_assess) for reads in sets]
    startup = None
    if with_assess:
        small = dataset(STARTUP_PAIRS, options.qualities, say)
        startup = measure(small, max(5, options.repeats), with_assess=True)
    text = write_results(options.output, measured, startup, facts)
    print(text)


if __name__ == "__main__":
    main()
