"""A laboratory's folder in which one thing goes wrong."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from click.testing import CliRunner
from tests.reads.alignments import NUTM1_AT, record, records_of
from tests.reads.alignments import write as write_alignment
from tests.reads.builders import fastq, fusion, random_bases, tiled

from nutfusion.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CALLER: Final = (
    "#gene1\tgene2\tstrand1(gene/fusion)\tstrand2(gene/fusion)\tbreakpoint1\tbreakpoint2\tsite1"
    "\tsite2\ttype\tsplit_reads1\tsplit_reads2\tdiscordant_mates\tcoverage1\tcoverage2\tconfidence"
    "\treading_frame\ttags\tretained_protein_domains\tclosest_genomic_breakpoint1"
    "\tclosest_genomic_breakpoint2\tgene_id1\tgene_id2\ttranscript_id1\ttranscript_id2\tdirection1"
    "\tdirection2\tfilters\tfusion_transcript\tpeptide_sequence\tread_identifiers\n"
    "BRD4\tNUTM1\t-/-\t+/+\tchr19:15254152\tchr15:34347969\tCDS/splice-site\tCDS/splice-site"
    "\ttranslocation\t7\t9\t5\t120\t30\thigh\tin-frame\t.\t.\t.\t.\tENSG1\tENSG2\tENST1\tENST2"
    "\tupstream\tdownstream\t.\t.\t.\t.\n"
)
"""Arriba's table with one fusion."""


@dataclass(frozen=True, slots=True)
class Place:
    """One test's folder.

    Attributes:
        root: Where everything is.
    """

    root: Path

    @property
    def out(self) -> Path:
        """Where the dossier is, or goes."""
        return self.root / "S1"

    def file(self, name: str, content: str | bytes) -> Path:
        """Write a file."""
        path = self.root / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def text(self, mate: int) -> bytes:
        """FASTQ of the good sample."""
        pairs = tiled(fusion(), 12, 75)
        return fastq(
            (f.name, (f.mate_1 if mate == 1 else f.mate_2) or random_bases(75, 7)) for f in pairs
        ).encode()

    def reads(self) -> tuple[Path, Path]:
        """The good sample as two gzip files."""
        first, second = (
            self.file(f"R{mate}.fastq.gz", gzip.compress(self.text(mate), mtime=0))
            for mate in (1, 2)
        )
        return first, second

    def bam(self, *, index: bool = False, seed: int = 0, name: str = "a.bam") -> Path:
        """The good sample, and some reads of another gene, as BAM."""
        noise = [
            record(f"n{seed}_{i}", random_bases(100, seed + i), place=("chr1", 1_000_000 + i))
            for i in range(600)
        ]
        fused = records_of(tiled(fusion(), 12, 75), NUTM1_AT)
        return write_alignment(self.root / name, [*noise, *fused], index=index)

    def assess(self, *inputs: object, sample: str = "S1") -> list[str]:
        """A command line that writes to ``out``."""
        words = ["assess", "--sample", sample, "--outdir", str(self.out), "--threads", "1"]
        return [*words, *map(str, inputs)]

    def good(self) -> list[str]:
        """The command that nothing is wrong with."""
        first, second = self.reads()
        return self.assess("--fastq", first, second)

    def good_again(self) -> list[str]:
        """The good command, after the fault's files are gone."""
        for name in ("R1.fastq.gz", "R2.fastq.gz"):
            path = self.root / name
            if path.is_dir():
                path.rmdir()
        return self.good()

    def snapshot(self) -> dict[str, bytes]:
        """Every file of the dossier's folder."""
        return {p.name: p.read_bytes() for p in sorted(self.out.iterdir())}


def run(arguments: list[str]) -> tuple[int, str]:
    """Exit code, and all that is said."""
    result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError("a traceback") from result.exception
    return result.exit_code, result.output


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong.

    Attributes:
        story: What happened, in one sentence.
        do: Lets it happen; gives the command that the user calls.
        says: Words of the message: where, what was expected, what was found, what to do.
        code: Exit code.
    """

    story: str
    do: Callable[[Place], list[str]]
    says: tuple[str, ...]
    code: int = 2
