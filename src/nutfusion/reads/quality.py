"""Figures about the reads that no junction needs, and every negative does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.model.evidence import GeneFragments, ReadQc, UnassignedCluster
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import UnassignedReason
from nutfusion.reads.clipped import LEAST_UNASSIGNED
from nutfusion.reads.kernels import scan
from nutfusion.reads.shown import letters
from nutfusion.reads.table import COUNTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.evidence import UmiSource
    from nutfusion.model.panel import Panel
    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.clipped import UnknownFound
    from nutfusion.reads.sieve import Sieved

CLUSTERS_LISTED: Final = 20
"""Clusters without a fusion that are listed at most."""


def read_qc(
    sieved: Sieved,
    assigner: Assigner,
    panel: Panel,
    unknown: Sequence[UnknownFound],
    chimeras: int,
    umi: UmiSource,
) -> ReadQc:
    """Put the figures of one sample together."""
    stats = sieved.stats
    some = sieved.reads > 0
    whole = sieved.fragments is not None
    sampled = int(stats[scan.SAMPLED_BASES])
    with_quality = int(stats[scan.QUALITY_SUM]) > 0
    tally = assigner.tally
    median = tally.inserts.median
    nutm1 = panel.mane(NUTM1)
    clusters = [
        UnassignedCluster(
            reason=found.reason,
            contig=(nutm1.contig if nutm1 else None) or "chr15",
            position=found.residue,
            fragments=len(found.distinct("split")),
            sequence=letters(found.contig),
        )
        for found in unknown
        if found.reason is not None
        and found.reason is not UnassignedReason.NUTM1_PART_TOO_SHORT
        and found.residue > 0
        and len(found.distinct("split")) >= LEAST_UNASSIGNED
    ]
    return ReadQc(
        fragments=sieved.fragments,
        reads=sieved.reads if whole else None,
        bases=int(stats[scan.BASES]) if whole else None,
        read_length_min=int(stats[scan.SHORTEST]) if some else None,
        read_length_max=int(stats[scan.LONGEST]) if some else None,
        read_length_mean=round(int(stats[scan.BASES]) / sieved.reads, 3) if some else None,
        mean_base_quality=(
            round(int(stats[scan.QUALITY_SUM]) / sampled, 2) if sampled and with_quality else None
        ),
        n_fraction=round(int(stats[scan.N_COUNT]) / sampled, 6) if sampled else None,
        fragments_kept=sieved.fragments_kept,
        nutm1_fragments=tally.on,
        nutm1_upstream_fragments=tally.before,
        nutm1_downstream_fragments=tally.after,
        partner_fragments=tuple(
            GeneFragments(gene=panel.genes[symbol].ref, fragments=sieved.counts.get(symbol))
            for symbol in COUNTED
            if symbol in panel.genes
        ),
        insert_size_median=None if median is None else int(median),
        umi=umi,
        unassigned=tuple(clusters[:CLUSTERS_LISTED]),
        single_fragment_chimeras=chimeras,
        alignment=sieved.alignment,
        exon_ends=sieved.exon_ends,
    )
