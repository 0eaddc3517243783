"""Run the standard set and write ``benchmarks/accuracy/RESULTS.md`` and ``results.tsv``.

The panel and the background come from the real-data folder (see ``CONTRIBUTING.md``). What is
finished is noted in the work folder, so an interrupted run goes on. Figures that test the criteria
need a seed that was never run: ``--seed fresh``. Exit 1 when an acceptance criterion is not met.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.accuracy import materials
from benchmarks.accuracy.results import results_page, results_table
from benchmarks.measure import machine
from nutfusion.model.atomic import write_atomically
from nutfusion.validation.files import write_files
from nutfusion.validation.run import Options
from nutfusion.validation.seeds import read_seed
from nutfusion.validation.validate import validate, validate_one

HERE = Path(__file__).parent


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() or done % 100 == 0 or done == total:
        sys.stderr.write(f"\r{done}/{total}")
        sys.stderr.flush()


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--seed",
        type=read_seed,
        default=1,
        help="a number (default 1), or 'fresh': one is drawn; it stands on the page",
    )
    parser.add_argument(
        "--samples",
        choices=("small", "standard"),
        default="standard",
        help="which set: about 370 samples, or about 3,000 (default)",
    )
    parser.add_argument("--work", type=Path, help="keep panel, outcomes and report here")
    parser.add_argument("--peers", action="store_true", help="other programs that are installed")
    parser.add_argument("--only", metavar="ID", help="one sample again, its reads kept in --work")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md and results.tsv")
    options = parser.parse_args()
    sys.stderr.write(f"{options.samples} set, seed {options.seed}\n")
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        if not (work / "accuracy").is_dir():
            materials.panel(work)
            materials.background(work)
        chosen = Options(
            work / "accuracy", "rnaseq", work / "background.fa.gz", options.samples, options.seed
        )
        if options.only:
            for outcome in validate_one(chosen, options.only, work):
                sys.stdout.write(outcome.model_dump_json(indent=2) + "\n")
            return 0
        found, outcomes = validate(
            chosen,
            work / f"seed-{options.seed}",
            processes=options.jobs,
            with_peers=options.peers,
            progress=_progress,
        )
        sys.stderr.write("\n")
        write_files(found, outcomes, work / f"seed-{options.seed}")
    for one in found.criteria:
        shown = one.observed
        sys.stdout.write(f"{one.criterion.figure}: {one.answer}, {shown.found}/{shown.made}\n")
    if options.write:
        write_atomically(HERE / "RESULTS.md", results_page(found, machine()))
        write_atomically(HERE / "results.tsv", results_table(found))
    return 0 if found.passed else 1


if __name__ == "__main__":
    sys.exit(main())
