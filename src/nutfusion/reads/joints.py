"""Which joints the reads suggest: from two-piece placements, and from mates on two genes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.kernels import place as k

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.reads.placement import Placements
    from nutfusion.reads.targets import Targets

MERGE_WITHIN: Final = 10
"""Seeds whose sides together differ by at most this many transcript bases are one joint."""
BOUNDARY_WEIGHT: Final = 3
"""How much a seed on exon boundaries of both genes counts against one that is not."""
MOST_SLIDE: Final = 40
"""Most bases by which a joint is slid along microhomology (nt)."""


@dataclass(frozen=True, slots=True, order=True)
class Joint:
    """Two residues joined.

    Attributes:
        five_gene: Gene number of the 5' part.
        five: GRCh38 residue of its last base; a base without a residue is written as minus its
            global position.
        three_gene: Gene number of the 3' part.
        three: The same for its first base.
        linker: Base codes of untemplated bases between.
    """

    five_gene: int
    five: int
    three_gene: int
    three: int
    linker: bytes


class Map:
    """Look-ups between residues and global positions of a panel's targets."""

    def __init__(self, targets: Targets) -> None:
        self.targets = targets
        self._of_gene: dict[int, dict[int, list[int]]] = {}

    def everywhere(self, gene: int, residue: int) -> list[int]:
        """Global positions of a residue (or of minus a global position) in a gene's targets."""
        if residue <= 0:
            return [-residue]
        if gene not in self._of_gene:
            table: dict[int, list[int]] = {}
            t = self.targets
            for g in np.flatnonzero((t.gene == gene) & (t.genome > 0)):
                table.setdefault(int(t.genome[g]), []).append(int(g))
            self._of_gene[gene] = table
        return self._of_gene[gene].get(residue, [])

    def first(self, gene: int, residue: int) -> int:
        """The position in the gene's first target that has the residue (MANE if any does)."""
        return self.everywhere(gene, residue)[0]

    def near(self, gene: int, residue: int, position: int) -> int:
        """The position of a residue in the target of a given global position; -1 for none."""
        target = self.targets.target[position]
        for g in self.everywhere(gene, residue):
            if self.targets.target[g] == target:
                return g
        return -1

    def residue(self, position: int) -> int:
        """GRCh38 residue of a global position, or minus the position where there is none."""
        return int(self.targets.genome[position]) or -int(position)

    @cached_property
    def donors(self) -> dict[int, list[int]]:
        """Residues that end an exon, per gene."""
        return self._edges(self.targets.donor)

    @cached_property
    def acceptors(self) -> dict[int, list[int]]:
        """Residues that start an exon, per gene."""
        return self._edges(self.targets.acceptor)

    def _edges(self, marks: np.ndarray) -> dict[int, list[int]]:
        t = self.targets
        out: dict[int, set[int]] = {}
        for g in np.flatnonzero(marks):
            out.setdefault(int(t.gene[g]), set()).add(int(t.genome[g]))
        return {gene: sorted(residues) for gene, residues in out.items()}


def slides(targets: Targets, five: int, three: int) -> tuple[int, int]:
    """How far a joint may move left and right without changing the fused sequence (nt).

    Args:
        targets: The panel.
        five: Global position of the last 5' base.
        three: Global position of the first 3' base.
    """
    bases = targets.bases
    left = 0
    while left < MOST_SLIDE and bases[five - left] == bases[three - 1 - left] < 4:
        left += 1
    right = 0
    while right < MOST_SLIDE and bases[five + 1 + right] == bases[three + right] < 4:
        right += 1
    return left, right


def settle(map_: Map, five: int, three: int, linker: bytes) -> Joint:
    """The one joint that stands for all equal ones: exon boundaries first, else leftmost."""
    t = map_.targets
    left, right = (0, 0) if linker else slides(t, five, three)
    shifts = range(-left, right + 1)
    best = max(shifts, key=lambda s: (int(t.donor[five + s]) + int(t.acceptor[three + s]), -s))
    a, b = five + best, three + best
    return Joint(int(t.gene[a]), map_.residue(a), int(t.gene[b]), map_.residue(b), linker)


def homology(map_: Map, joint: Joint) -> int:
    """Bases at a joint that fit both sides (0 with a linker)."""
    if joint.linker:
        return 0
    five = map_.first(joint.five_gene, joint.five)
    three = map_.first(joint.three_gene, joint.three)
    return sum(slides(map_.targets, five, three))


def is_boundary(map_: Map, joint: Joint) -> bool:
    """Both sides lie on an exon's edge (of any transcript of the panel)."""
    t = map_.targets
    donor = any(t.donor[g] for g in map_.everywhere(joint.five_gene, joint.five))
    acceptor = any(t.acceptor[g] for g in map_.everywhere(joint.three_gene, joint.three))
    return donor and acceptor and not joint.linker


def _edges_apart(
    map_: Map, five: int, three: int, split: int, length: int
) -> list[tuple[int, int]]:
    """Read bases before an exon's end and before an exon's start behind it, close to a split.

    Args:
        map_: The panel.
        five: Diagonal of the 5' piece.
        three: Diagonal of the 3' piece.
        split: Read bases before the 3' piece, as placed.
        length: Bases of the read.
    """
    t = map_.targets
    near = range(max(1, split - MERGE_WITHIN), min(length, split + MERGE_WITHIN) + 1)
    befores = [i for i in near if t.donor[five + i - 1]]
    afters = [j for j in near if j < length and t.acceptor[three + j]]
    return [(before, after) for before in befores for after in afters if before < after]


def _linked(
    map_: Map,
    read: np.ndarray,
    five: int,
    three: int,
    split: int,
    edges: Iterable[tuple[int, int]],
) -> Joint | None:
    """The joint with bases between two exon edges, where a gapless one needs a difference.

    One untemplated base costs a gapless placement as little as one sequencing error; exon edges
    on both sides with the odd bases between them are what the cell's splicing leaves.

    Args:
        map_: The panel.
        read: Base codes in the sense of the transcript.
        five: Diagonal of the 5' piece.
        three: Diagonal of the 3' piece.
        split: Read bases before the 3' piece, as placed.
        edges: See ``_edges_apart``.
    """
    t = map_.targets
    for before, after in edges:
        low, high = min(before, split), max(after, split)
        odd = (read[low:split] != t.bases[five + low : five + split]).any() or (
            read[split:high] != t.bases[three + split : three + high]
        ).any()
        if odd:
            a, b = five + before - 1, three + after
            linker = read[before:after].tobytes()
            return Joint(int(t.gene[a]), map_.residue(a), int(t.gene[b]), map_.residue(b), linker)
    return None


def seeds(placements: Placements, map_: Map) -> Counter[Joint]:
    """Joints of two-piece placements, with the number of fragments that show each.

    What deep samples show a hundred thousand times is worked out once.
    """
    found: Counter[Joint] = Counter()
    settled = cache(partial(settle, map_))
    edges_apart = cache(partial(_edges_apart, map_))
    two = [rows[:, k.KIND] == k.TWO_GENES for rows in placements.rows]
    first: dict[int, Joint] = {}  # of fragments with a second one
    for mate, rows in enumerate(placements.rows):
        for f in np.flatnonzero(two[mate]).tolist():
            row = rows[f].tolist()
            split, linker = row[k.SPLIT_LOW], row[k.LINKER]
            five, three = row[k.A_DIAGONAL], row[k.B_DIAGONAL]
            edges = () if linker else edges_apart(five, three, split, row[k.LENGTH])
            read = placements.bases(mate, f) if linker or edges else np.empty(0, np.uint8)
            joint = _linked(map_, read, five, three, split, edges)
            if joint is None:
                between = read[split : split + linker].tobytes() if linker else b""
                joint = settled(five + split - 1, three + split + linker, between)
            if mate == 0 and two[1][f]:
                first[f] = joint
            if mate == 0 or first.get(f) != joint:
                found[joint] += 1
    return found


def _distance(map_: Map, a: Joint, b: Joint) -> int:
    """Transcript bases between the sides of two joints of the same genes; large when unknown."""
    total = 0
    for gene, one, other in (
        (a.five_gene, a.five, b.five),
        (a.three_gene, a.three, b.three),
    ):
        best = 1 << 20
        for g in map_.everywhere(gene, one):
            h = map_.near(gene, other, g)
            if h >= 0:
                best = min(best, abs(g - h))
        total += best
    return total


def merged(found: Counter[Joint], map_: Map) -> list[Joint]:
    """Joints in order of weight, without those that errors made next to a heavier one."""
    weight = {j: n * (BOUNDARY_WEIGHT if is_boundary(map_, j) else 1) for j, n in found.items()}
    kept: list[Joint] = []
    for joint in sorted(found, key=lambda j: (-weight[j], j)):
        close = (
            other
            for other in kept
            if (other.five_gene, other.three_gene) == (joint.five_gene, joint.three_gene)
            and _distance(map_, other, joint) + abs(len(other.linker) - len(joint.linker))
            <= MERGE_WITHIN
        )
        if next(close, None) is None:
            kept.append(joint)
    return kept


def exon_joints_near(joint: Joint, map_: Map) -> list[Joint]:
    """Joints between exon edges of both genes within ``MERGE_WITHIN`` bases of a joint.

    A sequencing error beside a joint moves a gapless placement off the edges; the edges are what
    splicing uses, so they are tried first.
    """
    t = map_.targets
    five = map_.first(joint.five_gene, joint.five)
    three = map_.first(joint.three_gene, joint.three)
    near = range(-MERGE_WITHIN, MERGE_WITHIN + 1)
    found = {
        Joint(
            joint.five_gene,
            map_.residue(five + a),
            joint.three_gene,
            map_.residue(three + b),
            joint.linker,
        )
        for a in near
        if t.donor[five + a] and t.gene[five + a] == joint.five_gene
        for b in near
        if t.acceptor[three + b] and t.gene[three + b] == joint.three_gene
        if 0 < abs(a) + abs(b) <= MERGE_WITHIN
    }
    return sorted(found)


def exon_joints(pairs: Iterable[tuple[int, int]], map_: Map) -> list[Joint]:
    """Every exon end of the 5' gene with every exon start of the 3' gene, for each pair."""
    return [
        Joint(five_gene, five, three_gene, three, b"")
        for five_gene, three_gene in sorted(set(pairs))
        for five in map_.donors.get(five_gene, [])
        for three in map_.acceptors.get(three_gene, [])
    ]
