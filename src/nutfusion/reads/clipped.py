"""Reads that leave NUTM1, grouped by where they leave it and by what they go on with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from nutfusion.reads.contig import differences_allowed
from nutfusion.reads.kernels import edges as e
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.cluster import beside, cluster
from nutfusion.reads.placement import reverse_complement

if TYPE_CHECKING:
    from nutfusion.model.terms import UnassignedReason
    from nutfusion.reads.assign import Assigner, Supporter
    from nutfusion.reads.joints import Map
    from nutfusion.reads.placement import Placements
    from nutfusion.reads.targets import Targets

SHORTEST_CLIP: Final = 8
"""Unplaced bases from which a NUTM1 read says something about its other part (nt)."""
SEED_CLIP: Final = 12
"""Unplaced bases of the longest read of a cluster (nt), unless pairs speak for it as well."""
SHORTEST_PIECE: Final = 16
"""NUTM1 bases of a read of a cluster (nt)."""
NUTM1_PIECE: Final = 20
"""NUTM1 bases in one read that no other transcript has by chance at an exon's edge (nt): of 11,100
strands of background transcripts one shares a run of 20 or more with it (21), besides its
paralogues (23), and none at an edge."""
NEAR_END: Final = 10
"""Bases from an end of a read within which an error cuts a placement short (nt)."""
SNAP: Final = 3
"""Bases by which a read may leave NUTM1 beside an exon's edge and still mean it: chance makes the
next base of the partner fit NUTM1 once in four."""
SNAP_INTO_UPSTREAM: Final = 6
"""The same where the read goes on to fit beyond the edge (microhomology)."""
LEAST_FRAGMENTS: Final = 2
"""Distinct fragments of a cluster that is reported."""
LEAST_UNASSIGNED: Final = 3
"""Distinct fragments of a cluster that is listed although it makes no fusion."""
PARALOGUE_IDENTITY: Final = 0.6
"""Share of the other part that fits NUTM1 beside the joint when the reads come from a paralogue."""
NUTM1_DIFFERENCES: Final = 0.06
"""Share of differences in the NUTM1 part of a cluster above which it is a paralogue."""
ALTERNATIVE_START: Final = 90
"""Longest contig (nt) before MANE exon 2 that NUTM1's own alternative start explains
(ENST00000333756.4 begins 77 nt before it)."""


@dataclass(frozen=True, slots=True)
class Clipped:
    """A read that leaves NUTM1.

    Attributes:
        fragment: Index among the kept fragments.
        mate: 0 or 1.
        reverse: The transcript's sense is the reverse complement of the read.
        split: Read bases (in the transcript's sense) before the joint.
        placements: Where the read's bases are.
        placed: Bases of the NUTM1 piece: without those at the read's end that fit nothing (nt).
        different: Differences in the NUTM1 piece.
    """

    fragment: int
    mate: int
    reverse: bool
    split: int
    placements: Placements = field(repr=False, compare=False)
    placed: int
    different: int

    @property
    def bases(self) -> np.ndarray:
        """Base codes of the whole read in that sense; made anew each time, not held."""
        read = self.placements.sequenced_bases(self.mate, self.fragment)
        return reverse_complement(read) if self.reverse else read


@dataclass(slots=True)
class UnknownFound:
    """NUTM1 joined to unidentified sequence.

    Attributes:
        upstream: The unknown part is 5' of NUTM1; otherwise NUTM1 is the 5' part.
        residue: GRCh38 residue of the NUTM1 base at the joint.
        position: Its global position.
        boundary: It is an exon's edge.
        contig: The unknown part, base codes in the transcript's sense, ending (or starting) at
            the joint.
        supporters: Duplicates marked.
        hint: What the sequence looks like; ``None`` for nothing special.
        reason: Why it is not a fusion; ``None`` when it is reported as one.
    """

    upstream: bool
    residue: int
    position: int
    boundary: bool
    contig: np.ndarray
    supporters: list[Supporter] = field(default_factory=list)
    hint: str | None = None
    reason: UnassignedReason | None = None

    def distinct(self, kind: Literal["split", "discordant"]) -> list[Supporter]:
        """Supporters of a kind, without duplicates."""
        return [s for s in self.supporters if s.kind == kind and not s.duplicate]


def _edge(assigner: Assigner, position: int, *, upstream: bool) -> tuple[int, bool]:
    """Snap the global position at which a read leaves NUTM1 to an exon's edge close by."""
    t = assigner.map.targets
    marks = t.acceptor if upstream else t.donor
    inward, outward = SNAP, SNAP_INTO_UPSTREAM
    order = sorted(range(-outward, inward + 1), key=abs)
    for shift in order:
        at = position - shift if upstream else position + shift
        if marks[at] and t.gene[at] == 0:
            return at, True
    return position, False


def _reaches_end(t: Targets, read: np.ndarray, diagonal: int, start: int, stop: int) -> bool:
    """Whether a piece reaches one end of the read, or would but for errors close to it."""
    left, right = start, len(read) - stop
    n = min(left, right)
    if n <= k.END_CLIP:
        return True
    span = slice(0, start) if left < right else slice(stop, len(read))
    beyond = t.bases[diagonal + span.start : diagonal + span.stop]
    return n <= NEAR_END and int((read[span] != beyond).sum()) <= 2


def clipped_reads(
    assigner: Assigner,
    used: set[int],
    beyond: dict[bool, dict[int, tuple[int, np.ndarray]]],
) -> dict[tuple[bool, int], tuple[int, bool, list[Clipped]]]:
    """NUTM1 reads with an unplaced end, grouped by the residue at which they leave NUTM1.

    Args:
        assigner: All kept fragments.
        used: Fragments that support a joint between known genes.
        beyond: For each direction, unplaced mates of NUTM1 reads (see ``short_pieces``).

    Returns:
        By (upstream, residue): global position, whether it is an exon's edge, the reads.
    """
    t = assigner.map.targets
    held = assigner.placements
    groups: dict[tuple[bool, int], tuple[int, bool, list[Clipped]]] = {}
    taken: set[tuple[int, int]] = set()
    for mate, rows in enumerate(assigner.placements.rows):
        elsewhere = rows[:, k.ONE_GENE_SCORE] > rows[:, k.SCORE]  # NUTM1 itself goes on there
        one = (assigner.genes[mate] == 0) & ~elsewhere
        two = rows[:, k.KIND] == k.TWO_GENES
        for f in np.flatnonzero(one | two):
            if int(f) in used:
                continue
            row = rows[f]
            length = int(row[k.LENGTH])
            start, stop, diagonal = (int(row[c]) for c in (k.START, k.STOP, k.DIAGONAL))
            if two[f]:
                if t.gene[int(row[k.B_DIAGONAL]) + length - k.ANCHOR] == 0:
                    diagonal = int(row[k.B_DIAGONAL])
                    start, stop = int(row[k.SPLIT_LOW] + row[k.LINKER]), length
                else:
                    diagonal = int(row[k.A_DIAGONAL])
                    start, stop = 0, int(row[k.SPLIT_HIGH])
            left, right = start, length - stop
            if stop - start < SHORTEST_PIECE or not _reaches_end(
                t, assigner.placements.bases(mate, int(f)), diagonal, start, stop
            ):
                continue
            if max(left, right) <= k.END_CLIP:
                continue
            upstream = left >= right
            leaves = diagonal + (start if upstream else stop - 1)
            at, boundary = _edge(assigner, leaves, upstream=upstream)
            split = at - diagonal + (0 if upstream else 1)
            bases = assigner.placements.bases(mate, int(f))
            if (split if upstream else length - split) < SHORTEST_CLIP:
                continue
            piece = slice(max(start, split), stop) if upstream else slice(start, min(stop, split))
            reference = t.bases[diagonal + piece.start : diagonal + piece.stop]
            different = int((bases[piece] != reference).sum())
            key = (upstream, assigner.map.residue(at))
            entry = groups.setdefault(key, (at, boundary, []))
            taken.add((int(f), mate))
            placed = max(0, piece.stop - piece.start)
            entry[2].append(
                Clipped(int(f), mate, bool(row[k.ORIENTATION]), split, held, placed, different)
            )
    for upstream, mates in beyond.items():
        for at, short in short_pieces(assigner, used, mates, upstream=upstream).items():
            key = (upstream, assigner.map.residue(at))
            entry = groups.setdefault(key, (at, True, []))
            entry[2].extend(c for c in short if (c.fragment, c.mate) not in taken)
    return groups


def edge_rows(map_: Map, *, upstream: bool) -> tuple[list[int], np.ndarray]:
    """NUTM1 beside its exon edges, outwards from the edge.

    Returns:
        Global position of each edge in NUTM1's first target; base codes, shape
        (edges, ``edges.REACH``).
    """
    edges = map_.acceptors if upstream else map_.donors
    places = [map_.first(0, residue) for residue in edges.get(0, [])]
    outwards = np.arange(e.REACH) * (1 if upstream else -1)
    rows = map_.targets.bases[np.array(places, np.int64)[:, None] + outwards[None, :]]
    return places, np.ascontiguousarray(rows, np.uint8)


def short_pieces(
    assigner: Assigner,
    used: set[int],
    mates: dict[int, tuple[int, np.ndarray]],
    *,
    upstream: bool,
    since: int = 0,
) -> dict[int, list[Clipped]]:
    """Unplaced reads that end (or begin) with a piece of NUTM1 from the edge of an exon.

    The piece is too short to place by itself; that it reaches from an exon's edge to the read's
    end says where it is. A mate on NUTM1 says which way the read runs; without one both are tried.

    Args:
        assigner: All kept fragments.
        used: Fragments that are taken.
        mates: (mate, base codes in the transcript's sense) by fragment with a mate on NUTM1.
        upstream: The unknown part is 5' of NUTM1.
        since: Fragments before this one are left out.

    Returns:
        By global position of the edge in NUTM1's first target.
    """
    places, edges = edge_rows(assigner.map, upstream=upstream)
    held = assigner.placements
    out: dict[int, list[Clipped]] = {}
    for mate, rows in enumerate(assigner.placements.rows):
        unplaced = (assigner.genes[mate] == -9) & (rows[:, k.KIND] != k.TWO_GENES)
        unplaced &= rows[:, k.LENGTH] >= SEED_CLIP + e.SHORTEST
        unplaced[list(used)] = False
        unplaced[:since] = False
        which = np.flatnonzero(unplaced).astype(np.int64)
        reads = assigner.placements.reads[mate]
        for reverse in (False, True):
            shown = np.empty((len(which), 2), np.int64)
            sought = e.packed(3 - edges if reverse else edges)
            at_end = upstream != reverse
            e.pieces(reads.data, reads.offsets, rows[:, k.LENGTH], which, sought, at_end, shown)
            for i in np.flatnonzero(shown[:, 0] >= 0):
                f, edge, n = int(which[i]), int(shown[i, 0]), int(shown[i, 1])
                if f in mates and mates[f][0] == mate and reverse == upstream:
                    continue
                read = assigner.placements.sequenced_bases(mate, f)
                bases = reverse_complement(read) if reverse else read
                split = len(bases) - n if upstream else n
                outwards = bases[split:] if upstream else bases[:split][::-1]
                different = int((outwards != edges[edge, :n]).sum())
                clipped = Clipped(f, mate, reverse, split, held, n, different)
                out.setdefault(places[edge], []).append(clipped)
    return out


def other_part(read: Clipped, *, upstream: bool) -> np.ndarray:
    """The unknown bases of a read, from the joint outwards."""
    return read.bases[: read.split][::-1] if upstream else read.bases[read.split :]


def clusters(reads: list[Clipped], speaks: list[bool], *, upstream: bool) -> list[list[Clipped]]:
    """Reads of one spot whose unknown parts agree, the longest first.

    Args:
        reads: All reads of the spot.
        speaks: Which of them make a cluster worth a look. Reads that agree with none of those are
            left out: with deep sequencing they are thousands, and chance.
        upstream: The unknown part is 5' of NUTM1.
    """
    order = sorted(
        range(len(reads)),
        key=lambda i: (-len(other_part(reads[i], upstream=upstream)), reads[i].bases.tobytes()),
    )
    parts = [other_part(reads[i], upstream=upstream) for i in order]
    lengths = np.array([len(part) for part in parts], np.int64)
    width = int(lengths.max(initial=0))
    table = np.full((len(parts), width), 4, np.uint8)
    for row, part in zip(table, parts, strict=True):
        row[: len(part)] = part
    allowed = np.array([differences_allowed(n) for n in range(width + 1)], np.int64)
    close = np.empty(len(parts), bool)
    beside(table, lengths, np.flatnonzero(np.array(speaks)[order]), allowed, close)
    which = np.flatnonzero(close)
    labels = np.empty(len(which), np.int64)
    found: list[list[Clipped]] = [
        [] for _ in range(cluster(table[which], lengths[which], SHORTEST_CLIP, allowed, labels))
    ]
    for i, label in zip(which.tolist(), labels.tolist(), strict=True):
        if label >= 0:
            found[label].append(reads[order[i]])
    return found
