"""Joints whose two genes the panel knows: find them, give them their fragments, doubt them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.assign import MATE_SCORE, Supporter, fused_sequences
from nutfusion.reads.candidates import LEAST_BOUNDED, candidates
from nutfusion.reads.contig import majority
from nutfusion.reads.joints import Joint, exon_joints, is_boundary
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels import rescue as r
from nutfusion.reads.molecules import mark_duplicates
from nutfusion.reads.tally import LONGEST_FLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.reads.assign import Assigner

NAMING_ANCHOR: Final = 20
"""Bases of the partner in one read that name it; a mate on the partner does as well."""
NAMING_ANCHOR_AT_EDGES: Final = 16
"""The same where two fragments join exon to exon and none contradicts."""
NAMING_IDENTITY: Final = 0.95
"""Share of partner bases, as all reads together show them, that must equal the partner to name it:
no 50 nt of BRD3 equal more than 0.92 of BRD4."""
LONG_CLIP: Final = 16
"""Unplaced bases from which a read can contradict a partner's name."""
SINGLE_ANCHOR: Final = 16
"""Anchors (nt) that let one fragment on exon boundaries be reported alone."""


@dataclass(slots=True)
class Found:
    """A joint with its fragments.

    Attributes:
        joint: The joint; for a bounded one, the first of the exon joints that fit.
        supporters: Duplicates marked.
        ranges: For a bounded joint, residues its sides may have: ((low, high), (low, high)).
    """

    joint: Joint
    supporters: list[Supporter]
    ranges: tuple[tuple[int, int], tuple[int, int]] | None = None

    def distinct(self, kind: str) -> list[Supporter]:
        """Supporters of a kind, without duplicates."""
        return [s for s in self.supporters if s.kind == kind and not s.duplicate]

    def longest(self, side: str) -> int:
        """Longest anchor of a side (``five`` or ``three``) in one split read, nt."""
        anchors = (
            getattr(read, side)
            for s in self.distinct("split")
            for read in s.reads
            if read.five > 0 and read.three > 0
        )
        return max(anchors, default=0)


@dataclass(slots=True)
class KnownResult:
    """What ``known_joints`` found.

    Attributes:
        found: Joints to report.
        used: Fragments of those joints.
        chimeras: Fragments that join NUTM1 to a panel gene but make no joint to report.
    """

    found: list[Found] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    chimeras: set[int] = field(default_factory=set)


def _contradicting(assigner: Assigner, joint: Joint, own: set[int]) -> int:
    """Distinct fragments whose long clip leaves NUTM1 at the joint, and is not the partner."""
    nutm1_is_three = joint.three_gene == 0
    residue = joint.three if nutm1_is_three else joint.five
    spots = np.array(assigner.map.everywhere(0, residue), np.int64)
    against: set[int] = set()
    for rows, genes in zip(assigner.placements.rows, assigner.genes, strict=True):
        if nutm1_is_three:
            clip = rows[:, k.START]
            edge = rows[:, k.DIAGONAL] + rows[:, k.START]
        else:
            clip = rows[:, k.LENGTH] - rows[:, k.STOP]
            edge = rows[:, k.DIAGONAL] + rows[:, k.STOP] - 1
        near = (np.abs(edge[:, None] - spots[None, :]) <= 3).any(axis=1)
        hit = (genes == 0) & (clip >= LONG_CLIP) & near
        against.update(int(f) for f in np.flatnonzero(hit))
    return len({assigner.molecule(f) for f in against - own})


def partner_share(assigner: Assigner, found: Found) -> float:
    """Share of the partner's bases, as all distinct reads together show them, that are its own.

    Mates that lie on the partner count as well: the reads across the joint were chosen for
    fitting it. Majority by column, so that sequencing errors do not count; 0 without a base.
    """
    joint = found.joint
    fused = fused_sequences([joint], assigner.map, LONGEST_FLANK)[0]
    first_three = LONGEST_FLANK + len(joint.linker)
    rows = [
        (first_three + read.offset, assigner.sense(s.fragment, read))
        for s in found.supporters
        if not s.duplicate
        for read in s.reads
    ]
    low, high = (0, LONGEST_FLANK) if joint.three_gene == 0 else (first_three, len(fused))
    shown = majority(rows, low, high)
    known = fused[low:high]
    compared = (shown < 4) & (known < 4)
    return float((shown == known)[compared].mean()) if compared.any() else 0.0


def _partner_is_named(assigner: Assigner, found: Found) -> bool:
    """Whether the reads show enough of the partner to name it, and nothing says otherwise."""
    joint = found.joint
    partner_side = "five" if joint.three_gene == 0 else "three"
    partner = joint.five_gene if partner_side == "five" else joint.three_gene
    own = {s.fragment for s in found.supporters}
    long_ones = sum(
        any(
            getattr(read, partner_side) >= LONG_CLIP and read.five and read.three
            for read in s.reads
        )
        for s in found.distinct("split")
    )
    against = _contradicting(assigner, joint, own)
    if against >= 3 and against > 3 * long_ones:
        return False
    if partner_share(assigner, found) < NAMING_IDENTITY:
        return False
    at_edges = is_boundary(assigner.map, joint) and len(found.distinct("split")) >= 2
    enough = NAMING_ANCHOR_AT_EDGES if at_edges and not against else NAMING_ANCHOR
    if found.longest(partner_side) >= enough:
        return True
    placements = assigner.placements
    mate_on_partner = any(
        assigner.genes[mate][f] == partner and placements.rows[mate][f, k.SCORE] >= MATE_SCORE
        for f in own
        for mate in (0, 1)
    )
    return mate_on_partner and against == 0


def _worth_reporting(assigner: Assigner, found: Found) -> bool:
    """Two distinct split fragments; or one exon to exon, with a pair or with long anchors."""
    split = len(found.distinct("split"))
    if split != 1 or not is_boundary(assigner.map, found.joint):
        return split >= 2
    long_enough = min(found.longest("five"), found.longest("three")) >= SINGLE_ANCHOR
    return long_enough or len(found.distinct("discordant")) >= 1


def _bounded(
    assigner: Assigner, pairs: Sequence[tuple[int, int, int]], taken: set[tuple[int, int]]
) -> list[Found]:
    """Joints in the unsequenced gap between mates: which exon ends and starts fit the pairs."""
    by_genes: dict[tuple[int, int], list[int]] = defaultdict(list)
    whole = assigner.whole[0] & assigner.whole[1]
    for f, five, three in pairs:
        if (five, three) not in taken and whole[f]:
            by_genes[five, three].append(f)
    out = []
    for genes, fragments in sorted(by_genes.items()):
        if len(fragments) < LEAST_BOUNDED:
            continue
        fitting: list[tuple[int, Joint, list[Supporter]]] = []
        for joint in exon_joints([genes], assigner.map):
            fits = [s for f in fragments if (s := assigner.fits(f, joint)) is not None]
            mark_duplicates(fits, assigner.names)
            fitting.append((sum(not s.duplicate for s in fits), joint, fits))
        most = max((n for n, _, _ in fitting), default=0)
        if most < LEAST_BOUNDED:
            continue
        best = [(joint, fits) for n, joint, fits in fitting if n == most]
        fives = [joint.five for joint, _ in best]
        threes = [joint.three for joint, _ in best]
        ranges = ((min(fives), max(fives)), (min(threes), max(threes)))
        out.append(Found(best[0][0], best[0][1], ranges))
    return out


def known_joints(assigner: Assigner) -> KnownResult:
    """Find the joints between NUTM1 and the other genes of the panel.

    Returns:
        Joints with most split fragments first. A joint whose partner the reads do not name
        is left out, and its fragments are free for the search of unknown partners.
    """
    result = KnownResult()
    pairs = assigner.gene_pairs()
    joints = candidates(assigner, pairs)
    split = assigner.split(joints, margin=r.MARGIN)
    crossing = {s.fragment for supporters in split.values() for s in supporters}
    free = [pair for pair in pairs if pair[0] not in crossing]
    ordered = [i for i in range(len(joints)) if i in split]
    discordant = assigner.discordant(free, [joints[i] for i in ordered])
    for position, index in enumerate(ordered):
        supporters = split[index] + discordant.get(position, [])
        mark_duplicates(supporters, assigner.names)
        found = Found(joints[index], supporters)
        if _worth_reporting(assigner, found) and _partner_is_named(assigner, found):
            result.found.append(found)
            result.used.update(s.fragment for s in supporters)
    left = [pair for pair in free if pair[0] not in result.used]
    exact = {(f.joint.five_gene, f.joint.three_gene) for f in result.found}
    for found in _bounded(assigner, left, exact):
        result.found.append(found)
        result.used.update(s.fragment for s in found.supporters)
    result.chimeras = (crossing | {f for f, _, _ in left}) - result.used
    return result
