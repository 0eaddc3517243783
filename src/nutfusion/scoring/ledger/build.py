"""The ledger of one sample, once its state is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.interrogates import Reached
from nutfusion.model.ledger import Ledger
from nutfusion.scoring.coverage import not_covered_reasons, unknown_coverage_reasons
from nutfusion.scoring.ledger.codes import said
from nutfusion.scoring.ledger.entries import conflicts, is_read
from nutfusion.scoring.ledger.next_tests import next_tests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.evidence import Molecule
    from nutfusion.model.interrogates import AssayReach
    from nutfusion.model.ledger import LedgerEntry
    from nutfusion.model.scored import ScoredFusion
    from nutfusion.model.terms import MolecularState
    from nutfusion.scoring.ledger.settings import OrthogonalSettings


def build_ledger(
    tests: Sequence[OrthogonalTest],
    entries: tuple[LedgerEntry, ...],
    fusions: Sequence[ScoredFusion],
    state: MolecularState,
    reasons: Sequence[str],
    settings: OrthogonalSettings,
    *,
    reach: AssayReach,
    profile: str,
    molecule: Molecule,
    is_patient: bool,
) -> Ledger:
    """Entries with their conflicts, their published facts and the next useful tests.

    Args:
        tests: As declared.
        entries: One per test.
        fusions: In the order of the dossier.
        state: Of the sample.
        reasons: Of the state.
        settings: Facts and rules.
        reach: What the assay could show.
        profile: Its identifier, for reasons.
        molecule: What it sequences.
        is_patient: A control of a run is of no patient: no test is suggested.
    """
    contradictions = conflicts(tests, entries)
    leading = next((fusion for fusion in fusions if is_read(fusion)), None)
    wanted = {fact for entry in entries for fact in entry.facts}
    known = (*reasons, *contradictions, *not_covered_reasons(reach, profile))
    signs = (*known, *unknown_coverage_reasons(reach, profile, molecule), *_one_sided(reach))
    signs = tuple(dict.fromkeys(signs))
    suggested = next_tests(state, signs, tests, leading, settings)
    return Ledger(
        id=settings.id,
        version=settings.version,
        digest=settings.digest,
        entries=entries,
        conflicts=contradictions,
        facts=tuple(fact for fact in settings.facts if fact.id in wanted),
        next_tests=suggested if is_patient else (),
    )


def _one_sided(reach: AssayReach) -> tuple[str, ...]:
    """Partners that the assay reads from their own side alone: their other joints escape it."""
    genes = [
        joint.gene
        for joint in reach.joints
        if joint.partner_side is Reached.COVERED and joint.nutm1_side is Reached.NOT_COVERED
    ]
    if not genes:
        return ()
    return (said("read_from_partner_side", genes=" ".join(dict.fromkeys(genes))),)
