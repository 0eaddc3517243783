"""Fragments that support a joint of NUTM1 with unknown sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from nutfusion.reads.assign import PlacedRead, Supporter, placed_read
from nutfusion.reads.clipped import SNAP
from nutfusion.reads.joints import MOST_SLIDE
from nutfusion.reads.kernels import place as k
from nutfusion.reads.kernels.rescue import SHORTEST

if TYPE_CHECKING:
    import numpy as np

    from nutfusion.reads.assign import Assigner
    from nutfusion.reads.clipped import Clipped
    from nutfusion.reads.contig import Template

STRAY_SHARE: Final = 0.2
"""Share of the pairs reaching over a joint whose other mate must be unplaced, for such pairs to
count without lying on the unknown sequence (chosen by us)."""
WITHIN_REACH: Final = 0.7
"""Share of the usual insert within which most pairs of a mate on NUTM1 reach over the joint."""


def unknown_supporters(
    assigner: Assigner,
    cluster: list[Clipped],
    residue: int,
    template: Template,
    mates: dict[int, tuple[int, np.ndarray]],
    *,
    upstream: bool,
) -> list[Supporter]:
    """Split fragments of a cluster, and pairs with one mate on NUTM1 and one beyond it.

    The mate beyond either lies on the unknown sequence, or on nothing the panel knows: with few
    fragments the contig does not reach it.
    """
    crossing: tuple[dict[int, PlacedRead], dict[int, PlacedRead]] = ({}, {})
    for c in cluster:
        length = len(c.bases)
        crossing[c.mate][c.fragment] = placed_read(
            c.mate, c.reverse, -c.split, length, c.split, length - c.split
        )
    strays = upstream and _strays_are_pairs(assigner, residue, mates)
    out = []
    for f in sorted({*crossing[0], *crossing[1], *mates}):
        reads = {
            mate: by_fragment[f] for mate, by_fragment in enumerate(crossing) if f in by_fragment
        }
        for mate in (0, 1):
            if mate in reads or (mate == 1 and not assigner.placements.paired[f]):
                continue
            placed = _on_nutm1(assigner, f, mate, residue, template, upstream=upstream)
            if placed is None and f in mates and mates[f][0] == mate:
                placed = _on_template(template, mate, mates[f][1], upstream=upstream)
            if placed is not None:
                reads[mate] = placed
        split = any(read.five and read.three for read in reads.values())
        on_nutm1 = any((read.five == 0) == upstream for read in reads.values())
        if not split and not (on_nutm1 and (strays or len(reads) > 1)):
            continue
        kind: Literal["split", "discordant"] = "split" if split else "discordant"
        out.append(assigner.with_ends(f, kind, tuple(reads[m] for m in sorted(reads))))
    return out


def _strays_are_pairs(
    assigner: Assigner, residue: int, mates: dict[int, tuple[int, np.ndarray]]
) -> bool:
    """Whether mates that lie on nothing known are pairs across the joint, or just bad reads.

    Beside a joint they are most of the pairs that could reach over it; where wild-type NUTM1 is
    expressed a few reads fail anyway. For unknown sequence 5' of NUTM1 only.
    """
    reach, let_go = assigner.pairs_beside(residue, assigner.usual_insert * WITHIN_REACH)
    return len(reach.intersection(mates)) >= STRAY_SHARE * (len(reach) + let_go)


def _on_template(
    template: Template, mate: int, bases: np.ndarray, *, upstream: bool
) -> PlacedRead | None:
    """An unplaced mate on the unknown sequence, over the joint or not up to it."""
    before = template.lay(bases if upstream else bases[::-1])
    if before is None:
        return None
    length = len(bases)
    beyond = length - before
    if beyond < SHORTEST:
        before_joint, beyond = min(before, length), 0
    else:
        before_joint = before
    if upstream:
        return placed_read(mate, False, -before, length, before_joint, beyond)
    return placed_read(mate, True, before - length, length, beyond, before_joint)


def _on_nutm1(
    assigner: Assigner, f: int, mate: int, residue: int, template: Template, *, upstream: bool
) -> PlacedRead | None:
    """A mate that lies on NUTM1 on the right side of the joint.

    It may reach beyond it as far as chance goes, or as far as the unknown part equals NUTM1 there.
    """
    row = assigner.placements.rows[mate][f]
    if assigner.genes[mate][f] != 0 or not assigner.whole[mate][f]:
        return None
    diagonal, length = int(row[k.DIAGONAL]), int(row[k.LENGTH])
    at = assigner.map.near(0, residue, diagonal + int(row[k.START] + row[k.STOP]) // 2)
    if at < 0:
        return None
    beyond = (
        assigner.map.targets.bases[at - MOST_SLIDE : at][::-1]
        if upstream
        else (assigner.map.targets.bases[at + 1 : at + 1 + MOST_SLIDE])
    )
    reach = max(SNAP, template.equal(beyond))
    if upstream:
        offset = diagonal - at
        if diagonal + int(row[k.START]) < at - reach or offset + length > assigner.largest_insert:
            return None
        return placed_read(mate, bool(row[k.ORIENTATION]), offset, length, 0, length)
    offset = diagonal - (at + 1)
    if diagonal + int(row[k.STOP]) > at + 1 + reach or -offset > assigner.largest_insert:
        return None
    return placed_read(mate, bool(row[k.ORIENTATION]), offset, length, length, 0)
