"""What changed between two policies: a gate that came, went, moved, or rests on other words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nutfusion.model.base import Record

if TYPE_CHECKING:
    from nutfusion.eligibility.policy import Gate, Policy

_OF_POLICY = ("id", "version", "title", "status", "source_note")
_OF_GATE = ("rests_on", "quote", "source")


class PolicyChange(Record):
    """One difference.

    Attributes:
        kind: A gate was added or removed, the order of the gates changed, or a key has another
            value.
        gate: Identifier; ``None`` for the policy itself.
        key: What differs; ``None`` for a gate that came or went.
        before: In the first policy; ``None`` for a gate that was not there, and for ``null``.
        after: In the second policy; ``None`` as before.
        may_change_verdict: The gate's verdict, or whether there is one, can differ.
    """

    kind: Literal["added", "removed", "changed", "moved"]
    gate: str | None
    key: str | None
    before: str | None
    after: str | None
    may_change_verdict: bool


def policy_changes(one: Policy, other: Policy) -> tuple[PolicyChange, ...]:
    """Compare two policies; the digests of two files differ with their comments, and are no change.

    Returns:
        The policy's own keys, then gates in the order of the first policy, then those that came,
        then the order. Empty when the policies say the same.
    """
    found = [
        PolicyChange(
            kind="changed",
            gate=None,
            key=key,
            before=str(getattr(one, key)),
            after=str(getattr(other, key)),
            may_change_verdict=False,
        )
        for key in _OF_POLICY
        if getattr(one, key) != getattr(other, key)
    ]
    before = {gate.id: gate for gate in one.gates}
    after = {gate.id: gate for gate in other.gates}
    for name, gate in before.items():
        found += _gate_changes(gate, after.get(name))
    found += [_came_or_went(gate, "added") for name, gate in after.items() if name not in before]
    kept = [name for name in before if name in after]
    now = [name for name in after if name in before]
    if kept != now:
        found.append(
            PolicyChange(
                kind="moved",
                gate=None,
                key="gates",
                before=" ".join(kept),
                after=" ".join(now),
                may_change_verdict=False,
            )
        )
    return tuple(found)


def _gate_changes(gate: Gate, now: Gate | None) -> list[PolicyChange]:
    if now is None:
        return [_came_or_went(gate, "removed")]
    return [
        PolicyChange(
            kind="changed",
            gate=gate.id,
            key=key,
            before=_text(gate, key),
            after=_text(now, key),
            may_change_verdict=key == "rests_on",
        )
        for key in _OF_GATE
        if getattr(gate, key) != getattr(now, key)
    ]


def _came_or_went(gate: Gate, kind: Literal["added", "removed"]) -> PolicyChange:
    words = gate.quote or gate.rests_on.value
    return PolicyChange(
        kind=kind,
        gate=gate.id,
        key=None,
        before=words if kind == "removed" else None,
        after=words if kind == "added" else None,
        may_change_verdict=True,
    )


def _text(gate: Gate, key: str) -> str | None:
    value = getattr(gate, key)
    return None if value is None else str(value)
