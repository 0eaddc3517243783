"""Dossiers that rest on other programs, one per shape of what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from tests.callers.builders import (
    BRD4_SIDE,
    NUTM1_SIDE,
    caller_file,
    reported,
    said,
    unreadable,
)
from tests.calls.test_consolidate import seen
from tests.dossier import builders

from nutfusion.callers.statement import SideStatement
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier

_FOUR_BASES_OFF: Final = replace(NUTM1_SIDE, position=(NUTM1_SIDE.position or 0) - 4)
_DISAGREES: Final = reported(
    "star_fusion", second=_FOUR_BASES_OFF, reading_frame=ReadingFrame.OUT_OF_FRAME
)
_PAIR: Final[dict[str, Any]] = {
    "first": SideStatement(gene="BRD4"),
    "second": SideStatement(gene="NUTM1"),
}

PROGRAMS: Final[dict[str, Dossier]] = {
    "programs alone": builders.from_programs(said(reported("arriba"), reported("star_fusion"))),
    "one program": builders.from_programs(said(reported("arriba", split_reads=9))),
    "disagreement": builders.from_programs(said(reported("arriba"), _DISAGREES), seen()),
    "reads contradict": builders.from_programs(said(reported("arriba")), look=True),
    "pair only": builders.from_programs(
        said(reported("genion", **_PAIR, ordered=False, split_reads=None, discordant_pairs=None))
    ),
    "dna pair": builders.from_programs(
        said(
            reported(
                "tempus",
                **_PAIR,
                molecule="dna",
                split_reads=None,
                discordant_pairs=None,
            )
        )
    ),
    "five prime": builders.from_programs(
        said(reported("arriba", first=NUTM1_SIDE, second=BRD4_SIDE))
    ),
    "silent": builders.from_programs(said(silent=(caller_file("arriba", nutm1_rows=0),))),
    "blind": builders.from_programs(
        said(silent=(caller_file("tso500_combined", reports_nutm1=False, nutm1_rows=0),))
    ),
    "unreadable": builders.from_programs(said(unreadable("arriba"))),
}
"""BRD4::NUTM1 or nothing, as programs say it."""
