"""Where two transcripts are joined."""

from __future__ import annotations

from nutfusion.model.base import Record
from nutfusion.model.terms import Assembly, Strand


class JunctionEnd(Record):
    """One side of a junction, on the genome.

    Attributes:
        assembly: The assembly of ``position``.
        contig: ``chr`` spelling; ``None`` when the side is not placed on the genome.
        position: 1-based residue: the last base of the 5' part or the first of the 3' part.
            ``None`` for a bounded junction.
        position_range: 1-based inclusive (lowest, highest) genomic residues that the joint may
            have; ``None`` when the position is exact or unknown.
        strand: Strand of the transcript; ``None`` when not placed.
    """

    assembly: Assembly
    contig: str | None
    position: int | None
    position_range: tuple[int, int] | None
    strand: Strand | None


class Junction(Record):
    """The joint of a fusion transcript, 5' part first.

    Attributes:
        exact: Both sides are known to the base.
        five_prime: ``None`` when the 5' part is unknown sequence.
        three_prime: ``None`` when the 3' part is unknown sequence.
        homology: Bases at the joint that fit both sides; ``None`` when not exact.
        linker_sequence: Untemplated bases between the parts, sense of the transcript; ``""`` for
            none, ``None`` when not exact.
    """

    exact: bool
    five_prime: JunctionEnd | None
    three_prime: JunctionEnd | None
    homology: int | None
    linker_sequence: str | None
