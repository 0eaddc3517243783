"""Writing ``benchmarks/RESULTS.md``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.data import ON_TARGET, READ_LENGTH, Dataset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.measure import Summary

ASSESS: Final = "`nutfusion assess --threads 2`"
ZCAT: Final = "`zcat R1 R2`"


@dataclass(frozen=True)
class Measured:
    """Everything that was run on one data set."""

    reads: Dataset
    summaries: Mapping[str, Summary]

    @property
    def igzip(self) -> Summary:
        """Both files decompressed at once."""
        return next(s for name, s in self.summaries.items() if "igzip" in name)


def _table(measured: Measured) -> list[str]:
    zcat = measured.summaries[ZCAT].wall
    igzip = measured.igzip.wall
    lines = [
        "| command | wall, median (s) | min to max | CPU (s) | peak RSS (MiB) | x zcat | x igzip |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {s.wall:.2f} | {s.spread} | {s.cpu:.2f} | {s.peak:.0f} "
        f"| {s.wall / zcat:.2f} | {s.wall / igzip:.2f} |"
        for name, s in measured.summaries.items()
    ]
    return lines


def _slope(small: Measured, large: Measured) -> list[str]:
    million = (large.reads.pairs - small.reads.pairs) / 1e6
    wall = {
        name: (large.summaries[name].wall - small.summaries[name].wall) / million
        for name in small.summaries
    }
    cpu = {
        name: (large.summaries[name].cpu - small.summaries[name].cpu) / million
        for name in small.summaries
    }
    igzip = next(name for name in wall if "igzip" in name)
    lines = [
        "",
        f"## Slope, {small.reads.pairs:,} to {large.reads.pairs:,} pairs",
        "",
        "| command | wall (s/M pairs) | x igzip | CPU (s/M pairs) | x igzip | peak RSS (MiB) |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {wall[name]:.3f} | {wall[name] / wall[igzip]:.2f} "
        f"| {cpu[name]:.3f} | {cpu[name] / cpu[igzip]:.2f} "
        f"| {small.summaries[name].peak:.0f} to {large.summaries[name].peak:.0f} |"
        for name in wall
    ]
    lines += ["", "Aim: wall within 2.5 times igzip; memory under 1024 MiB and flat."]
    return lines


def _verdict(measured: Measured) -> list[str]:
    if ASSESS not in measured.summaries:
        return ["", "`nutfusion assess` was left out of this run."]
    ours, zcat = measured.summaries[ASSESS], measured.summaries[ZCAT]
    word = "holds" if ours.wall <= zcat.wall else "does not hold"
    return [
        "",
        (
            "Requirement: `assess` on two threads takes no longer than `zcat R1 R2 > /dev/null`: "
            f"**{word}** ({ours.wall:.2f} s and {zcat.wall:.2f} s, "
            f"ratio {ours.wall / zcat.wall:.2f}); peak memory {ours.peak:.0f} MiB."
        ),
    ]


def write_results(
    path: Path,
    measured: Sequence[Measured],
    startup: Measured | None,
    machine: Mapping[str, str],
) -> str:
    """Write the results page and return its text."""
    first = measured[0].reads
    facts = "; ".join(f"{name} {value}" for name, value in machine.items())
    lines = [
        "# Speed",
        "",
        (
            "Written by `python -m benchmarks.speed`; do not edit. All commands of one table ran "
            "in turn in one run; the files were in the page cache."
        ),
        "",
        f"Machine: {facts}.",
        "",
        (
            f"Reads: {READ_LENGTH} nt pairs, gzip -6 in one stream, {first.qualities} qualities, "
            f"{100 * ON_TARGET:.1f} % of pairs on target, background cut from {first.background}."
        ),
    ]
    for one in measured:
        lines += ["", f"## {one.reads.pairs:,} pairs ({one.reads.megabytes:.0f} MB)", ""]
        lines += _table(one) + _verdict(one)
    if len(measured) > 1:
        lines += _slope(measured[0], measured[1])
    if startup is not None:
        lines += ["", f"## Start-up ({startup.reads.pairs:,} pairs)", "", *_table(startup)]
    text = "\n".join(lines) + "\n"
    path.write_text(text)
    return text
