"""What is measured on one pair of FASTQ files: the limits, nutfusion, and its peers."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.speed.data import Dataset

ZCAT: Final = "`zcat R1 R2`"


def assess_name(threads: int) -> str:
    """What ``assess`` is called in the report."""
    return f"`nutfusion assess --threads {threads}`"


def igzip() -> tuple[str, list[str]]:
    """The fastest plain decompressor there is, and what to call it in the report."""
    if shutil.which("igzip"):
        return "two `igzip -dc` at once", ["igzip", "-dc"]
    return "two `python -m isal.igzip -dc` at once", [sys.executable, "-m", "isal.igzip", "-dc"]


def limits(reads: Dataset) -> dict[str, list[str]]:
    """What it takes to decompress the files and throw the result away."""
    name, program = igzip()
    first, second = (" ".join([*program, str(path)]) for path in (reads.fastq_1, reads.fastq_2))
    return {
        ZCAT: ["zcat", str(reads.fastq_1), str(reads.fastq_2)],
        name: ["sh", "-c", f"{first} >/dev/null & {second} >/dev/null; wait"],
    }


def assess(reads: Dataset, threads: Sequence[int], outdir: Path) -> dict[str, list[str]]:
    """The whole line on one sample, reads to dossier."""
    program = Path(sys.executable).with_name("nutfusion")
    return {
        assess_name(count): [
            str(program), "assess", "--sample", "BENCH", "--outdir", str(outdir / str(count)),
            "--threads", str(count), "--fastq", str(reads.fastq_1), str(reads.fastq_2),
        ]
        for count in threads
    }  # fmt: skip
