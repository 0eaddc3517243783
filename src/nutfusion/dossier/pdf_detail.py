"""How much of a dossier stands on its two pages: what gives way first when it is too long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Detail:
    """One amount of detail.

    Attributes:
        size: Size of the letters in points.
        reads: Reads shown of the first fusion.
        indicative: Criteria that decide nothing are shown even when they say nothing against it.
        lines: Longest list before "n more lines".
        others: Fusions after the first that have their own points; the others stand in the table.
        quotes: The words of the policy stand beside its gates.
    """

    size: float
    reads: int
    indicative: bool
    lines: int
    others: int
    quotes: bool


DETAILS: Final = (
    Detail(size=10.0, reads=20, indicative=True, lines=12, others=2, quotes=True),
    Detail(size=9.4, reads=20, indicative=True, lines=12, others=2, quotes=True),
    Detail(size=8.8, reads=16, indicative=True, lines=12, others=2, quotes=True),
    Detail(size=8.3, reads=14, indicative=True, lines=8, others=2, quotes=True),
    Detail(size=8.0, reads=12, indicative=True, lines=7, others=2, quotes=True),
    Detail(size=7.8, reads=10, indicative=True, lines=6, others=2, quotes=True),
    Detail(size=7.6, reads=6, indicative=True, lines=6, others=1, quotes=True),
    Detail(size=7.6, reads=6, indicative=False, lines=5, others=1, quotes=False),
    Detail(size=7.6, reads=4, indicative=False, lines=4, others=0, quotes=False),
    Detail(size=7.5, reads=3, indicative=False, lines=2, others=0, quotes=False),
)
"""From everything to the least; each cut is said where it is made."""
