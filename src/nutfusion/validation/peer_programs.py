"""How each program is run, and what it says: joints in places of the transcripts.

Options are those of each program's own documentation for fusions, and stand in
``docs/validation.md``. A made-up genome needs shorter suffix-array settings of STAR.
"""

from __future__ import annotations

import json
import math
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from nutfusion.validation.measured import Run, run

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.validation.peer_genome import PeerGene
    from nutfusion.validation.peers import PeerSample

ADAPTER: Final = "AGATCGGAAGAGC"
"""First bases of the adapters that short inserts are read into."""
MOST_MISMATCHES: Final = 2
"""pizzly's own default (``--align-score``)."""
LONGEST_INSERT: Final = 400
"""pizzly's own default (``--insert-size``)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A joint that a program reports.

    Attributes:
        five: 5' gene.
        five_at: Last base of it in its transcript (1-based); ``None`` inside an intron, or when
            the program does not say.
        three: 3' gene.
        three_at: First base of it; ``None`` as before.
    """

    five: str
    five_at: int | None
    three: str
    three_at: int | None


@dataclass(frozen=True)
class Reference:
    """What the programs align to.

    Attributes:
        genes: Of the made-up genome.
        genome: FASTA.
        transcripts: FASTA.
        annotation: GTF.
        panel: nutfusion's panel directory; ``None``: the starter.
        assay: nutfusion's profile.
        python: Interpreter that nutfusion runs in.
        joints: Catalogued joints of genes with a sequence, for programs that are told what to
            look for.
    """

    genes: tuple[PeerGene, ...]
    genome: Path
    transcripts: Path
    annotation: Path
    panel: Path | None
    assay: str
    python: str
    joints: tuple[Found, ...] = ()

    def contig(self, name: str) -> PeerGene | None:
        """The gene of a contig, or of a transcript."""
        plain = name.removesuffix("T")
        return next((one for one in self.genes if one.contig == plain), None)


def _says(command: list[str]) -> str | None:
    """First line of what a program says of its version."""
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    lines = (answer.stdout or answer.stderr).strip().splitlines()
    return lines[0] if lines else None


class Nutfusion:
    """``nutfusion assess``, as a user runs it: a process per sample."""

    name: ClassVar[str] = "nutfusion"
    needs: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[tuple[str, ...]] = ()

    def __init__(self, reference: Reference, folder: Path) -> None:
        self.reference = reference
        self.folder = folder

    def version(self) -> str | None:
        """This version."""
        import nutfusion

        return nutfusion.__version__

    def prepare(self) -> None:
        """Nothing: the panel is there."""

    def find(self, sample: PeerSample, folder: Path) -> tuple[list[Run], list[Found]]:
        """The fusions of the dossier; places from the panel's transcripts."""
        from nutfusion.reference import load_panel

        command = [
            self.reference.python, "-m", "nutfusion", "assess", "--sample", "S1", "--threads", "1",
            "--outdir", str(folder / "out"), "--assay", self.reference.assay,
            "--fastq", *map(str, sample.reads),
        ]  # fmt: skip
        if self.reference.panel is not None:
            command += ["--panel", str(self.reference.panel)]
        measured = run(command)
        dossier = json.loads((folder / "out" / "dossier.json").read_text(encoding="utf-8"))
        panel = load_panel(self.reference.panel)

        def place(gene: str, residue: int | None) -> int | None:
            for one in panel.of_gene(gene):
                if residue is not None and one.sequence is not None and one.blocks:
                    return one.transcript_position(residue)
            return None

        found = []
        for fusion in dossier["fusions"]:
            sides = [
                (gene["symbol"] if gene else "unknown", (end or {}).get("position"))
                for gene, end in (
                    (fusion["five_prime_gene"], fusion["junction"]["five_prime"]),
                    (fusion["three_prime_gene"], fusion["junction"]["three_prime"]),
                )
            ]
            (five, left), (three, right) = sides
            found.append(Found(five, place(five, left), three, place(three, right)))
        return [measured], found


class Star:
    """STAR's chimeric junctions: any row counts, one read is enough."""

    name: ClassVar[str] = "STAR (chimeric junctions)"
    needs: ClassVar[tuple[str, ...]] = ("STAR",)
    settings: ClassVar[tuple[str, ...]] = ()

    def __init__(self, reference: Reference, folder: Path) -> None:
        self.reference = reference
        self.index = folder / "index"

    def version(self) -> str | None:
        """As STAR says it."""
        return _says(["STAR", "--version"])

    def prepare(self) -> None:
        """Make the index; not part of the time."""
        self.index.mkdir()
        bases = sum(len(one.bases) for one in self.reference.genes)
        words = max(4, min(14, int(math.log2(bases) / 2 - 1)))
        run(
            [
                "STAR", "--runMode", "genomeGenerate", "--genomeDir", str(self.index),
                "--genomeFastaFiles", str(self.reference.genome),
                "--sjdbGTFfile", str(self.reference.annotation), "--sjdbOverhang", "99",
                "--genomeSAindexNbases", str(words), "--genomeChrBinNbits", "11",
            ],
            self.index.parent,
        )  # fmt: skip

    def align(self, sample: PeerSample, folder: Path) -> Run:
        """Align a sample."""
        return run(
            [
                "STAR", "--genomeDir", str(self.index), "--readFilesIn", *map(str, sample.reads),
                "--outFileNamePrefix", f"{folder}/", "--outSAMtype", "BAM", "Unsorted",
                "--chimSegmentMin", "10", "--chimJunctionOverhangMin", "10",
                "--chimScoreDropMax", "30", "--chimScoreJunctionNonGTAG", "0",
                "--chimScoreSeparation", "1", "--chimOutType", "Junctions",
                "--clip3pAdapterSeq", ADAPTER, ADAPTER, "--clip3pAdapterMMp", "0.1", "0.1",
            ],
            folder,
        )  # fmt: skip

    def find(self, sample: PeerSample, folder: Path) -> tuple[list[Run], list[Found]]:
        """The rows of ``Chimeric.out.junction``: places are the intron's first bases."""
        measured = self.align(sample, folder)
        found = set()
        for line in (folder / "Chimeric.out.junction").read_text().splitlines():
            cells = line.split("\t")
            if len(cells) > 7 and cells[1].isdecimal():
                joint = self._joint(cells)
                if joint is not None:
                    found.add(joint)
        return [measured], sorted(found, key=str)

    def _joint(self, cells: list[str]) -> Found | None:
        one, other = self.reference.contig(cells[0]), self.reference.contig(cells[3])
        if one is None or other is None or cells[2] != cells[5]:
            return None
        first, second = int(cells[1]), int(cells[4])
        if cells[2] == "-":
            one, other, first, second = other, one, second, first
        exact = cells[6] != "-1"
        return Found(
            one.gene,
            one.transcript_place(first - 1) if exact else None,
            other.gene,
            other.transcript_place(second + 1) if exact else None,
        )


class Arriba(Star):
    """Arriba on STAR's alignments, without a blacklist: there is none for a made-up genome."""

    name: ClassVar[str] = "Arriba"
    needs: ClassVar[tuple[str, ...]] = ("STAR", "arriba")
    settings: ClassVar[tuple[str, ...]] = ()

    def version(self) -> str | None:
        """As Arriba's help says it."""
        answer = subprocess.run(["arriba", "-h"], capture_output=True, text=True, check=False)  # noqa: S607
        lines = [line for line in answer.stdout.splitlines() if line.startswith("Version")]
        return lines[0].partition(":")[2].strip() if lines else None

    def align(self, sample: PeerSample, folder: Path) -> Run:
        """STAR as Arriba's documentation asks for it."""
        return run(
            [
                "STAR", "--genomeDir", str(self.index), "--readFilesIn", *map(str, sample.reads),
                "--outFileNamePrefix", f"{folder}/", "--outSAMtype", "BAM", "Unsorted",
                "--outSAMunmapped", "Within", "--outFilterMultimapNmax", "50",
                "--peOverlapNbasesMin", "10", "--alignSplicedMateMapLminOverLmate", "0.5",
                "--alignSJstitchMismatchNmax", "5", "-1", "5", "5", "--chimSegmentMin", "10",
                "--chimOutType", "WithinBAM", "HardClip", "--chimJunctionOverhangMin", "10",
                "--chimScoreDropMax", "30", "--chimScoreJunctionNonGTAG", "0",
                "--chimScoreSeparation", "1", "--chimSegmentReadGapMax", "3",
                "--chimMultimapNmax", "50",
            ],
            folder,
        )  # fmt: skip

    def find(self, sample: PeerSample, folder: Path) -> tuple[list[Run], list[Found]]:
        """The rows of ``fusions.tsv``."""
        aligned = self.align(sample, folder)
        called = run(
            [
                "arriba", "-x", "Aligned.out.bam", "-g", str(self.reference.annotation),
                "-a", str(self.reference.genome), "-o", "fusions.tsv", "-f", "blacklist",
            ],
            folder,
        )  # fmt: skip
        lines = (folder / "fusions.tsv").read_text().splitlines()
        header = lines[0].removeprefix("#").split("\t")
        found = []
        for line in lines[1:]:
            row = dict(zip(header, line.split("\t"), strict=False))
            sides = [row[f"breakpoint{n}"].rpartition(":") for n in (1, 2)]
            genes = [self.reference.contig(contig) for contig, _, _ in sides]
            one, other = genes
            if one is not None and other is not None:
                places = [int(position) for _, _, position in sides]
                found.append(
                    Found(
                        one.gene,
                        one.transcript_place(places[0]),
                        other.gene,
                        other.transcript_place(places[1]),
                    )
                )
        return [aligned, called], found


class Pizzly:
    """kallisto's pseudo-alignments and pizzly."""

    name: ClassVar[str] = "pizzly (with kallisto)"
    needs: ClassVar[tuple[str, ...]] = ("kallisto", "pizzly")
    settings: ClassVar[tuple[str, ...]] = ()

    def __init__(self, reference: Reference, folder: Path) -> None:
        self.reference = reference
        self.folder = folder

    def version(self) -> str | None:
        """kallisto's; pizzly does not say its own."""
        return _says(["kallisto", "version"])

    def prepare(self) -> None:
        """Make the index; not part of the time."""
        index = str(self.folder / "index")
        run(["kallisto", "index", "-i", index, str(self.reference.transcripts)])

    def find(self, sample: PeerSample, folder: Path) -> tuple[list[Run], list[Found]]:
        """Gene pairs of pizzly's JSON, with the places of its transcripts (0-based ends)."""
        first = run(
            [
                "kallisto", "quant", "-i", str(self.folder / "index"), "--fusion",
                "-o", str(folder / "kallisto"), *map(str, sample.reads),
            ]
        )  # fmt: skip
        second = run(
            [
                "pizzly", "--version-check", "0", "-k", "31",
                "--gtf", str(self.reference.annotation),
                "--align-score", str(MOST_MISMATCHES), "--insert-size", str(LONGEST_INSERT),
                "--fasta", str(self.reference.transcripts), "--output", str(folder / "pizzly"),
                str(folder / "kallisto" / "fusion.txt"),
            ]
        )  # fmt: skip
        path = folder / "pizzly.json"
        genes = json.loads(path.read_text())["genes"] if path.is_file() else []
        found = []
        for pair in genes:
            for one in pair["transcripts"]:
                sides = [one["transcriptA"], one["transcriptB"]]
                places = [self.reference.contig(side["id"]) for side in sides]
                if places[0] is not None and places[1] is not None:
                    found.append(
                        Found(
                            places[0].gene,
                            int(sides[0]["endPos"]),
                            places[1].gene,
                            int(sides[1]["startPos"]) + 1,
                        )
                    )
        return [first, second], found
