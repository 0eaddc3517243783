"""Criteria about what stands around a fusion: catalogue, domains, other sources, its reciprocal.

All of them are shown and decide nothing: a known pair is not therefore real, residues from memory
judge nothing, and what is missing here is missing from many true fusions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from nutfusion.annotation.exon_numberings import shipped_joints
from nutfusion.annotation.sides import Side
from nutfusion.model.exon_names import NumberingTag
from nutfusion.model.panel import NUTM1
from nutfusion.model.reason import Reason
from nutfusion.model.remarks import DOUBTS
from nutfusion.model.terms import DomainStatus, PartnerClass, SourceSays, Verdict
from nutfusion.scoring.criterion import BY_DEFINITION, NOT_ASKED, number, outcome, verdict_of
from nutfusion.scoring.programs import independent
from nutfusion.scoring.source_remarks import DISAGREEMENTS

if TYPE_CHECKING:
    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.call import SourceStatement
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel
    from nutfusion.model.reported import CallerEvidence
    from nutfusion.model.scored import CriterionOutcome
    from nutfusion.scoring.assay import Count

_TWO: Final = 2
"""Sources without which nothing can agree."""

CATALOGUE: Final = "nutfusion, config/catalogued-joints.tsv"
"""Source of ``known_junction``."""

OF_THE_PANEL: Final = "nutfusion, domains.tsv of the panel"
"""Source of ``domains_kept``; the residues' own sources stand with the domains."""

JUDGED_DOMAINS: Final = ("BD1", "BD2", "ET", "AD1/F1c")
"""Both bromodomains and the ET domain of a BET gene, and the acidic domain of NUTM1."""


class KnownJunction:
    """Is the joint catalogued, both sides to the base and on their strands?"""

    identifier: ClassVar[str] = "known_junction"

    def __init__(self, panel: Panel) -> None:
        self.panel = panel

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Met or not assessable: a joint that nobody catalogued is no weaker for it."""
        call, joint = fusion.call, fusion.call.junction
        shown = None
        if joint.exact and joint.five_prime is not None and joint.three_prime is not None:
            tags = (
                self._tag(call.five_prime_gene, Side.FIVE_PRIME, joint.five_prime),
                self._tag(call.three_prime_gene, Side.THREE_PRIME, joint.three_prime),
            )
            shown = "not in the catalogue"
            if None not in tags:
                verified = all(tag is NumberingTag.VERIFIED for tag in tags)
                shown = "catalogued" if verified else "catalogued, not verified"
        verdict = Verdict.MET if shown == "catalogued" else Verdict.NOT_ASSESSABLE
        return outcome(self.identifier, verdict, shown, "supports, is not required", CATALOGUE)

    def _tag(self, gene: GeneRef | None, side: Side, end: JunctionEnd) -> NumberingTag | None:
        mane = None if gene is None else self.panel.mane(gene.symbol)
        if gene is None or mane is None or (mane.contig, mane.strand) != (end.contig, end.strand):
            return None
        for edge in shipped_joints():
            if (edge.gene, edge.side, edge.position) == (gene.symbol, side, end.position):
                return edge.label.tag
        return None


class DomainsKept:
    """Are BD1, BD2 and ET of the BET gene and the acidic domain of NUTM1 kept?"""

    identifier: ClassVar[str] = "domains_kept"

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome | None:
        """Judged on verified residues alone; no question for a partner that is no BET gene."""
        if fusion.partner_class is not PartnerClass.BET or not fusion.nutm1_is_three_prime:
            return None
        judged = [domain for domain in fusion.domains if domain.name in JUDGED_DOMAINS]
        known = [domain for domain in judged if domain.status is not DomainStatus.UNKNOWN]
        shown, answer = None, None
        if judged and len(known) == len(judged):
            kept = sum(domain.status is DomainStatus.PRESERVED for domain in judged)
            shown = f"{kept} of {len(judged)} domains kept"
            if all(domain.verified for domain in judged):
                answer = kept == len(judged)
            else:
                shown += ", residues unverified"
        return outcome(self.identifier, verdict_of(answer), shown, "all domains kept", OF_THE_PANEL)


class SourcesAgree:
    """Do at least ``minimum`` independent sources show this joint?"""

    identifier: ClassVar[str] = "sources_agree"

    def __init__(self, minimum: Count, qc: ReadQc | None, callers: CallerEvidence) -> None:
        self.minimum = minimum
        self.has_reads = qc is not None
        self.files = frozenset(f.caller for f in callers.files if f.reports_nutm1 is not False)

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome:
        """Not assessable with one source: outputs of one program are one source."""
        minimum, source = self.minimum.value, self.minimum.source.text
        sources = fusion.call.support.sources
        asked = {_voice(s) for s in sources} | self.files | ({"reads"} if self.has_reads else set())
        looked = independent(asked)
        seeing = independent(_voice(s) for s in sources if _shows_this(s)) & looked
        shown = f"{len(seeing)} of {len(looked)} independent sources"
        if minimum is None:
            return outcome(self.identifier, verdict_of(None), shown, NOT_ASKED, source)
        answer = None if len(looked) < max(minimum, _TWO) else len(seeing) >= minimum
        required = f"at least {number(minimum)} independent sources"
        return outcome(self.identifier, verdict_of(answer), shown, required, source)


def _voice(source: SourceStatement) -> str:
    return "reads" if source.kind == "reads" else source.name


def _shows_this(source: SourceStatement) -> bool:
    """It shows the joint, where we put it, and does not doubt it itself."""
    codes = {Reason.parse(text).code for text in source.remarks}
    return source.says is SourceSays.SEEN and not codes & (DISAGREEMENTS | DOUBTS)


class ReciprocalSeen:
    """Is the other product of the translocation, NUTM1 with the partner behind it, there too?"""

    identifier: ClassVar[str] = "reciprocal_seen"

    def __init__(self, fusions: tuple[AnnotatedFusion, ...]) -> None:
        self.fusions = fusions

    def assess(self, fusion: AnnotatedFusion) -> CriterionOutcome | None:
        """Met or not assessable: NUTM1's own promoter is silent outside germ cells.

        No question where NUTM1 is not the 3' gene, or the partner is not known.
        """
        partner = fusion.call.five_prime_gene
        if not fusion.nutm1_is_three_prime or not fusion.call.order_known or partner is None:
            return None
        if partner.symbol == NUTM1:
            return None
        seen = any(
            other.call.order_known
            and other.call.five_prime_gene is not None
            and other.call.five_prime_gene.symbol == NUTM1
            and other.call.three_prime_gene == partner
            for other in self.fusions
        )
        return outcome(
            self.identifier,
            Verdict.MET if seen else Verdict.NOT_ASSESSABLE,
            "reciprocal joint seen" if seen else "reciprocal joint not seen",
            "supports, is not required",
            BY_DEFINITION,
        )
