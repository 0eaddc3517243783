"""The shape that stands beside the word of a closed vocabulary; never the only sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SHAPES: Final[Mapping[str, str]] = {
    "confirmed_bet": "check",
    "confirmed_bet_complex": "half",
    "confirmed_other_partner": "half",
    "rearranged_partner_unknown": "question",
    "rearranged_neighbour": "half",
    "indeterminate": "question",
    "not_assessable": "warning",
    "not_covered": "dashed",
    "not_detected": "minus",
    "met": "check",
    "not_met": "cross",
    "seen": "check",
    "not_seen": "minus",
    "not_assessed": "diamond",
    "preserved": "check",
    "lost": "cross",
    "unknown": "diamond",
}
VERDICT_SHAPES: Final[Mapping[str, str]] = {**SHAPES, "not_assessable": "diamond"}
