"""Reads that leave NUTM1, and those that go on with the same bases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from nutfusion.reads.contig import differences_allowed
from nutfusion.reads.kernels.cluster import beside, cluster
from nutfusion.reads.placement import reverse_complement

if TYPE_CHECKING:
    from nutfusion.model.terms import UnassignedReason
    from nutfusion.reads.assign import Supporter
    from nutfusion.reads.placement import Placements

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
"""Bases from an end of a read, or from an exon's edge, within which errors cut a placement short
(nt)."""
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
        placed: Bases of the NUTM1 piece: without N, and those at the read's end that fit nothing
            (nt).
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


def other_part(read: Clipped, *, upstream: bool) -> np.ndarray:
    """The unknown bases of a read, from the joint outwards."""
    return read.bases[: read.split][::-1] if upstream else read.bases[read.split :]


def _table(
    reads: list[Clipped], order: list[int], *, upstream: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Unknown parts, one row each, their lengths, and the differences allowed by overlap."""
    parts = [other_part(reads[i], upstream=upstream) for i in order]
    lengths = np.array([len(part) for part in parts], np.int64)
    width = int(lengths.max(initial=0))
    table = np.full((len(parts), width), 4, np.uint8)
    for row, part in zip(table, parts, strict=True):
        row[: len(part)] = part
    allowed = np.array([differences_allowed(n) for n in range(width + 1)], np.int64)
    return table, lengths, allowed


def agreeing(reads: list[Clipped], others: list[Clipped], *, upstream: bool) -> list[bool]:
    """Which of some reads go on with the same bases as one of others."""
    both = reads + others
    table, lengths, allowed = _table(both, list(range(len(both))), upstream=upstream)
    close = np.empty(len(both), bool)
    beside(table, lengths, np.arange(len(reads), len(both)), allowed, close)
    return [bool(agrees) for agrees in close[: len(reads)]]


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
    table, lengths, allowed = _table(reads, order, upstream=upstream)
    close = np.empty(len(order), bool)
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
