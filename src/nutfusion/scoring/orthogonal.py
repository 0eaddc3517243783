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
from nutfusion.scoring.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.panel import Panel

POSITIVE: Final = "positive"
"""The word of the sample sheet for a positive result."""

_SEQUENCE_TESTS: Final = ("rt_pcr", "sanger")


def is_positive(tests: Iterable[OrthogonalTest], kind: str) -> bool:
    """Whether any test of a kind was declared positive."""
    return any(test.kind == kind and test.result.casefold() == POSITIVE for test in tests)


def indeterminate_reasons(tests: tuple[OrthogonalTest, ...]) -> tuple[str, ...]:
    """Why declared tests alone leave a sample indeterminate; empty when none is positive."""
    found = [reason("ihc_positive_alone")] if is_positive(tests, "ihc") else []
    found += [
        reason("sequence_test_positive_alone", kind=kind)
        for kind in _SEQUENCE_TESTS
        if is_positive(tests, kind)
    ]
    return tuple(found)


def remarks(tests: Iterable[OrthogonalTest]) -> tuple[str, ...]:
    """One remark per declared test, in the order of the sheet; it changes no state."""
    return tuple(reason("orthogonal_test", kind=test.kind, result=test.result) for test in tests)


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
