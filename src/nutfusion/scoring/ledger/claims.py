"""The joint that RT-PCR or Sanger claims in words, as coordinates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.ledger import MOST_CLAIMED, ClaimedJoint
from nutfusion.scoring.ledger.codes import said

if TYPE_CHECKING:
    from nutfusion.model.call import FusionCall
    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.exon_names import FusionReading, NameCandidate
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel

_Genes = frozenset[str]

_BRACKETED: Final = re.compile(r"\((\w+)\)")
"""A gene in brackets behind its transcript: a reason holds no bracket."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a test claims.

    Attributes:
        words: As read in the report; ``None`` when it claims nothing that can be read.
        joints: Every joint that the words may mean, most likely first.
        genes: Symbols of the two genes, as many as the words name.
        has_exons: Both exons are named: the words mean a joint, not a pair of genes.
        notes: How the words were read.
    """

    words: str | None
    joints: tuple[ClaimedJoint, ...]
    genes: _Genes
    has_exons: bool
    notes: tuple[str, ...]

    @property
    def shown(self) -> tuple[ClaimedJoint, ...]:
        """As many joints as a dossier holds."""
        return self.joints[:MOST_CLAIMED]

    def equal(self, call: FusionCall) -> bool:
        """Whether one of the joints is that of a call, by coordinate and strand."""
        ends = (call.junction.five_prime, call.junction.three_prime)
        return any(
            _is_same(joint.five_prime, ends[0]) and _is_same(joint.three_prime, ends[1])
            for joint in self.joints
        )


NOTHING: Final = Claim(None, (), frozenset(), has_exons=False, notes=())
"""A test that claims nothing."""


def claim_of(test: OrthogonalTest, panel: Panel) -> Claim:
    """Read what a test claims; of several fusions in its words the first counts.

    Args:
        test: RT-PCR or Sanger; the words stand in ``joint``, never in the free detail.
        panel: Where exons and names come from.
    """
    if test.joint is None:
        return Claim(None, (), frozenset(), has_exons=False, notes=(said("claim_not_given"),))
    # a grammar and two tables, for the few samples whose sheet names a joint
    from nutfusion.annotation.exon_names import name_candidates

    found = name_candidates(test.joint, panel).fusions
    if not found:
        return Claim(None, (), frozenset(), has_exons=False, notes=(said("claim_not_placed"),))
    reading = found[0]
    sides = (reading.five_prime, reading.three_prime)
    genes = frozenset(s.gene.symbol for s in sides if s is not None and s.gene is not None)
    has_exons = all(side is not None and side.exon is not None for side in sides)
    joints = tuple(_joint(candidate) for candidate in reading.candidates) if has_exons else ()
    return Claim(
        _BRACKETED.sub(r" \1", reading.written),
        joints,
        genes,
        has_exons,
        _notes(reading, joints, has_exons),
    )


def _notes(
    reading: FusionReading, joints: tuple[ClaimedJoint, ...], has_exons: bool
) -> tuple[str, ...]:
    if not has_exons:
        return (said("claim_without_exon"),)
    if not joints:
        return (said("claim_not_placed"),)
    return (said("claim_ambiguous", n=len(joints)),) if reading.is_ambiguous else ()


def _joint(candidate: NameCandidate) -> ClaimedJoint:
    return ClaimedJoint(
        fusion_id=candidate.fusion_id,
        name=next(iter(candidate.names), None),
        five_prime_gene=candidate.five_prime.gene,
        three_prime_gene=candidate.three_prime.gene,
        five_prime=candidate.five_prime.end,
        three_prime=candidate.three_prime.end,
        reading_frame=candidate.reading_frame,
    )


def _is_same(claimed: JunctionEnd, read: JunctionEnd | None) -> bool:
    if read is None or read.position is None or claimed.assembly is not read.assembly:
        return False
    if (claimed.contig, claimed.position) != (read.contig, read.position):
        return False
    return claimed.strand is None or read.strand is None or claimed.strand is read.strand
