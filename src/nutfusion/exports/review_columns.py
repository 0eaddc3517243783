"""Columns for what a biologist said, beside those of the automatic statement.

They are empty unless the review is as it was signed and somebody vouches for its key; then too
every other column says what the dossier says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from nutfusion.exports.columns import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutfusion.exports.columns import Kind, Value
    from nutfusion.exports.reviews import Beside
    from nutfusion.review.model import Decision, Review


class Subject(NamedTuple):
    """A row of a table, with what stands beside its dossier.

    Attributes:
        record: What the columns of the automatic statement take.
        beside: ``None``: nobody looked for reviews.
    """

    record: Any
    beside: Beside | None


def automatic(column: Column[Any]) -> Column[Subject]:
    """A column of the dossier, for rows with reviews beside."""
    return Column(column.name, column.kind, column.meaning, lambda row: column.value(row.record))


def _of_review(
    name: str, kind: Kind, meaning: str, value: Callable[[Review], Value]
) -> Column[Subject]:
    def take(row: Subject) -> Value:
        review = None if row.beside is None else row.beside.review
        return None if review is None else value(review)

    return Column(name, kind, meaning, take)


def _of_decision(
    name: str, kind: Kind, meaning: str, value: Callable[[Decision], Value]
) -> Column[Subject]:
    def take(row: Subject) -> Value:
        fusion_id = row.record.fusion.fusion_id
        decision = None if row.beside is None else row.beside.decision(fusion_id)
        return None if decision is None else value(decision)

    return Column(name, kind, meaning, take)


_NONE: Final = "; empty: no review that may be repeated."

_STATUS: Final[Column[Subject]] = Column(
    "review_status", "word", "signed: by a key that somebody vouches for; signed_unknown_key: a"
    " review stands beside, not verified; touched: dossier or review changed after the signature;"
    " unsigned: no review; empty: nobody looked.",
    lambda row: None if row.beside is None else row.beside.status.value,
)  # fmt: skip

DOSSIER_REVIEW_COLUMNS: Final[tuple[Column[Subject], ...]] = (
    _STATUS,
    _of_review("reviewed_state", "word", f"State of the sample after the review{_NONE}",
               lambda r: r.sample_state.reviewed.value),
    _of_review("reviewed_state_basis", "word", "accepted: as the dossier says; fusions: follows"
               f" from those that stand; stated: the biologist's own word{_NONE}",
               lambda r: r.sample_state.basis),
    _of_review("reviewed_state_reason", "text", "Why it is stated; empty: it is not.",
               lambda r: r.sample_state.reason),
    _of_review("review_number", "whole", f"Which review holds, from 1{_NONE}", lambda r: r.number),
    _of_review("reviewer", "text", f"Code of the biologist{_NONE}", lambda r: r.reviewer.id),
    _of_review("review_centre", "text", "Code of the laboratory; empty: not given.",
               lambda r: r.reviewer.centre),
    _of_review("reviewed_on", "text", f"Day of the signature{_NONE}", lambda r: r.signed_at),
    _of_review("review_comment", "text", "Free words on the whole; empty: none.",
               lambda r: r.comment),
)  # fmt: skip
"""In order, behind those of the dossier."""

FUSION_REVIEW_COLUMNS: Final[tuple[Column[Subject], ...]] = (
    _STATUS,
    _of_decision("review_verdict", "word", f"accepted, corrected or rejected{_NONE}",
                 lambda d: d.verdict.value),
    _of_decision("review_corrections", "texts", "What holds instead, field=value; the other columns"
                 " say what was there.",
                 lambda d: tuple(f"{one.field.value}={one.to}" for one in d.corrections)),
    _of_decision("review_reasons", "texts", "Why, one per correction, or why it is rejected.",
                 lambda d: tuple(one.reason for one in d.corrections)
                 if d.reason is None else (d.reason,)),
)  # fmt: skip
"""In order, behind those of the fusion."""
