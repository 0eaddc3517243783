"""The next useful test: rules of a file, each resting on a reason that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.model.ledger import NextTest
from nutfusion.model.reason import Reason
from nutfusion.scoring.ledger.beside import USABLE
from nutfusion.scoring.ledger.codes import LEDGER_CODES, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.dossier import OrthogonalTest
    from nutfusion.model.junction import JunctionEnd
    from nutfusion.model.scored import ScoredFusion
    from nutfusion.model.terms import MolecularState
    from nutfusion.scoring.ledger.settings import NextRule, OrthogonalSettings


def next_tests(
    state: MolecularState,
    reasons: Sequence[str],
    tests: Sequence[OrthogonalTest],
    leading: ScoredFusion | None,
    settings: OrthogonalSettings,
) -> tuple[NextTest, ...]:
    """What would help next; nothing where the result stands.

    Args:
        state: Of the sample.
        reasons: Of the state, then conflicts of the ledger, then what is known of the assay.
        tests: As declared.
        leading: The first fusion that was read; ``None`` without one.
        settings: The file with the rules.

    Returns:
        In the order of the file; a test is suggested once, for the first reason that asks for it.
    """
    found: dict[str, NextTest] = {}
    for rule in settings.next_tests:
        rests_on = _rests_on(rule, state, reasons, tests, has_fusion=leading is not None)
        test = _written(rule.test, leading)
        if rests_on and test is not None and test not in found:
            found[test] = NextTest(
                test=test, reason=said(rule.reason), rests_on=rests_on, source=rule.source
            )
    return tuple(found.values())


def _rests_on(
    rule: NextRule,
    state: MolecularState,
    reasons: Sequence[str],
    tests: Sequence[OrthogonalTest],
    *,
    has_fusion: bool,
) -> tuple[str, ...]:
    """The reasons that ask for a test; empty when the rule does not speak."""
    if state not in rule.states or rule.with_fusion is (not has_fusion):
        return ()
    codes = {Reason.parse(text).code for text in reasons}
    if not codes.isdisjoint(rule.unless) or (rule.only_if and codes.isdisjoint(rule.only_if)):
        return ()
    usable = {test.kind for test in tests if test.result in USABLE}
    if not usable.isdisjoint(rule.unless_tested):
        return ()
    if rule.if_tested and usable.isdisjoint(rule.if_tested):
        return ()
    wanted = {*rule.rests_on, *rule.only_if}
    found = tuple(text for text in reasons if Reason.parse(text).code in wanted)
    return found if not codes.isdisjoint(rule.rests_on) else ()


def _written(code: str, leading: ScoredFusion | None) -> str | None:
    """A suggestion with the positions it needs; ``None`` when they are not known."""
    if not LEDGER_CODES[code]:
        return said(code)
    if leading is None:
        return None
    junction = leading.annotated.call.junction
    five, three = _place(junction.five_prime), _place(junction.three_prime)
    if five is None or three is None:
        return None
    return said(code, five_prime=five, three_prime=three)


def _place(end: JunctionEnd | None) -> str | None:
    """``chr19:15254152``, or a range; ``None`` for a side that is not placed."""
    if end is None or end.contig is None:
        return None
    if end.position is not None:
        return f"{end.contig}:{end.position}"
    if end.position_range is None:
        return None
    return f"{end.contig}:{end.position_range[0]}-{end.position_range[1]}"
