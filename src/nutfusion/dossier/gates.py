"""The policy's gates as the page says them: findings for the board, never a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.dossier.messages import small_first
from nutfusion.model.reason import Reason
from nutfusion.model.terms import GateVerdict, MolecularState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.dossier import Dossier, PolicyGate

PRESS_RELEASE_POLICY: Final = "birabresib-put"
"""The shipped policy: the gates of the press release, and blanks for what only ANSM's text says."""

_SHAPES: Final[Mapping[GateVerdict, str]] = {
    GateVerdict.MET: "check",
    GateVerdict.NOT_MET: "minus",
    GateVerdict.NOT_ASSESSABLE: "diamond",
    GateVerdict.DECLARED: "half",
    GateVerdict.TO_BE_COMPLETED: "dashed",
}
_DISEASE: Final = "nut_carcinoma"
_YES_NO: Final = ("yes", "no")


@dataclass(frozen=True, slots=True)
class GateView:
    """One gate in words.

    Attributes:
        data: The dossier's own gate.
        shape: Sign beside the finding.
        finding: The finding.
    """

    data: PolicyGate
    shape: str
    finding: str


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The policy in words.

    Attributes:
        title: Heading of the section.
        subject: What the policy is about; ``None`` for a policy that we did not ship.
        gates: Gates with a finding, in the order of the policy.
        blanks: Gates that only the protocol settles.
        footnote: What ``met`` means; ``None`` when nothing is met.
    """

    title: str
    subject: str | None
    gates: tuple[GateView, ...]
    blanks: tuple[PolicyGate, ...]
    footnote: str | None


def policy_view(dossier: Dossier, phrases: Phrases) -> PolicyView:
    """Say a dossier's policy."""
    policy = dossier.policy
    blanks = tuple(
        gate
        for gate in policy.gates
        if gate.quote is None and gate.verdict is GateVerdict.TO_BE_COMPLETED
    )
    is_ours = policy.id == PRESS_RELEASE_POLICY
    is_met = any(gate.verdict is GateVerdict.MET for gate in policy.gates)
    profile = dossier.provenance.assay.partition("@")[0]
    return PolicyView(
        title=phrases.ui("policy_press_release" if is_ours and blanks else "policy"),
        subject=phrases.ui("policy_subject") if is_ours else None,
        gates=tuple(_gate_view(gate, phrases) for gate in policy.gates if gate not in blanks),
        blanks=blanks,
        footnote=phrases.ui("policy_confirmed_means", profile=profile) if is_met else None,
    )


def _gate_view(gate: PolicyGate, phrases: Phrases) -> GateView:
    """A fact that somebody declared is a declaration, whichever way it goes."""
    is_declared = gate.observed in _YES_NO and gate.id != _DISEASE
    shape = "half" if is_declared else _SHAPES[gate.verdict]
    return GateView(gate, shape, _finding(gate, phrases, is_declared=is_declared))


def _finding(gate: PolicyGate, phrases: Phrases, *, is_declared: bool) -> str:
    """The finding in words."""
    word = phrases.term("gate_verdict", gate.verdict)
    if gate.observed is None:
        return word
    if gate.id == _DISEASE and gate.verdict is GateVerdict.DECLARED:
        return phrases.ui("gate_disease", disease=gate.observed)
    if is_declared:
        word = phrases.term("gate_verdict", GateVerdict.DECLARED)
    elif gate.verdict is GateVerdict.TO_BE_COMPLETED and _is_state(gate.observed):
        word = phrases.ui("gate_for_the_board")
    return f"{word}{phrases.colon}{small_first(phrases.value(gate.observed))}"


def _is_state(observed: str) -> bool:
    """The observation is a molecular state: the policy's words do not settle it."""
    try:
        return Reason.parse(observed).code in set(MolecularState)
    except ValueError:
        return False
