"""Programs that look for the fusions of a file of their own, which is made from the catalogue.

Sources: stjude/fuzzion2@a75f877, README and src/cpp/fuzzion2.cpp; OpenGene/GeneFuse@aa281c0,
README, src/gene.cpp and src/jsonreporter.cpp. Neither was at hand when these runners were written:
they are tested on stand-ins that answer as the sources say.
"""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, ClassVar, Final

from nutfusion.model.panel import NUTM1
from nutfusion.validation.measured import Run, run
from nutfusion.validation.peer_programs import Found

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.validation.peer_genome import PeerGene
    from nutfusion.validation.peer_programs import Reference
    from nutfusion.validation.peers import PeerSample

RANKS: Final = "NUTFUSION_FUZZION2_RANK"
"""Environment variable: fuzzion2's k-mer rank table, gigabytes that a user has fetched or made."""
FLANK: Final = 450
"""nt of a pattern on either side of the joint: 400 to 500 are recommended (README)."""


class Fuzzion2:
    """fuzzion2 with a pattern of every catalogued joint; a hit over the joint counts."""

    name: ClassVar[str] = "fuzzion2"
    needs: ClassVar[tuple[str, ...]] = ("fuzzion2",)
    settings: ClassVar[tuple[str, ...]] = (RANKS,)

    def __init__(self, reference: Reference, folder: Path) -> None:
        self.reference = reference
        self.patterns = folder / "patterns.txt"
        self._joints: dict[str, Found] = {}

    def version(self) -> str | None:
        """First words of its usage text, which is all that it says without arguments."""
        answer = subprocess.run(["fuzzion2"], capture_output=True, text=True, check=False)  # noqa: S607
        return answer.stderr.partition(",")[0].strip() or None

    def prepare(self) -> None:
        """Write the patterns: bases up to the joint, two brackets, bases from it on."""
        sequences = {one.gene: one.sequence for one in self.reference.genes}
        lines = ["pattern\tsequence"]
        for number, joint in enumerate(self.reference.joints, start=1):
            if joint.five_at is None or joint.three_at is None:
                continue
            name = f"{joint.five}-{joint.three}-{number:02}"
            left = sequences[joint.five][max(0, joint.five_at - FLANK) : joint.five_at]
            right = sequences[joint.three][joint.three_at - 1 : joint.three_at - 1 + FLANK]
            lines.append(f"{name}\t{left}][{right}")
            self._joints[name] = joint
        self.patterns.write_text("\n".join(lines) + "\n", encoding="ascii")

    def find(self, sample: PeerSample, folder: Path) -> tuple[list[Run], list[Found]]:
        """Joints of the patterns that a read pair matches with a read over the joint."""
        hits = folder / "hits.txt"
        one, other = sample.reads
        measured = run(
            [
                "sh", "-c", 'exec fuzzion2 "$@" > "$0"', str(hits), f"-pattern={self.patterns}",
                f"-rank={os.environ[RANKS]}", f"-fastq1={one}", f"-fastq2={other}", "-threads=1",
            ]
        )  # fmt: skip
        return [measured], self.joints_of(hits.read_text(encoding="utf-8"))

    def joints_of(self, hits: str) -> list[Found]:
        """Joints in fuzzion2's output; ``junction spanning`` is the sixth column of a pattern."""
        names = []
        for line in hits.splitlines():
            word, _, rest = line.partition(" ")
            cells = rest.split("\t")
            if word == "pattern" and len(cells) > 5 and int(cells[5]) > 0:
                names.append(cells[0])
        return [self._joints[name] for name in dict.fromkeys(names)]


class GeneFuse:
    """GeneFuse with the exons of every catalogued partner and of NUTM1.

    It is made for reads of DNA and maps both parts of a read to the genome.
    """

    name: ClassVar[str] = "GeneFuse"
    needs: ClassVar[tuple[str, ...]] = ("genefuse",)
    settings: ClassVar[tuple[str, ...]] = ()

    def __init__(self, reference: Reference, folder: Path) -> None:
        self.reference = reference
        self.targets = folder / "targets.csv"
        self._version: str | None = None

    def version(self) -> str | None:
        """As its JSON says it; ``None`` before a run."""
        return self._version

    def prepare(self) -> None:
        """Write the genes with their exons, 1-based, in the coordinates of the made-up genome."""
        wanted = dict.fromkeys([*(joint.five for joint in self.reference.joints), NUTM1])
        blocks = [_target(one) for one in self.reference.genes if one.gene in wanted]
        self.targets.write_text("\n".join(blocks), encoding="ascii")

    def find(self, sample: PeerSample, folder: Path) -> tuple[list[Run], list[Found]]:
        """The fusions of its JSON."""
        report = folder / "genefuse.json"
        one, other = sample.reads
        measured = run(
            [
                "genefuse", "-r", str(self.reference.genome), "-f", str(self.targets),
                "-1", str(one), "-2", str(other), "-t", "1",
                "-h", str(folder / "genefuse.html"), "-j", str(report),
            ]
        )  # fmt: skip
        return [measured], self.joints_of(report.read_text(encoding="utf-8"))

    def joints_of(self, report: str) -> list[Found]:
        """Joints in GeneFuse's JSON: its positions are 0-based places on the contig."""
        document = json.loads(report)
        self._version = document["version"]
        found = []
        for fusion in document["fusions"].values():
            left, right = (self._side(fusion[side]) for side in ("left", "right"))
            if left is not None and right is not None:
                found.append(Found(*left, *right))
        return found

    def _side(self, side: dict[str, str | int]) -> tuple[str, int | None] | None:
        gene = self.reference.contig(str(side["gene_chr"]))
        if gene is None:
            return None
        return gene.gene, gene.transcript_place(abs(int(side["position"])) + 1)


def _target(gene: PeerGene) -> str:
    """A gene of GeneFuse's CSV; a gene that starts at 0 is none to it."""
    rows = [f">{gene.gene}_{gene.contig}T,{gene.contig}:1-{len(gene.bases)}"]
    rows += [f"{number},{a + 1},{b}" for number, (a, b) in enumerate(gene.exons, start=1)]
    return "\n".join(rows) + "\n"
