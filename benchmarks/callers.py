"""Time to read every caller's output of one sample: ``python -m benchmarks.callers``.

One sample has one file of every format (the tests' own rows, padded with rows of other genes to
``ROWS`` where the format is a table). Measured as whole processes beside an empty Python and beside
importing the package, in turn, and written to ``RESULTS-callers.md``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measure import machine
from nutfusion.callers import CallerResult, read_caller_file
from nutfusion.errors import CallerFormatError
from nutfusion.reference import load_panel

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel

ROOT: Final = Path(__file__).resolve().parents[1]
GOLDEN: Final = ROOT / "tests" / "callers" / "golden"
RESULTS: Final = Path(__file__).with_name("RESULTS-callers.md")
ROWS: Final = 1000
REPEATS: Final = 7
LIMIT: Final = 2.0
"""Seconds that reading all callers of one sample may take beside starting Python."""


def padded(text: str) -> str:
    """A table with more rows of another fusion: the row that names neither gene, many times."""
    lines = text.splitlines()
    others = [
        line
        for line in lines[1:]
        if line
        and line[0] not in "#<{["
        and not any(g in line for g in ("BRD4", "NUT", "C15orf55"))
    ]
    return "\n".join([*lines, *(others[:1] * ROWS)]) + "\n"


def sample(folder: Path) -> list[Path]:
    """One file of every format."""
    files: dict[str, Path] = {}
    panel = load_panel()
    for golden in sorted(GOLDEN.iterdir()):
        name = golden.name.split(".", maxsplit=1)[0]
        if name in files:
            continue
        file = folder / golden.name
        alone = read_caller_file(golden, panel)
        if any(note.startswith("several_samples") for note in alone.file.notes):
            continue
        file.write_text(padded(golden.read_text()))
        if not _is_same(file, alone, panel):  # some formats say how many rows there are
            file.write_text(golden.read_text())
        files[name] = file
    return list(files.values())


def _is_same(file: Path, alone: CallerResult, panel: Panel) -> bool:
    """Whether the rows that were added are of other genes, and the file is still its format's."""
    try:
        return read_caller_file(file, panel).file.panel_rows == alone.file.panel_rows
    except CallerFormatError:
        return False


def seconds(command: list[str]) -> float:
    """Wall time of one process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Measure and write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = sample(folder)
        rows = sum(len(file.read_text().splitlines()) for file in files)
        assess = [sys.executable, "-m", "nutfusion", "assess", "--sample", "S1"]
        given = [f"--caller={f.name.split('.', maxsplit=1)[0]}={f}" for f in files]
        commands = {
            "`python -c pass`": [sys.executable, "-c", "pass"],
            "`nutfusion --version`": [sys.executable, "-m", "nutfusion", "--version"],
            f"`assess`, {len(files)} callers' files": [*assess, f"--outdir={folder}/a", *given],
            "`assess`, the same, formats found out": [
                *assess, f"--outdir={folder}/b", *map(str, files),
            ],
        }  # fmt: skip
        times: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(REPEATS):
            for label, command in commands.items():
                times[label].append(seconds(command))
    empty = statistics.median(times["`python -c pass`"])
    lines = [
        "# Callers' outputs",
        "",
        "Written by `python -m benchmarks.callers`; do not edit. Whole processes, in turn.",
        "",
        f"Machine: {'; '.join(f'{key} {value}' for key, value in machine().items())}.",
        "",
        f"{len(files)} files, one of each format, {rows:,} lines in all.",
        "",
        "| command | wall, median (s) | min to max | beside empty Python (s) |",
        "|---|---:|---:|---:|",
    ]
    for label, found in times.items():
        middle = statistics.median(found)
        lines.append(
            f"| {label} | {middle:.2f} | {min(found):.2f} to {max(found):.2f} |"
            f" {middle - empty:.2f} |"
        )
    last = statistics.median(list(times.values())[-1]) - empty
    verdict = "holds" if last < LIMIT else "does not hold"
    lines += ["", f"Requirement: under {LIMIT:g} s more than starting Python: **{verdict}**.", ""]
    RESULTS.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
