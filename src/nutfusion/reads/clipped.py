"""Reads that leave NUTM1, grouped by where they leave it and by what they go on with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from nutfusion.reads.contig import differences_allowed
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.cluster import cluster
from nutfusion.reads.kernels.matter import end_in_edge
from nutfusion.reads.kernels.scan import EDGE
from nutfusion.reads.placement import reverse_complement
from nutfusion.reads.table import EDGE_REACH

if TYPE_CHECKING:
    from nutfusion.model.terms import UnassignedReason
    from nutfusion.reads.assign import Assigner, Supporter
    from nutfusion.reads.joints import Map
    from nutfusion.reads.targets import Targets

SHORTEST_CLIP: Final = 8
"""Unplaced bases from which a NUTM1 read says something about its other part (nt)."""
SEED_CLIP: Final = 12
"""Unplaced bases of the longest read of a cluster (nt)."""
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
        bases: Base codes of the whole read in that sense.
        different: Differences in the NUTM1 piece.
    """

    fragment: int
    mate: int
    reverse: bool
    split: int
    bases: np.ndarray
    different: int


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
            entry[2].append(
                Clipped(int(f), mate, bool(row[k.ORIENTATION]), split, bases, different)
            )
    for upstream, mates in beyond.items():
        for at, short in short_pieces(assigner, used, mates, upstream=upstream).items():
            key = (upstream, assigner.map.residue(at))
            entry = groups.setdefault(key, (at, True, []))
            entry[2].extend(c for c in short if (c.fragment, c.mate) not in taken)
    return groups


def _edge_words(assigner: Assigner, *, upstream: bool) -> dict[bytes, list[tuple[int, int]]]:
    """Words of NUTM1 beside its exon edges.

    Returns:
        By ``EDGE`` base codes: (global position of the edge, bases from the edge to the word's far
        end), for distances up to ``EDGE_REACH``.
    """
    t = assigner.map.targets
    edges = assigner.map.acceptors if upstream else assigner.map.donors
    out: dict[bytes, list[tuple[int, int]]] = {}
    for residue in edges.get(0, []):
        at = assigner.map.first(0, residue)
        for n in range(EDGE, EDGE_REACH + 1):
            start = at + n - EDGE if upstream else at + 1 - n
            out.setdefault(t.bases[start : start + EDGE].tobytes(), []).append((at, n))
    return out


def edge_pieces(map_: Map, *, upstream: bool) -> np.ndarray:
    """NUTM1 bases from each exon's start on; or, as their complement, from each end backwards.

    Returns:
        uint8 base codes, shape (edges, ``EDGE_REACH``).
    """
    bases = map_.targets.bases
    edges = map_.acceptors if upstream else map_.donors
    out = np.empty((len(edges.get(0, [])), EDGE_REACH), np.uint8)
    for row, residue in zip(out, edges.get(0, []), strict=True):
        at = map_.first(0, residue)
        piece = slice(at, at + EDGE_REACH) if upstream else slice(at + 1 - EDGE_REACH, at + 1)
        row[:] = bases[piece] if upstream else reverse_complement(bases[piece])
    return out


def short_pieces(
    assigner: Assigner, used: set[int], mates: dict[int, tuple[int, np.ndarray]], *, upstream: bool
) -> dict[int, list[Clipped]]:
    """Unplaced reads that end (or begin) with a piece of NUTM1 from the edge of an exon.

    The piece is too short to place by itself; that it reaches from an exon's edge to the read's
    end says where it is. A mate on NUTM1 says which way the read runs; without one both are tried.

    Args:
        assigner: All kept fragments.
        used: Fragments that are taken.
        mates: (mate, base codes in the transcript's sense) by fragment with a mate on NUTM1.
        upstream: The unknown part is 5' of NUTM1.

    Returns:
        By global position of the edge in NUTM1's first target.
    """
    t = assigner.map.targets
    words = _edge_words(assigner, upstream=upstream)
    out: dict[int, list[Clipped]] = {}
    pieces = edge_pieces(assigner.map, upstream=upstream)
    placements = assigner.placements
    for mate, (reads, rows) in enumerate(zip(placements.reads, placements.rows, strict=True)):
        unplaced = (assigner.genes[mate] == -9) & (rows[:, k.KIND] != k.TWO_GENES)
        which = np.flatnonzero(unplaced & (rows[:, k.LENGTH] >= SEED_CLIP + EDGE))
        lengths = np.ascontiguousarray(rows[:, k.LENGTH])
        for f in end_in_edge(reads.data, reads.offsets, lengths, which, pieces):
            if int(f) in used:
                continue
            read = placements.sequenced_bases(mate, int(f))
            # the word at the far end, in the transcript's sense, for either way the read may run
            ends = (read[-EDGE:], read[:EDGE]) if upstream else (read[:EDGE], read[-EDGE:])
            ways = [(False, ends[0]), (True, reverse_complement(ends[1]))]
            if int(f) in mates and mates[int(f)][0] == mate:
                ways = [ways[0] if upstream else ways[1]]
            for reverse, word in ways:
                if word.tobytes() not in words:
                    continue
                bases = reverse_complement(read) if reverse else read
                for at, n in words.get(word.tobytes(), ()):
                    piece = bases[-n:] if upstream else bases[:n]
                    known = t.bases[at : at + n] if upstream else t.bases[at + 1 - n : at + 1]
                    if (piece != known).sum() <= min(n - EDGE, 1 + n // (2 * EDGE)):
                        split = len(bases) - n if upstream else n
                        clipped = Clipped(int(f), mate, reverse, split, bases, 0)
                        out.setdefault(at, []).append(clipped)
    return out


def other_part(read: Clipped, *, upstream: bool) -> np.ndarray:
    """The unknown bases of a read, from the joint outwards."""
    return read.bases[: read.split][::-1] if upstream else read.bases[read.split :]


def clusters(reads: list[Clipped], *, upstream: bool) -> list[list[Clipped]]:
    """Reads of one spot whose unknown parts agree, the longest first."""
    order = sorted(
        reads,
        key=lambda c: (-len(other_part(c, upstream=upstream)), c.bases.tobytes()),
    )
    parts = [other_part(c, upstream=upstream) for c in order]
    lengths = np.array([len(part) for part in parts], np.int64)
    width = int(lengths.max(initial=0))
    table = np.full((len(parts), width), 4, np.uint8)
    for row, part in zip(table, parts, strict=True):
        row[: len(part)] = part
    labels = np.empty(len(parts), np.int64)
    allowed = np.array([differences_allowed(n) for n in range(width + 1)], np.int64)
    found: list[list[Clipped]] = [
        [] for _ in range(cluster(table, lengths, SEED_CLIP, allowed, labels))
    ]
    for read, label in zip(order, labels.tolist(), strict=True):
        if label >= 0:
            found[label].append(read)
    return found
