"""What a sample sheet says about one sample."""

from __future__ import annotations

from pathlib import Path

from nutfusion.model.base import Record
from nutfusion.model.dossier import Declared, DossierSample


class Lane(Record):
    """One row of the sheet: the files of one lane, absolute paths.

    Attributes:
        fastq_1: First reads, or the only reads.
        fastq_2: Second reads; ``None`` for single reads.
        fastq_umi: A separate read that holds the UMI; ``None`` without one.
    """

    fastq_1: Path
    fastq_2: Path | None
    fastq_umi: Path | None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the lane, first reads first."""
        return tuple(f for f in (self.fastq_1, self.fastq_2, self.fastq_umi) if f is not None)


class SampleRow(Record):
    """One sample of the sheet, its lanes together.

    Attributes:
        sample: Pseudonym, run, declared facts and orthogonal tests, as the dossier prints them.
        assay: Assay profile; ``None``: the workflow's or the command's default.
        lanes: In the order of the sheet; all paired or all single.
    """

    sample: DossierSample
    assay: str | None
    lanes: tuple[Lane, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file of the sample, lane by lane."""
        return tuple(file for lane in self.lanes for file in lane.files)

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
        return tuple(options)


def undeclared(sample: str) -> DossierSample:
    """A sample of which nothing but the pseudonym is known."""
    return DossierSample(
        id=sample,
        run=None,
        declared=Declared(disease=None, pretreated=None, relapse=None),
        orthogonal=(),
    )
