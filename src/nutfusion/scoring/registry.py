"""The criteria of a fusion, in the order in which the dossier prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.scoring.structure_criteria import (
    BothPartsSense,
    ExactJunction,
    ExonBoundaryJunction,
    Nutm1IsThreePrime,
    Nutm1WildTypeBackground,
    ReadingFrameInFrame,
    UnknownPartnerNotIntron,
)
from nutfusion.scoring.support_criteria import (
    AnchorsBothSides,
    EnoughDistinctStarts,
    EnoughSplitReads,
    EnoughSupportingFragments,
    PartnerSequenceMatches,
)

if TYPE_CHECKING:
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.panel import Panel
    from nutfusion.scoring.assay import AssayProfile
    from nutfusion.scoring.criterion import Criterion


def criteria_for(assay: AssayProfile, panel: Panel, qc: ReadQc | None) -> tuple[Criterion, ...]:
    """Every criterion, set up for one sample, in a fixed order: reads, joint, interpretation."""
    thresholds = assay.thresholds
    return (
        EnoughSupportingFragments(thresholds.min_supporting_fragments),
        EnoughSplitReads(thresholds.min_split_reads),
        EnoughDistinctStarts(thresholds.min_distinct_starts),
        AnchorsBothSides(thresholds.min_anchor),
        PartnerSequenceMatches(thresholds.min_partner_identity),
        ExactJunction(),
        ExonBoundaryJunction(panel),
        Nutm1IsThreePrime(),
        BothPartsSense(panel),
        ReadingFrameInFrame(),
        Nutm1WildTypeBackground(thresholds, qc),
        UnknownPartnerNotIntron(),
    )
