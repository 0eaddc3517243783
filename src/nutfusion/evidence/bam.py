"""The supporting reads as a small BAM that any genome browser opens."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pysam

    from nutfusion.model.evidence import SupportingRead

REVERSE: Final = 0x10
DUPLICATE: Final = 0x400
PAIRED: Final = 0x1
FIRST: Final = 0x40
SECOND: Final = 0x80
UNMAPPED: Final = 0x4


def _segment(
    header: pysam.AlignmentHeader, read: SupportingRead, reference: int, length: int
) -> pysam.AlignedSegment:
    """One read, in the sense of the transcript, without gaps on its junction's consensus."""
    import pysam

    segment = pysam.AlignedSegment(header)
    segment.query_name = read.name
    segment.query_sequence = read.sequence
    segment.flag = {0: 0, 1: PAIRED | FIRST, 2: PAIRED | SECOND}[read.mate]
    segment.flag |= DUPLICATE if read.duplicate else 0
    segment.set_tag("jk", read.kind)
    before = 0 if read.offset is None else max(0, -read.offset)
    inside = 0
    if read.offset is not None:
        inside = min(len(read.sequence), length - read.offset) - before
    if inside <= 0:
        segment.flag |= UNMAPPED
        return segment
    after = len(read.sequence) - before - inside
    segment.reference_id = reference
    segment.reference_start = (read.offset or 0) + before
    segment.mapping_quality = 255
    segment.cigartuples = [
        (operation, n) for operation, n in ((4, before), (0, inside), (4, after)) if n
    ]
    if read.mismatches is not None:
        segment.set_tag("NM", read.mismatches)
    return segment


def write_supporting_reads(
    fusions: Sequence[tuple[str, str | None, Sequence[SupportingRead]]],
    *,
    bam: Path,
    index: Path,
    fasta: Path,
) -> None:
    """Write supporting reads, laid on the consensus of their junction.

    Args:
        fusions: (fusion identifier, consensus or ``None``, reads) each; the identifier names the
            reference sequence. Reads of a fusion without a consensus are written unmapped.
        bam: Gets the reads, sorted.
        index: Gets the BAM's index.
        fasta: Gets the consensus sequences.
    """
    import pysam

    named = [(name, consensus) for name, consensus, _ in fusions if consensus]
    numbers = {name: i for i, (name, _) in enumerate(named)}
    header = pysam.AlignmentHeader.from_dict(
        {
            "HD": {"VN": "1.6", "SO": "coordinate"},
            "SQ": [{"SN": name, "LN": len(sequence)} for name, sequence in named],
        }
    )
    segments = [
        _segment(header, read, numbers.get(name, -1), len(consensus or ""))
        for name, consensus, reads in fusions
        for read in reads
    ]
    segments.sort(
        key=lambda s: (s.reference_id < 0, s.reference_id, s.reference_start, s.query_name, s.flag)
    )
    fasta.write_text("".join(f">{name}\n{sequence}\n" for name, sequence in named), "ascii")
    # NB: samtools takes no folder whose name is no UTF-8, and tells no full disk from another fault
    with tempfile.TemporaryDirectory(prefix="nutfusion-") as folder:
        made = Path(folder, "reads.bam")
        pysam.set_verbosity(0)  # what goes wrong is said once
        with pysam.AlignmentFile(str(made), "wb", header=header) as out:
            for segment in segments:
                out.write(segment)
        try:
            pysam.index(str(made))
        except pysam.utils.SamtoolsError as error:
            raise OSError(errno.EIO, "cannot be indexed; is the disk full?", str(made)) from error
        bam.write_bytes(made.read_bytes())
        index.write_bytes(Path(f"{made}.bai").read_bytes())
