"""Strata of which fewer samples could be made than the design asks for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nutfusion.validation.design import LIBRARIES
from nutfusion.validation.document import Short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.validation.design import Design
    from nutfusion.validation.judge import Outcome
    from nutfusion.validation.planned import Stratum


def asked_for(design: Design) -> dict[Stratum, int]:
    """Judged samples of each stratum but ``catalogued``, whose number goes with the joints."""
    return {
        "random_exon": design.random_exon,
        "random_inside": design.random_inside,
        "reciprocal": design.reciprocal,
        "unknown_partner": design.unknown_partner,
        "dilution": design.dilution * len(design.dilution_levels) * len(LIBRARIES),
        "fraction": design.fraction * len(design.fraction_levels),
        "beside_strong": design.runs,
        "wild_type": design.wild_type,
        "testis": design.testis,
        "paralogue": design.paralogue,
        "paralogue_close": design.paralogue_close,
        "neighbour": design.neighbour,
        "read_through": design.read_through,
        "reciprocal_alone": design.reciprocal_alone,
        "carry_over": design.runs * (design.receivers - 1),
        "deep": design.deep,
    }


def short_strata(design: Design, outcomes: Iterable[Outcome]) -> tuple[Short, ...]:
    """Every stratum that is missing or too small, in the order of the design."""
    made = Counter(one.truth.stratum for one in outcomes)
    return tuple(
        Short(stratum=stratum, asked=asked, made=made[stratum])
        for stratum, asked in asked_for(design).items()
        if made[stratum] < asked
    )
