"""Declared tests of one sample beside everything that was read of it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from nutfusion.model.ledger import BesideFusion, LedgerEntry
from nutfusion.scoring.ledger.beside import NEGATIVE, POSITIVE, USABLE, Beside, beside
from nutfusion.scoring.ledger.claims import NOTHING, claim_of
from nutfusion.scoring.ledger.codes import said
from nutfusion.scoring.ledger.probe import probe_gene
from nutfusion.scoring.ledger.words import abilities, facts_of, limits, notes_of, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.panel import Panel
    from nutfusion.model.scored import ScoredFusion
    from nutfusion.scoring.ledger.settings import OrthogonalSettings

SEQUENCE_TESTS: Final = ("rt_pcr", "sanger")
"""Tests of one joint."""

_ALONE: Final = "test_positive_nothing_read"


def entries(
    tests: Sequence[OrthogonalTest],
    fusions: Sequence[ScoredFusion],
    panel: Panel,
    settings: OrthogonalSettings,
    *,
    was_examined: bool,
    could_show: bool,
) -> tuple[LedgerEntry, ...]:
    """One entry per declared test, in the order of the sheet.

    Args:
        tests: As declared.
        fusions: In the order of the dossier; those inferred from a test are passed over.
        panel: Where exons and gene names come from.
        settings: Published facts.
        was_examined: Reads, or outputs of programs that could report NUTM1, were looked at.
        could_show: A fusion would have been seen: quality and coverage hold.
    """
    read = [fusion for fusion in fusions if is_read(fusion)]
    found = []
    for number, test in enumerate(tests, start=1):
        claim = claim_of(test, panel) if test.kind in SEQUENCE_TESTS else NOTHING
        partner = test.probe_partner
        gene = None if partner is None else probe_gene(partner, panel)
        each = [beside(test, gene, claim, fusion.annotated) for fusion in read]
        whole = _whole(test, read, each, was_examined=was_examined, could_show=could_show)
        found.append(
            LedgerEntry(
                number=number,
                kind=test.kind,
                says=says(test, claim),
                can_show=abilities(test),
                cannot_show=limits(test),
                facts=facts_of(test, settings, is_alone=whole.why.startswith(_ALONE)),
                notes=notes_of(test, claim, settings, knows_gene=gene is not None),
                claimed=claim.shown,
                claimed_total=len(claim.joints),
                agreement=whole.agreement,
                why=whole.why,
                beside=tuple(
                    BesideFusion(
                        fusion_id=fusion.annotated.call.fusion_id,
                        agreement=one.agreement,
                        why=one.why,
                    )
                    for fusion, one in zip(read, each, strict=True)
                ),
            )
        )
    return tuple(found)


def is_read(fusion: ScoredFusion) -> bool:
    """Whether reads or another program show a fusion, not a declared test alone."""
    return any(source.kind != "orthogonal" for source in fusion.annotated.call.support.sources)


def _whole(
    test: OrthogonalTest,
    read: Sequence[ScoredFusion],
    each: Sequence[Beside],
    *,
    was_examined: bool,
    could_show: bool,
) -> Beside:
    """A test beside the sample: beside the fusions that give it its state.

    A test of the locus agrees with any fusion that breaks it. A test of one partner or one joint
    may agree with one fusion of that state and need not with the others.
    """
    if test.result not in USABLE:
        return Beside("not_comparable", said("result_not_usable"))
    if not read:
        return _beside_silence(test, was_examined=was_examined, could_show=could_show)
    best = read[0].state
    leading = [one for fusion, one in zip(read, each, strict=True) if fusion.state is best]
    pool = list(each) if test.kind not in SEQUENCE_TESTS and _is_of_locus(test) else leading
    for agreement in ("concordant", "compatible", "conflict", "no_bearing"):
        for one in pool:
            if one.agreement == agreement:
                return one
    return pool[0]


def _is_of_locus(test: OrthogonalTest) -> bool:
    return test.probe != "dual_fusion"


def _beside_silence(test: OrthogonalTest, *, was_examined: bool, could_show: bool) -> Beside:
    """Nothing was read: what a positive or a negative test makes of it."""
    if not was_examined:
        return Beside("not_comparable", said("nothing_examined"))
    if test.result == NEGATIVE:
        return Beside("concordant", said("both_silent"))
    if not could_show:
        return Beside("not_comparable", said("reads_could_not_show"))
    return Beside("conflict", said(_ALONE, kind=test.kind))


def conflicts(tests: Sequence[OrthogonalTest], found: Sequence[LedgerEntry]) -> tuple[str, ...]:
    """Every conflict by name: of each test with what was read, then of tests among themselves."""
    with_reads = [entry.why for entry in found if entry.agreement == "conflict"]
    among: list[str] = []
    for (one, first), (other, second) in combinations(zip(tests, found, strict=True), 2):
        if _disagree(one, other):
            among.append(said("tests_disagree", kind=one.kind, other=other.kind))
        elif _claim_otherwise(one, first, other, second):
            among.append(said("claims_differ", kind=one.kind, other=other.kind))
    return tuple(dict.fromkeys((*with_reads, *among)))


def _disagree(one: OrthogonalTest, other: OrthogonalTest) -> bool:
    """Both are of the locus, and one is positive where the other is negative."""
    of_locus = all(
        test.kind in ("ihc", "fish") and test.probe != "dual_fusion" for test in (one, other)
    )
    return of_locus and {one.result, other.result} == {POSITIVE, NEGATIVE}


def _claim_otherwise(
    one: OrthogonalTest, first: LedgerEntry, other: OrthogonalTest, second: LedgerEntry
) -> bool:
    """Two positive tests claim joints of which none is the same."""
    if one.result != POSITIVE or other.result != POSITIVE:
        return False
    ids = [{joint.fusion_id for joint in entry.claimed} for entry in (first, second)]
    return all(ids) and ids[0].isdisjoint(ids[1])
