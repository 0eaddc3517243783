"""An alignment file of a sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class AlignmentFile:
    """A BAM, CRAM or SAM file of one sample; unaligned reads in BAM too.

    Attributes:
        path: The file.
        index: Its index; ``None`` for the one beside it, if there is one. Without an index the
            whole file is read.
        reference: FASTA that a CRAM was written with; ``None`` when the CRAM needs none.
    """

    path: Path
    index: Path | None = None
    reference: Path | None = None
