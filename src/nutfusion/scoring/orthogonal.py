"""Tests declared in the sample sheet: what they do to the state, and the remark on each.

Break-apart FISH sees a broken NUTM1 locus but no partner; dual-fusion FISH sees it beside one other
gene, a candidate, and neither joint, order nor transcript (ADR 0014); immunohistochemistry sees the
protein, whatever it is joined to (positive with MGA and MXD4 partners too, PMID 30723300). None
confirms a fusion. A positive RT-PCR or Sanger result is declared, not shown: it asks for its
sequence to be looked at. What each says beside what was read stands in the ledger
(``scoring.ledger``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.annotation import annotate_call
from nutfusion.calls.identity import fusion_id
from nutfusion.model.call import FusionCall, SourceStatement, Support
from nutfusion.model.gene import GeneRef
from nutfusion.model.junction import Junction, JunctionEnd
from nutfusion.model.panel import NUTM1
from nutfusion.model.reason import Reason
from nutfusion.model.terms import Assembly, FusionDetection, SourceSays
from nutfusion.scoring.ledger.beside import POSITIVE
from nutfusion.scoring.ledger.probe import probe_gene
from nutfusion.scoring.reasons import REASONS, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutfusion.model.annotated import AnnotatedFusion
    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.ledger import LedgerEntry
    from nutfusion.model.panel import Panel

_ALONE: Final[Mapping[str, str]] = {
    "ihc": "ihc_positive_alone",
    "rt_pcr": "sequence_test_positive_alone",
    "sanger": "sequence_test_positive_alone",
}
"""What a positive test is called when it is the only sign there is; FISH makes a fusion."""


def is_positive(tests: Iterable[OrthogonalTest], kind: str) -> bool:
    """Whether any test of a kind was declared positive."""
    return any(test.kind == kind and _is(test, POSITIVE) for test in tests)


def positive_without_fusion(tests: tuple[OrthogonalTest, ...]) -> tuple[str, ...]:
    """Kinds of declared tests that are positive and add no fusion of their own, fixed order."""
    return tuple(kind for kind in _ALONE if is_positive(tests, kind))


def alone_reason(kind: str) -> str:
    """Why one positive test, and nothing else, leaves a sample indeterminate."""
    code = _ALONE[kind]
    return reason(code, kind=kind) if REASONS[code] else reason(code)


def remarks(tests: Iterable[OrthogonalTest], entries: Iterable[LedgerEntry]) -> tuple[str, ...]:
    """One remark per declared test, in the order of the sheet; it changes no state.

    Args:
        tests: As declared.
        entries: Their entries in the ledger.
    """
    return tuple(_remark(test, entry) for test, entry in zip(tests, entries, strict=True))


def _remark(test: OrthogonalTest, entry: LedgerEntry) -> str:
    """The ledger's word on a test beside a fusion; without a fusion the result alone."""
    result = {"kind": test.kind, "result": test.result}
    why = Reason.parse(entry.why).code
    if not entry.beside:
        return reason("orthogonal_test", **result)
    if entry.agreement == "conflict":
        other = why != "test_negative_fusion_read"
        return reason("orthogonal_other_fusion" if other else "orthogonal_discordant", **result)
    if entry.agreement == "concordant":
        code = {"locus_agrees": "orthogonal_concordant", "same_joint": "orthogonal_same_joint"}
        return reason(code.get(why, "orthogonal_same_partner"), **result)
    return reason("orthogonal_test", **result)


def fish_reason(tests: Iterable[OrthogonalTest], *, is_alone: bool) -> str:
    """Why a positive FISH makes a fusion: it names a candidate only where its probes do."""
    gene = _candidate(tests)
    if gene is None:
        return reason("fish_positive_alone" if is_alone else "fish_positive")
    code = "fish_dual_positive_alone" if is_alone else "fish_dual_positive"
    return reason(code, gene=gene)


def _candidate(tests: Iterable[OrthogonalTest]) -> str | None:
    """The gene that a positive dual-fusion FISH names; ``None`` without one."""
    return next(
        (
            t.probe_partner
            for t in tests
            if t.kind == "fish" and _is(t, POSITIVE) and t.probe_partner
        ),
        None,
    )


def _is(test: OrthogonalTest, result: str) -> bool:
    return test.result.casefold() == result


def inferred_fusion(panel: Panel, tests: Iterable[OrthogonalTest] = ()) -> AnnotatedFusion:
    """The fusion that a positive FISH lets one infer: ``v(::)NUTM1``, or ``BRD4(::)NUTM1``.

    Args:
        panel: Where genes come from.
        tests: As declared: a positive dual-fusion FISH names the other gene, a candidate.

    Returns:
        No position, no counts, no order of a candidate: everything FISH does not show is ``None``.
    """
    tests = tuple(tests)
    name = _candidate(tests)
    known = None if name is None else probe_gene(name, panel)
    candidate = known if known is not None or name is None else GeneRef(symbol=name, hgnc_id=None)
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
        fusion_id=fusion_id(junction, candidate, nutm1, ordered=candidate is None),
        five_prime_gene=candidate,
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
        order_known=candidate is None,
    )
    return annotate_call(call, panel)
