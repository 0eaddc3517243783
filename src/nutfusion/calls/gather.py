"""Which rows of other programs speak of which joint.

In this order, so that what is known best decides what the rest means: joints that our look at the
reads shows; exact joints of programs that read RNA, those that most of them show and that lie on
exon edges first; breaks of DNA; rows that name a pair of genes without a place; rows that do not
say which gene is 5'. A row that fits nothing that is there becomes a call of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from nutfusion.calls.draft import (
    NEAR,
    Claim,
    Draft,
    apart,
    ends_apart,
    involves_nutm1,
    is_doubtful,
    same_gene,
    same_genes,
    swapped,
    within,
)
from nutfusion.calls.slide import is_on_edges, settle
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.remarks import remark
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import Assembly, FusionDetection, SourceSays

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nutfusion.model.evidence import JunctionSupport
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel
    from nutfusion.model.reported import ReportedFusion


def gather(
    junctions: Sequence[JunctionSupport], reported: Iterable[ReportedFusion], panel: Panel
) -> list[Draft]:
    """Put every statement about NUTM1 where it belongs.

    Args:
        junctions: What our look at the reads shows.
        reported: Rows of other programs; those that join NUTM1 to another gene, can be read and say
            "seen" are used.
        panel: For the one place of each joint.

    Returns:
        One draft per joint: reads' own first, then in the order in which they were found.
    """
    drafts = [
        Draft(
            five_prime_gene=found.five_prime_gene,
            three_prime_gene=found.three_prime_gene,
            junction=found.junction,
            reads=found,
        )
        for found in junctions
    ]
    claims = [
        Claim(row, _settled(row, panel))
        for row in reported
        if row.touches_nutm1
        and row.is_readable
        and row.says is SourceSays.SEEN
        and not same_gene(row.five_prime.gene, row.three_prime.gene)
    ]
    observed = [c for c in claims if c.reported.fusion_detection is FusionDetection.OBSERVED]
    ordered = [c for c in observed if c.reported.order is not FusionOrder.UNKNOWN]
    groups = _by_joint([c for c in ordered if _is_exact(c)], panel)
    namings = _namings(groups, drafts, panel)
    for number, group in enumerate(groups):
        _place_exact(group, drafts, namings.get(number))
    for claim in claims:
        if claim.reported.order is FusionOrder.UNKNOWN or _is_exact(claim):
            continue
        if claim.reported.fusion_detection is FusionDetection.INFERRED:
            _place_dna(claim, drafts)
        else:
            _place_pair(claim, drafts)
    for claim in claims:
        if claim.reported.order is FusionOrder.UNKNOWN:
            _place_unordered(claim, drafts)
    return drafts


def _is_exact(claim: Claim) -> bool:
    return (
        claim.junction is not None
        and claim.junction.exact
        and claim.reported.fusion_detection is FusionDetection.OBSERVED
    )


def _settled(row: ReportedFusion, panel: Panel) -> Junction | None:
    """The joint of a row in its one place (exact joints only; others as they are)."""
    junction = row.junction
    if junction is None or not junction.exact or row.order is FusionOrder.UNKNOWN:
        return junction
    five, three = junction.five_prime, junction.three_prime
    assert five is not None  # noqa: S101 - an exact joint has both sides
    assert three is not None  # noqa: S101
    place = settle(panel, row.five_prime.gene, five, row.three_prime.gene, three)
    placed = Junction(
        exact=True,
        five_prime=five.model_copy(update={"position": place.five}),
        three_prime=three.model_copy(update={"position": place.three}),
        homology=place.homology,
        linker_sequence=None,
    )
    genes = row.five_prime.gene, row.three_prime.gene
    if not is_on_edges(panel, *genes, placed):
        return placed
    # splicing leaves no untemplated bases, and uses the edges of a gene in its sense only
    return placed.model_copy(
        update={
            "five_prime": _in_sense(placed.five_prime, genes[0], panel),
            "three_prime": _in_sense(placed.three_prime, genes[1], panel),
            "linker_sequence": "",
        }
    )


def _in_sense(end: JunctionEnd | None, gene: GeneRef | None, panel: Panel) -> JunctionEnd | None:
    """A side on an exon edge, with its gene's strand when none is stated."""
    if end is None or end.strand is not None or gene is None:
        return end
    strand = next((t.strand for t in panel.of_gene(gene.symbol) if t.strand is not None), None)
    return end.model_copy(update={"strand": strand})


def _by_joint(claims: Iterable[Claim], panel: Panel) -> list[list[Claim]]:
    """Claims of one joint together, the best known joint first."""
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        assert claim.junction is not None  # noqa: S101 - exact claims only
        five, three = claim.junction.five_prime, claim.junction.three_prime
        assert five is not None  # noqa: S101
        assert three is not None  # noqa: S101
        groups[(five.contig, five.position, three.contig, three.position)].append(claim)

    def rank(item: tuple[tuple[object, ...], list[Claim]]) -> tuple[object, ...]:
        key, group = item
        first = group[0]
        return (
            not is_on_edges(panel, *first.genes, first.junction),
            -len({claim.reported.caller for claim in group}),
            -max(claim.reported.split_reads or 0 for claim in group),
            tuple(str(part) for part in key),
        )

    return [group for _, group in sorted(groups.items(), key=rank)]


def _namings(groups: list[list[Claim]], drafts: list[Draft], panel: Panel) -> dict[int, Draft]:
    """Which groups name the unknown partner of which reads: one group and one draft, no other.

    Rows that their own program rejected name nothing, and leave no other name certain.
    """
    pairs = [
        (number, draft)
        for number, group in enumerate(groups)
        for draft in drafts
        if group[0].junction is not None
        and _is_unnamed_twin(group[0], group[0].junction, draft, panel)
    ]
    by_group = Counter(number for number, _ in pairs)
    by_draft = Counter(id(draft) for _, draft in pairs)
    return {
        number: draft
        for number, draft in pairs
        if by_group[number] == 1
        and by_draft[id(draft)] == 1
        and not all(is_doubtful(claim.reported) for claim in groups[number])
    }


def _place_exact(group: list[Claim], drafts: list[Draft], unnamed: Draft | None) -> None:
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


def _is_unnamed_twin(claim: Claim, junction: Junction, draft: Draft, panel: Panel) -> bool:
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


def _place_dna(claim: Claim, drafts: list[Draft]) -> None:
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
                and same_genes(claim.genes, draft.genes)
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


def _place_pair(claim: Claim, drafts: list[Draft]) -> None:
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


def _place_unordered(claim: Claim, drafts: list[Draft]) -> None:
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
        if fits:
            fitting.append(draft)
    for draft in fitting:
        draft.add_unordered(claim)
    if not fitting:
        drafts.append(_own(claim, claim.reported.fusion_detection))


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
