"""What a sample sheet says about one sample."""

from __future__ import annotations

from pathlib import Path

from nutfusion.model.base import Record
from nutfusion.model.dossier import Declared, DossierSample
from nutfusion.sheet.address import Address

Place = Path | Address
"""Where a file is: on this machine, absolute, or in a store."""


class Lane(Record):
    """One row of the sheet: the files of one lane.

    Attributes:
        fastq_1: First reads, or the only reads.
        fastq_2: Second reads; ``None`` for single reads.
        fastq_umi: A separate read that holds the UMI; ``None`` without one.
    """

    fastq_1: Place
    fastq_2: Place | None
    fastq_umi: Place | None

    @property
    def files(self) -> tuple[Place, ...]:
        """The files of the lane, first reads first."""
        return tuple(f for f in (self.fastq_1, self.fastq_2, self.fastq_umi) if f is not None)


class CallerPath(Record):
    """A file or folder of another program.

    Attributes:
        name: Format in the registry of callers; ``None``: to be found out.
        path: The file, or a folder when there is a name.
    """

    name: str | None
    path: Place


class SampleRow(Record):
    """One sample of the sheet, its rows together.

    Attributes:
        sample: Pseudonym, run, declared facts and orthogonal tests, as the dossier prints them.
        assay: Assay profile; ``None``: the workflow's or the command's default.
        lanes: In the order of the sheet; all paired or all single; empty without FASTQ.
        alignments: BAM and CRAM files, in the order of the sheet.
        reference_fasta: Genome that a CRAM was written with; ``None`` when not given.
        callers: Outputs of other programs, in the order of the sheet.
    """

    sample: DossierSample
    assay: str | None
    lanes: tuple[Lane, ...]
    alignments: tuple[Place, ...] = ()
    reference_fasta: Place | None = None
    callers: tuple[CallerPath, ...] = ()

    @property
    def files(self) -> tuple[Place, ...]:
        """Every file of the sample: lane by lane, alignments, other programs' outputs."""
        return (
            *(file for lane in self.lanes for file in lane.files),
            *self.alignments,
            *(() if self.reference_fasta is None else (self.reference_fasta,)),
            *(caller.path for caller in self.callers),
        )

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Those of its files that are in a store."""
        return tuple(file for file in self.files if isinstance(file, Address))

    @property
    def read_options(self) -> tuple[str, ...]:
        """The files as options of ``nutfusion assess`` and ``nutfusion evidence``."""
        options: list[str] = []
        for lane in self.lanes:
            if lane.fastq_2 is None:
                options += ["--fastq-single", str(lane.fastq_1)]
            else:
                options += ["--fastq", str(lane.fastq_1), str(lane.fastq_2)]
            if lane.fastq_umi is not None:
                options += ["--fastq-umi", str(lane.fastq_umi)]
        for path in self.alignments:
            options += ["--bam", str(path)]
        if self.reference_fasta is not None:
            options += ["--reference-fasta", str(self.reference_fasta)]
        for caller in self.callers:
            if caller.name is not None:
                options += ["--caller", f"{caller.name}={caller.path}"]
        options += [str(caller.path) for caller in self.callers if caller.name is None]
        return tuple(options)


def undeclared(sample: str) -> DossierSample:
    """A sample of which nothing but the pseudonym is known."""
    return DossierSample(
        id=sample,
        run=None,
        declared=Declared(disease=None, pretreated=None, relapse=None),
        orthogonal=(),
    )
