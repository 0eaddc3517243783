"""The answer of the page and what it rests on, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import FusionDetection, MolecularState, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.call import Support
    from nutfusion.model.dossier import Dossier, DossierFusion
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.scored import CriterionOutcome

SCOPE: Final[Mapping[MolecularState, tuple[str, ...]]] = {
    MolecularState.CONFIRMED_BET_COMPLEX: ("scope_bet_complex",),
    MolecularState.NOT_ASSESSABLE: (
        "not_a_negative",
        "scope_material",
        "scope_ihc",
        "scope_fish",
    ),
    MolecularState.NOT_COVERED: ("not_a_negative", "scope_ihc", "scope_fish"),
    MolecularState.NOT_DETECTED: (
        "scope_rna_negative",
        "scope_ihc",
        "scope_fish",
        "scope_material",
    ),
}
"""Sourced statements about how far a result goes, by state; states without any have none."""

_NEIGHBOUR_WITH_A_SOURCE: Final = "SLC12A6"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the page says first.

    Attributes:
        label: The state in words.
        answer: The answer in one sentence.
        support: What it rests on.
        criteria: How the first fusion stands against the profile; ``None`` without fusions.
        quality: Whether the sample's quality failed.
        reasons: Why the state is what it is, most important first.
        scope: Sourced statements about how far the result goes.
    """

    label: str
    answer: str
    support: str
    criteria: str | None
    quality: str
    reasons: tuple[str, ...]
    scope: tuple[str, ...]


def conclusion(dossier: Dossier, phrases: Phrases) -> Conclusion:
    """Say the answer of a dossier."""
    first = dossier.fusions[0] if dossier.fusions else None
    state = dossier.molecular_state
    return Conclusion(
        label=phrases.term("state", state),
        answer=_answer(state, first, phrases),
        support=phrases.ui("no_fusion_seen") if first is None else _support(first, phrases),
        criteria=None if first is None else _criteria(first.criteria, phrases),
        quality=_quality(dossier.qc.criteria, phrases),
        reasons=tuple(phrases.reason(reason) for reason in dossier.state_reasons),
        scope=tuple(phrases.ui(key) for key in _scope(dossier)),
    )


def counts(support: Support, phrases: Phrases) -> str:
    """Distinct fragments of a fusion in words."""
    if support.split_reads is None and support.discordant_pairs is None:
        return phrases.ui("no_counts")
    parts = [
        phrases.ui(key, n=n)
        for key, n in (
            ("split_fragments", support.split_reads),
            ("discordant_fragments", support.discordant_pairs),
        )
        if n is not None
    ]
    return parts[0] if len(parts) == 1 else phrases.ui("and", a=parts[0], b=parts[1])


def partner_gene(fusion: DossierFusion) -> GeneRef | None:
    """The gene joined to NUTM1; ``None`` when it is not identified."""
    if fusion.three_prime_gene is not None and fusion.three_prime_gene.symbol == NUTM1:
        return fusion.five_prime_gene
    return fusion.three_prime_gene


def _answer(state: MolecularState, fusion: DossierFusion | None, phrases: Phrases) -> str:
    """The sentence of a state, with the first fusion's names."""
    if fusion is None:
        return phrases.sentence("answer", state)
    partner = partner_gene(fusion)
    if partner is None and fusion.fusion_detection is FusionDetection.INFERRED:
        return phrases.ui("answer_inferred", name=fusion.name)
    return phrases.sentence(
        "answer",
        state,
        name=fusion.name,
        partner=phrases.ui("partner_unidentified") if partner is None else partner.symbol,
        class_name=phrases.term("partner_class", fusion.partner_class),
    )


def _support(fusion: DossierFusion, phrases: Phrases) -> str:
    """Fragments, and a word when nothing was seen in RNA."""
    words = counts(fusion.support, phrases)
    if fusion.fusion_detection is FusionDetection.INFERRED:
        return phrases.join((phrases.term("fusion_detection", fusion.fusion_detection), words))
    return words


def _criteria(outcomes: Sequence[CriterionOutcome], phrases: Phrases) -> str | None:
    """How many criteria are not met."""
    if not outcomes:
        return None
    not_met = sum(outcome.verdict is Verdict.NOT_MET for outcome in outcomes)
    if not_met:
        return phrases.ui("criteria_not_met", n=not_met)
    is_open = any(outcome.verdict is Verdict.NOT_ASSESSABLE for outcome in outcomes)
    return phrases.ui("criteria_none_failed" if is_open else "criteria_all_met")


def _quality(outcomes: Sequence[CriterionOutcome], phrases: Phrases) -> str:
    """Whether quality failed, and on what."""
    for verdict, key in (
        (Verdict.NOT_MET, "quality_failed"),
        (Verdict.NOT_ASSESSABLE, "quality_partly"),
    ):
        names = [
            phrases.inline("criterion", outcome.id)
            for outcome in outcomes
            if outcome.verdict is verdict
        ]
        if names:
            return phrases.ui(key, criteria=phrases.join(names))
    return phrases.ui("quality_ok" if outcomes else "quality_unknown")


def _scope(dossier: Dossier) -> tuple[str, ...]:
    """Keys of the statements that hold for this dossier."""
    if dossier.molecular_state is MolecularState.REARRANGED_NEIGHBOUR:
        symbols = {
            gene.symbol
            for fusion in dossier.fusions
            for gene in (fusion.five_prime_gene, fusion.three_prime_gene)
            if gene is not None
        }
        return ("scope_neighbour",) if _NEIGHBOUR_WITH_A_SOURCE in symbols else ()
    return SCOPE.get(dossier.molecular_state, ())
