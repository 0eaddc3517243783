"""Other programs on the same files, where they are installed; nothing is said of absent ones.

They align to what the reads were cut from and nothing more: a made-up genome of NUTM1, BRD4 and the
background transcripts (``nutfusion.validation.peer_genome``), a few hundredths of a human one, so
their times are lower than on a genome. Making an index is not part of a time.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from tests.simulation import real_data, transcripts

from nutfusion.reference import load_panel
from nutfusion.validation.materials import Materials
from nutfusion.validation.peer_genome import (
    peer_genes,
    write_annotation,
    write_genome,
    write_transcripts,
)
from nutfusion.validation.peer_targeted import RANKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.speed.data import Dataset

THREADS: Final = "2"
NEEDS: Final = {
    "STAR (chimeric junctions)": ("STAR",),
    "STAR and Arriba": ("STAR", "arriba"),
    "kallisto and pizzly": ("kallisto", "pizzly"),
    "minimap2 (alignment alone)": ("minimap2",),
    "fuzzion2": ("fuzzion2",),
    "GeneFuse": ("genefuse",),
}
"""Programs by the name they have in the report, and the commands that each is made of."""


def absent() -> dict[str, str]:
    """Why a program is not measured, by its name; installed ones are left out."""
    found = {}
    for name, commands in NEEDS.items():
        missing = [command for command in commands if shutil.which(command) is None]
        if missing:
            found[name] = f"{', '.join(missing)} not installed"
        elif name == "fuzzion2" and RANKS not in os.environ:
            found[name] = f"{RANKS} names no rank table"
    return found


class Peers:
    """The installed programs, with their indexes.

    Args:
        folder: Where indexes go; what is there is used again.
        say: Told what is going on.
    """

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.missing = absent()
        self.genome = folder / "genome.fa"
        self.transcripts = folder / "transcripts.fa"
        self.annotation = folder / "annotation.gtf"
        folder.mkdir(parents=True, exist_ok=True)
        done = folder / "done"
        if done.exists() or not real_data.is_available():
            return
        say("making the indexes of other programs")
        panel = load_panel()
        genes = peer_genes(Materials(panel, transcripts.background(), "real", None))
        write_genome(genes, self.genome)
        write_transcripts(genes, self.transcripts)
        write_annotation(genes, self.annotation)
        bases = sum(len(one.bases) for one in genes)
        self._index(bases)
        done.touch()

    def _index(self, bases: int) -> None:
        if "STAR (chimeric junctions)" not in self.missing:
            words = max(4, min(14, int(math.log2(bases) / 2 - 1)))
            self._make(
                "STAR", "--runMode", "genomeGenerate", "--genomeDir", "star",
                "--genomeFastaFiles", self.genome.name, "--sjdbGTFfile", self.annotation.name,
                "--sjdbOverhang", "99", "--genomeSAindexNbases", str(words),
                "--genomeChrBinNbits", "11", "--runThreadN", THREADS,
            )  # fmt: skip
        if "kallisto and pizzly" not in self.missing:
            self._make("kallisto", "index", "-i", "kallisto", self.transcripts.name)

    def _make(self, *command: str) -> None:
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    def commands(self, reads: Dataset, out: Path) -> dict[str, list[str]]:
        """What to run for each installed program; a shell runs those that are two."""
        if not (self.folder / "done").exists():
            return {}
        star = (
            f"STAR --runThreadN {THREADS} --genomeDir {self.folder / 'star'} "
            f"--readFilesIn {reads.fastq_1} {reads.fastq_2} --readFilesCommand zcat "
            f"--outFileNamePrefix {out}/star. --outSAMtype BAM Unsorted --chimSegmentMin 10 "
            "--chimJunctionOverhangMin 10 --chimScoreDropMax 30 --chimScoreJunctionNonGTAG 0 "
            "--chimScoreSeparation 1 "
        )
        arriba = (
            f"arriba -x {out}/star.Aligned.out.bam -g {self.annotation} -a {self.genome} "
            f"-o {out}/arriba.tsv -f blacklist"
        )
        kallisto = (
            f"kallisto quant -t {THREADS} -i {self.folder / 'kallisto'} --fusion "
            f"-o {out}/kallisto {reads.fastq_1} {reads.fastq_2}"
        )
        pizzly = (
            f"pizzly --version-check 0 -k 31 --gtf {self.annotation} --align-score 2 "
            f"--insert-size 400 --fasta {self.transcripts} --output {out}/pizzly "
            f"{out}/kallisto/fusion.txt"
        )
        minimap2 = (
            f"minimap2 -t {THREADS} -ax sr {self.transcripts} {reads.fastq_1} {reads.fastq_2}"
        )
        whole = {
            "STAR (chimeric junctions)": f"{star} --chimOutType Junctions",
            "STAR and Arriba": f"{star} --chimOutType WithinBAM HardClip && {arriba}",
            "kallisto and pizzly": f"{kallisto} && {pizzly}",
            "minimap2 (alignment alone)": f"{minimap2} >/dev/null",
        }
        return {
            name: ["sh", "-c", line] for name, line in whole.items() if name not in self.missing
        }
