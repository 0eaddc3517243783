"""From what a biologist says to a review: everything is checked before anything is signed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.errors import ReviewError
from nutfusion.model.terms import MolecularState, PartnerClass, ReadingFrame
from nutfusion.review.model import (
    Correction,
    Decision,
    Review,
    Reviewer,
    ReviewField,
    ReviewVerdict,
    SampleDecision,
)
from nutfusion.review.texts import checked_code, checked_day, checked_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutfusion.review.facts import DossierFacts, FusionFacts

CHOICES: Final[Mapping[ReviewField, tuple[str, ...]]] = {
    ReviewField.STATE: tuple(MolecularState),
    ReviewField.READING_FRAME: tuple(ReadingFrame),
    ReviewField.PARTNER_CLASS: tuple(PartnerClass),
}
"""Fields with a closed vocabulary."""

_FORMS: Final[Mapping[ReviewField, tuple[re.Pattern[str], str]]] = {
    **dict.fromkeys(
        (ReviewField.FIVE_PRIME_GENE, ReviewField.THREE_PRIME_GENE),
        (re.compile(r"[A-Z][A-Za-z0-9.-]{0,30}"), "an HGNC symbol such as BRD4"),
    ),
    **dict.fromkeys(
        (ReviewField.FIVE_PRIME_POSITION, ReviewField.THREE_PRIME_POSITION),
        (
            re.compile(r"chr(?:[1-9]|1\d|2[0-2]|X|Y|M):[1-9]\d{0,8}", re.ASCII),
            "a GRCh38 position such as chr19:15254152",
        ),
    ),
    ReviewField.NAME: (
        re.compile(r"[A-Za-z0-9.?-]{1,31}(?:::|\(::\)|-)[A-Za-z0-9.?-]{1,31}"),
        "a fusion's name such as BRD4::NUTM1",
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of one fusion, not yet checked.

    Attributes:
        verdict: Accepted, corrected or rejected.
        corrections: (field, value, reason).
        reason: Of a rejection.
    """

    verdict: ReviewVerdict
    corrections: tuple[tuple[str, str, str], ...] = ()
    reason: str | None = None


def make_review(
    facts: DossierFacts,
    said: Mapping[str, Said],
    *,
    reviewer: Reviewer,
    signed_at: str,
    state: tuple[str, str] | None = None,
    comment: str | None = None,
    previous: tuple[Review, str] | None = None,
) -> Review:
    """Lay out a review.

    Args:
        facts: The dossier.
        said: By ``fusion_id``; every fusion once.
        reviewer: Who.
        signed_at: Day, ``YYYY-MM-DD``.
        state: The sample's state in the biologist's own word, and why; ``None``: it follows.
        comment: Free words; ``None`` for none.
        previous: The review before and its digest.

    Raises:
        ReviewError: A fusion is without a decision or unknown, a value is not of its field, a
            reason is missing, the day lies before the last review's, or no fusion stands and the
            state is not stated.
    """
    day = checked_day(signed_at, "date")
    if previous is not None and day < previous[0].signed_at:
        raise ReviewError(
            f"date: expected {previous[0].signed_at} (the review before) or later, found {day}",
            code="day_before",
        )
    decisions = _decisions(facts, said)
    checked_code(reviewer.id, "reviewer")
    if reviewer.centre is not None:
        checked_code(reviewer.centre, "centre")
    return Review(
        number=1 if previous is None else previous[0].number + 1,
        sample=facts.sample.id,
        dossier_sha256=facts.sha256,
        dossier_parts=facts.parts,
        previous_sha256=None if previous is None else previous[1],
        reviewer=reviewer,
        decisions=decisions,
        sample_state=_sample_state(facts, decisions, state),
        comment=None if comment is None else checked_text(comment, "comment"),
        signed_at=day,
    )


def _decisions(facts: DossierFacts, said: Mapping[str, Said]) -> tuple[Decision, ...]:
    """One decision per fusion, in the dossier's order."""
    wanted = [fusion.fusion_id for fusion in facts.fusions]
    _name_those("a decision for every fusion, found none for", set(wanted) - set(said), facts)
    unknown = sorted(set(said) - set(wanted))
    if unknown:
        raise ReviewError(f"expected a fusion of this dossier, found {unknown[0]!r}")
    return tuple(_decision(fusion, said[fusion.fusion_id]) for fusion in facts.fusions)


def _name_those(expected: str, missing: set[str], facts: DossierFacts) -> None:
    names = [f"{f.name} ({f.fusion_id})" for f in facts.fusions if f.fusion_id in missing]
    if names:
        raise ReviewError(f"expected {expected} {', '.join(names)}", code="no_decision")


def _decision(fusion: FusionFacts, said: Said) -> Decision:
    where = f"{fusion.name} ({fusion.fusion_id})"
    is_corrected = said.verdict is ReviewVerdict.CORRECTED
    if is_corrected != bool(said.corrections):
        found = "none" if is_corrected else f"some, but it is {said.verdict}"
        raise ReviewError(
            f"{where}: expected corrections of a corrected fusion only, found {found}",
            code="no_correction" if is_corrected else "extra_correction",
        )
    reason = None
    if said.verdict is ReviewVerdict.REJECTED:
        reason = checked_text(said.reason or "", f"{where}, rejected")
    return Decision(
        fusion_id=fusion.fusion_id,
        verdict=said.verdict,
        corrections=tuple(_corrections(fusion, said.corrections, where)),
        reason=reason,
    )


def _corrections(
    fusion: FusionFacts, given: Iterable[tuple[str, str, str]], where: str
) -> list[Correction]:
    found: dict[ReviewField, Correction] = {}
    for name, value, reason in given:
        if name not in tuple(ReviewField):
            raise ReviewError(
                f"{where}: expected a field of {', '.join(ReviewField)}; found {name[:40]!r}"
            )
        field = ReviewField(name)
        if field in found:
            raise ReviewError(
                f"{where}: {field} is corrected twice; which one holds?", code="twice"
            )
        automatic = fusion.automatic(field)
        to = checked_value(field, value, where)
        if to == automatic:
            raise ReviewError(
                f"{where}: {field} is {to} already; nothing to correct", code="same_value"
            )
        why = checked_text(reason, f"{where}, {field}")
        found[field] = Correction(field=field, automatic=automatic, to=to, reason=why)
    return [found[field] for field in ReviewField if field in found]


def checked_value(field: ReviewField, value: str, where: str) -> str:
    """The value of a correction.

    Raises:
        ReviewError: It is not of the field's vocabulary or form.
    """
    if field in CHOICES:
        if value not in CHOICES[field]:
            raise ReviewError(
                f"{where}: {field}: expected one of {', '.join(CHOICES[field])}; found"
                f" {value[:60]!r}",
                code="bad_value",
            )
        return value
    form, words = _FORMS[field]
    if not form.fullmatch(value):
        raise ReviewError(
            f"{where}: {field}: expected {words}, found {value[:60]!r}", code="bad_value"
        )
    return value


def _sample_state(
    facts: DossierFacts, decisions: tuple[Decision, ...], stated: tuple[str, str] | None
) -> SampleDecision:
    """The sample's state: stated, or as before, or what follows from the fusions that stand."""
    automatic = facts.molecular_state
    if stated is not None:
        code, reason = stated
        if code not in tuple(MolecularState):
            raise ReviewError(
                f"state: expected one of {', '.join(MolecularState)}; found {code[:60]!r}",
                code="bad_value",
            )
        return SampleDecision(
            automatic=automatic,
            reviewed=MolecularState(code),
            basis="stated",
            reason=checked_text(reason, "state"),
        )
    standing = standing_states(facts, decisions)
    if all(one.verdict is ReviewVerdict.ACCEPTED for one in decisions):
        return SampleDecision(
            automatic=automatic, reviewed=automatic, basis="accepted", reason=None
        )
    if not standing:
        raise ReviewError(
            "state: every fusion is rejected, and what the sample then is (not detected, not"
            " assessable, not covered) follows from nothing in the dossier; state it with a reason",
            code="state_needed",
        )
    reviewed = min(standing, key=lambda state: state.precedence)
    return SampleDecision(automatic=automatic, reviewed=reviewed, basis="fusions", reason=None)


def standing_states(facts: DossierFacts, decisions: tuple[Decision, ...]) -> list[MolecularState]:
    """States of the fusions that are not rejected, as corrected; the dossier's order."""
    states = []
    for decision in decisions:
        if decision.verdict is ReviewVerdict.REJECTED:
            continue
        corrected = {c.field: c.to for c in decision.corrections}
        state = corrected.get(ReviewField.STATE, facts.fusion(decision.fusion_id).state)
        states.append(MolecularState(state))
    return states
