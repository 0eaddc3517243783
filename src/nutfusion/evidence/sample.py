"""FASTQ lanes or alignment files of one sample to its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.errors import InputError, ReferenceDataError
from nutfusion.model.evidence import SampleEvidence
from nutfusion.model.lane import Lane
from nutfusion.model.panel import NUTM1

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nutfusion.model.alignment_file import AlignmentFile
    from nutfusion.model.evidence import InputFile, ReadSource
    from nutfusion.model.panel import Panel


def read_sample(
    sample: str,
    files: Sequence[Lane] | Sequence[AlignmentFile],
    panel: Panel,
    *,
    threads: int = 1,
    progress: Callable[[float, int], None] | None = None,
) -> SampleEvidence:
    """Look at all reads of a sample.

    Args:
        sample: Pseudonym.
        files: At least one; FASTQ lanes or alignment files, not both.
        panel: Must hold a NUTM1 sequence.
        threads: The result does not depend on it.
        progress: Called with the share of the input read (0 to 1) and the fragments so far.

    Raises:
        InputError: No file was given.
        FastqError: A file is not FASTQ, is truncated, or mates disagree.
        AlignmentFileError: An alignment file cannot be used.
        ReferenceDataError: The panel has no NUTM1 sequence.
    """
    from nutfusion.reads import read_junctions

    if not files:
        raise InputError(f"sample {sample!r}: expected at least one FASTQ file, found none")
    if not panel.has_sequence(NUTM1):
        raise ReferenceDataError(
            f"panel {panel.name!r}: expected a sequence of NUTM1, found none;"
            " build it again without --no-starter"
        )
    lanes = [file for file in files if isinstance(file, Lane)]
    alignments = [file for file in files if not isinstance(file, Lane)]
    if lanes and alignments:
        raise InputError(f"sample {sample!r}: expected FASTQ or alignment files, found both")
    if alignments:
        from nutfusion.reads.alignment import read_alignments

        junctions, qc, inputs = read_alignments(
            alignments, panel, threads=threads, progress=progress
        )
    else:
        junctions, qc, inputs = read_junctions(lanes, panel, threads=threads, progress=progress)
    return SampleEvidence(
        sample=sample,
        junctions=junctions,
        qc=qc,
        inputs=inputs,
        panel_digest=panel.digest,
        source=_source(inputs) if alignments else "fastq",
    )


def _source(inputs: Sequence[InputFile]) -> ReadSource:
    """What alignment files are, when they are all of one kind."""
    kinds: set[ReadSource] = {
        kind for kind in ("bam", "cram", "sam") if any(file.role == kind for file in inputs)
    }
    return kinds.pop() if len(kinds) == 1 else "alignments"
