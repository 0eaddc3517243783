"""Detection limits of diluted samples."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nutfusion.validation.document import LimitRow
from nutfusion.validation.statistics import detection_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nutfusion.validation.judge import Outcome


def limits(outcomes: Sequence[Outcome]) -> tuple[LimitRow, ...]:
    """Detection limits in fragments, by library, and in fusion fraction."""
    found = []
    for library in ("fresh", "ffpe"):
        diluted = [o for o in outcomes if o.truth.stratum == "dilution" and o.library == library]
        found += _limits(f"fragments_{library}", diluted, lambda o: float(o.truth.fragments))
    drawn = [o for o in outcomes if o.truth.stratum == "fraction"]
    found += _limits("fraction", drawn, lambda o: o.fraction or 0.0)
    return tuple(found)


def _limits(
    name: str, outcomes: Sequence[Outcome], amount: Callable[[Outcome], float]
) -> list[LimitRow]:
    rows = []
    made = Counter(amount(one) for one in outcomes)
    seen = Counter(amount(one) for one in outcomes if one.seen)
    confirmed = Counter(amount(one) for one in outcomes if one.is_confirmed)
    if not made:
        return []
    for asked, counts in (("seen", seen), ("confirmed", confirmed)):
        levels = tuple((level, counts[level], made[level]) for level in sorted(made))
        limit = detection_limit(levels)
        rows.append(
            LimitRow.model_validate(
                {
                    "id": name,
                    "asked": asked,
                    "levels": levels,
                    "value": _rounded(limit.value),
                    "low": _rounded(limit.low),
                    "high": _rounded(limit.high),
                    "slope": _rounded(limit.slope),
                    "chi2": _rounded(limit.chi2),
                    "freedom": limit.freedom,
                    "bracket_low": limit.bracket[0],
                    "bracket_high": limit.bracket[1],
                    "why": limit.why,
                }
            )
        )
    return rows


def _rounded(value: float | None) -> float | None:
    """Four significant digits, so that the last bits of a fit do not show."""
    return None if value is None else float(f"{value:.4g}")
