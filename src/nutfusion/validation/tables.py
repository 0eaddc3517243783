"""Tables of shares, by what differs between samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.validation.asked import (
    catalogued,
    crossed_position_is_asked,
    false_calls,
    has_fragments,
    is_accepted_length,
    is_positive,
    joint_label,
    position_is_asked,
    state_is_asked,
)
from nutfusion.validation.design import CLEAN_FRAGMENTS, FEW_FRAGMENTS
from nutfusion.validation.document import Row, Table
from nutfusion.validation.planned import NEGATIVE
from nutfusion.validation.shares import share_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nutfusion.validation.judge import Outcome


def tables(outcomes: Sequence[Outcome]) -> tuple[Table, ...]:
    """Every table of shares."""
    return (
        _by_joint(outcomes),
        _by_fragments(outcomes),
        _by_condition(outcomes),
        _by_stratum(outcomes),
        _by_truth(outcomes),
        _negatives(outcomes),
    )


def _groups(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for one in outcomes:
        found.setdefault(key(one), []).append(one)
    return found


def _by_joint(outcomes: Sequence[Outcome]) -> Table:
    """Seen at 3, at 5 and more; confirmed of those that pass; exact of those called."""
    rows = []
    accepted = [one for one in catalogued(outcomes) if is_accepted_length(one)]
    for label, found in _groups(accepted, joint_label).items():
        clean = [one for one in found if has_fragments(one, CLEAN_FRAGMENTS)]
        few = [one for one in found if has_fragments(one, FEW_FRAGMENTS)]
        passing = [one for one in found if one.truth.passes]
        rows.append(
            Row(
                label=label,
                shares=(
                    share_of(few, lambda o: o.seen),
                    share_of(clean, lambda o: o.seen),
                    share_of(passing, lambda o: o.is_confirmed),
                    share_of(filter(position_is_asked, found), lambda o: o.exact),
                    share_of(filter(crossed_position_is_asked, found), lambda o: o.exact),
                ),
            )
        )
    columns = ("seen_at_3", "seen_at_5", "state_of_passing", "base_of_called", "base_of_crossed")
    return Table(id="by_joint", columns=columns, rows=tuple(rows))


def _by_fragments(outcomes: Sequence[Outcome]) -> Table:
    """Read length against fragments: seen, confirmed."""
    rows = []
    of_catalogue = catalogued(outcomes)
    for fragments in sorted({one.truth.fragments for one in of_catalogue}):
        here = [one for one in of_catalogue if one.truth.fragments == fragments]
        for asked in ("seen", "confirmed"):
            lengths = _groups(here, lambda o: str(o.read_length))
            rows.append(
                Row(
                    label=f"{fragments} {asked}",
                    shares=tuple(
                        share_of(
                            lengths.get(length, []),
                            lambda o, a=asked: o.seen if a == "seen" else o.is_confirmed,  # type: ignore[misc]
                        )
                        for length in ("50", "75", "100", "150")
                    ),
                )
            )
    columns = ("50 nt", "75 nt", "100 nt", "150 nt")
    return Table(id="by_fragments", columns=columns, rows=tuple(rows))


def _by_condition(outcomes: Sequence[Outcome]) -> Table:
    """Catalogued joints by what else differs: seen at 3, and at 5 and more."""
    rows = []
    accepted = [one for one in catalogued(outcomes) if is_accepted_length(one)]
    conditions: tuple[tuple[str, Callable[[Outcome], str]], ...] = (
        ("library", lambda o: o.library),
        ("errors", lambda o: f"{100 * o.error_rate:g} %"),
        ("umi", lambda o: o.umi),
        ("copies", lambda o: str(o.copies)),
        ("strandedness", lambda o: "unstranded" if o.strandedness == "none" else o.strandedness),
    )
    for name, key in conditions:
        for value, found in sorted(_groups(accepted, key).items()):
            rows.append(
                Row(
                    label=f"{name} {value}",
                    shares=tuple(
                        share_of([o for o in found if has_fragments(o, n)], lambda o: o.seen)
                        for n in (FEW_FRAGMENTS, CLEAN_FRAGMENTS)
                    ),
                )
            )
    return Table(id="by_condition", columns=("seen_at_3", "seen_at_5"), rows=tuple(rows))


def _by_stratum(outcomes: Sequence[Outcome]) -> Table:
    """Positives by what they are: seen, state right of those that pass, exact of those called."""
    rows = []
    asked = [one for one in outcomes if is_positive(one) and is_accepted_length(one)]
    for stratum, found in _groups(asked, lambda o: o.truth.stratum).items():
        if stratum in {"dilution", "fraction"}:
            continue
        passing = [one for one in found if one.truth.passes]
        rows.append(
            Row(
                label=stratum,
                shares=(
                    share_of(found, lambda o: o.seen),
                    share_of([o for o in found if _has_base(o)], lambda o: o.exact),
                    share_of(passing, lambda o: o.state_is_right),
                ),
            )
        )
    columns = ("seen", "exact", "state_of_passing")
    return Table(id="by_stratum", columns=columns, rows=tuple(rows))


def _by_truth(outcomes: Sequence[Outcome]) -> Table:
    """The criterion of the state in its two parts, and what is stated where no fusion is."""
    asked = [one for one in outcomes if state_is_asked(one)]
    negatives = [one for one in asked if not is_positive(one)]
    through = [one for one in outcomes if one.truth.stratum == "read_through"]
    shares = {
        "positives": share_of(filter(is_positive, asked), lambda o: o.state_is_right),
        "negatives": share_of(negatives, lambda o: o.state_is_right),
        "false_calls": share_of(negatives, lambda o: bool(false_calls(o))),
        "read_through": share_of(through, lambda o: bool(false_calls(o))),
    }
    rows = tuple(Row(label=label, shares=(one,)) for label, one in shares.items())
    return Table(id="by_truth", columns=("observed_share",), rows=rows)


def _has_base(one: Outcome) -> bool:
    """Whether there is a base to be right about on both sides."""
    return one.truth.joint is not None and one.truth.joint.five is not None


def _negatives(outcomes: Sequence[Outcome]) -> Table:
    """Samples without a fusion that counts: BET state, any NUTM1 call, state right."""
    rows = []
    groups = _groups([o for o in outcomes if not is_positive(o)], lambda o: o.truth.stratum)
    for stratum in NEGATIVE:
        if stratum in groups:
            found = groups[stratum]
            rows.append(
                Row(
                    label=stratum,
                    shares=(
                        share_of(found, lambda o: o.is_bet),
                        share_of(found, lambda o: o.seen or bool(o.extra)),
                        share_of(found, lambda o: o.state_is_right),
                    ),
                )
            )
    columns = ("bet_state", "any_call", "state_right")
    return Table(id="negatives", columns=columns, rows=tuple(rows))
