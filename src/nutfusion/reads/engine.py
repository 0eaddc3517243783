"""From FASTQ lanes, or what was sieved from elsewhere, to junctions and quality figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.reads.across import Across
from nutfusion.reads.assign import Assigner
from nutfusion.reads.joints import Map
from nutfusion.reads.known import known_joints
from nutfusion.reads.long_reads import LongReads
from nutfusion.reads.quality import read_qc
from nutfusion.reads.report import known_support, unknown_support
from nutfusion.reads.retain import Retainer
from nutfusion.reads.sieve import sieve
from nutfusion.reads.table import kmer_table
from nutfusion.reads.targets import make_targets
from nutfusion.reads.unknown import unknown_partners

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nutfusion.model.evidence import InputFile, JunctionSupport, ReadQc
    from nutfusion.model.lane import Lane
    from nutfusion.model.panel import Panel
    from nutfusion.reads.sieve import Progress, Sieved, Take


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
    table = kmer_table(panel)
    across = Across(panel, table)
    return look(
        lambda take: sieve(
            lanes, table, threads=threads, take=take, progress=progress, across=across
        ),
        panel,
    )


def look(
    sift: Callable[[Take], Sieved], panel: Panel
) -> tuple[tuple[JunctionSupport, ...], ReadQc, tuple[InputFile, ...]]:
    """Place what a sieve hands on, and say what it shows; see ``read_junctions``.

    Args:
        sift: Reads the files of a sample and hands the kept fragments on.
        panel: Must hold a NUTM1 sequence.
    """
    map_ = Map(make_targets(panel))
    retainer = Retainer(panel, map_)
    long_reads = LongReads(map_.targets, retainer)
    sieved = sift(long_reads.take)
    beyond = long_reads.done()
    retained = retainer.done(sieved.umi_source)
    assigner = Assigner(
        retained.placements,
        map_,
        retained.names,
        retained.umis,
        retained.tally,
        retained.strangers,
        beyond,
    )
    known = known_joints(assigner)
    unknown = unknown_partners(assigner, known)
    reported = [found for found in unknown if found.reason is None]
    junctions = [known_support(assigner, panel, found) for found in known.found]
    junctions += [unknown_support(assigner, panel, found) for found in reported]
    qc = read_qc(sieved, assigner, panel, unknown, len(known.chimeras), retained.umi_source)
    return tuple(sorted(junctions, key=_order)), qc, sieved.inputs
