"""The records of a meeting."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from nutfusion.model.base import Record
from nutfusion.model.terms import MolecularState
from nutfusion.review.check import FolderStatus

BUNDLE_VERSION: Final = (1, 0)
"""Major: a key changed or went; minor: a key came."""


FolderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")]
"""A folder below ``dossiers/``."""

ListedPath = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$")
]
"""A path below a bundle: it cannot lead out of it."""


class Novelty(StrEnum):
    """A dossier against the meeting before."""

    NEW = "new"
    AMENDED = "amended"
    UNCHANGED = "unchanged"
    NOT_COMPARED = "not_compared"


class Standing(StrEnum):
    """Whether a dossier can be discussed as it is."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"


class Missing(StrEnum):
    """What a dossier lacks; in the order in which it is told."""

    TOUCHED = "touched"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    UNKNOWN_KEY = "unknown_key"
    TWO_VERSIONS = "two_versions"
    TWO_DOSSIERS = "two_dossiers"
    DECIDED_BEFORE = "decided_before"
    TEST_DATA = "test_data"
    CONTROL = "control"
    DISEASE = "disease"
    PRETREATED = "pretreated"
    RELAPSE = "relapse"


class LastEntry(Record):
    """One dossier of the meeting before, as far as a comparison needs it.

    Attributes:
        sample: Pseudonym; ``None`` when it could not be read.
        centre: Code of the laboratory; ``None`` when unsigned or not given.
        dossier_sha256: Digest of the dossier; ``None`` when it cannot be read.
        review_sha256: Digest of the review in force; ``None`` without.
        state: The sample's state as it held.
        standing: Complete, incomplete or withdrawn.
    """

    sample: str | None
    centre: str | None
    dossier_sha256: str | None
    review_sha256: str | None
    state: MolecularState | None
    standing: Standing


class LastMeeting(Record):
    """The meeting before.

    Attributes:
        week: Its week.
        manifest_sha256: Digest of its manifest.
        entries: Its dossiers.
    """

    week: str
    manifest_sha256: str
    entries: tuple[LastEntry, ...]


class Meeting(Record):
    """What was said of the meeting when its bundle was made.

    Attributes:
        tag: Says what the file is.
        schema_version: (major, minor).
        week: ISO week.
        closes_on: Last day on which a dossier is in time; ``None``: none was given, nobody is late.
        last: The meeting before; ``None``: nothing was compared.
    """

    tag: Literal["nutfusion rcp meeting"] = "nutfusion rcp meeting"
    schema_version: tuple[int, int] = BUNDLE_VERSION
    week: str
    closes_on: str | None
    last: LastMeeting | None


class Arrival(Record):
    """When a dossier came in first.

    Attributes:
        tag: Says what the file is.
        arrived_on: Day, as the coordinator gave it.
    """

    tag: Literal["nutfusion rcp arrival"] = "nutfusion rcp arrival"
    arrived_on: str


class Withdrawal(Record):
    """A dossier that is not discussed; it stays in the bundle.

    Attributes:
        tag: Says what the file is.
        folder: Which.
        dossier_sha256: Digest of the dossier; ``None`` when it cannot be read.
        reason: Why.
        by: Code of who withdrew it.
        date: Day.
    """

    tag: Literal["nutfusion rcp withdrawal"] = "nutfusion rcp withdrawal"
    folder: FolderName
    dossier_sha256: str | None
    reason: str
    by: str
    date: str


class BoardDecision(Record):
    """What the board decided of a dossier, in its own code.

    Attributes:
        tag: Says what the file is.
        folder: Which.
        number: 1 for the first decision on the dossier, then one more each.
        dossier_sha256: Digest of the dossier.
        review_sha256: Digest of the review in force; ``None`` when there was none.
        previous_sha256: Digest of the decision before; ``None`` for the first.
        code: The board's own code.
        comment: Free words; ``None`` for none.
        by: Code of who recorded it.
        date: Day.
    """

    tag: Literal["nutfusion rcp decision"] = "nutfusion rcp decision"
    folder: FolderName
    number: int
    dossier_sha256: str
    review_sha256: str | None
    previous_sha256: str | None
    code: str
    comment: str | None
    by: str
    date: str


class StandingRow(Record):
    """One fusion as it holds, in short.

    Attributes:
        fusion_id: The dossier's.
        name: As it holds.
        state: As it holds.
        partner_class: As it holds.
        five_prime_gene: As it holds; ``None``: unidentified.
        three_prime_gene: As it holds; ``None``: unidentified.
        five_prime_position: GRCh38, 1-based; ``None``: not placed.
        three_prime_position: GRCh38, 1-based; ``None``: not placed.
        five_prime_exon: ``ENST…:11`` of the automatic statement; ``None``: none, or the position
            was corrected.
        three_prime_exon: As ``five_prime_exon``.
        reading_frame: As it holds.
        split_reads: Distinct fragments; ``None``: unknown.
        discordant_pairs: Distinct fragments; ``None``: unknown.
        verdict: The review's; ``None`` without a review.
    """

    fusion_id: str
    name: str
    state: MolecularState
    partner_class: str
    five_prime_gene: str | None
    three_prime_gene: str | None
    five_prime_position: str | None
    three_prime_position: str | None
    five_prime_exon: str | None
    three_prime_exon: str | None
    reading_frame: str
    split_reads: int | None
    discordant_pairs: int | None
    verdict: str | None


class Entry(Record):
    """One dossier of a meeting.

    Attributes:
        folder: Below ``dossiers/``.
        sample: Pseudonym; ``None`` when the dossier cannot be read.
        centre: Code of the laboratory; ``None`` when unsigned or not given.
        run: Sequencing run; ``None`` when not given.
        assay: ``id@version``; ``None`` when the dossier cannot be read.
        dossier_sha256: Digest of the dossier; ``None`` when it cannot be read.
        review_number: Of the review in force; ``None`` without.
        review_sha256: Its digest.
        reviewer: Code of the biologist.
        signed_at: Day.
        key: Fingerprint.
        key_label: Name under which the key is vouched for; ``None`` when nobody does.
        status: What is known of dossier and signatures.
        automatic_state: Of the dossier; ``None`` when touched or unreadable.
        state: As it holds: as reviewed with a key that somebody vouches for, else automatic;
            ``None`` when touched or unreadable.
        claimed_state: What a review with an unknown key says; ``None`` otherwise.
        fusions: Those that stand; none when touched.
        rejected: Number of fusions that the biologist rejected; ``None`` without a review by a key
            that somebody vouches for.
        arrived_on: Day of the first arrival.
        is_late: After ``closes_on``; ``None`` without one.
        novelty: Against the meeting before.
        changes: What changed since: ``dossier``, ``review``, ``state``; empty unless amended.
        standing: Complete, incomplete or withdrawn.
        missing: What it lacks.
        withdrawal: ``None`` unless withdrawn.
        decision: The board's last; ``None`` without.
    """

    folder: FolderName
    sample: str | None
    centre: str | None
    run: str | None
    assay: str | None
    dossier_sha256: str | None
    review_number: int | None
    review_sha256: str | None
    reviewer: str | None
    signed_at: str | None
    key: str | None
    key_label: str | None
    status: FolderStatus
    automatic_state: MolecularState | None
    state: MolecularState | None
    claimed_state: MolecularState | None
    fusions: tuple[StandingRow, ...]
    rejected: int | None
    arrived_on: str
    is_late: bool | None
    novelty: Novelty
    changes: tuple[str, ...]
    standing: Standing
    missing: tuple[Missing, ...]
    withdrawal: Withdrawal | None
    decision: BoardDecision | None

    @property
    def label(self) -> str:
        """What people call it."""
        return self.sample or self.folder

    def is_same_case(self, other: LastEntry) -> bool:
        """Whether an entry of another meeting is about the same sample.

        One digest, or one pseudonym of one laboratory. An unsigned dossier names no laboratory and
        goes with the pseudonym. Two of which neither is known are not the same.
        """
        if self.dossier_sha256 is not None and self.dossier_sha256 == other.dossier_sha256:
            return True
        if self.sample is None or self.sample != other.sample:
            return False
        return self.centre == other.centre or self.centre is None or other.centre is None


class ListedFile(Record):
    """One file of a bundle."""

    path: ListedPath
    bytes: int
    sha256: str


class Manifest(Record):
    """What a bundle holds.

    Attributes:
        tag: Says what the file is.
        schema_version: (major, minor).
        week: ISO week.
        nutfusion: Version that made the pages.
        entries: By pseudonym, laboratory and folder.
        gone: Dossiers of the meeting before that are not in this one.
        files: Every file but the manifest and its signature, by path.
    """

    tag: Literal["nutfusion rcp manifest"] = "nutfusion rcp manifest"
    schema_version: tuple[int, int] = BUNDLE_VERSION
    week: str
    nutfusion: str
    entries: tuple[Entry, ...]
    gone: tuple[LastEntry, ...]
    files: tuple[ListedFile, ...]
