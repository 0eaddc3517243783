"""A read on the columns of a break.

Columns run from NUTM1 to its partner: 0 is the first base behind NUTM1, and the partner begins
after the inserted bases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutfusion.reads.dna.breaks import LARGEST_INSERT
from nutfusion.reads.dna.records import NEAR

if TYPE_CHECKING:
    from nutfusion.reads.dna.breaks import Joint
    from nutfusion.reads.dna.records import DnaRead


@dataclass(frozen=True, slots=True)
class Laid:
    """A read on the columns of a break.

    Attributes:
        mate: 0 or 1.
        turned: The columns run against the sequencer's order.
        at: Column of its first base.
        length: Its bases.
        on_nutm1: It is laid by a piece on NUTM1's side.
        faces: It goes from that piece towards the break.
    """

    mate: int
    turned: bool
    at: int
    length: int
    on_nutm1: bool
    faces: bool

    @property
    def outer(self) -> int:
        """Column of the first base that was sequenced."""
        return self.at + self.length - 1 if self.turned else self.at

    def anchors(self, inserted: int) -> tuple[int, int]:
        """Bases on NUTM1's side and on the partner's, with so many between them."""
        nutm1 = max(0, min(self.length, -self.at))
        return nutm1, max(0, min(self.length, self.at + self.length - inserted))


def lay(read: DnaRead, mate: int, joint: Joint) -> Laid | None:
    """Lay a read by its longest piece beside a break, on NUTM1's side if there is one.

    Returns:
        ``None`` when no piece lies within ``LARGEST_INSERT`` of it.
    """
    for on_nutm1, end in ((True, joint.nutm1), (False, joint.partner)):
        beside = [p for p in read.pieces if p.is_on(end, LARGEST_INSERT, NEAR)]
        if not beside:
            continue
        piece = max(beside, key=lambda p: (p.stop - p.start, -p.start))
        cut, faces = piece.cut(end), piece.faces(end)
        turned = faces is not on_nutm1
        shift = 0 if on_nutm1 else joint.inserted
        at = shift + cut - read.length if turned else shift - cut
        return Laid(mate, turned, at, read.length, on_nutm1, faces)
    return None
