"""Every sample of a set, before any is made, in the order of the strata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.validation import plan_negative, plan_positive
from nutfusion.validation.sheet import Sheet

if TYPE_CHECKING:
    from nutfusion.validation.design import Design
    from nutfusion.validation.materials import Materials
    from nutfusion.validation.planned import Planned

_STRATA = (
    plan_positive.catalogued,
    plan_positive.random_exon,
    plan_positive.random_inside,
    plan_positive.reciprocal,
    plan_positive.unknown_partner,
    plan_positive.dilution,
    plan_positive.fraction,
    plan_negative.wild_type,
    plan_negative.testis,
    plan_negative.paralogues,
    plan_negative.close_paralogues,
    plan_negative.neighbours,
    plan_negative.read_through,
    plan_negative.reciprocal_alone,
    plan_negative.deep,
    plan_negative.runs,
)


def plan(design: Design, materials: Materials, seed: int) -> list[Planned]:
    """Lay out a set.

    Args:
        design: How many samples of each stratum.
        materials: What they can be made of; a stratum that they cannot give is left out.
        seed: Of the whole set.
    """
    sheet = Sheet(design, materials, seed)
    return [planned for stratum in _STRATA for planned in stratum(sheet)]
