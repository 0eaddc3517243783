"""Fragments grouped by the break of DNA that they show."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.reads.dna.pieces import End, crossings
from nutfusion.reads.dna.records import NEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nutfusion.reads.dna.pieces import Crossing, Piece
    from nutfusion.reads.dna.records import DnaFragment, DnaRead, Place

CONFIDENT: Final = 20
"""Mapping quality of both pieces from which a read says where a break is: its place is the right
one with 99 %. Reads with less join a break that others show."""

LARGEST_INSERT: Final = 1_000
"""Outer distance of the mates of one fragment (nt): libraries of panels are made shorter (chosen by
us)."""

LEAST_SPLIT: Final = 2
"""Distinct fragments across one break that show it: two pieces of DNA that are joined in the tube
are hardly ever joined at the same bases twice."""

LEAST_FRAGMENTS: Final = 3
"""Distinct fragments that show a break with fewer across it (chosen by us)."""

CHANCE: Final = 1e-5
"""Probability from which such fragments are pieces of DNA joined in the tube, which lie close
together where a panel is read deeply (chosen by us: some hundred places are looked at)."""


class Joint(NamedTuple):
    """Where a read has a break, homologous bases given to NUTM1.

    Attributes:
        nutm1: The side at the locus of NUTM1.
        partner: The other side.
        homology: Bases that fit both sides.
        inserted: Bases of the read between the sides.
    """

    nutm1: End
    partner: End
    homology: int
    inserted: int


@dataclass(slots=True)
class Break:
    """A break at NUTM1.

    Attributes:
        joint: Where most of its reads have it; without one across it the innermost ends of pairs.
        precise: A read crosses it.
        spans: (lowest, highest) residue of both sides, NUTM1 first; single residues when precise.
        fragments: Names of the fragments that show it.
    """

    joint: Joint
    precise: bool
    spans: tuple[tuple[int, int], tuple[int, int]]
    fragments: list[str] = field(default_factory=list)


def joint_of(crossing: Crossing, place: Place) -> Joint | None:
    """A crossing as a break at NUTM1; ``None`` when it is none."""
    ends = crossing.before, crossing.after
    at_locus = [place.holds(end.contig, end.position) for end in ends]
    if at_locus[0] is at_locus[1]:
        return None
    nutm1, partner = ends if at_locus[0] else ends[::-1]
    if not place.is_elsewhere(partner.contig, partner.position):
        return None
    homology = max(0, -crossing.between)
    return Joint(nutm1, partner.moved_in(homology), homology, max(0, crossing.between))


def precise_breaks(fragments: Mapping[str, DnaFragment], place: Place) -> list[Break]:
    """Breaks that reads cross, those of most fragments first."""
    by_sides: dict[tuple[str, ...], list[tuple[str, Joint]]] = defaultdict(list)
    for name in sorted(fragments):
        for joint in dict.fromkeys(_joints(fragments[name], place)):
            sides = (joint.nutm1.kept, joint.partner.contig, joint.partner.kept)
            by_sides[sides].append((name, joint))
    found = [one for _, shown in sorted(by_sides.items()) for one in _grouped(shown)]
    return sorted(found, key=lambda one: (-len(one.fragments), one.joint))


def _joints(fragment: DnaFragment, place: Place) -> Iterator[Joint]:
    """Breaks that a fragment's reads cross, where both places are certain."""
    for read in fragment.mates:
        for crossing in crossings(read.pieces) if read is not None else ():
            joint = joint_of(crossing, place)
            if joint is not None and crossing.quality >= CONFIDENT:
                yield joint


def _grouped(shown: list[tuple[str, Joint]]) -> Iterable[Break]:
    """Reads of one pair of sides, each group around the joint that most of them have."""
    while shown:
        votes = Counter(joint for _, joint in shown)
        best = min(votes, key=lambda joint: (-votes[joint], joint))
        here = {name for name, joint in shown if _are_near(joint, best)}
        shown = [one for one in shown if not _are_near(one[1], best)]
        at = best.nutm1.position, best.partner.position
        yield Break(best, True, ((at[0], at[0]), (at[1], at[1])), sorted(here))


def _are_near(one: Joint, other: Joint) -> bool:
    return (
        abs(one.nutm1.position - other.nutm1.position) <= NEAR
        and abs(one.partner.position - other.partner.position) <= NEAR
    )


class _Pair(NamedTuple):
    """Mates on either side of a break: innermost and outermost residue of each, NUTM1 first."""

    inner: tuple[int, int]
    outer: tuple[int, int]
    name: str


def breaks_of_pairs(
    fragments: Mapping[str, DnaFragment], place: Place, taken: set[str]
) -> list[Break]:
    """Breaks that no read crosses, in the order of the genome.

    Args:
        fragments: All that may show a break.
        place: The locus.
        taken: Fragments that show another break.
    """
    by_sides: dict[tuple[str, ...], list[_Pair]] = defaultdict(list)
    ends_of: dict[tuple[str, ...], tuple[End, End]] = {}
    for name in sorted(set(fragments) - taken):
        ends = _facing(fragments[name], place)
        if ends is None:
            continue
        (nutm1, outer_1), (partner, outer_2) = ends
        sides = (nutm1.kept, partner.contig, partner.kept)
        ends_of[sides] = (nutm1, partner)
        by_sides[sides].append(_Pair((nutm1.position, partner.position), (outer_1, outer_2), name))
    found = []
    for which, pairs in sorted(by_sides.items()):
        left = sorted(pairs)
        while left:
            here = [pair for pair in left if _fit_one_break(left[0], pair)]
            left = [pair for pair in left if pair not in here]
            found.append(_bounded(here, *ends_of[which]))
    return found


def _fit_one_break(one: _Pair, other: _Pair) -> bool:
    return all(abs(a - b) < LARGEST_INSERT for a, b in zip(one.inner, other.inner, strict=True))


def _bounded(pairs: list[_Pair], nutm1: End, partner: End) -> Break:
    """The break lies beyond every mate, and not further than a fragment is long."""
    ends, spans = [], []
    for i, end in enumerate((nutm1, partner)):
        inner = [pair.inner[i] for pair in pairs]
        outer = [pair.outer[i] for pair in pairs]
        if end.kept == "lower":
            at = max(inner)
            span = at, max(at, min(outer) + LARGEST_INSERT - 1)
        else:
            at = min(inner)
            span = min(at, max(outer) - LARGEST_INSERT + 1), at
        ends.append(End(end.contig, at, end.kept))
        spans.append((max(1, span[0]), span[1]))
    joint = Joint(ends[0], ends[1], 0, 0)
    return Break(joint, False, (spans[0], spans[1]), [pair.name for pair in pairs])


def _facing(fragment: DnaFragment, place: Place) -> tuple[tuple[End, int], tuple[End, int]] | None:
    """Sides that the mates of a pair face, with their outermost residues, NUTM1 first."""
    pieces = [_only_piece(read) for read in fragment.mates]
    if pieces[0] is None or pieces[1] is None:
        return None
    ends = [(piece.leaves, piece.enters.position) for piece in pieces if piece is not None]
    if place.holds(pieces[1].contig, pieces[1].low):
        ends.reverse()
    (nutm1, _), (partner, _) = ends
    if not place.holds(nutm1.contig, nutm1.position):
        return None
    if not place.is_elsewhere(partner.contig, partner.position):
        return None
    return ends[0], ends[1]


def _only_piece(read: DnaRead | None) -> Piece | None:
    """Where a read lies, when it lies in one place with confidence."""
    if read is None or len(read.pieces) != 1 or read.pieces[0].quality < CONFIDENT:
        return None
    return read.pieces[0]


def places_shown(fragments: Sequence[DnaFragment], place: Place) -> list[tuple[int, End] | None]:
    """Of each fragment, where it leaves NUTM1 and for what; ``None`` when it does not."""
    found: list[tuple[int, End] | None] = []
    for fragment in fragments:
        joint = next(_joints(fragment, place), None)
        if joint is not None:
            found.append((joint.nutm1.position, joint.partner))
            continue
        ends = _facing(fragment, place)
        found.append(None if ends is None else (ends[0][0].position, ends[1][0]))
    return found
