"""The consensus beside a joint, held against the transcripts of a gene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.annotation.sides import Side, has_place, transcripts_of

if TYPE_CHECKING:
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.panel import Panel


@dataclass(frozen=True, slots=True)
class Compared:
    """Bases held against a transcript.

    Attributes:
        bases: How many, those that nobody read (N) left out.
        differences: How many of them differ.
    """

    bases: int
    differences: int


def compared(
    panel: Panel, gene: GeneRef | None, end: JunctionEnd | None, side: Side, bases: str
) -> Compared | None:
    """Hold the bases of one side against the transcript of its gene that they fit best.

    Args:
        panel: Has the sequences.
        gene: The side's gene.
        end: Where its part ends or begins.
        side: 5': ``bases`` end at ``end``; 3': they begin there.
        bases: In the sense of the transcript.

    Returns:
        ``None`` when no transcript of the gene has a sequence there.
    """
    if end is None or end.position is None:
        return None
    found = []
    for transcript in transcripts_of(panel, gene):
        place = transcript.transcript_position(end.position)
        if transcript.sequence is None or place is None or not has_place(transcript, end):
            continue
        if side is Side.FIVE_PRIME:
            theirs = transcript.sequence[:place]
            pairs = list(zip(reversed(bases), reversed(theirs), strict=False))
        else:
            pairs = list(zip(bases, transcript.sequence[place - 1 :], strict=False))
        read = [(mine, its) for mine, its in pairs if mine != "N"]
        if read:
            found.append(Compared(len(read), sum(mine != its for mine, its in read)))
    return min(found, key=lambda one: (one.differences - one.bases, one.differences), default=None)


def continued(panel: Panel, gene: GeneRef | None, end: JunctionEnd, side: Side) -> tuple[str, ...]:
    """What the transcripts of a gene have on the other side of its end of the joint.

    Args:
        panel: Has the sequences.
        gene: The gene.
        end: Where its part ends or begins.
        side: Which part it is: of the 5' gene the bases that follow, of the 3' gene those before.
    """
    found = []
    for transcript in transcripts_of(panel, gene):
        place = None if end.position is None else transcript.transcript_position(end.position)
        if transcript.sequence is None or place is None or not has_place(transcript, end):
            continue
        whole = transcript.sequence
        found.append(whole[place:] if side is Side.FIVE_PRIME else whole[: place - 1])
    return tuple(found)
