"""FASTQ lanes of one sample to its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.errors import InputError, ReferenceDataError
from nutfusion.model.evidence import SampleEvidence
from nutfusion.model.panel import NUTM1

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nutfusion.model.lane import Lane
    from nutfusion.model.panel import Panel


def read_sample(
    sample: str,
    lanes: Sequence[Lane],
    panel: Panel,
    *,
    threads: int = 1,
    progress: Callable[[float, int], None] | None = None,
) -> SampleEvidence:
    """Read all lanes of a sample once.

    Args:
        sample: Pseudonym.
        lanes: At least one.
        panel: Must hold a NUTM1 sequence.
        threads: The result does not depend on it.
        progress: Called with the share of the input read (0 to 1) and the fragments so far.

    Raises:
        InputError: No lane was given.
        FastqError: A file is not FASTQ, is truncated, or mates disagree.
        ReferenceDataError: The panel has no NUTM1 sequence.
    """
    from nutfusion.reads import read_junctions

    if not lanes:
        raise InputError(f"sample {sample!r}: expected at least one FASTQ file, found none")
    if not panel.has_sequence(NUTM1):
        raise ReferenceDataError(
            f"panel {panel.name!r}: expected a sequence of NUTM1, found none;"
            " build it again without --no-starter"
        )
    junctions, qc, inputs = read_junctions(lanes, panel, threads=threads, progress=progress)
    return SampleEvidence(
        sample=sample, junctions=junctions, qc=qc, inputs=inputs, panel_digest=panel.digest
    )
