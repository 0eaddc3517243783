"""Tests declared in the sample sheet: what they can and cannot say about NUTM1.

FISH sees a broken NUTM1 locus but no partner; immunohistochemistry sees the protein, whatever it
is joined to (positive with MGA and MXD4 partners too, PMID 30723300). Neither confirms a fusion.
A positive RT-PCR or Sanger result is declared, not shown: it asks for its sequence to be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.annotation import annotate_call
from nutfusion.calls.identity import fusion_id
from nutfusion.model.call import FusionCall, SourceStatement, Support
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import Assembly, FusionDetection, SourceSays
from nutfusion.scoring.reasons import REASONS, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.panel import Panel

POSITIVE: Final = "positive"
"""The word of the sample sheet for a positive result."""

NEGATIVE: Final = "negative"
"""The word of the sample sheet for a negative result."""

_LOCUS_TESTS: Final = ("ihc", "fish")
"""Tests of NUTM1 itself: with any partner they should agree with a fusion that the reads show."""

_ALONE: Final[Mapping[str, str]] = {
    "ihc": "ihc_positive_alone",
    "rt_pcr": "sequence_test_positive_alone",
    "sanger": "sequence_test_positive_alone",
}
"""What a positive test is called when it is the only sign there is; FISH makes a fusion."""


def is_positive(tests: Iterable[OrthogonalTest], kind: str) -> bool:
    """Whether any test of a kind was declared positive."""
    return any(test.kind == kind and test.result.casefold() == POSITIVE for test in tests)


def positive_without_fusion(tests: tuple[OrthogonalTest, ...]) -> tuple[str, ...]:
    """Kinds of declared tests that are positive and add no fusion of their own, fixed order."""
    return tuple(kind for kind in _ALONE if is_positive(tests, kind))


def alone_reason(kind: str) -> str:
    """Why one positive test, and nothing else, leaves a sample indeterminate."""
    code = _ALONE[kind]
    return reason(code, kind=kind) if REASONS[code] else reason(code)


def remarks(tests: Iterable[OrthogonalTest], *, is_rearranged: bool) -> tuple[str, ...]:
    """One remark per declared test, in the order of the sheet; it changes no state.

    Args:
        tests: As declared.
        is_rearranged: A fusion was seen that these tests should agree with. A joint to a 15q14
            neighbour is none: FISH need not split, nor the protein be made.
    """
    return tuple(
        reason(_remark(test, is_rearranged=is_rearranged), kind=test.kind, result=test.result)
        for test in tests
    )


def _remark(test: OrthogonalTest, *, is_rearranged: bool) -> str:
    """RT-PCR and Sanger are of one fusion that the sheet does not name: neither agrees."""
    if is_rearranged and test.kind in _LOCUS_TESTS:
        if test.result.casefold() == POSITIVE:
            return "orthogonal_concordant"
        if test.result.casefold() == NEGATIVE:
            return "orthogonal_discordant"
    return "orthogonal_test"


def inferred_fusion(panel: Panel) -> AnnotatedFusion:
    """The fusion that a positive break-apart FISH lets one infer: ``v(::)NUTM1``.

    Returns:
        No partner, no position, no counts: everything FISH does not show is ``None``.
    """
    mane = panel.mane(NUTM1)
    nutm1 = panel.genes[NUTM1].ref
    junction = Junction(
        exact=False,
        five_prime=None,
        three_prime=JunctionEnd(
            assembly=Assembly.GRCH38,
            contig=None if mane is None else mane.contig,
            position=None,
            position_range=None,
            strand=None if mane is None else mane.strand,
        ),
        homology=None,
        linker_sequence=None,
    )
    call = FusionCall(
        fusion_id=fusion_id(junction, None, nutm1),
        five_prime_gene=None,
        three_prime_gene=nutm1,
        junction=junction,
        fusion_detection=FusionDetection.INFERRED,
        support=Support(
            split_reads=None,
            discordant_pairs=None,
            distinct_starts=None,
            split_reads_raw=None,
            discordant_pairs_raw=None,
            sources=(
                SourceStatement(
                    kind="orthogonal",
                    name="fish",
                    split_reads=None,
                    discordant_pairs=None,
                    says=SourceSays.SEEN,
                    evidence="sample sheet",
                ),
            ),
            reads=(),
            reads_total=None,
        ),
        longest_five_prime_anchor=None,
        longest_three_prime_anchor=None,
        consensus_sequence=None,
        consensus_junction_offset=None,
        partner_identity=None,
        partner_hint=None,
    )
    return annotate_call(call, panel)
