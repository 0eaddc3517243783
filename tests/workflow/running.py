"""Calling Snakemake on the project in a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
SNAKEMAKE: Final = Path(sys.executable).parent / "snakemake"
SECONDS: Final = 300


def command(directory: Path, *options: str, config: str = "config/config.yaml") -> list[str]:
    """The command line that runs the workflow with ``directory`` as its working directory."""
    return [
        str(SNAKEMAKE),
        "--snakefile", str(ROOT / "Snakefile"),
        "--directory", str(directory),
        "--configfile", str(ROOT / config),
        "--cores", "2",
        *options,
    ]  # fmt: skip


def snakemake(
    directory: Path, *options: str, config: str = "config/config.yaml"
) -> subprocess.CompletedProcess[str]:
    """Run the workflow; its working directory sees the project's test data."""
    link = directory / "test-data"
    if not link.exists():
        link.symlink_to(ROOT / "test-data")
    return subprocess.run(
        command(directory, *options, config=config),
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def says(directory: Path, done: subprocess.CompletedProcess[str]) -> str:
    """What a failed run said: the end of Snakemake's words, and the logs of its jobs."""
    logs = [path.read_text() for path in sorted((directory / "logs").rglob("*.log"))]
    return "\n".join([done.stderr[-1500:], *filter(None, logs)])
