"""Where reads leave NUTM1: at which base, and whether that is the edge of an exon."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.clipped import (
    NEAR_END,
    SHORTEST_CLIP,
    SHORTEST_PIECE,
    SNAP,
    SNAP_INTO_UPSTREAM,
    Clipped,
    agreeing,
    other_part,
)
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.pieces import END_CLIP
from nutfusion.reads.short_pieces import short_pieces

if TYPE_CHECKING:
    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.targets import Targets

CUT_BY: Final = 2
"""Errors that may cut a placement short beside an exon's edge, or beside an end of a read."""

Groups = dict[tuple[bool, int], tuple[int, bool, list[Clipped]]]
"""Reads by (upstream, residue): global position, whether it is an exon's edge, the reads."""
NotFar = dict[tuple[bool, int], list[tuple[int, Clipped, Clipped]]]
"""Reads whose placement ends some bases from an edge, by (upstream, global position of the edge):
global position at which it ends, the read as placed, and as leaving at the edge."""


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


def _edge_not_far(
    t: Targets, read: np.ndarray, diagonal: int, start: int, stop: int, *, upstream: bool
) -> int | None:
    """An exon's edge that a read may mean although its placement ends some bases from it.

    The placement ends before the edge where errors cut it short: the bases between gain less than
    an error costs. It ends behind the edge where errors, N or the partner make more bases fit NUTM1
    there than chance usually does. What the read goes on with must then say whether it belongs.

    Args:
        t: The panel.
        read: Base codes in the transcript's sense.
        diagonal: Global position of the read's base 0.
        start: Read bases before the piece.
        stop: Read bases up to the piece's end.
        upstream: The unknown part is 5' of NUTM1.

    Returns:
        Global position of the edge's base; ``None`` without one.
    """
    marks = t.acceptor if upstream else t.donor
    leaves = start if upstream else stop - 1
    into = -1 if upstream else 1  # towards the unknown part
    nearest = sorted(range(-NEAR_END, NEAR_END + 1), key=abs)
    for shift in nearest:
        at = leaves + into * shift
        if not 0 <= at < len(read) or not marks[diagonal + at] or t.gene[diagonal + at] != 0:
            continue
        between = slice(*sorted((at, leaves))) if upstream else slice(leaves + 1, at + 1)
        if shift < 0 and stop - start + shift >= SHORTEST_PIECE:
            return diagonal + at
        beyond = t.bases[diagonal + between.start : diagonal + between.stop]
        if shift > 0 and _are_errors(read[between], beyond):
            return diagonal + at
    return None


def _are_errors(read: np.ndarray, expected: np.ndarray) -> bool:
    """Whether bases beyond a placement differ from what goes on there by a few errors only."""
    n = len(read)
    different = int(((read != expected) & (read < 4)).sum())
    return n <= NEAR_END and different <= CUT_BY


def _reaches_end(t: Targets, read: np.ndarray, diagonal: int, start: int, stop: int) -> bool:
    """Whether a piece reaches one end of the read, or would but for errors close to it."""
    left, right = start, len(read) - stop
    n = min(left, right)
    if n <= END_CLIP:
        return True
    span = slice(0, start) if left < right else slice(stop, len(read))
    beyond = t.bases[diagonal + span.start : diagonal + span.stop]
    return _are_errors(read[span], beyond)


def _piece(assigner: Assigner, mate: int, f: int) -> tuple[int, int, int]:
    """Diagonal, first base and base after the last of a read's piece of NUTM1."""
    row = assigner.placements.rows[mate][f]
    if row[k.KIND] != k.TWO_GENES:
        return int(row[k.DIAGONAL]), int(row[k.START]), int(row[k.STOP])
    length = int(row[k.LENGTH])
    if assigner.map.targets.gene[int(row[k.B_DIAGONAL]) + length - k.ANCHOR] == 0:
        return int(row[k.B_DIAGONAL]), int(row[k.SPLIT_LOW] + row[k.LINKER]), length
    return int(row[k.A_DIAGONAL]), 0, int(row[k.SPLIT_HIGH])


def _leaving_at(assigner: Assigner, mate: int, f: int, at: int, *, upstream: bool) -> Clipped:
    """A read that leaves NUTM1 at a global position."""
    diagonal, start, stop = _piece(assigner, mate, f)
    bases = assigner.placements.bases(mate, f)
    split = at - diagonal + (0 if upstream else 1)
    piece = slice(max(start, split), stop) if upstream else slice(start, min(stop, split))
    reference = assigner.map.targets.bases[diagonal + piece.start : diagonal + piece.stop]
    known = bases[piece] < 4
    return Clipped(
        fragment=f,
        mate=mate,
        reverse=bool(assigner.placements.rows[mate][f, k.ORIENTATION]),
        split=split,
        placements=assigner.placements,
        placed=int(known.sum()),
        different=int((bases[piece] != reference)[known].sum()),
    )


def clipped_reads(
    assigner: Assigner,
    used: set[int],
    beyond: dict[bool, dict[int, tuple[int, np.ndarray]]],
) -> tuple[Groups, NotFar]:
    """NUTM1 reads with an unplaced end, grouped by the residue at which they leave NUTM1.

    A read whose placement ends some bases from an exon's edge goes where other reads leave NUTM1 at
    the edge and go on with the same bases; without those, where its placement ends. Which of the
    two says ``add_not_far``, once all reads that leave at the edge are there.

    Args:
        assigner: All kept fragments.
        used: Fragments that support a joint between known genes.
        beyond: For each direction, unplaced mates of NUTM1 reads (see ``short_pieces``).

    Returns:
        The reads that leave at one place; those that may leave at either of two.
    """
    t = assigner.map.targets
    groups: Groups = {}
    not_far: NotFar = defaultdict(list)
    for mate, rows in enumerate(assigner.placements.rows):
        elsewhere = rows[:, k.ONE_GENE_SCORE] > rows[:, k.SCORE]  # NUTM1 itself goes on there
        one = (assigner.genes[mate] == 0) & ~elsewhere
        unplaced = np.maximum(rows[:, k.START], rows[:, k.LENGTH] - rows[:, k.STOP])
        one &= (unplaced > END_CLIP) & (rows[:, k.STOP] - rows[:, k.START] >= SHORTEST_PIECE)
        for f in np.flatnonzero(one | (rows[:, k.KIND] == k.TWO_GENES)).tolist():
            if f in used:
                continue
            bases = assigner.placements.bases(mate, f)
            diagonal, start, stop = _piece(assigner, mate, f)
            left, right = start, len(bases) - stop
            if (
                max(left, right) <= END_CLIP
                or stop - start < SHORTEST_PIECE
                or not _reaches_end(t, bases, diagonal, start, stop)
            ):
                continue
            upstream = left >= right
            leaves = diagonal + (start if upstream else stop - 1)
            at, boundary = _edge(assigner, leaves, upstream=upstream)
            read = _leaving_at(assigner, mate, f, at, upstream=upstream)
            edge = None
            if not boundary:
                edge = _edge_not_far(t, bases, diagonal, start, stop, upstream=upstream)
            if edge is not None:
                moved = _leaving_at(assigner, mate, f, edge, upstream=upstream)
                not_far[upstream, edge].append((at, read, moved))
            else:
                _add(assigner, groups, at, read, boundary=boundary, upstream=upstream)
    taken = {(read.fragment, read.mate) for _, _, reads in groups.values() for read in reads}
    taken |= {(read.fragment, read.mate) for reads in not_far.values() for _, read, _ in reads}
    for upstream, mates in beyond.items():
        for at, short in short_pieces(assigner, used, mates, upstream=upstream).items():
            key = (upstream, assigner.map.residue(at))
            entry = groups.setdefault(key, (at, True, []))
            entry[2].extend(c for c in short if (c.fragment, c.mate) not in taken)
    return groups, not_far


def shows_enough(read: Clipped, *, upstream: bool) -> bool:
    """Whether a read holds enough bases beyond NUTM1 to say something about them."""
    return len(other_part(read, upstream=upstream)) >= SHORTEST_CLIP


def add_not_far(assigner: Assigner, groups: Groups, not_far: NotFar) -> None:
    """Add reads to those that leave NUTM1 at an edge if they agree, else where they were placed.

    Args:
        assigner: All kept fragments.
        groups: Changed in place.
        not_far: See ``clipped_reads``.
    """
    for (upstream, edge), reads in not_far.items():
        there = groups.get((upstream, assigner.map.residue(edge)))
        moved = [read for _, _, read in reads]
        agree = agreeing(moved, there[2] if there else [], upstream=upstream)
        for (at, as_placed, at_edge), agrees in zip(reads, agree, strict=True):
            if there and agrees and shows_enough(at_edge, upstream=upstream):
                there[2].append(at_edge)
            else:
                _add(assigner, groups, at, as_placed, boundary=False, upstream=upstream)


def _add(
    assigner: Assigner, groups: Groups, at: int, read: Clipped, *, boundary: bool, upstream: bool
) -> None:
    """Add a read to those that leave NUTM1 at a global position, if it shows enough beyond."""
    if shows_enough(read, upstream=upstream):
        key = (upstream, assigner.map.residue(at))
        groups.setdefault(key, (at, boundary, []))[2].append(read)
