"""A call while its sources are being gathered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import NUTM1
from nutfusion.model.reason import Reason
from nutfusion.model.remarks import DOUBTS, remark
from nutfusion.model.terms import FusionDetection

if TYPE_CHECKING:
    from nutfusion.model.evidence import BreakSupport, JunctionSupport, ReadSupport
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import Junction, JunctionEnd
    from nutfusion.model.reported import ReportedFusion

NEAR: Final = 10
"""Bases by which a program may put a joint beside the one that others show and still mean it
(``reads.joints.MERGE_WITHIN``; chosen by us): one simulated event is written with four different
positions by seven programs, at most five bases apart."""

BESIDE: Final = frozenset(
    {"position_differs", "order_differs", "order_not_stated", "gene_pair_only", "break_of_dna"}
)
"""Remarks about a row that belongs to a call and does not show its joint."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A reported fusion, its joint in its one place.

    Attributes:
        reported: The row.
        junction: On GRCh38; ``None`` when neither side is placed.
        own: What reads show, for a break of DNA that we saw ourselves; ``None`` for a program's
            row.
    """

    reported: ReportedFusion
    junction: Junction | None
    own: BreakSupport | None = None

    @property
    def genes(self) -> tuple[GeneRef | None, GeneRef | None]:
        """5' and 3' gene, or first and second when the order is unknown."""
        return self.reported.five_prime.gene, self.reported.three_prime.gene


@dataclass(slots=True)
class Draft:
    """A call in the making.

    Attributes:
        five_prime_gene: ``None`` for an unidentified part.
        three_prime_gene: ``None`` for an unidentified part.
        junction: On GRCh38.
        detection: Observed, or inferred from DNA alone.
        order_known: Which part is 5' is known.
        reads: What our own look at the reads shows; ``None`` when it does not.
        genomic_breakpoint: Where DNA broke.
        claims: Rows of other programs with the remarks about each.
        own_breaks: Breaks of DNA that we saw ourselves, with the remarks about each.
    """

    five_prime_gene: GeneRef | None
    three_prime_gene: GeneRef | None
    junction: Junction
    detection: FusionDetection = FusionDetection.OBSERVED
    order_known: bool = True
    reads: JunctionSupport | None = None
    genomic_breakpoint: Junction | None = None
    claims: list[tuple[Claim, tuple[str, ...]]] = field(default_factory=list)
    own_breaks: list[tuple[BreakSupport, tuple[str, ...]]] = field(default_factory=list)

    @property
    def support(self) -> ReadSupport | None:
        """Our own counts: of the joint, else of the break that the joint is inferred from."""
        if self.reads is not None or self.detection is FusionDetection.OBSERVED:
            return self.reads
        return self.own_breaks[0][0] if self.own_breaks else None

    @property
    def genes(self) -> tuple[GeneRef | None, GeneRef | None]:
        """5' and 3' gene."""
        return self.five_prime_gene, self.three_prime_gene

    def add(self, claim: Claim, *remarks: str) -> None:
        """Take a row in, with what differs."""
        more = []
        if claim.reported.genomic_breakpoint is not None and self.genomic_breakpoint is None:
            self.genomic_breakpoint = claim.reported.genomic_breakpoint
        if self.order_known and differ(claim.genes, self.genes):
            named = [gene.symbol for gene in claim.genes if gene is not None]
            more.append(remark("gene_differs", says=" ".join(named) or "unknown"))
        self._append(claim, (*remarks, *more))

    def add_unordered(self, claim: Claim) -> None:
        """Take a row in that does not say which gene is 5'."""
        self._append(claim, (remark("order_not_stated"),))

    def _append(self, claim: Claim, remarks: tuple[str, ...]) -> None:
        if claim.own is None:
            self.claims.append((claim, remarks))
        else:
            self.own_breaks.append((claim.own, remarks))


def shows_joint(remarks: tuple[str, ...]) -> bool:
    """Whether a row with these remarks shows the joint of its call, to the base and in its order.

    Another joint nearby (an acceptor three bases on keeps the frame, one four bases on loses it),
    a pair of genes, a break of DNA: none of them counts the fragments of this one.
    """
    return not any(Reason.parse(text).code in BESIDE for text in remarks)


def is_doubtful(row: ReportedFusion) -> bool:
    """Whether a row speaks against the fusion that it reports."""
    return any(Reason.parse(text).code in DOUBTS for text in row.problems)


def same_gene(one: GeneRef | None, other: GeneRef | None) -> bool:
    """Whether two references mean one gene; unknown means no gene."""
    if one is None or other is None:
        return False
    if one.hgnc_id is not None and other.hgnc_id is not None:
        return one.hgnc_id == other.hgnc_id
    return one.symbol == other.symbol


def same_genes(
    one: tuple[GeneRef | None, GeneRef | None], other: tuple[GeneRef | None, GeneRef | None]
) -> bool:
    """Whether two pairs are the same genes in the same order."""
    return same_gene(one[0], other[0]) and same_gene(one[1], other[1])


def differ(
    one: tuple[GeneRef | None, GeneRef | None], other: tuple[GeneRef | None, GeneRef | None]
) -> bool:
    """Whether a side has another gene, or one where the other pair knows none."""
    return any(
        (mine is None) is not (theirs is None) or (mine is not None and not same_gene(mine, theirs))
        for mine, theirs in zip(one, other, strict=True)
    )


def swapped(
    pair: tuple[GeneRef | None, GeneRef | None],
) -> tuple[GeneRef | None, GeneRef | None]:
    """The pair in the other order."""
    return pair[1], pair[0]


def ends_apart(one: JunctionEnd | None, other: JunctionEnd | None) -> int | None:
    """Bases between the positions of two sides; ``None`` on other contigs, or without one."""
    if one is None or other is None or one.contig is None or one.contig != other.contig:
        return None
    if one.position is None or other.position is None:
        return None
    return abs(one.position - other.position)


def apart(one: Junction, other: Junction) -> int | None:
    """The larger distance of the two sides of two exact joints; ``None`` when not comparable."""
    five = ends_apart(one.five_prime, other.five_prime)
    three = ends_apart(one.three_prime, other.three_prime)
    return None if five is None or three is None else max(five, three)


def within(end: JunctionEnd | None, bounds: JunctionEnd | None) -> bool:
    """Whether an exact side lies in the range of a bounded one."""
    if end is None or bounds is None or end.position is None or end.contig != bounds.contig:
        return False
    if bounds.position_range is None:
        return bounds.position == end.position
    low, high = bounds.position_range
    return low <= end.position <= high


def involves_nutm1(gene: GeneRef | None) -> bool:
    """Whether a gene is NUTM1."""
    return gene is not None and gene.symbol == NUTM1
