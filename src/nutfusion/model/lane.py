"""The FASTQ files of one lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lane:
    """The FASTQ files of one lane.

    Attributes:
        fastq_1: Mate 1, or the single reads.
        fastq_2: Mate 2; ``None`` for single reads.
        umi: A file with one UMI read per fragment; ``None`` without.
    """

    fastq_1: Path
    fastq_2: Path | None = None
    umi: Path | None = None
