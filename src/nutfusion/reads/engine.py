"""From FASTQ lanes to junctions and quality figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nutfusion.reads.assign import Assigner
from nutfusion.reads.joints import Map
from nutfusion.reads.known import known_joints
from nutfusion.reads.quality import read_qc
from nutfusion.reads.report import known_support, unknown_support
from nutfusion.reads.retain import Retainer
from nutfusion.reads.sieve import sieve
from nutfusion.reads.table import kmer_table
from nutfusion.reads.targets import make_targets
from nutfusion.reads.unknown import unknown_partners

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.evidence import InputFile, JunctionSupport, ReadQc
    from nutfusion.model.lane import Lane
    from nutfusion.model.panel import Panel
    from nutfusion.reads.retain import Retained
    from nutfusion.reads.sieve import Progress, Sieved

    UmiSource = Literal["none", "read_name", "umi_file"]


def _umis(sieved: Sieved, retained: Retained) -> tuple[UmiSource, list[str]]:
    """UMI per fragment, and where it comes from."""
    if sieved.has_umi_file:
        return "umi_file", retained.umis
    if retained.name_umis is not None:
        return "read_name", retained.name_umis
    return "none", retained.umis


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
    map_ = Map(make_targets(panel))
    retainer = Retainer(panel, map_)
    table = kmer_table(panel)
    sieved = sieve(lanes, table, threads=threads, take=retainer.take, progress=progress)
    retained = retainer.done()
    umi, umis = _umis(sieved, retained)
    assigner = Assigner(retained.placements, map_, retained.names, umis, retained.tally)
    known = known_joints(assigner)
    unknown = unknown_partners(assigner, known)
    reported = [found for found in unknown if found.reason is None]
    junctions = [known_support(assigner, panel, found) for found in known.found]
    junctions += [unknown_support(assigner, panel, found) for found in reported]
    qc = read_qc(sieved, assigner, panel, unknown, len(known.chimeras), umi)
    return tuple(sorted(junctions, key=_order)), qc, sieved.inputs
