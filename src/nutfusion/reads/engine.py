"""From FASTQ lanes, or what was sieved from elsewhere, to junctions and quality figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.reads.assign import Assigner
from nutfusion.reads.joints import Map
from nutfusion.reads.known import known_joints
from nutfusion.reads.long_reads import lay_long_reads
from nutfusion.reads.placement import place_reads
from nutfusion.reads.quality import read_qc
from nutfusion.reads.report import known_support, unknown_support
from nutfusion.reads.sieve import sieve
from nutfusion.reads.table import kmer_table
from nutfusion.reads.targets import make_targets
from nutfusion.reads.umi import umis_of_names
from nutfusion.reads.unknown import unknown_partners

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.evidence import InputFile, JunctionSupport, ReadQc, UmiSource
    from nutfusion.model.lane import Lane
    from nutfusion.model.panel import Panel
    from nutfusion.reads.sieve import Progress, Sieved


def _umis(sieved: Sieved, names: Sequence[str]) -> tuple[UmiSource, list[str]]:
    """UMI per kept fragment, and where it comes from."""
    if sieved.umi_source is not None:
        return sieved.umi_source, [sieved.kept.umis.text(i) for i in range(len(names))]
    from_names = umis_of_names(names)
    if from_names is not None:
        return "read_name", from_names
    return "none", [""] * len(names)


def _order(junction: JunctionSupport) -> tuple[object, ...]:
    """Most split fragments first, then most pairs, then position."""
    sides = (junction.junction.five_prime, junction.junction.three_prime)
    places = tuple(
        (side.contig or "", side.position or 0, side.position_range or (0, 0)) if side else ("",)
        for side in sides
    )
    return (
        -junction.split_reads,
        -junction.discordant_pairs,
        places,
        junction.consensus_sequence or "",
    )


def read_junctions(
    lanes: Sequence[Lane],
    panel: Panel,
    *,
    threads: int = 1,
    progress: Progress | None = None,
) -> tuple[tuple[JunctionSupport, ...], ReadQc, tuple[InputFile, ...]]:
    """Look for NUTM1 joined to anything.

    Args:
        lanes: FASTQ files of one sample.
        panel: Must hold a NUTM1 sequence.
        threads: The result does not depend on it.
        progress: Called with the share of the input read and the fragments so far.

    Returns:
        Junctions in order, quality figures, input files with digests.

    Raises:
        FastqError: A file is not FASTQ, is truncated, or mates disagree.
    """
    return junctions_of(sieve(lanes, kmer_table(panel), threads=threads, progress=progress), panel)


def junctions_of(
    sieved: Sieved, panel: Panel
) -> tuple[tuple[JunctionSupport, ...], ReadQc, tuple[InputFile, ...]]:
    """Place what the sieve kept and say what it shows; see ``read_junctions``."""
    map_ = Map(make_targets(panel))
    kept, beyond = lay_long_reads(sieved.kept, map_.targets)
    placements = place_reads(kept, map_.targets)
    names = [sieved.kept.names.text(i) for i in range(len(sieved.kept))]
    umi, umis = _umis(sieved, names)
    assigner = Assigner(placements, map_, names, umis, beyond)
    known = known_joints(assigner)
    unknown = unknown_partners(assigner, known)
    reported = [found for found in unknown if found.reason is None]
    junctions = [known_support(assigner, panel, found) for found in known.found]
    junctions += [unknown_support(assigner, panel, found) for found in reported]
    qc = read_qc(sieved, assigner, panel, unknown, len(known.chimeras), umi)
    return tuple(sorted(junctions, key=_order)), qc, sieved.inputs
