"""Reasons not to believe in an unknown partner, and what its sequence looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.terms import UnassignedReason as Why
from nutfusion.reads.clipped import (
    ALTERNATIVE_START,
    LEAST_FRAGMENTS,
    NUTM1_DIFFERENCES,
    NUTM1_PIECE,
    PARALOGUE_IDENTITY,
    SEED_CLIP,
    SHORTEST_PIECE,
    Clipped,
    UnknownFound,
)
from nutfusion.reads.kept import CODES
from nutfusion.reads.kernels import place as k

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.joints import Joint

NAMED_BY: Final = 30
"""Score from which a contig's own placement on the panel explains it."""
BESIDE: Final = 60
"""Bases next to the joint that tell whether a contig is a known partner read with many errors."""
PARTNER_IDENTITY: Final = 0.8
"""Share of a contig's bases beside the joint that equal the partner reported there when the contig
is that partner (chosen by us: three errors in 15 bases; strangers share a quarter)."""
LEAST_PARTNER: Final = 8
"""Bases of a contig that are compared with the partner reported at its joint."""
PIECE_WITH_PAIRS: Final = 14
"""NUTM1 bases in one read that are enough beside ``LEAST_PAIRS`` pairs (nt): of 11,100 strands of
background transcripts two share as many with an exon's start (7 and 8), besides its paralogues."""
DIFFERENCE_COST: Final = 3
"""Bases that a difference takes from a piece of NUTM1 (nt): any of 20 bases may be one of three
others, which makes a piece 60 times as common in strangers; as much as three bases fewer do."""
LEAST_PAIRS: Final = 3
"""Distinct pairs that let two fragments show a shorter other part than ``SEED_CLIP`` (as
``candidates.LEAST_BOUNDED``)."""
INTRON_WINDOW: Final = 18
"""Bases before a 3' splice site's AG that are looked at."""
INTRON_PYRIMIDINES: Final = 14
"""How many of them are C or T in an intron's end (chosen by us: five of NUTM1's seven introns have
15 or 16, the other two 9 and 10)."""
PLAIN_SHARE: Final = 0.75
"""Share of one base from which a sequence is low in complexity."""
_ADAPTERS: Final = ("AGATCGGAAGAGC", "CTGTCTCTTATACACATCT")

LEAST_DOWNSTREAM: Final = 3
"""Distinct split fragments that show NUTM1 as the 5' part of an unknown joint (chosen by us)."""
LEAST_COMPARED: Final = 20
"""Bases of unknown sequence that are enough to be told from a paralogue's."""

GT: Final = bytes((2, 3))
"""First bases of an intron, as codes."""
AG: Final = bytes((0, 2))
"""Last bases of an intron, as codes."""
INTRON_ENDS_RATIO: Final = 3
"""How much oftener the end of an intron may be seen than its beginning (chosen by us)."""
SHARED_WORD: Final = 16
"""Bases that two pieces of unknown sequence share when they are one."""

INTRON_END: Final = "intron_end"
"""Hint: the unknown part ends like an intron, so unspliced NUTM1 RNA or DNA may explain it."""


def _shares_with_nutm1(assigner: Assigner, found: UnknownFound) -> float:
    """Best share of the unknown part that fits NUTM1 beside the joint, over small shifts."""
    bases = assigner.map.targets.bases
    if len(found.contig) < LEAST_COMPARED:
        return 0.0
    part = found.contig[-60:] if found.upstream else found.contig[:60]
    best = 0.0
    for shift in range(-12, 13):
        start = found.position - len(part) + shift if found.upstream else found.position + 1 + shift
        best = max(best, float((bases[start : start + len(part)] == part).mean()))
    return best


def is_enough(found: UnknownFound) -> bool:
    """Two distinct split fragments, or one with pairs whose other mate lies on its sequence.

    The one must hold ``SHORTEST_PIECE`` bases of NUTM1: a partner's own bases are an exon's first 8
    or 10 often enough to be seen beside its joint, and would name the wrong exon. NUTM1 as the 5'
    part never counts for a verdict; it takes three split fragments to be shown.
    """
    split = len(found.distinct("split"))
    if not found.upstream:
        return split >= LEAST_DOWNSTREAM
    if split != 1:
        return split >= LEAST_FRAGMENTS
    laid = sum(len(s.reads) > 1 for s in found.distinct("discordant"))
    longest = max(read.three for s in found.distinct("split") for read in s.reads if read.five)
    return laid >= LEAST_FRAGMENTS and longest >= SHORTEST_PIECE


def nutm1_bases(read: Clipped) -> int:
    """Bases of NUTM1 in a read (nt), as rare in strangers as so many without a difference."""
    return read.placed - DIFFERENCE_COST * read.different


def _shows_nutm1(found: UnknownFound, cluster: Sequence[Clipped]) -> bool:
    """One read holds more of NUTM1 than other transcripts share with it, or a mate lies on it.

    The mate must be one of a fragment whose other read shows the unknown part. Pairs with a mate
    on nothing known do not say which unknown part is theirs: an expressed gene that holds 8 to 12
    bases of an exon's start by chance has reads that end with them, as a partner would. They count
    where a read holds ``PIECE_WITH_PAIRS``.
    """
    longest = max(nutm1_bases(c) for c in cluster)
    enough = len(found.distinct("discordant")) >= LEAST_PAIRS
    if longest >= (PIECE_WITH_PAIRS if found.upstream and enough else NUTM1_PIECE):
        return True
    return any(
        not (read.five if found.upstream else read.three)
        for supporter in found.supporters
        if supporter.kind == "split" or (found.upstream and len(supporter.reads) > 1)
        for read in supporter.reads
    )


def _placed_gene(assigner: Assigner, contig: np.ndarray) -> int | None:
    """Gene number on which pieces of a contig lie; ``None`` for nowhere."""
    t = assigner.map.targets
    size = 150
    pieces = [contig[max(0, end - size) : end] for end in range(len(contig), 0, -size)]
    data = np.concatenate(pieces).astype(np.uint8)
    lengths = np.array([len(piece) for piece in pieces], np.int32)
    offsets = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    rows = np.zeros((len(pieces), k.FIELDS), np.int32)
    k.place(
        data,
        offsets,
        lengths,
        t.bases,
        t.gene,
        t.kmer_keys,
        t.kmer_first,
        t.kmer_count,
        t.kmer_marks,
        t.kmer_positions,
        rows,
    )
    best = rows[int(rows[:, k.SCORE].argmax())]
    if best[k.SCORE] < NAMED_BY or best[k.ORIENTATION]:
        return None
    return int(t.gene[int(best[k.DIAGONAL]) + int(best[k.START] + best[k.STOP]) // 2])


def _is_reported(assigner: Assigner, found: UnknownFound, reported: Sequence[Joint]) -> bool:
    """Whether the unknown part is a partner that is reported at the same NUTM1 base.

    It lies on that gene; or, too short or too full of errors for that, it resembles the partner's
    bases beside the joint.
    """
    near = found.contig[-BESIDE:] if found.upstream else found.contig[:BESIDE]
    gene = _placed_gene(assigner, near)
    map_ = assigner.map
    for joint in reported:
        if joint.three_gene == 0:
            upstream, residue, partner, side = True, joint.three, joint.five_gene, joint.five
        else:
            upstream, residue, partner, side = False, joint.five, joint.three_gene, joint.three
        if (upstream, residue) != (found.upstream, found.residue):
            continue
        if gene == partner:
            return True
        at = map_.first(partner, side) + (1 - len(near) if upstream else 0)
        same = map_.targets.bases[at : at + len(near)] == near
        if len(near) >= LEAST_PARTNER and same.mean() >= PARTNER_IDENTITY:
            return True
    return False


def reason_against(
    assigner: Assigner,
    found: UnknownFound,
    cluster: list[Clipped],
    reported: Sequence[Joint],
) -> Why | None:
    """Why a cluster is not a fusion; ``None`` when nothing speaks against it.

    The order is from the surest reason to the weakest.

    Args:
        assigner: All kept fragments.
        found: The cluster.
        cluster: Its reads.
        reported: The joints between known genes that are reported.
    """
    longest = max(c.split if found.upstream else len(c.bases) - c.split for c in cluster)
    pieces = sum((len(c.bases) - c.split) if found.upstream else c.split for c in cluster)
    contig = found.contig
    shares = np.bincount(contig, minlength=4)[:4] / max(1, len(contig))
    adapters = [CODES[np.frombuffer(a.encode(), np.uint8)].tobytes() for a in _ADAPTERS]
    gene = _placed_gene(assigner, contig)
    beside_start = _is_beside_start(assigner, found)
    checks = (
        (Why.NUTM1_PART_TOO_SHORT, not _shows_nutm1(found, cluster)),
        (Why.KNOWN_PARTNER, _is_reported(assigner, found, reported)),
        (Why.LOW_COMPLEXITY, bool(shares.max() >= PLAIN_SHARE)),
        (Why.ADAPTER, any(a in contig.tobytes() for a in adapters)),
        (Why.PARALOGUE, sum(c.different for c in cluster) > max(3.0, NUTM1_DIFFERENCES * pieces)),
        (Why.PARALOGUE, _shares_with_nutm1(assigner, found) > PARALOGUE_IDENTITY),
        (Why.PARALOGUE, gene == k.PARALOGUE),
        (Why.NUTM1_INTRON, gene == k.INTRON),
        (Why.NUTM1_ISOFORM, gene == 0),
        (Why.NUTM1_ALTERNATIVE_START, beside_start and len(contig) <= ALTERNATIVE_START),
        (Why.NOT_AT_EXON_EDGE, not found.boundary),
        (Why.TOO_SHORT, longest < SEED_CLIP and len(found.distinct("discordant")) < LEAST_PAIRS),
        (Why.TOO_FEW_FRAGMENTS, not is_enough(found)),
    )
    return next((reason for reason, holds in checks if holds), None)


def _mark_own_exons(clusters: Sequence[UnknownFound]) -> None:
    """Doubt unknown sequence that NUTM1 both leaves for and comes back from.

    An exon that the panel's NUTM1 transcripts lack shows twice in wild-type RNA: after the exon
    before it and before the exon after it. A fusion's partner shows once.
    """
    words: dict[bool, set[bytes]] = {True: set(), False: set()}
    own: dict[int, set[bytes]] = {}
    for found in clusters:
        mine = {
            found.contig[i : i + SHARED_WORD].tobytes()
            for i in range(len(found.contig) - SHARED_WORD + 1)
        }
        own[id(found)] = mine
        words[found.upstream] |= mine
    for found in clusters:
        if found.reason is None and own[id(found)] & words[not found.upstream]:
            found.reason = Why.NUTM1_ISOFORM


def _mark_own_introns(assigner: Assigner, clusters: Sequence[UnknownFound]) -> None:
    """Doubt unknown sequence that unspliced NUTM1 RNA explains.

    An intron begins with GT and ends with AG. What follows an exon of NUTM1 and begins with GT is
    its intron. What precedes an exon and ends with AG is the intron's other end when its beginning
    is seen too, and not so much less often; a partner's exon ends with AG often enough, so the AG
    alone says nothing. Of several clusters at one exon only the likest intron is doubted.
    """
    begun: dict[int, int] = {}
    for found in clusters:
        if not found.upstream and found.boundary and bytes(found.contig[:2]) == GT:
            found.reason = found.reason or Why.NUTM1_INTRON
            begun[found.residue] = begun.get(found.residue, 0) + len(found.distinct("split"))
    ended: dict[int, list[UnknownFound]] = {}
    for found in clusters:
        if found.upstream and found.boundary and bytes(found.contig[-2:]) == AG:
            ended.setdefault(found.residue, []).append(found)
    for residue, candidates in ended.items():
        donor = max((d for d in assigner.map.donors.get(0, []) if d < residue), default=0)
        best = max(candidates, key=lambda u: (_pyrimidines(u.contig), -len(u.supporters)))
        if len(best.distinct("split")) <= INTRON_ENDS_RATIO * begun.get(donor, 0):
            best.reason = best.reason or Why.NUTM1_INTRON


def mark_own_sequence(assigner: Assigner, clusters: Sequence[UnknownFound]) -> None:
    """Doubt what NUTM1's own exons and introns explain, seen over all clusters of a sample."""
    _mark_own_exons(clusters)
    _mark_own_introns(assigner, clusters)


def _pyrimidines(contig: np.ndarray) -> int:
    """C and T among the ``INTRON_WINDOW`` bases before the last three."""
    tract = contig[-INTRON_WINDOW - 3 : -3]
    return int(((tract == 1) | (tract == 3)).sum())


def _is_beside_start(assigner: Assigner, found: UnknownFound) -> bool:
    """The unknown part lies between NUTM1's first exon and the next, or before the latter."""
    edges = assigner.map.acceptors if found.upstream else assigner.map.donors
    return found.residue in edges.get(0, [])[:1]


def hint_of(found: UnknownFound) -> str | None:
    """``INTRON_END`` for a 5' part that ends in a polypyrimidine tract and AG."""
    if not found.upstream or len(found.contig) < INTRON_WINDOW + 3:
        return None
    if bytes(found.contig[-2:]) != AG:
        return None
    return INTRON_END if _pyrimidines(found.contig) >= INTRON_PYRIMIDINES else None
