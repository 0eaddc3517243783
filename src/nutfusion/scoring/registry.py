"""The criteria of a fusion, in the order in which the dossier prints them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.model.reported import CallerEvidence
from nutfusion.scoring.context_criteria import (
    DomainsKept,
    KnownJunction,
    ReciprocalSeen,
    SourcesAgree,
)
from nutfusion.scoring.mappability import KnownSequences
from nutfusion.scoring.sequence_criteria import JointComplexity, JointMappable
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
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.panel import Panel
    from nutfusion.scoring.assay import AssayProfile
    from nutfusion.scoring.criterion import Criterion


SHOWN_ONLY: Final = frozenset(
    {
        JointComplexity.identifier,
        JointMappable.identifier,
        ExonBoundaryJunction.identifier,
        KnownJunction.identifier,
        DomainsKept.identifier,
        Nutm1WildTypeBackground.identifier,
        SourcesAgree.identifier,
        ReciprocalSeen.identifier,
    }
)
"""Criteria that a reader sees and no state rests on, whatever they answer."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one fusion of a sample.

    Attributes:
        fusions: All fusions of the sample.
        callers: What other programs' files say.
        known: Genes that hold the k-mers beside the joints.
    """

    fusions: tuple[AnnotatedFusion, ...] = ()
    callers: CallerEvidence = field(default_factory=CallerEvidence)
    known: KnownSequences = field(default_factory=KnownSequences)


def criteria_for(
    assay: AssayProfile, panel: Panel, qc: ReadQc | None, beside: Beside | None = None
) -> tuple[Criterion, ...]:
    """Every criterion, set up for one sample, in a fixed order: reads, joint, interpretation.

    Args:
        assay: The profile whose thresholds hold.
        panel: The panel of the annotation.
        qc: Figures of the reads; ``None`` without reads.
        beside: The rest of the sample; ``None`` for a fusion by itself.
    """
    thresholds = assay.thresholds
    rest = beside or Beside()
    return (
        EnoughSupportingFragments(thresholds.min_supporting_fragments),
        EnoughSplitReads(thresholds.min_split_reads),
        EnoughDistinctStarts(thresholds.min_distinct_starts),
        AnchorsBothSides(thresholds.min_anchor),
        PartnerSequenceMatches(thresholds.min_partner_identity),
        JointComplexity(thresholds.max_joint_dust),
        JointMappable(thresholds.min_unique_share, rest.known),
        ExactJunction(),
        ExonBoundaryJunction(panel),
        KnownJunction(panel),
        Nutm1IsThreePrime(),
        BothPartsSense(panel),
        ReadingFrameInFrame(),
        DomainsKept(),
        Nutm1WildTypeBackground(thresholds, qc),
        SourcesAgree(thresholds.min_independent_sources, qc, rest.callers),
        ReciprocalSeen(rest.fusions),
        UnknownPartnerNotIntron(),
    )
