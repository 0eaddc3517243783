"""The policy's gates as the page says them: findings for the board, never a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.dossier.messages import small_first
from nutfusion.model.terms import GateVerdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.dossier import Dossier, PolicyGate

_SHAPES: Final[Mapping[GateVerdict, str]] = {
    GateVerdict.MET: "check",
    GateVerdict.NOT_MET: "minus",
    GateVerdict.NOT_ASSESSABLE: "diamond",
    GateVerdict.DECLARED: "half",
    GateVerdict.TO_BE_COMPLETED: "dashed",
}
_DISEASE: Final = "gate_disease_for_board"
_COMPLEX: Final = "gate_complex_for_board"


@dataclass(frozen=True, slots=True)
class GateView:
    """One gate in words.

    Attributes:
        data: The dossier's own gate.
        shape: Sign beside the finding.
        finding: The finding.
        reason: Why it is that; ``None`` when the finding says it.
    """

    data: PolicyGate
    shape: str
    finding: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The policy in words.

    Attributes:
        title: Heading of the section.
        gates: Gates with a finding, in the order of the policy.
        blanks: Gates that only the protocol settles.
    """

    title: str
    gates: tuple[GateView, ...]
    blanks: tuple[PolicyGate, ...]


def policy_view(dossier: Dossier, phrases: Phrases) -> PolicyView:
    """Say a dossier's policy."""
    policy = dossier.policy
    blanks = tuple(
        gate
        for gate in policy.gates
        if gate.quote is None and gate.verdict is GateVerdict.TO_BE_COMPLETED
    )
    is_press = policy.status == "press_release_only"
    return PolicyView(
        title=phrases.ui("policy_press_release" if is_press else "policy"),
        gates=tuple(
            _gate_view(gate, dossier, phrases) for gate in policy.gates if gate not in blanks
        ),
        blanks=blanks,
    )


def _gate_view(gate: PolicyGate, dossier: Dossier, phrases: Phrases) -> GateView:
    """The finding, then why; a diagnosis is said with what the board has to weigh."""
    shape = _SHAPES[gate.verdict]
    if gate.reason == _DISEASE and gate.observed is not None:
        return GateView(gate, shape, phrases.ui("gate_disease", disease=gate.observed), None)
    word = phrases.term("gate_verdict", gate.verdict)
    if (gate.reason or "").startswith(_COMPLEX):
        word = phrases.ui("gate_for_the_board")
    if gate.observed is not None:
        word = f"{word}{phrases.colon}{small_first(phrases.value(gate.observed))}"
    reason = None if gate.reason is None else small_first(phrases.reason(gate.reason))
    if reason is not None and gate.verdict is GateVerdict.MET and dossier.qc.reads is None:
        reason = phrases.join((reason, phrases.ui("no_reads_here")))
    return GateView(gate, shape, word, reason)
