"""How long does ``nutfusion assess`` take on an indexed BAM of a million reads?

``python -m benchmarks.alignments`` makes the BAM, measures everything in one interleaved run and
writes ``benchmarks/RESULTS-alignments.md``. See ``--help``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pysam

from benchmarks.measure import interleaved, machine
from nutfusion.model.panel import NUTM1
from nutfusion.reference import load_panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Summary

RESULTS: Final = Path(__file__).resolve().parent / "RESULTS-alignments.md"
CONTIGS: Final = {
    "chr1": 248_956_422,
    "chr2": 242_193_529,
    "chr15": 101_991_189,
    "chr19": 58_617_616,
}
LENGTH: Final = 100
AT_LOCI: Final = 0.02
"""Share of pairs on BRD4 and NUTM1: ten times that of a transcriptome."""
UNMAPPED: Final = 0.05
"""Share of pairs that lie nowhere, those across the joint among them."""
FUSED: Final = 60
"""Pairs across the joint."""
REQUIRED: Final = 2.0
"""Most seconds over starting Python and importing."""


def say(message: str) -> None:
    """Tell the person at the terminal."""
    print(message, file=sys.stderr, flush=True)


def turned(bases: str) -> str:
    """The other strand."""
    return bases[::-1].translate(str.maketrans("ACGT", "TGCA"))


def templates() -> tuple[str, str, str]:
    """BRD4, NUTM1, and BRD4 exon 11 joined to NUTM1 exon 3."""
    panel = load_panel()
    brd4, nutm1 = panel.mane("BRD4"), panel.mane(NUTM1)
    assert brd4 is not None and brd4.sequence and nutm1 is not None and nutm1.sequence  # noqa: PT018
    return brd4.sequence, nutm1.sequence, brd4.sequence[2200:2442] + nutm1.sequence[482:800]


def lines(pairs: int) -> Iterator[str]:
    """SAM lines of a sample."""
    rng = np.random.default_rng(1)
    letters = np.frombuffer(b"ACGT", np.uint8)
    brd4, nutm1, fused = templates()
    quality = "F" * LENGTH
    for number in range(pairs):
        name = f"SIM:1:FC:1:1101:{number // 100_000}:{number}"
        kind = number / pairs
        if number < FUSED:
            start, insert = 242 - 150 + 2 * (number % 60), 180
            text, place = fused[start : start + insert], None
        elif kind < UNMAPPED:
            text, place = letters[rng.integers(0, 4, 200)].tobytes().decode(), None
        elif kind < UNMAPPED + AT_LOCI:
            source, contig, low = (
                (nutm1, "chr15", 34_343_315) if number % 50 == 0 else (brd4, "chr19", 15_240_000)
            )
            start = int(rng.integers(0, len(source) - 200))
            text, place = source[start : start + 200], (contig, low + start)
        else:
            contig = "chr1" if number % 2 else "chr2"
            text = letters[rng.integers(0, 4, 200)].tobytes().decode()
            place = contig, int(rng.integers(1, 200_000_000))
        first, second = text[:LENGTH], turned(text[-LENGTH:])
        if place is None:
            yield f"{name}\t77\t*\t0\t0\t*\t*\t0\t0\t{first}\t{quality}\n"
            yield f"{name}\t141\t*\t0\t0\t*\t*\t0\t0\t{second}\t{quality}\n"
            continue
        contig, at = place
        yield (
            f"{name}\t99\t{contig}\t{at}\t60\t{LENGTH}M\t=\t{at + 100}\t200\t{first}\t{quality}\n"
        )
        yield (
            f"{name}\t147\t{contig}\t{at + 100}\t60\t{LENGTH}M\t=\t{at}\t-200\t{turned(second)}"
            f"\t{quality}\n"
        )


def make(folder: Path, pairs: int) -> Path:
    """The BAM, sorted and indexed."""
    sam, bam = folder / "reads.sam", folder / "reads.bam"
    with sam.open("w") as out:
        out.write("@HD\tVN:1.6\n")
        out.writelines(f"@SQ\tSN:{name}\tLN:{length}\n" for name, length in CONTIGS.items())
        out.writelines(lines(pairs))
    pysam.sort("-o", str(bam), str(sam))
    pysam.index(str(bam))
    sam.unlink()
    return bam


def assess(folder: Path, *reads: str) -> list[str]:
    """The whole line on one sample."""
    program = Path(sys.executable).with_name("nutfusion")
    return [str(program), "assess", "--sample", "BENCH", "--outdir", str(folder / "out"), *reads]


def report(found: dict[str, Summary], records: int, megabytes: float) -> str:
    """The results as a page."""
    start = found["`python -c pass`"]
    indexed = found["`nutfusion assess --bam`, indexed"]
    over = indexed.wall - start.wall
    rows = "\n".join(
        f"| {name} | {s.wall:.2f} | {s.spread} | {s.cpu:.2f} | {s.peak:.0f} |"
        for name, s in found.items()
    )
    facts = "; ".join(f"{key} {value}" for key, value in machine().items())
    verdict = "holds" if over < REQUIRED else "does not hold"
    return (
        "# Alignment files\n\n"
        "Written by `python -m benchmarks.alignments`; do not edit. All commands ran in turn in one"
        " run; the files were in the page cache. The machine was shared with other work: the"
        " fastest run says more than the median.\n\n"
        f"Machine: {facts}.\n\n"
        f"BAM: {records:,} reads of {LENGTH} nt in pairs, {megabytes:.0f} MB; {AT_LOCI:.0%} at the"
        f" loci, {UNMAPPED:.0%} unmapped, {FUSED} pairs across BRD4::NUTM1.\n\n"
        "| command | wall, median (s) | min to max | CPU (s) | peak RSS (MiB) |\n"
        "|---|---:|---:|---:|---:|\n"
        f"{rows}\n\n"
        "Requirement: an indexed BAM of a million reads takes less than"
        f" {REQUIRED:g} s more than starting Python: **{verdict}** ({over:.2f} s).\n"
    )


def main() -> None:
    """Parse the arguments, measure, write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.alignments", description=__doc__)
    parser.add_argument("--reads", type=int, default=1_000_000, help="reads in the BAM")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each command (default 5)")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the results go")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        say(f"making {options.reads:,} reads")
        bam = make(folder, options.reads // 2)
        alone = folder / "alone.bam"
        shutil.copy(bam, alone)
        imports = (
            "import nutfusion.cli, nutfusion.evidence, nutfusion.annotation, nutfusion.scoring,"
            " nutfusion.dossier, nutfusion.eligibility, nutfusion.reads.alignment"
        )
        commands = {
            "`python -c pass`": [sys.executable, "-c", "pass"],
            "`nutfusion` with its imports": [sys.executable, "-c", imports],
            "`nutfusion assess --bam`, indexed": assess(folder, "--bam", str(bam)),
            "`nutfusion assess --bam`, no index": assess(folder, "--bam", str(alone)),
        }
        text = report(
            interleaved(commands, options.repeats),
            options.reads,
            bam.stat().st_size / 1e6,
        )
    options.output.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
