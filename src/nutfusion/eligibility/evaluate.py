"""A scored sample and its declared facts, held against a policy gate by gate.

It never says eligible or not eligible: a verdict is about one gate, and the RCP decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from nutfusion.eligibility.policy import RestsOn
from nutfusion.errors import StageFileError
from nutfusion.model.dossier import PolicyGate, PolicyStatement
from nutfusion.model.reason import Reason
from nutfusion.model.terms import GateVerdict, MolecularState, PartnerClass

if TYPE_CHECKING:
    from nutfusion.eligibility.policy import Gate, Policy
    from nutfusion.model.dossier import DossierSample
    from nutfusion.model.scored import SampleScored

Answer = tuple[GateVerdict, str | None]
"""A verdict and what it rests on."""


def evaluate(scored: SampleScored, sample: DossierSample, policy: Policy) -> PolicyStatement:
    """Answer every gate of a policy.

    Args:
        scored: The molecular verdict.
        sample: The declared facts of the same sample.
        policy: The policy.

    Returns:
        One gate per gate of the policy, in its order. A fact that nobody declared, and a blank of
        the policy, are ``to_be_completed``.

    Raises:
        StageFileError: ``scored`` and ``sample`` are not the same sample.
    """
    if scored.sample != sample.id:
        raise StageFileError(
            f"the scored file is of sample {scored.sample!r}, the sample facts are of "
            f"{sample.id!r}; give the files of one sample"
        )
    return PolicyStatement(
        id=policy.id,
        version=policy.version,
        digest=policy.digest,
        gates=tuple(_gate(gate, scored, sample) for gate in policy.gates),
    )


def _gate(gate: Gate, scored: SampleScored, sample: DossierSample) -> PolicyGate:
    verdict, observed = _answer(gate.rests_on, scored, sample)
    return PolicyGate(
        id=gate.id, verdict=verdict, observed=observed, quote=gate.quote, source=gate.source
    )


def _answer(rests_on: RestsOn, scored: SampleScored, sample: DossierSample) -> Answer:
    match rests_on:
        case RestsOn.DECLARED_DISEASE:
            label = sample.declared.disease
            if label is None or not label.strip():
                return GateVerdict.TO_BE_COMPLETED, None
            return GateVerdict.DECLARED, label
        case RestsOn.DECLARED_PRETREATED:
            return _declared(sample.declared.pretreated)
        case RestsOn.DECLARED_RELAPSE:
            return _declared(sample.declared.relapse)
        case RestsOn.MOLECULAR_STATE:
            return _molecular(scored)
        case RestsOn.NOTHING:
            return GateVerdict.TO_BE_COMPLETED, None
        case _:
            assert_never(rests_on)


def _declared(fact: bool | None) -> Answer:
    """Declared yes is ``declared``: nobody here has checked it. Declared no is ``not_met``."""
    if fact is None:
        return GateVerdict.TO_BE_COMPLETED, None
    return (GateVerdict.DECLARED, "yes") if fact else (GateVerdict.NOT_MET, "no")


def _molecular(scored: SampleScored) -> Answer:
    """Is a fusion of NUTM1 with a BET gene confirmed?

    Met by nothing but ``confirmed_bet``. Not met when another, classified partner is confirmed,
    or when nothing was seen by an assay that could have shown it. A partner that works through
    BRD4 without being a BET protein is left to the RCP: the policy's words do not settle it.
    """
    state = scored.molecular_state
    best = scored.fusions[0] if scored.fusions and scored.fusions[0].state is state else None
    if best is None:
        observed = str(Reason.of(state.value))
    else:
        observed = str(Reason.of(state.value, fusion=best.annotated.name))
    match state:
        case MolecularState.CONFIRMED_BET:
            return GateVerdict.MET, observed
        case MolecularState.CONFIRMED_BET_COMPLEX:
            return GateVerdict.TO_BE_COMPLETED, observed
        case MolecularState.CONFIRMED_OTHER_PARTNER:
            if best is None or best.annotated.partner_class is PartnerClass.UNCLASSIFIED:
                return GateVerdict.NOT_ASSESSABLE, observed
            return GateVerdict.NOT_MET, observed
        case MolecularState.NOT_DETECTED:
            return GateVerdict.NOT_MET, observed
        case (
            MolecularState.REARRANGED_PARTNER_UNKNOWN
            | MolecularState.REARRANGED_NEIGHBOUR
            | MolecularState.INDETERMINATE
            | MolecularState.NOT_ASSESSABLE
            | MolecularState.NOT_COVERED
        ):
            return GateVerdict.NOT_ASSESSABLE, observed
        case _:
            assert_never(state)
