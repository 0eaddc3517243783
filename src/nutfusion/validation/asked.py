"""Which question is asked of which sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.validation.design import CLEAN_FRAGMENTS, FEW_FRAGMENTS, LEAST_ACCEPTED_LENGTH
from nutfusion.validation.planned import POSITIVE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.validation.judge import Outcome

_POSITION_STRATA: Final = frozenset({"catalogued", "random_exon", "reciprocal", "beside_strong"})
_MAY_BE_CALLED: Final = frozenset({"neighbour", "read_through", "carry_over"})
"""Negatives with an RNA of NUTM1 that is worth saying; not that it is a rearrangement."""


def is_accepted_length(one: Outcome) -> bool:
    """Whether the acceptance criteria hold for reads of this length."""
    return one.read_length >= LEAST_ACCEPTED_LENGTH


def joint_label(one: Outcome) -> str:
    """The 5' gene of a catalogued sample with its exon, from the identifier."""
    gene, _, exon = one.planned.split(".")[1].rpartition("-e")
    return f"{gene} e{exon}"


def is_positive(one: Outcome) -> bool:
    """Whether a NUTM1 fusion that counts is in the sample."""
    return one.truth.stratum in POSITIVE


def position_is_asked(one: Outcome) -> bool:
    """A fusion on exon edges of a known gene that was called, at whatever base."""
    joint = one.truth.joint
    return (
        one.truth.stratum in _POSITION_STRATA
        and joint is not None
        and joint.boundary
        and is_accepted_length(one)
        and one.truth.fragments >= FEW_FRAGMENTS
        and (one.seen or any(call.startswith(f"{one.truth.gene}::NUTM1 ") for call in one.extra))
    )


def crossed_position_is_asked(one: Outcome) -> bool:
    """As before, of at least one read that crosses the joint: none shows the base without it."""
    return position_is_asked(one) and one.truth.split > 0


def state_is_asked(one: Outcome) -> bool:
    """A fusion that passes the profile, in reads long enough; or a sample without one.

    Relatives of NUTM1 that are closer than any known are not asked.
    """
    if is_positive(one):
        return one.truth.passes and is_accepted_length(one)
    return one.truth.stratum != "paralogue_close"


def false_calls(one: Outcome) -> tuple[str, ...]:
    """Calls of what is not in the sample; of read-through those that make it a rearrangement."""
    is_worth_saying = one.truth.stratum in _MAY_BE_CALLED and one.truth.joint is None
    if one.truth.stratum == "read_through":
        is_worth_saying = one.state_is_right
    return () if is_worth_saying else one.extra


def catalogued(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Samples of catalogued joints."""
    return [one for one in outcomes if one.truth.stratum == "catalogued"]


def has_fragments(one: Outcome, least: int) -> bool:
    """Whether a sample is one of so many fragments; five stand for five and more."""
    if least == CLEAN_FRAGMENTS:
        return one.truth.fragments >= CLEAN_FRAGMENTS
    return one.truth.fragments == least
