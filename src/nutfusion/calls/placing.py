"""Where one row, or one group of rows about the same joint, goes among the calls so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.calls.draft import (
    NEAR,
    Claim,
    Draft,
    apart,
    differ,
    ends_apart,
    involves_nutm1,
    same_genes,
    swapped,
    within,
)
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.remarks import remark
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import Assembly, FusionDetection

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel


def place_exact(group: list[Claim], drafts: list[Draft], unnamed: Draft | None) -> None:
    """Find the call of an exact joint, or make it.

    Args:
        group: Claims of one joint.
        drafts: Calls so far; one may come to it.
        unnamed: Reads whose unknown partner this group names; ``None`` when it names none.
    """
    first = group[0]
    junction = first.junction
    assert junction is not None  # noqa: S101 - exact claims only
    near = [
        (distance, i)
        for i, draft in enumerate(drafts)
        if draft.junction.exact
        and (distance := apart(junction, draft.junction)) is not None
        and (distance == 0 or (distance <= NEAR and _is_another_word_for(group, draft)))
    ]
    if near:
        distance, i = min(near)
        for claim in group:
            drafts[i].add(claim, *(_position_remark(claim) if distance else ()))
        return
    other_way = [d for d in drafts if _is_other_way_round(first, junction, d)]
    if other_way:
        for claim in group:
            other_way[0].add(claim, remark("order_differs"))
        return
    if unnamed is not None:
        _name(unnamed, first)
        for claim in group:
            unnamed.add(claim, remark("partner_named_by_caller"))
        return
    stranded = _with_strands(group)
    draft = Draft(*first.genes, junction=stranded)
    for claim in group:
        draft.add(claim)
    drafts.append(draft)


def _is_another_word_for(group: list[Claim], draft: Draft) -> bool:
    """Whether a joint a few bases beside a call may be that call's in other programs' words.

    A file that has a row for each of two places means two joints.
    """
    files = {claim.reported.sha256 for claim, _ in draft.claims}
    return same_genes(group[0].genes, draft.genes) and not any(
        claim.reported.sha256 in files for claim in group
    )


def _with_strands(group: list[Claim]) -> Junction:
    """The joint with every strand that any of its rows knows."""
    junction = group[0].junction
    assert junction is not None  # noqa: S101 - exact claims only
    sides: dict[str, JunctionEnd | None] = {}
    for name in ("five_prime", "three_prime"):
        ends = [getattr(c.junction, name) for c in group if c.junction is not None]
        known = next((e.strand for e in ends if e is not None and e.strand is not None), None)
        sides[name] = None if ends[0] is None else ends[0].model_copy(update={"strand": known})
    return junction.model_copy(update=sides)


def _position_remark(claim: Claim) -> tuple[str, ...]:
    """Where a row puts a joint that stands elsewhere in the call."""
    junction = claim.junction
    five = None if junction is None else junction.five_prime
    three = None if junction is None else junction.three_prime
    return (
        remark(
            "position_differs",
            five_prime=_where(five),
            three_prime=_where(three),
        ),
    )


def _where(end: JunctionEnd | None) -> str:
    return "unknown" if end is None or end.position is None else f"{end.contig}:{end.position}"


def _is_other_way_round(claim: Claim, junction: Junction, draft: Draft) -> bool:
    """The same two places of the same two genes, with 5' and 3' exchanged."""
    if not draft.junction.exact or not same_genes(swapped(claim.genes), draft.genes):
        return False
    return (
        ends_apart(junction.five_prime, draft.junction.three_prime) == 0
        and ends_apart(junction.three_prime, draft.junction.five_prime) == 0
    )


def is_unnamed_twin(claim: Claim, junction: Junction, draft: Draft, panel: Panel) -> bool:
    """Reads that join NUTM1 at the same base to sequence that the panel could not name."""
    five, three = claim.genes
    if draft.reads is None or not draft.order_known:
        return False
    if draft.reads.partner_hint is not None:
        # an adapter or an intron beside NUTM1 is no gene's exon, whatever a program names there
        return False
    if involves_nutm1(three) and draft.five_prime_gene is None:
        return (
            five is not None
            and not panel.has_sequence(five.symbol)
            and involves_nutm1(draft.three_prime_gene)
            and ends_apart(junction.three_prime, draft.junction.three_prime) == 0
        )
    return False


def _name(draft: Draft, claim: Claim) -> None:
    """Give the unnamed part of a joint the gene and place that a program names."""
    junction = claim.junction
    assert junction is not None  # noqa: S101 - exact claims only
    draft.five_prime_gene = claim.genes[0]
    draft.junction = junction.model_copy(
        update={"linker_sequence": draft.junction.linker_sequence, "homology": None}
    )


def place_dna(claim: Claim, drafts: list[Draft]) -> None:
    """A break of DNA belongs to the joint of the same genes that it allows."""
    junction = claim.junction
    if junction is not None:
        for draft in drafts:
            if (
                same_genes(claim.genes, draft.genes)
                and within(draft.junction.five_prime, junction.five_prime)
                and within(draft.junction.three_prime, junction.three_prime)
            ):
                draft.add(claim, remark("break_of_dna"))
                return
        for draft in drafts:
            if (
                draft.detection is FusionDetection.INFERRED
                and not differ(claim.genes, draft.genes)
                and draft.genomic_breakpoint is not None
                and claim.reported.genomic_breakpoint is not None
                and (distance := apart(draft.genomic_breakpoint, claim.reported.genomic_breakpoint))
                is not None
                and distance <= NEAR
            ):
                draft.add(claim, *(_position_remark(claim) if distance else ()))
                return
    draft = _own(claim, FusionDetection.INFERRED)
    drafts.append(draft)


def place_pair(claim: Claim, drafts: list[Draft]) -> None:
    """A pair of genes without a whole place speaks of every joint of that pair."""
    fitting = [
        draft
        for draft in drafts
        if draft.order_known
        and draft.detection is FusionDetection.OBSERVED
        and same_genes(claim.genes, draft.genes)
        and _does_not_contradict(claim, draft)
    ]
    for draft in fitting:
        placed = claim.junction is not None
        draft.add(claim, *(() if placed else (remark("gene_pair_only"),)))
    if not fitting:
        drafts.append(_own(claim, FusionDetection.OBSERVED))


def _does_not_contradict(claim: Claim, draft: Draft) -> bool:
    """Whether the side that a row does place, to the base or bounded, is where the call has it."""
    if claim.junction is None:
        return True
    for mine, theirs in (
        (claim.junction.five_prime, draft.junction.five_prime),
        (claim.junction.three_prime, draft.junction.three_prime),
    ):
        distance = ends_apart(mine, theirs)
        if distance is not None and distance > NEAR:
            return False
        if mine is not None and mine.position_range is not None and not within(theirs, mine):
            return False
    return True


def place_unordered(claim: Claim, drafts: list[Draft]) -> None:
    """A pair in no order speaks of the joints of these genes that lie where it says."""
    fitting = []
    for draft in drafts:
        if same_genes(claim.genes, draft.genes):
            fits = claim.junction is None or _does_not_contradict(claim, draft)
        elif same_genes(swapped(claim.genes), draft.genes):
            turned = Claim(claim.reported, _turned(claim.junction))
            fits = claim.junction is None or _does_not_contradict(turned, draft)
        else:
            continue
        if fits and not _is_another_break(claim, draft):
            fitting.append(draft)
    for draft in fitting:
        draft.add_unordered(claim)
    if not fitting:
        drafts.append(_own(claim, claim.reported.fusion_detection))


def _is_another_break(claim: Claim, draft: Draft) -> bool:
    """Whether DNA broke elsewhere: two breaks of one pair of genes are two."""
    mine, theirs = claim.reported.genomic_breakpoint, draft.genomic_breakpoint
    if mine is None or theirs is None:
        return False
    turned = _turned(mine)
    assert turned is not None  # noqa: S101 - it is one
    distances = [apart(one, theirs) for one in (mine, turned)]
    known = [distance for distance in distances if distance is not None]
    return bool(known) and min(known) > NEAR


def _turned(junction: Junction | None) -> Junction | None:
    if junction is None:
        return None
    return junction.model_copy(
        update={"five_prime": junction.three_prime, "three_prime": junction.five_prime}
    )


def _own(claim: Claim, detection: FusionDetection) -> Draft:
    """A call that only this row speaks of."""
    nowhere = Junction(
        exact=False,
        five_prime=_unplaced(),
        three_prime=_unplaced(),
        homology=None,
        linker_sequence=None,
    )
    junction = claim.junction or nowhere
    known = claim.reported.order is not FusionOrder.UNKNOWN
    draft = Draft(
        *claim.genes,
        junction=junction if known else junction.model_copy(update={"exact": False}),
        detection=detection,
        order_known=known,
    )
    draft.add(claim)
    return draft


def _unplaced() -> JunctionEnd:
    return JunctionEnd(
        assembly=Assembly.GRCH38,
        contig=None,
        position=None,
        position_range=None,
        strand=None,
    )
