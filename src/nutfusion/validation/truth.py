"""The truth about a sample: its joint, its fragments, and the states that are right for it."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from nutfusion.annotation.coding import STOP, translate
from nutfusion.model.base import Record
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import MolecularState, PartnerClass, Strand

if TYPE_CHECKING:
    from nutfusion.scoring import AssayProfile
    from nutfusion.validation.materials import Materials
    from nutfusion.validation.planned import Planned
    from nutfusion.validation.samples import Made

NOTHING = (MolecularState.NOT_ASSESSABLE, MolecularState.NOT_DETECTED)
"""Right for a sample in which nothing is: which of them, the number of its reads decides."""


class Joint(Record):
    """Where a joint is, GRCh38, after the rule for bases that fit both sides.

    Attributes:
        five_contig: ``None`` for a partner that the panel does not hold.
        five: 1-based residue of the last 5' base; ``None`` as before.
        three_contig: Of NUTM1.
        three: 1-based residue of the first 3' base.
        boundary: Both sides, or the known one, lie on exon edges.
        slack: Untemplated bases between the parts: read as bases of either gene that differ, they
            move a side by at most so many.
    """

    five_contig: str | None
    five: int | None
    three_contig: str
    three: int
    boundary: bool
    slack: int


class Truth(Record):
    """What is known about one sample.

    Attributes:
        id: Of the sample.
        stratum: What it is for.
        gene: 5' gene, or the gene it is about; ``None`` without one.
        joint: ``None`` without a NUTM1 fusion that counts and without a neighbour's joint that the
            panel has places of.
        in_frame: The fusion's frame, by translation; ``None`` when it cannot be said.
        split: Distinct fragments with a read of 8 nt or more on both sides of the joint.
        discordant: Distinct fragments with one mate on each side.
        starts: Distinct outer ends on the 5' side.
        long_split: Of ``split``, those with the profile's anchor on both sides.
        hopped: Fragments of another sample's fusion.
        passes: What is in the sample passes the profile, when all of it is seen.
        states: States that are right.
        why: Reason of ``states`` in one word.
    """

    id: str
    stratum: str
    gene: str | None
    joint: Joint | None
    in_frame: bool | None
    split: int
    discordant: int
    starts: int
    long_split: int
    hopped: int
    passes: bool
    states: tuple[MolecularState, ...]
    why: str

    @property
    def fragments(self) -> int:
        """Independent fragments that support the joint."""
        return self.split + self.discordant


def truth_of(made: Made, planned: Planned, materials: Materials, assay: AssayProfile) -> Truth:
    """State the truth about a sample."""
    found = made.fusion
    anchor = assay.thresholds.min_anchor.value or 0
    split = found.unique_split if found else 0
    pairs = found.unique_discordant if found else 0
    starts = found.starts if found else 0
    long_split = found.split_with_anchor(anchor) if found else 0
    least = assay.thresholds
    passes = (
        split + pairs >= (least.min_supporting_fragments.value or 0)
        and split >= (least.min_split_reads.value or 0)
        and starts >= (least.min_distinct_starts.value or 0)
        and (least.min_anchor.value is None or long_split >= 1)
    )
    named = planned.five_at is not None
    in_frame = _in_frame(planned, materials) if found and named else None
    states, why = _states(planned, made, materials, in_frame=in_frame, passes=passes)
    return Truth(
        id=made.id,
        stratum=_stratum(made, planned),
        gene=planned.gene,
        joint=joint_of(planned, materials) if found else None,
        in_frame=in_frame,
        split=split,
        discordant=pairs,
        starts=starts,
        long_split=long_split,
        hopped=made.hopped,
        passes=bool(found) and passes,
        states=states,
        why=why,
    )


def _stratum(made: Made, planned: Planned) -> str:
    return "beside_strong" if planned.size > 1 and made.fusion is not None else planned.stratum


def _states(
    planned: Planned,
    made: Made,
    materials: Materials,
    *,
    in_frame: bool | None,
    passes: bool,
) -> tuple[tuple[MolecularState, ...], str]:
    """The states that are right, and why."""
    state = MolecularState
    if made.fusion is None:
        match planned.stratum:
            case "deep":
                return (state.NOT_DETECTED,), "nothing_and_deep"
            case "neighbour":
                return (
                    (state.REARRANGED_NEIGHBOUR, state.INDETERMINATE, *NOTHING),
                    "neighbour",
                )
            case "read_through":
                return (state.INDETERMINATE, *NOTHING), "upstream_transcript"
            case "reciprocal_alone":
                return (state.INDETERMINATE, *NOTHING), "nutm1_is_five_prime"
            case "carry_over":
                return (state.INDETERMINATE, *NOTHING), "of_another_sample"
            case _:
                return NOTHING, "nothing"
    if planned.stratum == "neighbour":
        right, why = state.REARRANGED_NEIGHBOUR, "neighbour_placed"
    elif planned.five_at is None:
        right, why = state.REARRANGED_PARTNER_UNKNOWN, "partner_not_in_panel"
    elif not in_frame:
        right, why = state.INDETERMINATE, "out_of_frame"
    else:
        right, why = _confirmed(materials.partner_class(planned.gene or "")), "in_frame"
    if passes:
        return (right,), why
    return tuple(dict.fromkeys((right, state.INDETERMINATE, *NOTHING))), "below_profile"


def _confirmed(partner: PartnerClass) -> MolecularState:
    if partner is PartnerClass.BET:
        return MolecularState.CONFIRMED_BET
    if partner is PartnerClass.BET_COMPLEX:
        return MolecularState.CONFIRMED_BET_COMPLEX
    return MolecularState.CONFIRMED_OTHER_PARTNER


def _in_frame(planned: Planned, materials: Materials) -> bool | None:
    """Whether the fused transcript's protein ends with NUTM1's stop codon; translated here."""
    five, three = materials.transcript(planned.gene or ""), materials.transcript(NUTM1)
    if five is None or three is None or five.sequence is None or three.sequence is None:
        return None
    if five.cds_start is None or three.cds_end is None or planned.five_at is None:
        return None
    coding = five.sequence[five.cds_start - 1 : planned.five_at]
    behind = three.sequence[(planned.three_at or 1) - 1 :]
    expected = len(coding) + len(planned.linker) + three.cds_end - (planned.three_at or 1) + 1
    protein, stop, _ = translate(coding + planned.linker + behind).partition(STOP)
    return bool(coding) and bool(stop) and 3 * (len(protein) + 1) == expected


def joint_of(planned: Planned, materials: Materials) -> Joint | None:
    """Where the joint is; of places that fit as well, exon edges win, then the leftmost."""
    three = materials.transcript(NUTM1)
    if planned.three_at is None or three is None or three.contig is None:
        return None
    if planned.five_at is None:
        residue = three.genomic_position(planned.three_at)
        if residue is None:
            return None
        return Joint(
            five_contig=None,
            five=None,
            three_contig=three.contig,
            three=residue,
            boundary=planned.three_exon is not None,
            slack=0,
        )
    five = materials.transcript(planned.gene or "")
    if five is None:
        return None
    starts = {e.start if three.strand is Strand.PLUS else e.end for e in three.exons}
    ends = {e.end if five.strand is Strand.PLUS else e.start for e in five.exons}
    five_at, three_at, linker = _absorbed(planned, planned.five_at, planned.three_at, materials)
    slides = [0] if linker else _slides(planned, five_at, three_at, materials)
    found = []
    for slide in slides:
        left = five.genomic_position(five_at + slide)
        right = three.genomic_position(three_at + slide)
        if left is not None and right is not None:
            edges = int(left in ends) + int(right in starts)
            found.append((-edges, slide, left, right))
    if not found or five.contig is None:
        return None
    edges, _, left, right = min(found)
    return Joint(
        five_contig=five.contig,
        five=left,
        three_contig=three.contig,
        three=right,
        boundary=edges == -2,
        slack=len(linker),
    )


def _absorbed(
    planned: Planned, five_at: int, three_at: int, materials: Materials
) -> tuple[int, int, str]:
    """The joint without those inserted bases that go on in one of the genes: as much is a gene's.

    Returns:
        Bases of the 5' part, 1-based base at which the 3' part begins, and the bases that are
        neither's.
    """
    five, three, linker = (
        materials.sequence(planned.gene or ""),
        materials.sequence(NUTM1),
        planned.linker,
    )
    before = _alike(linker, five[five_at:])
    after = min(_alike(linker[::-1], three[: three_at - 1][::-1]), len(linker) - before)
    return five_at + before, three_at - after, linker[before : len(linker) - after]


def _alike(one: str, other: str) -> int:
    """How many bases two sequences begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _slides(planned: Planned, last: int, three_at: int, materials: Materials) -> list[int]:
    """By how many bases a joint can be moved without changing the fused transcript."""
    five, three = materials.sequence(planned.gene or ""), materials.sequence(NUTM1)
    first = three_at - 1
    found = [0]
    step = 0
    while last + step < len(five) and first + step < len(three):
        if five[last + step] != three[first + step]:
            break
        step += 1
        found.append(step)
    step = 1
    while last - step >= 0 and first - step >= 0 and five[last - step] == three[first - step]:
        found.append(-step)
        step += 1
    return found
