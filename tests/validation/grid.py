"""Find every fusion of the grid: ``python -m tests.validation.grid --full --jobs 2``.

Without ``--full`` only the covering subset of CI is run. The full grid rewrites the section
"Fusions" of ``docs/validation.md``, and ``--held-out`` the section "Held-out seeds". Exit 1 when a
case that must be found was not, or when something was called that is not there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.validation import panels
from tests.validation.assessing import assess
from tests.validation.cases import (
    READ_LENGTHS,
    SUPPORTING,
    Case,
    covering_subset,
    full_grid,
    held_out,
)
from tests.validation.judging import Judged, judge
from tests.validation.report import grid_section, held_out_section, rewrite_section

if TYPE_CHECKING:
    from collections.abc import Sequence

PANELS = ("starter", "full")


def run_case(case: Case, directories: Sequence[Path | None]) -> list[Judged]:
    """Make the reads of a case once, and assess them with each panel."""
    sample = case.sample()
    judged = []
    with tempfile.TemporaryDirectory() as folder:
        files = sample.write(Path(folder), container="plain")
        for directory in directories:
            panel = panels.load(directory)
            judged.append(judge(case, sample.fusions[0], assess(files, panel), panel))
    return judged


def failures(judged: list[Judged]) -> list[str]:
    """Everything that must not be, in words."""
    found = []
    for one in judged:
        if one.must_be_found and not one.found:
            found.append(
                f"{one.panel}: {one.case.name}: not found "
                f"({one.unique} unique, {one.split} split, {one.long_split} with long anchors)"
            )
        found += [f"{one.panel}: {one.case.name}: {problem}" for problem in one.problems]
    return found


def keep(cases: Sequence[Case], folder: Path) -> None:
    """Write the reads of cases, and the truth about them, for somebody to look at."""
    for number, case in enumerate(cases, start=1):
        sample = case.sample()
        truth = sample.fusions[0]
        (files,) = sample.write(folder / str(number), container="plain")
        sys.stdout.write(
            f"{case.name}\n  {files.fastq_1} {files.fastq_2}\n  joint {case.joint()}, anchors "
            f"{truth.anchors}\n  split {truth.split}\n  discordant {truth.discordant}\n"
        )


def main() -> int:
    """Run the grid and say what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.validation.grid", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--full", action="store_true", help="every combination; writes the page")
    what.add_argument("--held-out", action="store_true", help="the hardest cell on other seeds")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--seeds", type=int, default=2, help="samples per cell (default 2)")
    parser.add_argument("--first-seed", type=int, default=1, help="of the samples (default 1)")
    parser.add_argument("--read-length", type=int, choices=READ_LENGTHS, help="one only (nt)")
    parser.add_argument("--supporting", type=int, choices=SUPPORTING, help="one count only")
    parser.add_argument("--panel", choices=PANELS, help="one panel only")
    parser.add_argument("--match", default="", help="only cases whose name contains this")
    parser.add_argument("--keep", type=Path, help="write the reads of these cases here and stop")
    options = parser.parse_args()

    cases = covering_subset()
    if options.full:
        cases = full_grid(options.seeds, options.first_seed)
    elif options.held_out:
        cases = held_out()
    whole = len(cases)
    cases = [
        case
        for case in cases
        if options.match in case.name
        and options.read_length in {None, case.read_length}
        and options.supporting in {None, case.supporting}
    ]
    if options.keep:
        keep(cases, options.keep)
        return 0
    chosen = (options.panel,) if options.panel else PANELS
    judged: list[Judged] = []
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(options.jobs) as pool:
        built = [panels.build(name, Path(folder)) for name in chosen]
        runs = pool.map(partial(run_case, directories=built), cases, chunksize=4)
        for number, found in enumerate(runs, start=1):
            judged += found
            if sys.stderr.isatty() or number % 100 == 0:
                sys.stderr.write(f"\r{number}/{len(cases)}")
    sys.stderr.write("\n")
    if len(cases) == whole and not options.panel:
        command = "python -m tests.validation.grid"
        if options.full and options.first_seed == 1:
            command += f" --full --seeds {options.seeds}"
            rewrite_section("grid", grid_section(judged, command))
        elif options.held_out:
            rewrite_section("held out", held_out_section(judged, f"{command} --held-out"))
    wrong = failures(judged)
    due = sum(one.must_be_found for one in judged)
    lost = sum(one.must_be_found and not one.found for one in judged)
    sys.stdout.write("\n".join([*wrong, ""]))
    sys.stdout.write(
        f"{len(judged)} verdicts; {due} must be found, {lost} were not; {len(wrong)} problems\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
