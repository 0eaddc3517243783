"""A verdict held against the truth."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from nutfusion.model.base import Record
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import MolecularState
from nutfusion.validation.truth import Truth

if TYPE_CHECKING:
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.scored import SampleScored, ScoredFusion
    from nutfusion.validation.planned import Planned
    from nutfusion.validation.truth import Joint

BET_STATES: Final = frozenset({MolecularState.CONFIRMED_BET, MolecularState.CONFIRMED_BET_COMPLEX})
"""States that say that a BET protein, or one that works through it, is joined to NUTM1."""


class Outcome(Record):
    """One sample, judged.

    Attributes:
        planned: Identifier of the planned sample or run; with it the sample can be made again.
        truth: What is in it.
        read_length: nt.
        error_rate: Share of substituted bases.
        library: Fragment sizes.
        umi: Where the UMI was written.
        copies: PCR copies of each supporting molecule.
        strandedness: Of the library.
        fraction: Fusion fraction that its fragments were drawn from; ``None`` when they were not.
        identity: Of an invented paralogue; ``None`` elsewhere.
        seen: The fusion was called with the right genes and a right joint: exact at the right
            base (within the inserted bases, where there are some), or bounded with the right base
            inside both ranges.
        exact: It was called exact at the right base of both sides; always false of a partner that
            the panel does not hold.
        state: Molecular state of the sample.
        state_alone: The same without what the other samples of the run say; ``None`` without a
            run.
        split: Fragments the call counts as split; ``None`` when the fusion was not seen.
        discordant: Pairs that it counts; ``None`` as before.
        extra: Every other call, in words.
        digest: sha256 of the verdict's JSON.
    """

    planned: str
    truth: Truth
    read_length: int
    error_rate: float
    library: str
    umi: str
    copies: int
    strandedness: str
    fraction: float | None
    identity: float | None
    seen: bool
    exact: bool
    state: MolecularState
    state_alone: MolecularState | None
    split: int | None
    discordant: int | None
    extra: tuple[str, ...]
    digest: str

    @property
    def state_is_right(self) -> bool:
        """Whether the state is one that is right for the sample."""
        return self.state in self.truth.states

    @property
    def may_be_bet(self) -> bool:
        """Whether a BET state is right for the sample; below the profile, whether it may be."""
        return not BET_STATES.isdisjoint(self.truth.states)

    @property
    def is_bet(self) -> bool:
        """Whether the state says that there is a BET fusion."""
        return self.state in BET_STATES

    @property
    def is_confirmed(self) -> bool:
        """Whether the fusion was seen and the state is the one for a fusion that passes."""
        return self.seen and self.state is self.truth.states[0]


def judge(
    truth: Truth, planned: Planned, scored: SampleScored, alone: SampleScored | None = None
) -> Outcome:
    """Hold a verdict against the truth.

    Args:
        truth: Of the sample.
        planned: The sample or its run.
        scored: The verdict.
        alone: The verdict without the other samples of the run; ``None`` without a run.
    """
    right = None if truth.joint is None else _best(scored.fusions, truth, truth.joint)
    others = [fusion for fusion in scored.fusions if fusion is not right]
    if planned.stratum in {"reciprocal", "reciprocal_alone"}:
        others = [fusion for fusion in others if not _is_reciprocal(fusion, planned)]
    support = None if right is None else right.annotated.call.support
    return Outcome(
        planned=planned.id,
        truth=truth,
        read_length=planned.read_length,
        error_rate=planned.error_rate,
        library=planned.library,
        umi=planned.umi,
        copies=planned.copies,
        strandedness=planned.strandedness,
        fraction=planned.fraction,
        identity=planned.identity,
        seen=right is not None,
        exact=right is not None and truth.joint is not None and _is_exact(right, truth.joint),
        state=scored.molecular_state,
        state_alone=None if alone is None else alone.molecular_state,
        split=None if support is None else support.split_reads,
        discordant=None if support is None else support.discordant_pairs,
        extra=tuple(_in_words(fusion) for fusion in others),
        digest=hashlib.sha256(scored.model_dump_json().encode()).hexdigest(),
    )


def _best(fusions: tuple[ScoredFusion, ...], truth: Truth, joint: Joint) -> ScoredFusion | None:
    """The call of the truth: an exact one before a bounded one."""
    fitting = [fusion for fusion in fusions if _fits(fusion, truth, joint)]
    placed = [fusion for fusion in fitting if fusion.annotated.call.junction.exact]
    exact = [fusion for fusion in placed if _is_exact(fusion, joint)]
    return next(iter(exact or placed or fitting), None)


def _fits(fusion: ScoredFusion, truth: Truth, joint: Joint) -> bool:
    call = fusion.annotated.call
    if call.three_prime_gene is None or call.three_prime_gene.symbol != NUTM1:
        return False
    if not _holds(call.junction.three_prime, joint.three_contig, joint.three, joint.slack):
        return False
    if joint.five is None or joint.five_contig is None:
        return call.five_prime_gene is None
    if call.five_prime_gene is None or call.five_prime_gene.symbol != truth.gene:
        return False
    return _holds(call.junction.five_prime, joint.five_contig, joint.five, joint.slack)


def _is_exact(fusion: ScoredFusion, joint: Joint) -> bool:
    """Whether both sides are at the base."""
    junction = fusion.annotated.call.junction
    five, three = junction.five_prime, junction.three_prime
    return (
        junction.exact
        and five is not None
        and three is not None
        and (five.position, three.position) == (joint.five, joint.three)
    )


def _holds(end: JunctionEnd | None, contig: str, residue: int, slack: int) -> bool:
    """Whether a side is at a residue, or may be."""
    if end is None or end.contig != contig:
        return False
    if end.position is not None:
        return abs(end.position - residue) <= slack
    return (
        end.position_range is not None and end.position_range[0] <= residue <= end.position_range[1]
    )


def _is_reciprocal(fusion: ScoredFusion, planned: Planned) -> bool:
    """Whether a call is of the other derivative chromosome, which is in the sample."""
    five = fusion.annotated.call.five_prime_gene
    three = fusion.annotated.call.three_prime_gene
    genes = (five.symbol if five else None, three.symbol if three else None)
    return genes in {(NUTM1, planned.gene), (NUTM1, None)}


def _in_words(fusion: ScoredFusion) -> str:
    """A call as one phrase: name, places, state, fragments."""
    call = fusion.annotated.call
    places = " ".join(_place(end) for end in (call.junction.five_prime, call.junction.three_prime))
    split, pairs = call.support.split_reads, call.support.discordant_pairs
    return f"{fusion.annotated.name} {places} {fusion.state} {split}+{pairs}"


def _place(end: JunctionEnd | None) -> str:
    if end is None or end.contig is None:
        return "?"
    if end.position is not None:
        return f"{end.contig}:{end.position}"
    if end.position_range is None:
        return f"{end.contig}:?"
    return f"{end.contig}:{end.position_range[0]}-{end.position_range[1]}"
