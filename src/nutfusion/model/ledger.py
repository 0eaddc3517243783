"""Declared tests held beside what was read: what each says, what it cannot, what to do next."""

from __future__ import annotations

from typing import Final, Literal

from nutfusion.model.base import Record
from nutfusion.model.gene import GeneRef
from nutfusion.model.junction import JunctionEnd
from nutfusion.model.source import Source
from nutfusion.model.terms import ReadingFrame

Agreement = Literal["concordant", "compatible", "conflict", "no_bearing", "not_comparable"]
"""A test beside a fusion: says the same; may say the same; says otherwise; says nothing about it;
cannot be held against it."""

TestKind = Literal["ihc", "fish", "rt_pcr", "sanger", "sequencing"]
"""What a published fact is about."""

MOST_CLAIMED: Final = 20
"""Candidate joints of one test that a dossier holds."""


class PublishedFact(Record):
    """Something published about a test, shown with its source; it decides no verdict.

    Attributes:
        id: Message key; the figure stands in ``value``.
        test: What it is about.
        value: The figure; ``None`` for a statement without one.
        unit: ``percent`` (0 to 100), ``cases``, or ``None`` without a figure.
        source: Who published it, and when it was read.
    """

    id: str
    test: TestKind
    value: float | None
    unit: Literal["percent", "cases"] | None
    source: Source


class ClaimedJoint(Record):
    """A joint that the words of a test may mean, by coordinate.

    Attributes:
        fusion_id: The identifier that a dossier gives this joint.
        name: Exon-level name with accession.version; ``None`` when the panel has none.
        five_prime_gene: Gene that stands first.
        three_prime_gene: Gene that stands second.
        five_prime: Last base of the 5' part, GRCh38.
        three_prime: First base of the 3' part, GRCh38.
        reading_frame: Frame of the 3' gene after the joint.
    """

    fusion_id: str
    name: str | None
    five_prime_gene: GeneRef
    three_prime_gene: GeneRef
    five_prime: JunctionEnd
    three_prime: JunctionEnd
    reading_frame: ReadingFrame


class BesideFusion(Record):
    """One test beside one fusion.

    Attributes:
        fusion_id: The fusion.
        agreement: Whether they agree.
        why: ``code(key=value)``.
    """

    fusion_id: str
    agreement: Agreement
    why: str


class LedgerEntry(Record):
    """What one declared test is worth here.

    Attributes:
        number: 1-based place of the test in ``sample.orthogonal``.
        kind: ``ihc``, ``fish``, ``rt_pcr`` or ``sanger``.
        says: What the result says, as ``code(key=value)``.
        can_show: What such a test can show, as a message key.
        cannot_show: What it cannot, as message keys.
        facts: Published facts about it, by ``id``.
        notes: Its figures beside published ones, and how its words were read; ``code(key=value)``.
        claimed: Joints that its words may mean, most likely first; empty when it claims none that
            can be placed. A list, not a choice.
        claimed_total: How many there are; more than are listed when the words mean many.
        agreement: With what was read of the sample as a whole.
        why: Why, as ``code(key=value)``.
        beside: With each fusion that was read, in the order of the dossier.
    """

    number: int
    kind: str
    says: str
    can_show: str
    cannot_show: tuple[str, ...]
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    claimed: tuple[ClaimedJoint, ...]
    claimed_total: int
    agreement: Agreement
    why: str
    beside: tuple[BesideFusion, ...]


class NextTest(Record):
    """A test that would help, as a suggestion: the biologist decides.

    Attributes:
        test: What to do, as ``code(key=value)``.
        reason: Why it would help, as a message key.
        rests_on: Reasons of the state, and conflicts of the ledger, that ask for it; never empty.
        source: Who says that it helps.
    """

    test: str
    reason: str
    rests_on: tuple[str, ...]
    source: Source


class Ledger(Record):
    """Everything about orthogonal evidence.

    Attributes:
        id: Identifier of the file with the facts and the rules.
        version: Its version.
        digest: Its sha256.
        entries: One per declared test, in the order of the sheet.
        conflicts: What contradicts what, as ``code(key=value)``: tests in the order of the sheet,
            then tests among themselves.
        facts: Published facts that entries refer to, in the order of the file.
        next_tests: Suggestions in the order of the file; empty where the result stands.
    """

    id: str
    version: str
    digest: str
    entries: tuple[LedgerEntry, ...]
    conflicts: tuple[str, ...]
    facts: tuple[PublishedFact, ...]
    next_tests: tuple[NextTest, ...]
