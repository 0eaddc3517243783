"""Runs every check of the project, one after the other, and says at the end which failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = Path(sys.executable).parent

STEPS: Final = {
    "ruff": ["ruff", "check"],
    "format": ["ruff", "format", "--check"],
    "mypy": ["mypy"],
    "imports": ["lint-imports"],
    "snakefmt": ["snakefmt", "--check", "Snakefile", "workflow"],
    "snakelint": ["snakemake", "--lint"],
    "pytest": ["pytest", "-n", "2"],
    "mutation": ["python", "-m", "tests.mutation"],
    "fuzz": ["python", "-m", "tests.fuzz"],
}
"""Name and command of every step; all of them are installed beside this Python."""


def main(wanted: list[str]) -> int:
    """Run the wanted steps, or all; return 1 when one failed."""
    unknown = [name for name in wanted if name not in STEPS]
    if unknown:
        print(f"check: no step {unknown[0]!r}; steps are {', '.join(STEPS)}", file=sys.stderr)
        return 2
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    report = []
    for name in wanted or STEPS:
        print(f"\n== {name}: {' '.join(STEPS[name])}", flush=True)
        started = time.monotonic()
        command = [BIN / STEPS[name][0], *STEPS[name][1:]]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        verdict = "ok" if done.returncode == 0 else f"FAILED ({done.returncode})"
        report.append((name, verdict, time.monotonic() - started))
    print("\n== check")
    for name, verdict, seconds in report:
        print(f"{name:10} {verdict:12} {seconds:6.1f} s")
    return int(any(verdict != "ok" for _, verdict, _ in report))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
