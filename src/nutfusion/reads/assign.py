"""Give each fragment to one joint, and say which fragments are one molecule."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from nutfusion.reads.joints import slides
from nutfusion.reads.kept import Texts
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels import rescue as r
from nutfusion.reads.molecules import KEY_BASES
from nutfusion.reads.placement import gene_of, lies_whole, place_reads, reverse_complement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.reads.joints import Joint, Map
    from nutfusion.reads.kept import KeptReads
    from nutfusion.reads.placement import Placements
    from nutfusion.reads.strangers import Strangers
    from nutfusion.reads.tally import Tally
    from nutfusion.reads.targets import Targets

OVERSHOOT: Final = 3
"""Bases that a mate may reach beyond a joint and still lie on one side of it; more where the other
side begins with the same bases (microhomology)."""
MATE_SCORE: Final = 20
"""Least score of a mate that counts as lying on a gene."""


@dataclass(frozen=True, slots=True)
class PlacedRead:
    """A read of a supporting fragment, relative to the joint.

    Attributes:
        mate: 0 or 1.
        reverse: The transcript's sense is the reverse complement of the read.
        offset: Bases from the first 3' base to the read's first base in the transcript's sense,
            linker bases included (negative left of it).
        length: Bases used.
        five: Bases of the 5' part in it.
        three: Bases of the 3' part in it.
    """

    mate: int
    reverse: bool
    offset: int
    length: int
    five: int
    three: int


@lru_cache(maxsize=1 << 12)
def placed_read(
    mate: int, reverse: bool, offset: int, length: int, five: int, three: int
) -> PlacedRead:
    """One ``PlacedRead`` for all that are equal: in a deep sample most are."""
    return PlacedRead(mate, reverse, offset, length, five, three)


OuterEnd = int | bytes | None
"""Outer end of a fragment: bases from the joint, first bases of an unplaced mate, or unknown."""


@dataclass(slots=True)
class Supporter:
    """A fragment that supports a joint.

    Attributes:
        fragment: Index among the kept fragments.
        kind: ``split`` if any of its reads crosses the joint.
        reads: Its reads; those that could not be placed are left out.
        left: Outer end on the 5' side.
        right: Outer end on the 3' side.
        umi: ``""`` without.
        duplicate: Set by ``mark_duplicates``.
    """

    fragment: int
    kind: Literal["split", "discordant"]
    reads: tuple[PlacedRead, ...]
    left: OuterEnd
    right: OuterEnd
    umi: str
    duplicate: bool = False


def fused_sequences(joints: Sequence[Joint], map_: Map, flank: int) -> np.ndarray:
    """Bases around each joint: ``flank`` 5' bases, the linker, 3' bases; uint8, (joints, width)."""
    t = map_.targets
    widest = max((len(j.linker) for j in joints), default=0)
    out = np.full((len(joints), 2 * flank + widest), 5, np.uint8)
    for row, joint in zip(out, joints, strict=True):
        five = map_.first(joint.five_gene, joint.five)
        three = map_.first(joint.three_gene, joint.three)
        row[:flank] = t.bases[five + 1 - flank : five + 1]
        at = flank + len(joint.linker)
        row[flank:at] = np.frombuffer(joint.linker, np.uint8)
        row[at : at + flank] = t.bases[three : three + flank]
    return out


def rescue_reads(
    placements: Placements, joints: Sequence[Joint], map_: Map, *, flank: int, margin: int
) -> tuple[np.ndarray, np.ndarray]:
    """Try the reads that one gene does not explain on every joint; a table per mate."""
    t: Targets = map_.targets
    five_gene, three_gene, five, three = (
        np.array([getattr(j, name) for j in joints], np.int64)
        for name in ("five_gene", "three_gene", "five", "three")
    )
    linkers = np.array([len(j.linker) for j in joints], np.int64)
    fused = fused_sequences(joints, map_, flank)
    tables = []
    for reads, rows in zip(placements.reads, placements.rows, strict=True):
        out = np.full((len(rows), r.FIELDS), -1, np.int64)
        open_ = rows[:, k.ONE_GENE_SCORE] <= rows[:, k.LENGTH] - r.GAIN
        which = np.flatnonzero((rows[:, k.KIND] != k.UNPLACED) & open_).astype(np.int64)
        if len(joints) and len(which):
            r.rescue(
                reads.data,
                reads.offsets,
                rows,
                which,
                t.genome,
                t.gene,
                five_gene,
                three_gene,
                five,
                three,
                linkers,
                flank,
                fused,
                margin,
                out,
            )
        tables.append(out)
    return tables[0], tables[1]


class Assigner:
    """Gives fragments to joints.

    Args:
        placements: The fragments that matter.
        map_: The panel.
        names: Read name per fragment.
        umis: UMI per fragment, ``""`` without.
        tally: Figures over all kept fragments.
        strangers: Fragments set aside, some of which may be called back.
        beyond: For long reads, by fragment: bases of the read before and after the part that was
            placed. Both of their ends are outer ends of the fragment.
    """

    def __init__(
        self,
        placements: Placements,
        map_: Map,
        names: Texts,
        umis: list[str],
        tally: Tally,
        strangers: Strangers,
        beyond: Mapping[int, tuple[int, int]] = MappingProxyType({}),
    ) -> None:
        self.beyond = beyond
        self.placements = placements
        self.map = map_
        self.names = names
        self.umis = umis
        self.genes = tuple(gene_of(rows, map_.targets) for rows in placements.rows)
        self.whole = tuple(lies_whole(rows) for rows in placements.rows)
        self.tally = tally
        self.strangers = strangers
        self._reach: dict[Joint, tuple[int, int]] = {}
        self._beside: dict[tuple[int, float], tuple[frozenset[int], int]] = {}
        self.largest_insert = tally.inserts.largest
        self.longest = tally.longest
        self.usual_insert = tally.inserts.usual

    def __len__(self) -> int:
        """Fragments that are looked at."""
        return len(self.placements)

    def call_back(self, kept: KeptReads) -> None:
        """Put fragments that were set aside behind all others, whose indices stay."""
        if not len(kept):
            return
        more = place_reads(kept, self.map.targets)
        self.placements.extend(more)
        self.genes, self.whole = (
            tuple(map(np.append, old, new))
            for old, new in (
                (self.genes, [gene_of(rows, self.map.targets) for rows in more.rows]),
                (self.whole, [lies_whole(rows) for rows in more.rows]),
            )
        )
        self.names = self.names.and_more(kept.names)
        self.umis = [*self.umis, *Texts(kept.umis)]

    def sense(self, fragment: int, read: PlacedRead) -> np.ndarray:
        """Base codes of a supporting read in the sense of the transcript."""
        bases = self.placements.sequenced_bases(read.mate, fragment)
        return reverse_complement(bases) if read.reverse else bases

    def is_paired(self, fragment: int) -> bool:
        """Whether a fragment has two reads."""
        return bool(self.placements.paired[fragment])

    def pairs_beside(self, residue: int, reach: float) -> tuple[frozenset[int], int]:
        """Pairs with a mate on NUTM1 that faces a residue, and lies whole within reach of it.

        Args:
            residue: GRCh38 residue of NUTM1 (or minus a global position), 5' of the mate.
            reach: Bases from the residue to the mate's outer end.

        Returns:
            Fragments, and how many more there were among those let go.
        """
        if (residue, reach) not in self._beside:
            t = self.map.targets
            spots = self.map.everywhere(0, residue)
            found: set[int] = set()
            for mate, rows in enumerate(self.placements.rows):
                facing = (self.genes[mate] == 0) & self.whole[mate]
                facing &= self.placements.paired & (rows[:, k.ORIENTATION] == 1)
                first = rows[:, k.DIAGONAL]
                for at in spots:
                    here = facing & (t.target[np.clip(first, 0, None)] == t.target[at])
                    near = here & (first >= at) & (first - at + rows[:, k.LENGTH] <= reach)
                    found.update(np.flatnonzero(near).tolist())
            let_go = sum(self.tally.let_go_beside(at, reach) for at in spots)
            self._beside[residue, reach] = frozenset(found), let_go
        return self._beside[residue, reach]

    def molecule(self, fragment: int) -> tuple[str, bytes, bytes]:
        """What copies of one molecule share: the UMI, and the first bases of each mate.

        Of a long read its length stands beside the UMI: all its parts begin alike.
        """
        first, second = (
            self.placements.sequenced_bases(mate, fragment)[:KEY_BASES].tobytes() for mate in (0, 1)
        )
        umi = self.umis[fragment]
        if fragment in self.beyond:
            umi += str(self.beyond[fragment])
        return umi, first, second

    def gene_pairs(self) -> list[tuple[int, int, int]]:
        """(fragment, 5' gene, 3' gene) of pairs with facing mates, one of them on NUTM1."""
        a, b = self.placements.rows
        one, two = self.genes
        facing = a[:, k.ORIENTATION] != b[:, k.ORIENTATION]
        mixed = ((one == 0) & (two > 0)) | ((two == 0) & (one > 0))
        strong = (a[:, k.SCORE] >= MATE_SCORE) & (b[:, k.SCORE] >= MATE_SCORE)
        out = []
        for f in np.flatnonzero(facing & mixed & strong):
            sense_first = a[f, k.ORIENTATION] == 0
            five, three = (one[f], two[f]) if sense_first else (two[f], one[f])
            out.append((int(f), int(five), int(three)))
        return out

    def split(self, joints: Sequence[Joint], *, margin: int) -> dict[int, list[Supporter]]:
        """Fragments with a read across a joint, by index of the joint."""
        tables = rescue_reads(self.placements, joints, self.map, flank=self.longest, margin=margin)
        out: dict[int, list[Supporter]] = defaultdict(list)
        crossing = (tables[0][:, r.JOINT] >= 0) | (tables[1][:, r.JOINT] >= 0)
        for f in np.flatnonzero(crossing):
            hits = [(int(t[f, r.SCORE]), -int(t[f, r.JOINT])) for t in tables if t[f, r.JOINT] >= 0]
            index = -max(hits)[1]
            if len(hits) > 1 and hits[0][1] != hits[1][1]:
                index = min(-hit[1] for hit in hits)
            out[index].append(self._supporter(int(f), joints[index], index, tables))
        return out

    def _supporter(
        self, f: int, joint: Joint, index: int, tables: tuple[np.ndarray, np.ndarray]
    ) -> Supporter:
        reads = []
        linker = len(joint.linker)
        for mate in (0, 1):
            length = int(self.placements.rows[mate][f, k.LENGTH])
            if tables[mate][f, r.JOINT] == index:
                split = int(tables[mate][f, r.SPLIT])
                reads.append(
                    placed_read(
                        mate, self._reverse(f, mate), -split, length, split - linker, length - split
                    )
                )
            elif (placed := self._one_side(f, mate, joint)) is not None:
                reads.append(placed)
        return self.with_ends(f, "split", tuple(reads))

    def _one_side(self, f: int, mate: int, joint: Joint) -> PlacedRead | None:
        """A mate that lies on one side of the joint; ``None`` when it does not."""
        row = self.placements.rows[mate][f]
        gene = int(self.genes[mate][f])
        if row[k.KIND] != k.ONE_GENE or gene not in (joint.five_gene, joint.three_gene):
            return None
        length = int(row[k.LENGTH])
        diagonal = int(row[k.DIAGONAL])
        middle = diagonal + int(row[k.START] + row[k.STOP]) // 2
        if gene == joint.five_gene:
            at = self.map.near(gene, joint.five, middle)
            before = at + 1 - diagonal
            if at < 0 or row[k.STOP] > before + self._reaches(joint)[1]:
                return None
            offset = -before - len(joint.linker)
            five = min(length, before)
            return placed_read(mate, self._reverse(f, mate), offset, length, five, 0)
        at = self.map.near(gene, joint.three, middle)
        before = at - diagonal
        if at < 0 or row[k.START] < before - self._reaches(joint)[0]:
            return None
        three = min(length, length - before)
        return placed_read(mate, self._reverse(f, mate), -before, length, 0, three)

    def _reaches(self, joint: Joint) -> tuple[int, int]:
        """Bases by which a 3' mate may reach beyond a joint, and a 5' mate."""
        if joint not in self._reach:
            left = right = 0
            if not joint.linker:
                five = self.map.first(joint.five_gene, joint.five)
                left, right = slides(
                    self.map.targets, five, self.map.first(joint.three_gene, joint.three)
                )
            self._reach[joint] = max(OVERSHOOT, left), max(OVERSHOOT, right)
        return self._reach[joint]

    def _reverse(self, f: int, mate: int) -> bool:
        return bool(self.placements.rows[mate][f, k.ORIENTATION])

    def with_ends(
        self, f: int, kind: Literal["split", "discordant"], reads: tuple[PlacedRead, ...]
    ) -> Supporter:
        """Add the outer ends: the first sequenced base of each mate."""
        left: OuterEnd = None
        right: OuterEnd = None
        placed = {read.mate: read for read in reads}
        for mate in (0, 1):
            if mate == 1 and not self.placements.paired[f]:
                continue
            if mate not in placed:
                first = self.placements.sequenced_bases(mate, f)[:KEY_BASES].tobytes()
                other = placed.get(1 - mate)
                if other and other.reverse:
                    left = first
                else:
                    right = first
                continue
            read = placed[mate]
            if f in self.beyond:
                before, after = self.beyond[f]
                left, right = read.offset - before, read.offset + read.length + after
            elif read.reverse:
                right = read.offset + read.length
            else:
                left = read.offset
        return Supporter(f, kind, reads, left, right, self.umis[f])

    def discordant(
        self, pairs: Sequence[tuple[int, int, int]], joints: Sequence[Joint]
    ) -> dict[int, list[Supporter]]:
        """Pairs that fit a joint, each given to the first it fits, by index of the joint."""
        out: dict[int, list[Supporter]] = defaultdict(list)
        for f, five_gene, three_gene in pairs:
            for index, joint in enumerate(joints):
                if (joint.five_gene, joint.three_gene) != (five_gene, three_gene):
                    continue
                supporter = self.fits(f, joint)
                if supporter is not None:
                    out[index].append(supporter)
                    break
        return out

    def fits(self, f: int, joint: Joint) -> Supporter | None:
        """The pair as a supporter of a joint, if its mates lie on either side and close enough."""
        reads = [self._one_side(f, mate, joint) for mate in (0, 1)]
        if reads[0] is None or reads[1] is None:
            return None
        sense = 1 if self.placements.rows[0][f, k.ORIENTATION] else 0
        left, right = reads[sense], reads[1 - sense]
        if left is None or right is None or left.five == 0 or right.three == 0:
            return None
        if right.offset + right.length - left.offset > self.largest_insert:
            return None
        return self.with_ends(f, "discordant", (reads[0], reads[1]))
