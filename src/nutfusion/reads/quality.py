"""Figures about the reads that no junction needs, and every negative does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.evidence import GeneFragments, ReadQc, UnassignedCluster
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import UnassignedReason
from nutfusion.reads.assign import PAIRS_TO_MEASURE, insert_sizes
from nutfusion.reads.clipped import LEAST_UNASSIGNED, NUTM1_PIECE
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels import scan
from nutfusion.reads.report import letters
from nutfusion.reads.table import COUNTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.evidence import UmiSource
    from nutfusion.model.panel import Panel
    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.clipped import UnknownFound
    from nutfusion.reads.sieve import Sieved

CATALOGUED_EXON: Final = 3
"""MANE exon of NUTM1 that nearly all published fusions begin with (GRCh38 chr15:34347969)."""
UPSTREAM_BASES: Final = 8
"""Bases before the acceptor that a fragment must have to count for the exons before it: fewer fit
by chance, or because donor exons end alike."""
CLUSTERS_LISTED: Final = 20
"""Clusters without a fusion that are listed at most."""


def _nutm1_counts(assigner: Assigner, panel: Panel) -> tuple[int, int, int]:
    """Fragments on NUTM1; on the exons before the catalogued acceptor; on those from it."""
    mane = panel.mane(NUTM1)
    if mane is None or len(mane.exons) < CATALOGUED_EXON:
        return 0, 0, 0
    edge = mane.exons[CATALOGUED_EXON - 1].start
    t = assigner.map.targets
    on = np.zeros(len(assigner.placements), bool)
    before = np.zeros(len(assigner.placements), bool)
    after = np.zeros(len(assigner.placements), bool)
    for rows, genes in zip(assigner.placements.rows, assigner.genes, strict=True):
        one = (genes == 0) & (rows[:, k.SCORE] >= NUTM1_PIECE)
        inside = rows[:, k.DIAGONAL] + rows[:, k.START] + UPSTREAM_BASES - 1
        first = np.clip(inside, 0, len(t.genome) - 1)
        last = np.clip(rows[:, k.DIAGONAL] + rows[:, k.STOP] - 1, 0, len(t.genome) - 1)
        low, high = t.genome[first], t.genome[last]
        on |= one
        before |= one & (low > 0) & (low < edge)
        after |= one & (high >= edge)
        two = rows[:, k.KIND] == k.TWO_GENES
        on |= two
        three = np.clip(rows[:, k.B_DIAGONAL] + rows[:, k.LENGTH] - 1, 0, len(t.genome) - 1)
        after |= two & (t.gene[three] == 0)
    return int(on.sum()), int(before.sum()), int(after.sum())


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
    inserts = insert_sizes(assigner.placements)
    on, before, after = _nutm1_counts(assigner, panel)
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
        fragments_kept=len(sieved.kept),
        nutm1_fragments=on,
        nutm1_upstream_fragments=before,
        nutm1_downstream_fragments=after,
        partner_fragments=tuple(
            GeneFragments(gene=panel.genes[symbol].ref, fragments=sieved.counts.get(symbol))
            for symbol in COUNTED
            if symbol in panel.genes
        ),
        insert_size_median=(int(np.median(inserts)) if len(inserts) >= PAIRS_TO_MEASURE else None),
        umi=umi,
        unassigned=tuple(clusters[:CLUSTERS_LISTED]),
        single_fragment_chimeras=chimeras,
        alignment=sieved.alignment,
    )
