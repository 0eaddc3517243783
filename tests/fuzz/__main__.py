"""Fuzzes every target, or some, for a given processor time in all.

    python -m tests.fuzz                           two minutes, as CI does
    python -m tests.fuzz --cpu-seconds 1440        24 minutes
    python -m tests.fuzz callers sheet             these only

Exits with 1 when something was found, and says where its bytes are.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.fuzz.targets import TARGETS, seeds

IN_CI: Final = 120
"""Seconds of processor time, over all targets."""
QUIET: Final = re.compile("INFO:|WARNING:")
"""Lines of the fuzzer that say nothing of a finding."""


def fuzz(name: str, seconds: float, findings: Path) -> tuple[str, bool]:
    """Run one target; what to say of it, and whether nothing was found."""
    with tempfile.TemporaryDirectory(prefix="nutfusion-seeds-") as folder:
        for number, seed in enumerate(seeds(name)):
            (Path(folder) / f"{number:04}").write_bytes(seed)
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.child", name, str(seconds), folder, str(findings)],
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60 + 20 * seconds,
            check=False,
        )
    last = done.stdout.strip().rsplit("\n", 1)[-1].split()
    if done.returncode == 0 and last[:1] == ["fuzzed"]:
        return f"{name:10} ok     {last[1]:>9} inputs in {last[2]} s", True
    said = [line for line in (done.stdout + done.stderr).split("\n") if not QUIET.match(line)]
    return f"{name:10} FAILED ({done.returncode})\n" + "\n".join(said)[-4000:], False


def main(arguments: list[str]) -> int:
    """Return 0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--cpu-seconds", type=float, default=IN_CI)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    given = parser.parse_args(arguments)
    unknown = [name for name in given.targets if name not in TARGETS]
    if unknown:
        parser.error(f"no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    wanted = given.targets or list(TARGETS)
    given.findings.mkdir(parents=True, exist_ok=True)
    share = given.cpu_seconds / len(wanted)
    with ThreadPoolExecutor(given.jobs) as pool:
        results = list(pool.map(lambda name: fuzz(name, share, given.findings), wanted))
    for text, _ in results:
        print(f"fuzz: {text}")
    if not any(given.findings.iterdir()):
        given.findings.rmdir()
    else:
        print(f"fuzz: the inputs are in {given.findings}")
    return int(not all(good for _, good in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
