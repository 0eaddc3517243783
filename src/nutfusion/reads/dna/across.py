"""The reads of a break, laid across it, and what they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.assign import PlacedRead, Supporter
from nutfusion.reads.contig import majority
from nutfusion.reads.dna.breaks import LARGEST_INSERT, joint_of
from nutfusion.reads.dna.laid import lay
from nutfusion.reads.dna.pieces import crossings
from nutfusion.reads.dna.records import NEAR, SHORTEST_CLIP
from nutfusion.reads.kept import CODES
from nutfusion.reads.long_reads import LONGEST_SHORT
from nutfusion.reads.molecules import mark_duplicates
from nutfusion.reads.placement import reverse_complement
from nutfusion.reads.shown import consensus_of, letters, read_support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.evidence import ReadSupport
    from nutfusion.reads.dna.breaks import Break
    from nutfusion.reads.dna.laid import Laid
    from nutfusion.reads.dna.pieces import End
    from nutfusion.reads.dna.records import DnaFragment, DnaRead, Place

CONSENSUS_SIDE: Final = 150
"""Bases of consensus on either side of a break at most."""

DIFFERENCES: Final = 0.1
"""Share of the bases beyond a break that may differ from those of other reads; errors of
sequencing make less, other DNA makes three quarters (chosen by us)."""


@dataclass(frozen=True, slots=True)
class FoundBreak:
    """A break that is reported.

    Attributes:
        nutm1_is_three: NUTM1 gives the 3' part: its higher coordinates stay, as it is on the plus
            strand.
        five: The 5' side.
        three: The 3' side.
        spans: (lowest, highest) residues that the 5' and the 3' side may have.
        precise: A read crosses it.
        homology: Bases that fit both sides.
        linker: Bases between the parts; ``""`` for none.
        support: Counts and reads, in the sense of the transcript.
    """

    nutm1_is_three: bool
    five: End
    three: End
    spans: tuple[tuple[int, int], tuple[int, int]]
    precise: bool
    homology: int
    linker: str
    support: ReadSupport


class Across:
    """Reads of the fragments of one break.

    Args:
        names: Read name per fragment.
        fragments: The fragments.
        umis: UMI per fragment, ``""`` without.
        one: The break.
        place: The locus of NUTM1.
    """

    def __init__(
        self,
        names: Sequence[str],
        fragments: Sequence[DnaFragment],
        umis: Sequence[str],
        one: Break,
        place: Place,
    ) -> None:
        self.names = names
        self._fragments = fragments
        self._umis = umis
        self._break = one
        self._place = place
        self._linker = one.joint.inserted
        self.nutm1_is_three = one.joint.nutm1.kept == "higher"
        self._start, self._expected = 0, np.empty(0, np.uint8)

    def is_paired(self, fragment: int) -> bool:
        """Whether a fragment has two reads."""
        return self._fragments[fragment].has_mate

    def sense(self, fragment: int, read: PlacedRead) -> np.ndarray:
        """Base codes of a read in the sense of the transcript; N where no record held them."""
        found = self._fragments[fragment].mates[read.mate]
        if found is None or found.bases is None:
            return np.full(read.length, 4, np.uint8)
        codes = CODES[np.frombuffer(found.bases.encode("ascii"), np.uint8)]
        return reverse_complement(codes) if read.reverse else codes

    def supporters(self, candidates: Sequence[int]) -> list[Supporter]:
        """Fragments that show the break, those that define it first, duplicates marked."""
        defining = set(self._break.fragments)
        founding = [f for f in candidates if self.names[f] in defining]
        laid = {f: self._laid(f) for f in candidates}
        rows = [
            (read.at, self._columns(f, read))
            for f in founding
            for read in laid[f]
            if self._is_founding(self._fragments[f].mates[read.mate])
        ]
        if rows and self._break.precise:
            self._start = min(at for at, _ in rows)
            stop = max(at + len(bases) for at, bases in rows)
            self._expected = majority(rows, self._start, stop)
        found = []
        for f in candidates:
            supporter = self._supporter(f, laid[f])
            if supporter is not None:
                found.append(supporter)
        mark_duplicates(found, self.names)
        return found

    def _is_founding(self, read: DnaRead | None) -> bool:
        """Whether a read was split where the break is."""
        if read is None or not self._break.precise:
            return False
        joints = [joint_of(crossing, self._place) for crossing in crossings(read.pieces)]
        ours = self._break.joint
        return any(
            joint is not None
            and joint.nutm1[::2] == ours.nutm1[::2]
            and joint.partner[::2] == ours.partner[::2]
            and abs(joint.nutm1.position - ours.nutm1.position) <= NEAR
            and abs(joint.partner.position - ours.partner.position) <= NEAR
            for joint in joints
        )

    def _laid(self, fragment: int) -> list[Laid]:
        reads = enumerate(self._fragments[fragment].mates)
        laid = [lay(read, mate, self._break.joint) for mate, read in reads if read is not None]
        return [read for read in laid if read is not None]

    def _columns(self, fragment: int, read: Laid) -> np.ndarray:
        """Base codes of a read in the order of the columns."""
        placed = PlacedRead(read.mate, read.turned, 0, read.length, 0, 0)
        return self.sense(fragment, placed)

    def _crosses(self, fragment: int, read: Laid) -> bool:
        """Whether a read has bases of both sides.

        An aligner that did not split it clipped it there, or did not when it is of the other
        allele: the bases beyond its piece tell, by those of the reads that were split.
        """
        if not self._break.precise or min(read.anchors(self._linker)) < SHORTEST_CLIP:
            return False
        founding = self._is_founding(self._fragments[fragment].mates[read.mate])
        if founding and read.length > LONGEST_SHORT:
            return True  # a long read's insertions and deletions move its columns
        bases = self._columns(fragment, read)
        at = read.at + np.arange(read.length)
        beyond = (at >= 0) if read.on_nutm1 else (at < self._linker)
        column = at - self._start
        inside = beyond & (column >= 0) & (column < len(self._expected))
        expected, seen = self._expected[column[inside]], bases[inside]
        known = (expected < 4) & (seen < 4)
        compared = int(known.sum())
        different = int((expected[known] != seen[known]).sum())
        return compared >= SHORTEST_CLIP and different <= max(1, int(compared * DIFFERENCES))

    def _supporter(self, fragment: int, laid: list[Laid]) -> Supporter | None:
        crossing = {read.mate for read in laid if self._crosses(fragment, read)}
        if not crossing and not (len(laid) == 2 and self._are_on_both_sides(laid[0], laid[1])):
            return None
        # in the sense of the transcript, columns from the first base of the 3' part
        placed = tuple(self._placed(read, crosses=read.mate in crossing) for read in laid)
        return Supporter(
            fragment,
            "split" if crossing else "discordant",
            placed,
            next((r.offset for r in placed if not r.reverse), None),
            next((r.offset + r.length for r in placed if r.reverse), None),
            self._umis[fragment],
        )

    def _are_on_both_sides(self, one: Laid, other: Laid) -> bool:
        if one.on_nutm1 is other.on_nutm1 or not (one.faces and other.faces):
            return False
        return abs(one.outer - other.outer) < LARGEST_INSERT

    def _placed(self, read: Laid, *, crosses: bool) -> PlacedRead:
        nutm1, partner = read.anchors(self._linker)
        if not crosses:
            # a base or two beyond the break is chance
            nutm1, partner = (nutm1, 0) if read.on_nutm1 else (0, partner)
        if self.nutm1_is_three:
            offset = -(read.at + read.length)
            return PlacedRead(read.mate, not read.turned, offset, read.length, partner, nutm1)
        offset = read.at - self._linker
        return PlacedRead(read.mate, read.turned, offset, read.length, nutm1, partner)

    def found(self, supporters: Sequence[Supporter]) -> FoundBreak:
        """The break with its consensus and counts."""
        distinct = [s for s in supporters if not s.duplicate and s.kind == "split"]
        low = -CONSENSUS_SIDE - self._linker
        consensus = consensus_of(self, distinct, low, CONSENSUS_SIDE)
        support = read_support(
            self,
            supporters,
            consensus,
            partner_is_left=self.nutm1_is_three,
            linker=self._linker,
        )
        joint = self._break.joint
        nutm1, partner = (joint.nutm1, joint.partner)
        spans = self._break.spans
        linker = ""
        if consensus is not None and self._linker:
            at = -consensus.start
            linker = letters(consensus.bases[at - self._linker : at])
        return FoundBreak(
            nutm1_is_three=self.nutm1_is_three,
            five=partner if self.nutm1_is_three else nutm1,
            three=nutm1 if self.nutm1_is_three else partner,
            spans=spans[::-1] if self.nutm1_is_three else spans,
            precise=self._break.precise,
            homology=joint.homology,
            linker=linker,
            support=support,
        )
