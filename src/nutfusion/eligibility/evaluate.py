"""A scored sample and its declared facts, held against a policy gate by gate.

It never says eligible or not eligible: a verdict is about one gate, and the RCP decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from nutfusion.eligibility.policy import RestsOn
from nutfusion.errors import StageFileError
from nutfusion.model.dossier import PolicyGate, PolicyStatement
from nutfusion.model.reason import Reason
from nutfusion.model.terms import GateVerdict, MolecularState
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from nutfusion.eligibility.policy import Gate, Policy
    from nutfusion.model.dossier import DossierSample
    from nutfusion.model.scored import SampleScored, ScoredFusion


@dataclass(frozen=True, slots=True)
class _Answer:
    """A verdict, what it rests on, and why it follows."""

    verdict: GateVerdict
    observed: str | None
    reason: str | None


_BLANK: Final = _Answer(GateVerdict.TO_BE_COMPLETED, None, None)

_OF_A_CONTROL: Final = _Answer(GateVerdict.NOT_ASSESSABLE, None, reason("gate_of_a_control"))
"""A control of a run is of no patient: whatever it shows or its row declares answers no gate."""


def evaluate(scored: SampleScored, sample: DossierSample, policy: Policy) -> PolicyStatement:
    """Answer every gate of a policy.

    Args:
        scored: The molecular verdict.
        sample: The declared facts of the same sample.
        policy: The policy.

    Returns:
        One gate per gate of the policy, in its order. A fact that nobody declared, and a blank of
        the policy, are ``to_be_completed``. Of a control of the run every gate is
        ``not_assessable``, and says that it is one.

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
        title=policy.title,
        status=policy.status,
        source_note=policy.source_note,
        digest=policy.digest,
        gates=tuple(_gate(gate, scored, sample) for gate in policy.gates),
    )


def _gate(gate: Gate, scored: SampleScored, sample: DossierSample) -> PolicyGate:
    is_patient = sample.control is None
    answer = _answer(gate.rests_on, scored, sample) if is_patient else _OF_A_CONTROL
    return PolicyGate(
        id=gate.id,
        verdict=answer.verdict,
        observed=answer.observed,
        reason=answer.reason,
        quote=gate.quote,
        source=gate.source,
    )


def _answer(rests_on: RestsOn, scored: SampleScored, sample: DossierSample) -> _Answer:
    match rests_on:
        case RestsOn.DECLARED_DISEASE:
            label = sample.declared.disease
            if label is None or not label.strip():
                return _BLANK
            return _Answer(GateVerdict.DECLARED, label, reason("gate_disease_for_board"))
        case RestsOn.DECLARED_PRETREATED:
            return _declared(sample.declared.pretreated)
        case RestsOn.DECLARED_RELAPSE:
            return _declared(sample.declared.relapse)
        case RestsOn.MOLECULAR_STATE:
            return _molecular(scored)
        case RestsOn.NOTHING:
            return _BLANK
        case _:
            assert_never(rests_on)


def _declared(fact: bool | None) -> _Answer:
    """Yes and no are both ``declared``: nobody here has observed either."""
    if fact is None:
        return _BLANK
    return _Answer(GateVerdict.DECLARED, "yes" if fact else "no", reason("gate_declared_only"))


def _molecular(scored: SampleScored) -> _Answer:
    """Is a fusion of NUTM1 with a BET gene confirmed?

    Met by nothing but ``confirmed_bet``. Not met when what is joined to NUTM1 is known and no BET
    gene (another partner, a 15q14 neighbour), or when nothing was seen by an assay that reads
    NUTM1. A partner that works through BRD4 without being a BET protein is left to the RCP: the
    policy's words do not settle it. An unidentified partner, or a gene that no HGNC id identifies,
    may be a BET gene: not assessable.
    """
    state = scored.molecular_state
    best = scored.fusions[0] if scored.fusions and scored.fusions[0].state is state else None
    if best is None:
        observed = str(Reason.of(state.value))
    else:
        observed = str(Reason.of(state.value, fusion=best.annotated.name))
    verdict, why = _molecular_verdict(state, best, scored.assay)
    return _Answer(verdict, observed, why)


def _molecular_verdict(
    state: MolecularState, best: ScoredFusion | None, profile: str
) -> tuple[GateVerdict, str]:
    partner = None if best is None else best.annotated.call.five_prime_gene
    symbol = "unknown" if partner is None else partner.symbol
    match state:
        case MolecularState.CONFIRMED_BET:
            return GateVerdict.MET, reason("gate_confirmed", profile=profile)
        case MolecularState.CONFIRMED_BET_COMPLEX:
            return GateVerdict.TO_BE_COMPLETED, reason("gate_complex_for_board", gene=symbol)
        case MolecularState.CONFIRMED_OTHER_PARTNER:
            if partner is None or partner.hgnc_id is None:
                return GateVerdict.NOT_ASSESSABLE, reason("gate_partner_unresolved", gene=symbol)
            return GateVerdict.NOT_MET, reason("gate_partner_not_bet", gene=symbol)
        case MolecularState.REARRANGED_NEIGHBOUR:
            place = "15q14" if partner is None else symbol
            return GateVerdict.NOT_MET, reason("gate_partner_not_bet", gene=place)
        case MolecularState.NOT_DETECTED:
            return GateVerdict.NOT_MET, reason("gate_nothing_seen")
        case MolecularState.REARRANGED_PARTNER_UNKNOWN:
            return GateVerdict.NOT_ASSESSABLE, reason("gate_partner_not_identified")
        case MolecularState.INDETERMINATE:
            return GateVerdict.NOT_ASSESSABLE, reason("gate_not_established")
        case MolecularState.NOT_ASSESSABLE | MolecularState.NOT_COVERED:
            return GateVerdict.NOT_ASSESSABLE, reason("gate_silent")
        case _:
            assert_never(state)
