"""Reads, alignments and other programs' files of one sample to its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.errors import InputError, ReferenceDataError
from nutfusion.model.evidence import InputFile, SampleEvidence
from nutfusion.model.lane import Lane
from nutfusion.model.panel import NUTM1
from nutfusion.model.reported import CallerEvidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nutfusion.callers import CallerResult
    from nutfusion.model.alignment_file import AlignmentFile
    from nutfusion.model.evidence import BreakSupport, ReadSource
    from nutfusion.model.panel import Panel


def read_sample(
    sample: str,
    reads: Sequence[Lane] | Sequence[AlignmentFile],
    panel: Panel,
    *,
    callers: Sequence[CallerResult] = (),
    threads: int = 1,
    progress: Callable[[float, int], None] | None = None,
) -> SampleEvidence:
    """Look at all reads of a sample, and put what other programs say beside them.

    Args:
        sample: Pseudonym.
        reads: FASTQ lanes or alignment files, not both; may be empty when there is a caller's file.
        panel: Must hold a NUTM1 sequence when there are reads.
        callers: Files of other programs, read; their order does not matter.
        threads: The result does not depend on it.
        progress: Called with the share of the input read (0 to 1) and the fragments so far.

    Raises:
        InputError: Nothing was given.
        AlignmentFileError: An alignment file cannot be used.
        FastqError: A file is not FASTQ, is truncated, or mates disagree.
        ReferenceDataError: The panel has no NUTM1 sequence.
    """
    if not reads and not callers:
        raise InputError(
            f"sample {sample!r}: expected reads or a caller's file, found neither; give --fastq,"
            " --fastq-single, --bam or a caller's file"
        )
    # NB: the order of a command line says nothing, and must not choose a name or a breakpoint
    results = sorted(callers, key=lambda result: (result.file.caller, result.file.sha256))
    said = CallerEvidence(
        files=tuple(result.file for result in results),
        reported=tuple(fusion for result in results for fusion in result.fusions),
    )
    files = tuple(
        InputFile(role=f"caller:{file.caller}", sha256=file.sha256, records=file.rows)
        for file in said.files
    )
    if not reads:
        return SampleEvidence(
            sample=sample,
            junctions=(),
            qc=None,
            inputs=files,
            panel_digest=panel.digest,
            callers=said,
        )
    from nutfusion.reads import read_junctions

    if not panel.has_sequence(NUTM1):
        raise ReferenceDataError(
            f"panel {panel.name!r}: expected a sequence of NUTM1, found none;"
            " build it again without --no-starter"
        )
    lanes = [file for file in reads if isinstance(file, Lane)]
    alignments = [file for file in reads if not isinstance(file, Lane)]
    if lanes and alignments:
        raise InputError(f"sample {sample!r}: expected FASTQ or alignment files, found both")
    breaks: tuple[BreakSupport, ...] = ()
    if alignments:
        from nutfusion.evidence.breaks import dna_breaks
        from nutfusion.reads.alignment import read_alignments

        junctions, qc, inputs, dna = read_alignments(
            alignments, panel, threads=threads, progress=progress
        )
        if qc.molecule == "dna":
            breaks, junctions = dna_breaks(dna, junctions, panel), ()
    else:
        junctions, qc, inputs = read_junctions(lanes, panel, threads=threads, progress=progress)
    return SampleEvidence(
        sample=sample,
        junctions=junctions,
        qc=qc,
        inputs=(*inputs, *files),
        panel_digest=panel.digest,
        callers=said,
        source=_source(inputs) if alignments else "fastq",
        breaks=breaks,
    )


def _source(inputs: Sequence[InputFile]) -> ReadSource:
    """What alignment files are, when they are all of one kind."""
    kinds: set[ReadSource] = {
        kind for kind in ("bam", "cram", "sam") if any(file.role == kind for file in inputs)
    }
    return kinds.pop() if len(kinds) == 1 else "alignments"
