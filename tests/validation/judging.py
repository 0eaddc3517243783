"""Comparing what was called with what was put in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.validation.assessing import joint_of, junction_of
from tests.validation.cases import ENOUGH_SPLIT, ENOUGH_UNIQUE

from nutfusion.model.terms import MolecularState
from nutfusion.validation.judge import BET_STATES

if TYPE_CHECKING:
    from tests.validation.cases import Case

    from nutfusion.model.panel import Panel
    from nutfusion.model.scored import SampleScored, ScoredFusion
    from nutfusion.simulation.sample import FusionTruth

WORST_IDENTITY = 0.95


@dataclass(frozen=True)
class Judged:
    """One case, judged.

    Attributes:
        must_be_found: Enough unique fragments were made, enough of them split.
        found: The joint was called at the right base (and named when the panel has the partner;
            with the partner's sequence shown when it has not).
        confirmed: The fusion's state is a confirmed one, or ``rearranged_partner_unknown`` when
            the panel cannot name the partner.
        problems: In words; empty when all is well.
    """

    must_be_found: bool
    found: bool
    confirmed: bool
    problems: tuple[str, ...]


def _votes(fusion: ScoredFusion, place: int) -> Counter[str]:
    """What the split reads shown have at one base of the consensus."""
    return Counter(
        read.sequence[place - read.offset]
        for read in fusion.annotated.call.support.reads
        if read.kind == "split"
        and read.offset is not None
        and 0 <= place - read.offset < len(read.sequence)
    )


def consensus_problems(fusion: ScoredFusion, truth: FusionTruth) -> list[str]:
    """What is wrong with the consensus of a split junction; nothing is the answer wished for.

    A base must be right where more split reads have the right one than the one printed. Of all
    bases nearly all must be, save those that one split read alone tells: they are as good as it is.
    """
    call = fusion.annotated.call
    consensus, offset = call.consensus_sequence, call.consensus_junction_offset
    if consensus is None or offset is None:
        return ["no consensus"]
    expected = truth.sequence[max(0, truth.joint - offset) : truth.joint - offset + len(consensus)]
    if offset > truth.joint or len(expected) != len(consensus):
        return [f"consensus is longer than the transcript: {consensus}"]
    problems = []
    differing = [
        (place, _votes(fusion, place))
        for place, (ours, theirs) in enumerate(zip(consensus, expected, strict=True))
        if ours != theirs
    ]
    blamed = sum(votes != Counter(consensus[place]) for place, votes in differing)
    if not consensus or 1 - blamed / len(consensus) < WORST_IDENTITY:
        problems.append(f"consensus {consensus} is not {expected}")
    wrong = [
        place for place, votes in differing if votes[expected[place]] > votes[consensus[place]]
    ]
    if wrong:
        problems.append(f"consensus is wrong at {wrong} (joint at {offset}): {consensus}")
    return problems


def is_bounded_truth(fusion: ScoredFusion, case: Case) -> bool:
    """A joint between the mates: the right genes, and ranges that hold the right residues."""
    five, three = junction_of(fusion).five_prime, junction_of(fusion).three_prime
    if fusion.annotated.name != f"{case.donor}::NUTM1" or five is None or three is None:
        return False
    _, left, _, right = case.joint()
    if five.position_range is None or three.position_range is None or left is None or right is None:
        return False
    return (
        five.position_range[0] <= left <= five.position_range[1]
        and three.position_range[0] <= right <= three.position_range[1]
    )


def _is_right(fusion: ScoredFusion, case: Case, *, named: bool) -> bool:
    wanted = case.joint()
    if not junction_of(fusion).exact and named:
        return False
    if named:
        return fusion.annotated.name == f"{case.donor}::NUTM1" and joint_of(fusion) == wanted
    five = fusion.annotated.call.five_prime_gene
    exon = fusion.annotated.exons.three_prime
    return (
        five is None
        and joint_of(fusion)[2:] == wanted[2:]
        and exon is not None
        and (exon.exon, exon.boundary) == (case.acceptor_exon, True)
    )


def judge(case: Case, truth: FusionTruth, scored: SampleScored, panel: Panel) -> Judged:
    """Compare one verdict with the truth."""
    named = panel.has_sequence(case.donor)
    right = [fusion for fusion in scored.fusions if _is_right(fusion, case, named=named)]
    bounded = [] if right else [f for f in scored.fusions if is_bounded_truth(f, case)]
    others = [f for f in scored.fusions if f not in right[:1] and f not in bounded[:1]]
    due = truth.unique >= ENOUGH_UNIQUE and truth.unique_split >= ENOUGH_SPLIT
    problems: list[str] = []
    confirmed = False
    if right:
        support = right[0].annotated.call.support
        counted = (support.split_reads or 0) + (support.discordant_pairs or 0)
        problems += consensus_problems(right[0], truth)
        if counted > truth.unique:
            problems.append(f"{counted} fragments counted, {truth.unique} made")
        wanted = BET_STATES if named else {MolecularState.REARRANGED_PARTNER_UNKNOWN}
        confirmed = right[0].state in wanted
        if due and not named and not confirmed:
            problems.append(f"state is {right[0].state}")
    problems += [f"extra fusion {fusion.annotated.name} {joint_of(fusion)}" for fusion in others]
    return Judged(
        must_be_found=due, found=bool(right), confirmed=confirmed, problems=tuple(problems)
    )
