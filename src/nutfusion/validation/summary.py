"""From outcomes to figures: shares with their intervals, limits, failures, criteria."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from nutfusion.validation.design import (
    CLEAN_FRAGMENTS,
    FEW_FRAGMENTS,
    LEAST_ACCEPTED_LENGTH,
    Criterion,
    Figure,
    Size,
    criteria_of,
)
from nutfusion.validation.document import (
    Answer,
    CriterionOutcome,
    Failure,
    LimitRow,
    Row,
    Share,
    StateRow,
    Table,
)
from nutfusion.validation.planned import NEGATIVE, POSITIVE
from nutfusion.validation.statistics import clopper_pearson, detection_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nutfusion.validation.judge import Outcome

_POSITION_STRATA: Final = frozenset({"catalogued", "random_exon", "reciprocal", "beside_strong"})
_MAY_BE_CALLED: Final = frozenset({"neighbour", "read_through", "carry_over"})
"""Negatives with an RNA of NUTM1 that is worth saying."""


def share(found: int, made: int) -> Share:
    """A share with its interval."""
    if not made:
        return Share(found=0, made=0, low=None, high=None)
    low, high = clopper_pearson(found, made)
    return Share(found=found, made=made, low=round(low, 6), high=round(high, 6))


def share_of(outcomes: Iterable[Outcome], holds: Callable[[Outcome], bool]) -> Share:
    """How many of some outcomes a thing holds for."""
    answers = [holds(one) for one in outcomes]
    return share(sum(answers), len(answers))


def is_accepted_length(one: Outcome) -> bool:
    """Whether the acceptance criteria hold for reads of this length."""
    return one.read_length >= LEAST_ACCEPTED_LENGTH


def joint_label(one: Outcome) -> str:
    """The 5' gene of a catalogued sample with its exon, from the identifier."""
    gene, _, exon = one.planned.split(".")[1].rpartition("-e")
    return f"{gene} e{exon}"


def is_positive(one: Outcome) -> bool:
    """Whether a NUTM1 fusion that counts is in the sample."""
    return one.truth.stratum in POSITIVE


def position_is_asked(one: Outcome) -> bool:
    """A fusion on exon edges of a known gene that was called, at whatever base."""
    joint = one.truth.joint
    return (
        one.truth.stratum in _POSITION_STRATA
        and joint is not None
        and joint.boundary
        and is_accepted_length(one)
        and one.truth.fragments >= FEW_FRAGMENTS
        and (one.seen or any(call.startswith(f"{one.truth.gene}::NUTM1 ") for call in one.extra))
    )


def crossed_position_is_asked(one: Outcome) -> bool:
    """As before, of at least one read that crosses the joint: none shows the base without it."""
    return position_is_asked(one) and one.truth.split > 0


def state_is_asked(one: Outcome) -> bool:
    """A fusion that passes the profile, in reads long enough; or a sample without one.

    Relatives of NUTM1 that are closer than any known are not asked.
    """
    if is_positive(one):
        return one.truth.passes and is_accepted_length(one)
    return one.truth.stratum != "paralogue_close"


def false_calls(one: Outcome) -> tuple[str, ...]:
    """Calls of what is not in the sample."""
    return () if one.truth.stratum in _MAY_BE_CALLED else one.extra


def _catalogued(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if one.truth.stratum == "catalogued"]


def _fragments(one: Outcome, least: int) -> bool:
    if least == CLEAN_FRAGMENTS:
        return one.truth.fragments >= CLEAN_FRAGMENTS
    return one.truth.fragments == least


def _worst(
    outcomes: Sequence[Outcome], fragments: int, criterion: Criterion, joints: Sequence[str]
) -> tuple[Share, str | None]:
    """The catalogued joint that is seen least often.

    One that is seen too seldom decides before one of too few samples, and that before any other.
    """
    asked = [
        one
        for one in _catalogued(outcomes)
        if is_accepted_length(one) and _fragments(one, fragments)
    ]
    labels = dict.fromkeys([*joints, *map(joint_label, _catalogued(outcomes))])
    shares = [
        (share_of([one for one in asked if joint_label(one) == label], lambda o: o.seen), label)
        for label in labels
    ]
    few = [pair for pair in shares if pair[0].made < criterion.least_made]
    low = [p for p in shares if p not in few and (p[0].value or 0.0) < (criterion.least or 0.0)]
    return min(low or few or shares, key=lambda p: p[0].value or 0.0, default=(share(0, 0), None))


def _observed(
    criterion: Criterion, outcomes: Sequence[Outcome], repeated: Share, joints: Sequence[str]
) -> tuple[Share, str | None]:
    match criterion.figure:
        case "sensitivity_5":
            return _worst(outcomes, CLEAN_FRAGMENTS, criterion, joints)
        case "sensitivity_3":
            return _worst(outcomes, FEW_FRAGMENTS, criterion, joints)
        case "bet_false_positives":
            return share_of([o for o in outcomes if not o.may_be_bet], lambda o: o.is_bet), None
        case "position":
            return share_of(filter(position_is_asked, outcomes), lambda o: o.exact), None
        case "position_crossed":
            crossed = filter(crossed_position_is_asked, outcomes)
            return share_of(crossed, lambda o: o.exact), None
        case "state":
            return share_of(filter(state_is_asked, outcomes), lambda o: o.state_is_right), None
        case "same_bytes":
            return repeated, None


def answered(
    criterion: Criterion,
    outcomes: Sequence[Outcome],
    repeated: Share,
    joints: Sequence[str] = (),
) -> CriterionOutcome:
    """Hold what was found against an acceptance criterion.

    A share of too few samples is not measured; a count that is too large is not met, of however
    few.
    """
    observed, label = _observed(criterion, outcomes, repeated, joints)
    answer: Answer = "not_measured"
    too_many = criterion.most is not None and observed.found > criterion.most
    if observed.value is not None and (observed.made >= criterion.least_made or too_many):
        held = (
            observed.found <= criterion.most
            if criterion.most is not None
            else observed.value >= (criterion.least or 0.0)
        )
        answer = "met" if held else "not_met"
    return CriterionOutcome(criterion=criterion, answer=answer, observed=observed, label=label)


def criteria(
    outcomes: Sequence[Outcome], repeated: Share, size: Size, joints: Sequence[str] = ()
) -> tuple[CriterionOutcome, ...]:
    """All of them, in the order of the design.

    Args:
        outcomes: Of the whole set.
        repeated: Samples made again with the same bytes.
        size: Which set.
        joints: Labels of the catalogued joints that there must be samples of.
    """
    return tuple(answered(one, outcomes, repeated, joints) for one in criteria_of(size))


def tables(outcomes: Sequence[Outcome]) -> tuple[Table, ...]:
    """Every table of shares."""
    return (
        _by_joint(outcomes),
        _by_fragments(outcomes),
        _by_condition(outcomes),
        _by_stratum(outcomes),
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
    accepted = [one for one in _catalogued(outcomes) if is_accepted_length(one)]
    for label, found in _groups(accepted, joint_label).items():
        clean = [one for one in found if _fragments(one, CLEAN_FRAGMENTS)]
        few = [one for one in found if _fragments(one, FEW_FRAGMENTS)]
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
    catalogued = _catalogued(outcomes)
    for fragments in sorted({one.truth.fragments for one in catalogued}):
        here = [one for one in catalogued if one.truth.fragments == fragments]
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
    accepted = [one for one in _catalogued(outcomes) if is_accepted_length(one)]
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
                        share_of([o for o in found if _fragments(o, n)], lambda o: o.seen)
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
                        share_of(found, lambda o: bool(o.extra)),
                        share_of(found, lambda o: o.state_is_right),
                    ),
                )
            )
    columns = ("bet_state", "any_call", "state_right")
    return Table(id="negatives", columns=columns, rows=tuple(rows))


def limits(outcomes: Sequence[Outcome]) -> tuple[LimitRow, ...]:
    """Detection limits in fragments, by library, and in fusion fraction."""
    found = []
    for library in ("fresh", "ffpe"):
        diluted = [o for o in outcomes if o.truth.stratum == "dilution" and o.library == library]
        found += _limits(f"fragments_{library}", diluted, lambda o: float(o.truth.fragments))
    drawn = [o for o in outcomes if o.truth.stratum == "fraction"]
    found += _limits("fraction", drawn, lambda o: o.fraction or 0.0)
    return tuple(found)


def _limits(
    name: str, outcomes: Sequence[Outcome], amount: Callable[[Outcome], float]
) -> list[LimitRow]:
    rows = []
    made = Counter(amount(one) for one in outcomes)
    seen = Counter(amount(one) for one in outcomes if one.seen)
    confirmed = Counter(amount(one) for one in outcomes if one.is_confirmed)
    if not made:
        return []
    for asked, counts in (("seen", seen), ("confirmed", confirmed)):
        levels = tuple((level, counts[level], made[level]) for level in sorted(made))
        limit = detection_limit(levels)
        rows.append(
            LimitRow.model_validate(
                {
                    "id": name,
                    "asked": asked,
                    "levels": levels,
                    "value": _rounded(limit.value),
                    "low": _rounded(limit.low),
                    "high": _rounded(limit.high),
                    "slope": _rounded(limit.slope),
                    "chi2": _rounded(limit.chi2),
                    "freedom": limit.freedom,
                    "bracket_low": limit.bracket[0],
                    "bracket_high": limit.bracket[1],
                    "why": limit.why,
                }
            )
        )
    return rows


def _rounded(value: float | None) -> float | None:
    """Four significant digits, so that the last bits of a fit do not show."""
    return None if value is None else float(f"{value:.4g}")


def states(outcomes: Sequence[Outcome]) -> tuple[StateRow, ...]:
    """Which states were given where which were right; most first."""
    counted = Counter((one.truth.why, str(one.state), one.state_is_right) for one in outcomes)
    ordered = sorted(counted.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    return tuple(
        StateRow(why=why, given=given, samples=samples, right=right)
        for (why, given, right), samples in ordered
    )


def held_back(outcomes: Sequence[Outcome]) -> Share:
    """Samples whose BET state is another sample's, and is not given."""
    reached = [one for one in outcomes if one.truth.stratum == "carry_over" and one.truth.hopped]
    would = {"confirmed_bet", "confirmed_bet_complex"}
    asked = [one for one in reached if str(one.state_alone) in would]
    return share_of(asked, lambda o: not o.is_bet)


def failures(outcomes: Sequence[Outcome], other_bytes: frozenset[str]) -> tuple[Failure, ...]:
    """Everything that is not as it should be, in the order of the plan."""
    found = []
    for one in outcomes:
        kinds = _kinds(one, other_bytes)
        if kinds:
            found.append(
                Failure(
                    id=one.truth.id,
                    make=one.planned,
                    kinds=tuple(kinds),
                    counts_for=tuple(figure for figures in kinds.values() for figure in figures),
                    conditions=conditions(one),
                    expected=tuple(str(state) for state in one.truth.states),
                    state=str(one.state),
                    calls=one.extra,
                )
            )
    return tuple(found)


def conditions(one: Outcome) -> str:
    """Reads, library and fragments of a sample in one phrase."""
    truth = one.truth
    fragments = f"{truth.split}+{truth.discordant} fragments" if truth.joint else "no fusion"
    return (
        f"{fragments}, {truth.long_split} with long anchors, {one.read_length} nt, "
        f"{100 * one.error_rate:g} % errors, {one.library}, UMI {one.umi}, {one.copies} copies, "
        f"strandedness {one.strandedness}"
    )


def _kinds(one: Outcome, other_bytes: frozenset[str]) -> dict[str, tuple[Figure, ...]]:
    """Kinds of failure, each with the criteria that it counts against."""
    found: dict[str, tuple[Figure, ...]] = {}
    in_limits = one.truth.stratum in {"dilution", "fraction"}
    if one.truth.joint is not None and not one.seen and not in_limits:
        asked = one.truth.stratum == "catalogued" and is_accepted_length(one)
        few = one.truth.fragments == FEW_FRAGMENTS
        found["not_seen"] = () if not asked else ("sensitivity_3",) if few else ("sensitivity_5",)
    if position_is_asked(one) and not one.exact:
        crossed = crossed_position_is_asked(one)
        found["not_exact"] = ("position", "position_crossed") if crossed else ("position",)
    if one.is_bet and not one.may_be_bet:
        found["bet_false_positive"] = ("bet_false_positives",)
    if not one.state_is_right:
        found["wrong_state"] = ("state",) if state_is_asked(one) else ()
    if false_calls(one):
        found["false_call"] = ()
    counted = (one.split or 0) + (one.discordant or 0)
    if one.seen and counted > one.truth.fragments + one.truth.hopped and one.fraction is None:
        found["over_counted"] = ()
    if one.truth.id in other_bytes:
        found["other_bytes"] = ("same_bytes",)
    return found
