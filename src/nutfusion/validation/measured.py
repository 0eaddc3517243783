"""Running a program and measuring it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutfusion.validation import launcher

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAUNCHER: Final = Path(launcher.__file__)


@dataclass(frozen=True)
class Run:
    """One run of one command.

    Attributes:
        wall: s.
        cpu: s, user and system, of the command and all it waited for.
        peak: Largest resident set of any of its processes (MiB).
    """

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str], folder: Path | None = None) -> Run:
    """Run a command to its end, output thrown away.

    Args:
        command: Program and arguments.
        folder: Where it runs; ``None``: here.

    Raises:
        RuntimeError: It did not end with 0.
    """
    launched = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", str(_LAUNCHER), *command],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    found = json.loads(launched.stdout)
    if found["code"] != 0:
        said = launched.stderr.strip().splitlines()
        raise RuntimeError(f"{command[0]} ended with {found['code']}: {' '.join(said[-2:])}")
    return Run(found["wall"], found["cpu"], found["peak"])
