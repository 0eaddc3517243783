"""Writing ``benchmarks/speed/RESULTS.md``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.speed.commands import ZCAT, assess_name
from benchmarks.speed.data import ON_TARGET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.measure import Summary
    from benchmarks.speed.data import Dataset

ASSESS: Final = assess_name(2)
MOST_OF_ZCAT: Final = 0.7
"""Times that of ``zcat R1 R2`` which ``assess`` on two threads may take for two million pairs."""
MOST_OF_IGZIP: Final = 2.5
"""Times the slope of two ``igzip -dc`` at once that its own may have."""
MOST_MEMORY: Final = 512
"""MiB."""
MOST_START: Final = 1.5
"""s of a whole run on ten thousand pairs, which is more than the start alone."""


@dataclass(frozen=True)
class Measured:
    """Everything that was run on one data set."""

    reads: Dataset
    summaries: Mapping[str, Summary]

    @property
    def igzip(self) -> Summary:
        """Both files decompressed at once."""
        return next(s for name, s in self.summaries.items() if "igzip" in name)


@dataclass(frozen=True)
class Results:
    """A run of the benchmark.

    Attributes:
        first: The set of the first table.
        larger: More pairs of the same kind; ``None``: not measured.
        by_length: The same number of pairs with other read lengths.
        startup: Few pairs.
        absent: Peers that were not measured, and why.
        machine: What the figures depend on.
        read_length: nt of ``first``.
    """

    first: Measured
    larger: Measured | None
    by_length: tuple[Measured, ...]
    startup: Measured
    absent: Mapping[str, str]
    machine: Mapping[str, str]
    read_length: int


def _table(measured: Measured) -> list[str]:
    zcat, igzip = measured.summaries[ZCAT].wall, measured.igzip.wall
    return [
        "| command | wall, median (s) | min to max | CPU (s) | peak RSS (MiB) | x zcat | x igzip |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {name} | {s.wall:.2f} | {s.spread} | {s.cpu:.2f} | {s.peak:.0f} "
            f"| {s.wall / zcat:.2f} | {s.wall / igzip:.2f} |"
            for name, s in measured.summaries.items()
        ),
    ]


def _answer(what: str, found: float, most: float, unit: str = "") -> str:
    word = "met" if found <= most else "**not met**"
    return f"* {what}: {found:.2f}{unit}, at most {most:g}{unit}: {word}."


def _slopes(small: Measured, large: Measured) -> tuple[dict[str, float], dict[str, float]]:
    """Seconds of wall and of processor per million pairs, by command."""
    million = (large.reads.pairs - small.reads.pairs) / 1e6
    both = [name for name in small.summaries if name in large.summaries]
    old, new = small.summaries, large.summaries
    wall = {name: (new[name].wall - old[name].wall) / million for name in both}
    cpu = {name: (new[name].cpu - old[name].cpu) / million for name in both}
    return wall, cpu


def _of_igzip(figures: Mapping[str, float], name: str) -> float:
    return figures[name] / next(value for key, value in figures.items() if "igzip" in key)


def _slope(small: Measured, large: Measured) -> list[str]:
    wall, cpu = _slopes(small, large)
    return [
        "",
        f"## Slope, {small.reads.pairs:,} to {large.reads.pairs:,} pairs",
        "",
        "| command | wall (s/M pairs) | x igzip | CPU (s/M pairs) | x igzip | peak RSS (MiB) |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {name} | {wall[name]:.3f} | {_of_igzip(wall, name):.2f} "
            f"| {cpu[name]:.3f} | {_of_igzip(cpu, name):.2f} "
            f"| {small.summaries[name].peak:.0f} to {large.summaries[name].peak:.0f} |"
            for name in wall
        ),
    ]


def _lengths(results: Results) -> list[str]:
    sets = sorted((results.first, *results.by_length), key=lambda one: one.reads.read_length)
    return [
        "",
        f"## Read length, {results.first.reads.pairs:,} pairs",
        "",
        "| reads | MB | `assess`, 2 threads (s) | CPU (s) | peak RSS (MiB) | x zcat | x igzip |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {one.reads.read_length} nt | {one.reads.megabytes:.0f} | {ours.wall:.2f} "
            f"| {ours.cpu:.2f} | {ours.peak:.0f} | {ours.wall / one.summaries[ZCAT].wall:.2f} "
            f"| {ours.wall / one.igzip.wall:.2f} |"
            for one in sets
            for ours in (one.summaries[ASSESS],)
        ),
    ]


def _requirements(results: Results) -> list[str]:
    first = results.first
    ours = first.summaries[ASSESS]
    sets = [
        first,
        results.startup,
        *results.by_length,
        *([results.larger] if results.larger else []),
    ]
    peak = max(one.summaries[ASSESS].peak for one in sets)
    zcat = ours.wall / first.summaries[ZCAT].wall
    start = results.startup.summaries[ASSESS].wall
    lines = [
        "",
        "## Requirements",
        "",
        _answer("`assess` on two threads, times `zcat R1 R2`", zcat, MOST_OF_ZCAT),
        _answer(f"A whole run on {results.startup.reads.pairs:,} pairs", start, MOST_START, " s"),
        _answer("Peak memory, all sets", peak, MOST_MEMORY, " MiB"),
    ]
    if results.larger is not None:
        wall, _ = _slopes(first, results.larger)
        slope = _of_igzip(wall, ASSESS)
        lines.insert(4, _answer("Slope, times two `igzip -dc` at once", slope, MOST_OF_IGZIP))
    return lines


def _absent(absent: Mapping[str, str]) -> list[str]:
    if not absent:
        return []
    return ["", f"Not measured: {'; '.join(f'{name} ({why})' for name, why in absent.items())}."]


def _reads_of(results: Results) -> str:
    first = results.first.reads
    return (
        f"Reads: {results.read_length} nt pairs, gzip -6 in one stream, {first.qualities} "
        f"qualities, {100 * ON_TARGET:.1f} % of pairs on target, background cut from "
        f"{first.background}."
    )


def write_results(path: Path, results: Results) -> str:
    """Write the results page and return its text."""
    first = results.first.reads
    facts = "; ".join(f"{name} {value}" for name, value in results.machine.items())
    lines: Sequence[str] = [
        "# Speed",
        "",
        "Written by `python -m benchmarks.speed`; do not edit. All commands of one table ran in",
        "turn in one run; the files were in the page cache. Other programs align to a made-up",
        "genome of what the reads were cut from, on two threads, without making their index.",
        "",
        f"Machine: {facts}.",
        "",
        _reads_of(results),
        *_requirements(results),
        "",
        f"## {first.pairs:,} pairs ({first.megabytes:.0f} MB)",
        "",
        *_table(results.first),
        *_absent(results.absent),
    ]
    if results.larger is not None:
        large = results.larger
        lines = [
            *lines,
            "",
            f"## {large.reads.pairs:,} pairs ({large.reads.megabytes:.0f} MB)",
            "",
            *_table(large),
            *_slope(results.first, large),
        ]
    if results.by_length:
        lines = [*lines, *_lengths(results)]
    title = f"## Start-up ({results.startup.reads.pairs:,} pairs)"
    lines = [*lines, "", title, "", *_table(results.startup)]
    text = "\n".join(lines) + "\n"
    path.write_text(text, encoding="utf-8")
    return text
