"""What one sample costs, stage by stage: ``python -m benchmarks.scale``.

Every stage of the workflow as a process of its own, and ``assess``, which does them all in one, on
a packaged sample and on a larger simulated one; and the packaged samples through Snakemake, whose
own cost is what is left. Written to ``RESULTS-scale.md``; what is asked of a cluster
(``resources:`` in ``workflow/rules``) is held against it, and a broken promise ends with 1.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.data import dataset
from benchmarks.measure import machine
from nutfusion.validation.measured import Run, run

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT: Final = Path(__file__).resolve().parents[1]
RESULTS: Final = Path(__file__).with_name("RESULTS-scale.md")
_RULE: Final = re.compile(r"^ *rule (\w+):\n(.*?)(?=^ *rule |\Z)", re.MULTILINE | re.DOTALL)
PAIRS: Final = 10_000_000
READS: Final = ROOT / "test-data" / "reads"
HEAD: Final = (
    "| command | packaged: wall (s) | CPU (s) | peak RSS (MiB)"
    " | large: wall (s) | CPU (s) | peak RSS (MiB) | asked (MB) |"
)


def main() -> int:
    """Measure, write the page."""
    facts = machine()
    large = dataset(PAIRS)
    with tempfile.TemporaryDirectory() as scratch:
        small = stages(Path(scratch) / "small", _pair("negative"))
        big = stages(Path(scratch) / "big", (large.fastq_1, large.fastq_2))
        through = run(_snakemake(Path(scratch) / "run"), ROOT)
        # a cluster's job holds Snakemake three times: as it was sent, on the node, and for the step
        above = 3 * run(_snakemake(Path(scratch) / "plan", "--dry-run"), ROOT).peak
        sizes = {name: _bytes(Path(scratch) / name) for name in ("small", "big")}
    alone = sum(one.cpu for name, one in small.items() if name != "assess")
    asked = resources()
    peaks = {name: max(small[name].peak, big[name].peak) for name in asked if name in small}
    today = dt.datetime.now(dt.UTC).date().isoformat()
    holds = all((peaks[name] + above) * 1.048576 < asked[name] for name in peaks)
    rows = "\n".join(
        f"| `{name}` | {small[name].wall:.2f} | {small[name].cpu:.2f} | {small[name].peak:.0f} "
        f"| {one.wall:.2f} | {one.cpu:.2f} | {one.peak:.0f} | {asked.get(name, '')} |"
        for name, one in big.items()
    )
    RESULTS.write_text(
        f"""# What a sample costs

Written by `python -m benchmarks.scale` on {today}; do not edit. Each row is one process on one
thread, from its start to its end.

Machine: {"; ".join(f"{name} {value}" for name, value in facts.items() if name != "zcat")}.

A packaged sample (`negative`), and a simulated one of {PAIRS:,} pairs of 100 nt
({large.megabytes:.0f} MB of gzip, background cut from {large.background}):

{HEAD}
|---|---:|---:|---:|---:|---:|---:|---:|
{rows}

Written for a sample, all stages: {sizes["small"] / 1e3:.0f} kB (packaged),
{sizes["big"] / 1e3:.0f} kB (large).

Nine packaged samples through Snakemake here, two jobs at once: {through.wall:.0f} s on the wall,
{through.cpu:.0f} s of CPU, {through.cpu / 9:.1f} s a sample; the five stages of one alone take
{alone:.1f} s.

Requirement: no stage and the three Snakemakes above it on a cluster ({above:.0f} MiB) need more
memory than its rule asks for:
**{"holds" if holds else "does not hold"}**.
""",
        "utf-8",
    )
    return 0 if holds else 1


def stages(folder: Path, reads: tuple[Path, Path]) -> dict[str, Run]:
    """Every stage of one sample, by the name of its rule, and ``assess``."""
    folder.mkdir()
    at = {
        name: folder / f"{name}.{ending}"
        for name, ending in (
            ("evidence", "parquet"),
            ("calls", "parquet"),
            ("annotated", "parquet"),
            ("scored", "json"),
        )
    }
    fastq = ("--fastq", *reads)
    whole = folder.parent / f"{folder.name}-assessed"
    commands: Mapping[str, tuple[object, ...]] = {
        "evidence": ("evidence", "--sample", "S", *fastq, "--out", at["evidence"]),
        "calls": ("calls", "--evidence", at["evidence"], "--out", at["calls"]),
        "annotation": ("annotate", "--calls", at["calls"], "--out", at["annotated"]),
        "scoring": ("score", "--annotated", at["annotated"], "--out", at["scored"]),
        "dossier": ("dossier", "--scored", at["scored"], "--outdir", folder / "S"),
        "assess": ("assess", "--sample", "S", "--outdir", whole, *fastq),
    }
    command = [sys.executable, "-m", "nutfusion"]
    return {name: run([*command, *map(str, rest)]) for name, rest in commands.items()}


def resources() -> dict[str, int]:
    """What each rule asks for, MB."""
    found: dict[str, int] = {}
    for path in sorted((ROOT / "workflow" / "rules").glob("*.smk")):
        for name, body in re.findall(
            r"^ *rule (\w+):\n(.*?)(?=^ *rule |\Z)",
            path.read_text("utf-8"),
            re.MULTILINE | re.DOTALL,
        ):
            asked = re.search(r"mem_mb=(\d+)", body)
            if asked is not None:
                found[name] = int(asked[1])
    return found


def _pair(sample: str) -> tuple[Path, Path]:
    return READS / f"{sample}_L001_R1.fastq.gz", READS / f"{sample}_L001_R2.fastq.gz"


def _snakemake(folder: Path, *options: str) -> list[str]:
    folder.mkdir()
    (folder / "test-data").symlink_to(ROOT / "test-data")
    command = [str(Path(sys.executable).parent / "snakemake"), "--cores", "2", "--quiet", "all"]
    command += ["--snakefile", str(ROOT / "Snakefile"), "--directory", str(folder)]
    return [*command, "--configfile", str(ROOT / "config" / "config.yaml"), *options]


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    raise SystemExit(main())
