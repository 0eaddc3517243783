"""The reads of a break, laid across it, and what they count.

Columns run from NUTM1 to its partner: 0 is the first base behind NUTM1, and the partner begins
after the inserted bases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.assign import PlacedRead, Supporter, mark_duplicates
from nutfusion.reads.contig import majority
from nutfusion.reads.dna.breaks import (
    LARGEST_INSERT,
    LEAST_FRAGMENTS,
    LEAST_SPLIT,
    breaks_of_pairs,
    joint_of,
    precise_breaks,
)
from nutfusion.reads.dna.pieces import crossings
from nutfusion.reads.dna.records import NEAR, SHORTEST_CLIP
from nutfusion.reads.kept import CODES
from nutfusion.reads.placement import reverse_complement
from nutfusion.reads.shown import consensus_of, letters, read_support

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.model.evidence import ReadSupport
    from nutfusion.reads.dna.breaks import Break
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
        five: The 5' side: NUTM1 gives the 3' part when its higher coordinates stay, as it is on
            the plus strand.
        three: The 3' side.
        spans: (lowest, highest) residues that the 5' and the 3' side may have.
        precise: A read crosses it.
        homology: Bases that fit both sides.
        linker: Bases between the parts; ``""`` for none.
        support: Counts and reads, in the sense of the transcript.
    """

    five: End
    three: End
    spans: tuple[tuple[int, int], tuple[int, int]]
    precise: bool
    homology: int
    linker: str
    support: ReadSupport


@dataclass(frozen=True, slots=True)
class _Laid:
    """A read on the columns of a break.

    Attributes:
        mate: 0 or 1.
        turned: The columns run against the sequencer's order.
        at: Column of its first base.
        length: Its bases.
        on_nutm1: It is laid by a piece on NUTM1's side.
        faces: It goes from that piece towards the break.
        crosses: It has bases of both sides.
    """

    mate: int
    turned: bool
    at: int
    length: int
    on_nutm1: bool
    faces: bool
    crosses: bool

    @property
    def outer(self) -> int:
        """Column of the first base that was sequenced."""
        return self.at + self.length - 1 if self.turned else self.at


class _Across:
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

    def _laid(self, fragment: int) -> list[_Laid]:
        reads = enumerate(self._fragments[fragment].mates)
        laid = [self._lay(mate, read) for mate, read in reads if read is not None]
        return [read for read in laid if read is not None]

    def _lay(self, mate: int, read: DnaRead) -> _Laid | None:
        """Lay a read by its longest piece beside the break, on NUTM1's side if there is one."""
        joint = self._break.joint
        for on_nutm1, end in ((True, joint.nutm1), (False, joint.partner)):
            beside = [p for p in read.pieces if p.is_on(end, LARGEST_INSERT, NEAR)]
            if not beside:
                continue
            piece = max(beside, key=lambda p: (p.stop - p.start, -p.start))
            cut, faces = piece.cut(end), piece.faces(end)
            turned = faces is not on_nutm1
            shift = 0 if on_nutm1 else self._linker
            at = shift + cut - read.length if turned else shift - cut
            return _Laid(mate, turned, at, read.length, on_nutm1, faces, crosses=False)
        return None

    def _columns(self, fragment: int, read: _Laid) -> np.ndarray:
        """Base codes of a read in the order of the columns."""
        placed = PlacedRead(read.mate, read.turned, 0, read.length, 0, 0)
        return self.sense(fragment, placed)

    def _anchors(self, read: _Laid) -> tuple[int, int]:
        """Bases on NUTM1's side and on the partner's."""
        stop = read.at + read.length
        nutm1 = max(0, min(read.length, -read.at))
        return nutm1, max(0, min(read.length, stop - self._linker))

    def _crosses(self, fragment: int, read: _Laid) -> bool:
        """Whether a read has bases of both sides, those beyond its piece as other reads have them.

        A read across a break that its aligner did not split is clipped there, or has no clip when
        it is of the other allele: then its bases are others.
        """
        if not self._break.precise or min(self._anchors(read)) < SHORTEST_CLIP:
            return False
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

    def _supporter(self, fragment: int, laid: list[_Laid]) -> Supporter | None:
        reads = [
            _Laid(r.mate, r.turned, r.at, r.length, r.on_nutm1, r.faces, self._crosses(fragment, r))
            for r in laid
        ]
        if any(read.crosses for read in reads):
            return self._as_supporter(fragment, "split", reads)
        if len(reads) == 2 and self._are_on_both_sides(reads[0], reads[1]):
            return self._as_supporter(fragment, "discordant", reads)
        return None

    def _are_on_both_sides(self, one: _Laid, other: _Laid) -> bool:
        if one.on_nutm1 is other.on_nutm1 or not (one.faces and other.faces):
            return False
        return abs(one.outer - other.outer) < LARGEST_INSERT

    def _as_supporter(self, fragment: int, kind: str, reads: Sequence[_Laid]) -> Supporter:
        """In the sense of the transcript, columns from the first base of the 3' part."""
        placed = tuple(self._placed(read) for read in reads)
        left = next((r.offset for r in placed if not r.reverse), None)
        right = next((r.offset + r.length for r in placed if r.reverse), None)
        return Supporter(
            fragment,
            "split" if kind == "split" else "discordant",
            placed,
            left,
            right,
            self._umis[fragment],
        )

    def _placed(self, read: _Laid) -> PlacedRead:
        nutm1, partner = self._anchors(read)
        if not read.crosses:
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
            five=partner if self.nutm1_is_three else nutm1,
            three=nutm1 if self.nutm1_is_three else partner,
            spans=spans[::-1] if self.nutm1_is_three else spans,
            precise=self._break.precise,
            homology=joint.homology,
            linker=linker,
            support=support,
        )


def is_enough(supporters: Sequence[Supporter]) -> bool:
    """Whether distinct fragments show a break more than chance does."""
    distinct = [s for s in supporters if not s.duplicate]
    split = sum(s.kind == "split" for s in distinct)
    return split >= LEAST_SPLIT or len(distinct) >= LEAST_FRAGMENTS


class _Beside:
    """Which fragments have a piece near a break.

    Args:
        fragments: The fragments.
    """

    def __init__(self, fragments: Sequence[DnaFragment]) -> None:
        rows = [
            (f, piece.contig, piece.low, piece.high)
            for f, fragment in enumerate(fragments)
            for read in fragment.mates
            if read is not None
            for piece in read.pieces
        ]
        self._fragment = np.array([row[0] for row in rows], np.int64)
        self._contig = np.array([row[1] for row in rows], np.object_)
        self._low = np.array([row[2] for row in rows], np.int64)
        self._high = np.array([row[3] for row in rows], np.int64)

    def of(self, one: Break) -> list[int]:
        """Fragments with a piece beside the partner, or one that ends where NUTM1 does."""
        nutm1, partner = one.joint.nutm1, one.joint.partner
        near = (self._contig == partner.contig) & (
            np.abs(self._low - partner.position) < LARGEST_INSERT
        )
        edge = self._high if nutm1.kept == "lower" else self._low
        ends = (self._contig == nutm1.contig) & (np.abs(edge - nutm1.position) <= NEAR)
        return [int(f) for f in np.unique(self._fragment[near | ends])]


def find_breaks(
    fragments: Mapping[str, DnaFragment], umis: Mapping[str, str], place: Place
) -> tuple[tuple[FoundBreak, ...], int]:
    """The breaks that fragments show; each fragment goes to one.

    Args:
        fragments: That may show a break, by name.
        umis: By name; empty without.
        place: The locus of NUTM1.

    Returns:
        Breaks, most split fragments first, then most pairs, then by place; distinct fragments of
        breaks that are too few to be reported.
    """
    names = sorted(fragments)
    held = [fragments[name] for name in names]
    codes = [umis.get(name, "") for name in names]
    beside = _Beside(held)
    taken: set[int] = set()
    few: set[int] = set()
    found: list[FoundBreak] = []

    def look(one: Break) -> None:
        across = _Across(names, held, codes, one, place)
        supporters = across.supporters([f for f in beside.of(one) if f not in taken])
        if not is_enough(supporters):
            few.update(s.fragment for s in supporters if not s.duplicate)
            return
        taken.update(s.fragment for s in supporters)
        found.append(across.found(supporters))

    for one in precise_breaks(fragments, place):
        look(one)
    for one in breaks_of_pairs(fragments, place, {names[f] for f in taken}):
        look(one)
    found.sort(key=lambda b: (-b.support.split_reads, -b.support.discordant_pairs, b.five, b.three))
    return tuple(found), len(few - taken)
