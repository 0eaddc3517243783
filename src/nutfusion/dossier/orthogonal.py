"""The ledger of declared tests, and the next useful test, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.dossier.messages import Phrases
    from nutfusion.model.dossier import Dossier, OrthogonalTest
    from nutfusion.model.ledger import (
        BesideFusion,
        ClaimedJoint,
        LedgerEntry,
        NextTest,
        PublishedFact,
    )

SHAPES: Final[Mapping[str, str]] = {
    "concordant": "check",
    "compatible": "half",
    "conflict": "warning",
    "no_bearing": "minus",
    "not_comparable": "diamond",
}
"""Shape beside the word for an agreement; never the only sign."""

_JOINTS_SHOWN: Final = 3
_REPEATED: Final = 2
"""More reasons than these are counted instead of said again."""
"""Possible joints of one test on the page; the file holds more."""


@dataclass(frozen=True, slots=True)
class AgreementView:
    """Whether a test agrees, and why.

    Attributes:
        word: The agreement.
        shape: Its shape.
        why: One phrase.
        fusion: Name of the fusion; ``None`` for the sample as a whole.
    """

    word: str
    shape: str
    why: str
    fusion: str | None


@dataclass(frozen=True, slots=True)
class TestView:
    """One declared test in words.

    Attributes:
        data: The dossier's own test.
        specifics: Clone, percentages, probes, gene, in this order; those that were declared.
        says: What the result says.
        can_show: What such a test can show.
        cannot_show: What it cannot.
        notes: Its figures beside published ones, and how its words were read.
        joints: Joints that its words may mean.
        joints_left: How many more there are.
        whole: Beside the sample.
        each: Beside each fusion; empty for one fusion or none.
    """

    data: OrthogonalTest
    specifics: tuple[str, ...]
    says: str
    can_show: str
    cannot_show: tuple[str, ...]
    notes: tuple[str, ...]
    joints: tuple[str, ...]
    joints_left: int
    whole: AgreementView
    each: tuple[AgreementView, ...]


@dataclass(frozen=True, slots=True)
class SourcedView:
    """A sentence with its source."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class NextView:
    """One suggestion in words.

    Attributes:
        test: What to do.
        reason: Why it would help.
        rests_on: The reasons of the state and the conflicts that ask for it; how many there are
            when they are many and stand under the conclusion.
        source: Who says so.
    """

    test: str
    reason: str
    rests_on: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The ledger in words.

    Attributes:
        tests: In the order of the sheet.
        conflicts: By name.
        facts: Published facts.
        next_tests: Suggestions.
    """

    tests: tuple[TestView, ...]
    conflicts: tuple[str, ...]
    facts: tuple[SourcedView, ...]
    next_tests: tuple[NextView, ...]


def ledger_view(dossier: Dossier, phrases: Phrases) -> LedgerView:
    """Say the ledger of a dossier."""
    ledger = dossier.ledger
    names = {fusion.fusion_id: fusion.name for fusion in dossier.fusions}
    return LedgerView(
        tests=tuple(
            _test(dossier.sample.orthogonal[entry.number - 1], entry, names, phrases)
            for entry in ledger.entries
        ),
        conflicts=tuple(phrases.reason(text) for text in ledger.conflicts),
        facts=tuple(_fact(fact, phrases) for fact in ledger.facts),
        next_tests=tuple(_next(test, dossier, phrases) for test in ledger.next_tests),
    )


def _test(
    test: OrthogonalTest, entry: LedgerEntry, names: Mapping[str, str], phrases: Phrases
) -> TestView:
    several = len(entry.beside) > 1
    shown = entry.claimed[:_JOINTS_SHOWN]
    return TestView(
        data=test,
        specifics=_specifics(test, phrases),
        says=phrases.reason(entry.says),
        can_show=phrases.reason(entry.can_show),
        cannot_show=tuple(phrases.reason(text) for text in entry.cannot_show),
        notes=tuple(phrases.reason(text) for text in entry.notes),
        joints=tuple(_joint(joint, phrases) for joint in shown),
        joints_left=entry.claimed_total - len(shown),
        whole=_agreement(entry, None, phrases),
        each=tuple(_agreement(one, names[one.fusion_id], phrases) for one in entry.beside)
        if several
        else (),
    )


def _agreement(
    one: LedgerEntry | BesideFusion, fusion: str | None, phrases: Phrases
) -> AgreementView:
    return AgreementView(
        word=phrases.term("agreement", one.agreement),
        shape=SHAPES[one.agreement],
        why=phrases.reason(one.why),
        fusion=fusion,
    )


def _specifics(test: OrthogonalTest, phrases: Phrases) -> tuple[str, ...]:
    found = []
    if test.clone is not None:
        found.append(phrases.ui("clone", clone=test.clone))
    if test.positive_nuclei is not None:
        found.append(phrases.ui("nuclei", n=_plain(test.positive_nuclei)))
    if test.probe is not None:
        found.append(phrases.term("probe", test.probe))
    if test.probe_partner is not None:
        found.append(phrases.ui("probed_gene", gene=test.probe_partner))
    if test.split_cells is not None:
        found.append(phrases.ui("split_cells", n=_plain(test.split_cells)))
    return tuple(found)


def _joint(joint: ClaimedJoint, phrases: Phrases) -> str:
    """A joint by coordinate, its name and its frame."""
    places = " :: ".join(
        f"{end.contig}:{end.position}" for end in (joint.five_prime, joint.three_prime)
    )
    named = () if joint.name is None else (joint.name,)
    return phrases.join((places, *named, phrases.term("reading_frame", joint.reading_frame)))


def _fact(fact: PublishedFact, phrases: Phrases) -> SourcedView:
    value = None if fact.value is None else _plain(fact.value)
    return SourcedView(phrases.sentence("fact", fact.id, value=value), fact.source.text)


def _next(test: NextTest, dossier: Dossier, phrases: Phrases) -> NextView:
    rests_on = tuple(phrases.reason(text) for text in test.rests_on)
    if len(rests_on) > _REPEATED and set(test.rests_on) <= set(dossier.state_reasons):
        rests_on = (phrases.ui("next_rests_on_reasons", n=len(rests_on)),)
    return NextView(
        test=phrases.reason(test.test),
        reason=phrases.reason(test.reason),
        rests_on=rests_on,
        source=test.source.text,
    )


def _plain(number: float) -> float | int:
    """A percentage without decimals that say nothing."""
    return int(number) if number == int(number) else number
