"""Joints that a format places on transcripts: which of its pairs of transcripts can be used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nutfusion.callers.transcript_sides import with_transcript
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.sides import Context, Side
    from nutfusion.callers.statement import SideStatement, Statement


def on_transcripts(
    statement: Statement, first: Side, second: Side, context: Context
) -> tuple[Side, Side, list[str]]:
    """Place both sides of a row on GRCh38 by the panel's transcripts.

    Args:
        statement: The row.
        first: 5' side when the row is ordered, not placed yet.
        second: 3' side.
        context: What the file is read against.

    Returns:
        The sides of the first pair of transcripts that the panel places whole, else of the first
        that it places in part, else of the first; reasons. When the panel places pairs that
        disagree, a side that they disagree about is bounded by all of them.
    """
    pairs = ((statement.first, statement.second), *statement.placements)
    placed = [_placed(pair, first, second, context, ordered=statement.ordered) for pair in pairs]
    whole = [pair for pair in placed if None not in (pair[0].position, pair[1].position)]
    joints = dict.fromkeys((left.position, right.position) for left, right in whole)
    if len(joints) <= 1:
        best = whole or sorted(placed, key=_is_nowhere)
        return *best[0], []
    left, right = whole[0]
    reason = remark("several_joints_stated", joints=len(joints))
    return (
        _spread(left, [position for position, _ in joints]),
        _spread(right, [position for _, position in joints]),
        [reason],
    )


def _placed(
    pair: tuple[SideStatement, SideStatement],
    first: Side,
    second: Side,
    context: Context,
    *,
    ordered: bool,
) -> tuple[Side, Side]:
    left, right = (replace(side, stated=to) for side, to in zip((first, second), pair, strict=True))
    return (
        with_transcript(left, context, five_prime=True, ordered=ordered),
        with_transcript(right, context, five_prime=False, ordered=ordered),
    )


def _is_nowhere(pair: tuple[Side, Side]) -> bool:
    return pair[0].position is None and pair[1].position is None


def _spread(side: Side, positions: list[int | None]) -> Side:
    """A side of several joints: its one position, or the range of them."""
    known = sorted({position for position in positions if position is not None})
    if len(known) == 1:
        return side
    return replace(side, position=None, spread=(known[0], known[-1]))
