"""Some of many, with the exact interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.validation.document import Share
from nutfusion.validation.statistics import clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nutfusion.validation.judge import Outcome


def share(found: int, made: int) -> Share:
    """A share with its interval."""
    if not made:
        return Share(found=0, made=0, low=None, high=None)
    low, high = clopper_pearson(found, made)
    return Share(found=found, made=made, low=round(low, 6), high=round(high, 6))


def share_of(outcomes: Iterable[Outcome], holds: Callable[[Outcome], bool]) -> Share:
    """How many of some outcomes a thing holds for."""
    answers = [holds(one) for one in outcomes]
    return share(sum(answers), len(answers))
