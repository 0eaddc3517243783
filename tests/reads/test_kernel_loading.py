"""Kept compiled code is loaded with little of numba, and is the code that was kept."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LOOPS = """
import numpy as np
from numba import njit

@njit(nogil=True, cache=True)
def runs(bases):
    starts = np.empty(len(bases), np.int64)
    count = 0
    for i in range(len(bases)):
        if i == 0 or bases[i] != bases[i - 1]:
            starts[count] = i
            count += 1
    return starts[:count].copy()

@njit(nogil=True, cache=True)
def longest(bases):
    starts = runs(bases)
    found = len(bases) - starts[-1]
    for i in range(1, len(starts)):
        found = max(found, starts[i] - starts[i - 1])
    return found
"""

USE = """
import sys
import nutfusion.reads.kernels
import numpy as np, loops
bases = np.frombuffer(b"ACCCGTTAAAAG", np.uint8)
print(loops.runs(bases).tolist(), int(loops.longest(bases)))
hits = [sum(f.stats.cache_hits.values()) for f in (loops.runs, loops.longest)]
print(hits, "numba.typed.typeddict" in sys.modules)
"""

ANSWER = "[0, 1, 4, 5, 7, 11] 4"


def _run(folder: Path) -> list[str]:
    cache = {"NUMBA_CACHE_DIR": str(folder / "kept"), "PYTHONDONTWRITEBYTECODE": "1"}
    found = [str(folder), *sys.path]
    done = subprocess.run(
        [sys.executable, "-c", USE],
        env={**os.environ, **cache, "PYTHONPATH": os.pathsep.join(found)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_what_is_kept_needs_no_compiler_and_what_is_not_gets_one(tmp_path: Path) -> None:
    module = tmp_path / "loops.py"
    module.write_text(LOOPS)
    # nothing is kept yet: numba loads all that it has and compiles
    assert _run(tmp_path) == [ANSWER, "[0, 0] True"]
    # both are kept: numba's own types of dictionaries are not even loaded
    assert _run(tmp_path) == [ANSWER, "[1, 1] False"]
    # one of two was lost: it is compiled in a process that has loaded the other already
    (lost,) = (tmp_path / "kept").rglob("*longest*.nbi")
    lost.unlink()
    assert _run(tmp_path) == [ANSWER, "[1, 0] True"]
