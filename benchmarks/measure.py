"""Running commands and measuring them."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nutfusion.validation.measured import Run, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Summary:
    """Several runs of one command."""

    runs: tuple[Run, ...]

    @property
    def wall(self) -> float:
        """Median (s)."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """Median (s)."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        """Largest (MiB)."""
        return max(run.peak for run in self.runs)

    @property
    def spread(self) -> str:
        """Fastest and slowest run."""
        walls = [run.wall for run in self.runs]
        return f"{min(walls):.2f} to {max(walls):.2f}"


def interleaved(commands: Mapping[str, Sequence[str]], repeats: int) -> dict[str, Summary]:
    """Run every command ``repeats`` times, in turn, so that a slow minute hits all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    names = list(commands)
    for repeat in range(repeats):
        shift = repeat % len(names)
        for name in names[shift:] + names[:shift]:
            runs[name].append(run(commands[name]))
    return {name: Summary(tuple(found)) for name, found in runs.items()}


def machine() -> dict[str, str]:
    """What the figures depend on; no host name, no path."""
    cpu = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0].split(":", 1)[1].strip() if models else cpu
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    gzip_version = subprocess.run(
        ["gzip", "--version"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[0]
    return {
        "processor": cpu,
        "cores": str(len(os.sched_getaffinity(0))),
        "load before the run": f"{os.getloadavg()[0]:.1f}",
        "memory": f"{pages / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "zcat": gzip_version,
    }
