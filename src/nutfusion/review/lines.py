"""A checked dossier as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.review.keys import fingerprint
from nutfusion.review.model import ReviewVerdict

if TYPE_CHECKING:
    from nutfusion.review.check import FolderCheck
    from nutfusion.review.facts import FusionFacts
    from nutfusion.review.model import Decision


def check_lines(found: FolderCheck) -> list[str]:
    """What is known of the dossier, of each review and signature, and every finding."""
    sample = "?" if found.facts is None else found.facts.sample.id
    lines = [
        f"{sample}: {found.status.value}",
        f"dossier sha256:{found.dossier_sha256 or 'unknown'}",
    ]
    for one in found.reviews:
        who = "unreadable"
        if one.review is not None:
            by = one.review.reviewer
            who = f"{one.review.signed_at} by {by.id}"
            who += "" if by.centre is None else f" of {by.centre}"
            who += f", key {_key(by.public_key)}"
        label = "" if one.key_label is None else f" ({one.key_label})"
        lines.append(
            f"review {one.number} sha256:{one.sha256}: {who}: {one.signature.value}{label}"
        )
    return lines + [str(finding) for finding in found.findings]


def statement_lines(found: FolderCheck) -> list[str]:
    """The automatic statement, and beneath each part what the last review says of it."""
    facts = found.facts
    if facts is None:
        return ["the dossier cannot be read"]
    last = found.last.review if found.last else None
    lines = [f"{facts.sample.id}: {facts.molecular_state.value} (automatic)"]
    if last is not None:
        state = last.sample_state
        why = f": {state.reason}" if state.reason else ""
        lines.append(f"  review: {state.reviewed.value} ({state.basis}){why}")
    decisions = {d.fusion_id: d for d in last.decisions} if last else {}
    for fusion in facts.fusions:
        lines += _fusion_lines(fusion, decisions.get(fusion.fusion_id))
    if last is not None and last.comment is not None:
        lines.append(f"comment: {last.comment}")
    return lines


def _fusion_lines(fusion: FusionFacts, decision: Decision | None) -> list[str]:
    split = fusion.support.split_reads
    said = f"{fusion.state.value}, {fusion.reading_frame.value}"
    counted = f"split reads {'unknown' if split is None else split}"
    lines = [f"{fusion.name} {fusion.fusion_id}: {said}, {counted}"]
    if decision is None:
        return [*lines, "  not reviewed"]
    if decision.verdict is ReviewVerdict.REJECTED:
        return [*lines, f"  rejected: {decision.reason}"]
    lines.append(f"  {decision.verdict.value}")
    return lines + [
        f"    {c.field.value}: {c.automatic} -> {c.to}: {c.reason}" for c in decision.corrections
    ]


def _key(public_key: str) -> str:
    try:
        return fingerprint(public_key)
    except ValueError:
        return "that is none"
