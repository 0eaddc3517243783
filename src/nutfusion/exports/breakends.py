"""Both ends of an adjacency on the genome, and what stays of each side.

Whether the bases with lower or with higher coordinates stay follows from the strand of the
transcript and from which part it is::

    5' part, +   ======p      the bases up to the last one stay: lower
    5' part, -        p=====  higher
    3' part, +        p=====  the bases from the first one on stay: higher
    3' part, -   ======p      lower
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

from nutfusion.model.terms import FusionDetection, Strand

if TYPE_CHECKING:
    from nutfusion.model.dossier import DossierFusion
    from nutfusion.model.gene import GeneRef
    from nutfusion.model.junction import Junction, JunctionEnd
    from nutfusion.model.terms import Kept

Side = Literal["five_prime", "three_prime"]

_COMPLEMENT: Final = str.maketrans("ACGTNacgtn", "TGCANtgcan")


class AdjacencyKind(StrEnum):
    """What was joined: a transcript, or the DNA."""

    RNA_JUNCTION = "rna_junction"
    DNA_BREAK = "dna_break"


class NotExpressed(StrEnum):
    """Why a fusion has no adjacency on the genome."""

    NOT_PLACED = "not_placed"
    ORDER_UNKNOWN = "order_unknown"
    STRAND_UNKNOWN = "strand_unknown"


@dataclass(frozen=True, slots=True)
class Breakend:
    """One placed side.

    Attributes:
        side: Which part of the transcript.
        contig: ``chr`` spelling.
        lowest: 1-based residue: the last base of the 5' part or the first of the 3' part; the
            lowest one that it may be.
        highest: The highest one that it may be; equal to ``lowest`` when exact.
        strand: Of the transcript.
        gene: ``None`` when not identified.
    """

    side: Side
    contig: str
    lowest: int
    highest: int
    strand: Strand
    gene: GeneRef | None

    @property
    def kept(self) -> Kept:
        """Which bases of the contig stay."""
        return "lower" if (self.side == "five_prime") is (self.strand is Strand.PLUS) else "higher"


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Two joined ends, or one whose mate is not placed.

    Attributes:
        kind: Joint of a transcript or break of DNA.
        five_prime: ``None`` when the 5' part is not placed.
        three_prime: ``None`` when the 3' part is not placed; never both.
        homology: Bases that fit both sides; ``None`` when not exact.
        linker: Untemplated bases between the parts, sense of the transcript; ``None`` when not
            known.
        unplaced_sequence: What reads show of the part that is not placed, sense of the transcript;
            ``""`` when both are placed or nothing is shown.
        is_counted: The fusion's counts are counts of this adjacency.
    """

    kind: AdjacencyKind
    five_prime: Breakend | None
    three_prime: Breakend | None
    homology: int | None
    linker: str | None
    unplaced_sequence: str
    is_counted: bool

    @property
    def ends(self) -> tuple[Breakend, ...]:
        """The placed ends, 5' first."""
        return tuple(end for end in (self.five_prime, self.three_prime) if end is not None)


def adjacencies(fusion: DossierFusion) -> tuple[Adjacency, ...] | NotExpressed:
    """The adjacencies of a fusion: the joint of the transcript, then the break of DNA.

    Returns:
        One or two, or why there is none. Which bases stay cannot be told without the order of the
        parts and the strands.
    """
    if not fusion.order_known:
        return NotExpressed.ORDER_UNKNOWN
    inferred = fusion.fusion_detection is FusionDetection.INFERRED
    broken = fusion.genomic_breakpoint
    dna = None if broken is None else _adjacency(fusion, broken, AdjacencyKind.DNA_BREAK, inferred)
    is_counted = not (inferred and isinstance(dna, Adjacency))
    rna = _adjacency(fusion, fusion.junction, AdjacencyKind.RNA_JUNCTION, is_counted)
    found = tuple(one for one in (rna, dna) if isinstance(one, Adjacency))
    if found:
        return found
    return rna if isinstance(rna, NotExpressed) else NotExpressed.NOT_PLACED


def _adjacency(
    fusion: DossierFusion, joint: Junction, kind: AdjacencyKind, is_counted: bool
) -> Adjacency | NotExpressed:
    ends = (
        _breakend("five_prime", joint.five_prime, fusion.five_prime_gene),
        _breakend("three_prime", joint.three_prime, fusion.three_prime_gene),
    )
    if NotExpressed.STRAND_UNKNOWN in ends:
        return NotExpressed.STRAND_UNKNOWN
    five, three = (end if isinstance(end, Breakend) else None for end in ends)
    if five is None and three is None:
        return NotExpressed.NOT_PLACED
    return Adjacency(
        kind=kind,
        five_prime=five,
        three_prime=three,
        homology=joint.homology,
        linker=joint.linker_sequence,
        unplaced_sequence=_unplaced_sequence(fusion, kind, five, three),
        is_counted=is_counted,
    )


def _breakend(
    side: Side, end: JunctionEnd | None, gene: GeneRef | None
) -> Breakend | NotExpressed | None:
    if end is None or end.contig is None:
        return None
    if end.position is not None:
        reach = (end.position, end.position)
    elif end.position_range is not None:
        reach = end.position_range
    else:
        return None
    if end.strand is None:
        return NotExpressed.STRAND_UNKNOWN
    return Breakend(side, end.contig, *reach, end.strand, gene)


def _unplaced_sequence(
    fusion: DossierFusion, kind: AdjacencyKind, five: Breakend | None, three: Breakend | None
) -> str:
    """The consensus beyond the placed side; only where it is of this adjacency."""
    sequence, joint = fusion.consensus_sequence, fusion.consensus_junction_offset
    is_rna = kind is AdjacencyKind.RNA_JUNCTION
    observed = fusion.fusion_detection is FusionDetection.OBSERVED
    if sequence is None or joint is None or is_rna is not observed:
        return ""
    if five is None:
        return sequence[:joint]
    return sequence[joint:] if three is None else ""


def breakend_alt(end: Breakend, mate: Breakend | None, between: str) -> str:
    """The ALT of one breakend, with ``N`` for the base that the dossier does not hold.

    Args:
        end: The breakend that the record stands at.
        mate: What it is joined to; ``None`` gives a single breakend.
        between: Bases between the two, or what is known of the missing mate; sense of the
            transcript.

    Source:
        VCF 4.4, section 5.4: ``t[p[``, ``t]p]``, ``]p]t`` and ``[p[t``; 5.4.5 for single ones.
        The base comes first when the bases up to it stay; the bracket opens to the right,
        ``[``, when those from the mate's position on stay.
    """
    bases = between if end.strand is Strand.PLUS else between.translate(_COMPLEMENT)[::-1]
    if mate is None:
        joined = "."
    else:
        bracket = "]" if mate.kept == "lower" else "["
        joined = f"{bracket}{mate.contig}:{mate.lowest}{bracket}"
    return f"N{bases}{joined}" if end.kept == "lower" else f"{joined}{bases}N"
