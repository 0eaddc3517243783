"""Runs the gate; see the package's docstring."""

from __future__ import annotations

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.mutation.defects import DEFECTS
from tests.mutation.planting import (
    Defect,
    copy_sources,
    plant,
    problem,
    run_tests,
)


def verdict(defect: Defect) -> str | None:
    """Plant one defect and run its tests; ``None`` when they notice it."""
    with tempfile.TemporaryDirectory(prefix="nutfusion-mutant-") as folder:
        copy_sources(Path(folder))
        plant(defect, Path(folder))
        done = run_tests(defect.tests, Path(folder))
    if done.returncode == pytest.ExitCode.TESTS_FAILED:
        return None
    if done.returncode == pytest.ExitCode.OK:
        return f"not noticed by {', '.join(defect.tests)}"
    return f"pytest could not run:\n{done.stdout[-2000:]}{done.stderr[-1000:]}"


def unharmed(defects: list[Defect]) -> str | None:
    """Run all the tests on an unchanged copy; ``None`` when they are green."""
    with tempfile.TemporaryDirectory(prefix="nutfusion-original-") as folder:
        copy_sources(Path(folder))
        tests = list(dict.fromkeys(test for defect in defects for test in defect.tests))
        done = run_tests(tests, Path(folder))
    if done.returncode != pytest.ExitCode.OK:
        return f"the tests are red without any defect:\n{done.stdout[-3000:]}"
    return None


def main(names: list[str]) -> int:
    """Return 0 when every wanted defect is noticed."""
    known = {defect.name: defect for defect in DEFECTS}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"mutation: no defect {unknown[0]!r}; there are {', '.join(known)}")
        return 2
    wanted = [known[name] for name in names] or list(DEFECTS)
    moved = [f"{defect.name}: {fault}" for defect in wanted if (fault := problem(defect))]
    if moved:
        print("mutation: cannot be planted; move the defect to where the line went:")
        print("\n".join(moved))
        return 1
    started = time.monotonic()
    red = unharmed(wanted)
    if red is not None:
        print(f"mutation: {red}")
        return 1
    missed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for defect, fault in zip(wanted, pool.map(verdict, wanted), strict=True):
            missed += fault is not None
            print(f"{'noticed' if fault is None else 'MISSED':8} {defect.name}", flush=True)
            if fault is not None:
                print(f"         {defect.wrong} {fault}")
    spent = time.monotonic() - started
    print(f"mutation: {len(wanted) - missed} of {len(wanted)} defects noticed in {spent:.0f} s")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
