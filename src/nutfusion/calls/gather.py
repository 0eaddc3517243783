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
    Claim,
    Draft,
    is_doubtful,
    same_gene,
)
from nutfusion.calls.placing import (
    is_unnamed_twin,
    place_dna,
    place_exact,
    place_pair,
    place_unordered,
)
from nutfusion.calls.slide import is_on_edges, settle
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.reported import FusionOrder
from nutfusion.model.terms import FusionDetection, SourceSays

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nutfusion.model.evidence import BreakSupport, JunctionSupport
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.panel import Panel
    from nutfusion.model.reported import ReportedFusion


def gather(
    junctions: Sequence[JunctionSupport],
    breaks: Sequence[BreakSupport],
    reported: Iterable[ReportedFusion],
    panel: Panel,
) -> list[Draft]:
    """Put every statement about NUTM1 where it belongs.

    Args:
        junctions: Joints of RNA that our look at the reads shows.
        breaks: Breaks of DNA that it shows; they are placed like rows of programs, before them.
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
    rows = [(one.reported, one) for one in breaks] + [(row, None) for row in reported]
    claims = [
        Claim(row, _settled(row, panel), own)
        for row, own in rows
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
        place_exact(group, drafts, namings.get(number))
    for claim in claims:
        if claim.reported.order is FusionOrder.UNKNOWN or _is_exact(claim):
            continue
        if claim.reported.fusion_detection is FusionDetection.INFERRED:
            place_dna(claim, drafts)
        else:
            place_pair(claim, drafts)
    for claim in claims:
        if claim.reported.order is FusionOrder.UNKNOWN:
            place_unordered(claim, drafts)
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
        and is_unnamed_twin(group[0], group[0].junction, draft, panel)
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
