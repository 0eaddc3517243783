"""Many reads that are few fragments: copies of a molecule, or an amplicon without UMIs?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.model.terms import MolecularState, Verdict
from nutfusion.scoring.fusion_state import FEW_FRAGMENTS
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from nutfusion.model.evidence import ReadQc
    from nutfusion.model.scored import ScoredFusion

LEAST_COPIES: Final = 10
"""Supporting fragments, duplicates included, from which the question is asked (chosen by us)."""

COPIES_EACH: Final = 5
"""Times that a fragment must be there on average: libraries with random ends have two or three
copies (chosen by us)."""


def copies_remark(fusion: ScoredFusion, qc: ReadQc | None) -> tuple[str, ...]:
    """One reason where a fusion fails for fragments that only a UMI could tell apart.

    Where primers fix both ends, all fragments of a joint have the same ends, and one molecule
    copied many times looks like many molecules. That is no evidence for either.
    """
    support = fusion.annotated.call.support
    raw = (support.split_reads_raw or 0) + (support.discordant_pairs_raw or 0)
    distinct = (support.split_reads or 0) + (support.discordant_pairs or 0)
    is_few = fusion.state is MolecularState.INDETERMINATE and any(
        outcome.verdict is Verdict.NOT_MET
        for outcome in fusion.criteria
        if outcome.id in FEW_FRAGMENTS
    )
    if qc is None or qc.umi != "none" or not is_few:
        return ()
    if raw < LEAST_COPIES or raw < COPIES_EACH * distinct:
        return ()
    return (reason("copies_not_told_apart", distinct=distinct, raw=raw),)
