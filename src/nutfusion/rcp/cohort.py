"""All meetings side by side: partners, junctions, states, assays, days.

A patient's sample is counted once, as it held at the last meeting that had it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from nutfusion.errors import ReviewError
from nutfusion.model.panel import NUTM1
from nutfusion.rcp.bundle import MANIFEST, file_findings, last_entry, read_manifest
from nutfusion.rcp.model import Missing, Standing
from nutfusion.rcp.tables import joint_of
from nutfusion.rcp.week import days_between
from nutfusion.review.check import FolderStatus
from nutfusion.review.web import page_of_both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from nutfusion.model.terms import MolecularState
    from nutfusion.rcp.model import Entry, LastEntry, Manifest, StandingRow

T = TypeVar("T")

NOT_PATIENTS: Final = frozenset({Missing.CONTROL, Missing.TEST_DATA})
"""What is counted apart."""


@dataclass
class Case:
    """One sample over the meetings.

    Attributes:
        identifier: ``<first week>/<folder>``.
        entries: (week, entry), by week.
    """

    identifier: str
    entries: list[tuple[str, Entry]] = field(default_factory=list)

    @property
    def last(self) -> Entry:
        """As it held at the last meeting that had it."""
        return self.entries[-1][1]

    @property
    def is_counted(self) -> bool:
        """Whether it is a patient's sample that nobody withdrew."""
        last = self.last
        return last.standing is not Standing.WITHDRAWN and not NOT_PATIENTS & set(last.missing)

    def first(self, day: Callable[[Entry], str | None]) -> str | None:
        """The earliest of its days; ``None`` when none is known."""
        days = [found for _, entry in self.entries if (found := day(entry)) is not None]
        return min(days, default=None)


class Days(NamedTuple):
    """Days between two events.

    Attributes:
        key: Label of the page.
        known: Cases for which both days are known.
        unknown: The others.
        least: ``None`` when none is known.
        middle: Median.
        most: Longest.
    """

    key: str
    known: int
    unknown: int
    least: int | None
    middle: float | None
    most: int | None


class Cohort(NamedTuple):
    """Everything that the page says.

    Attributes:
        meetings: By week.
        cases: By first appearance.
        states: Cases per state; ``None``: touched or unreadable.
        partners: Cases per partner gene (``None``: unidentified), class and state of the fusion.
        joints: Cases per name, exons, positions and state of the fusion.
        assays: Cases per assay and state.
        days: Turnaround.
    """

    meetings: tuple[Manifest, ...]
    cases: tuple[Case, ...]
    states: list[tuple[MolecularState | None, int]]
    partners: list[tuple[tuple[str | None, str, MolecularState], int]]
    joints: list[tuple[tuple[str, str, str, MolecularState], int]]
    assays: list[tuple[tuple[str | None, MolecularState | None], int]]
    days: tuple[Days, ...]

    @property
    def counted(self) -> int:
        """Cases that are counted."""
        return sum(case.is_counted for case in self.cases)

    @property
    def unsigned(self) -> int:
        """Those among them that nobody known signed: they hold as the software says."""
        unsigned = (FolderStatus.UNSIGNED, FolderStatus.SIGNED_UNKNOWN_KEY)
        return sum(case.is_counted and case.last.status in unsigned for case in self.cases)


def read_meetings(root: Path) -> tuple[Manifest, ...]:
    """The manifests of every untouched bundle of a folder, by week.

    Raises:
        ReviewError: There is none, or one was touched.
    """
    found = []
    for path in sorted(root.glob(f"*/{MANIFEST}")):
        if path.parent.name.startswith("."):
            continue
        manifest, _ = read_manifest(path.parent)
        touched = file_findings(path.parent, manifest)
        if touched:
            raise ReviewError(
                f"the bundle was touched, and is not counted: {touched[0]}; see nutfusion rcp"
                " verify",
                path=path.parent,
            )
        found.append(manifest)
    if not found:
        raise ReviewError("expected a folder of meetings, found none in it", path=root)
    weeks = Counter(one.week for one in found)
    twice = [week for week, n in weeks.items() if n > 1]
    if twice:
        raise ReviewError(f"expected one bundle per week, found two of {twice[0]}", path=root)
    return tuple(sorted(found, key=lambda one: one.week))


def cohort(meetings: Sequence[Manifest]) -> Cohort:
    """Count what the meetings hold."""
    cases = tuple(_cases(meetings))
    counted = [case for case in cases if case.is_counted]
    last = [case.last for case in counted]
    return Cohort(
        meetings=tuple(meetings),
        cases=cases,
        states=_counts(entry.state for entry in last),
        partners=_counts(pair for e in last for pair in {_partner(f) for f in e.fusions}),
        joints=_counts(joint for e in last for joint in {_joint(f) for f in e.fusions}),
        assays=_counts((entry.assay, entry.state) for entry in last),
        days=(
            _days("signed_to_arrived", counted, _signed, _arrived),
            _days("arrived_to_decided", counted, _arrived, _decided),
            _days("signed_to_decided", counted, _signed, _decided),
        ),
    )


def _cases(meetings: Sequence[Manifest]) -> list[Case]:
    cases: list[Case] = []
    for manifest in meetings:
        before = [(case, _known(case)) for case in cases]
        taken: set[str] = set()
        for entry in manifest.entries:
            same = [
                (case.last.dossier_sha256 != entry.dossier_sha256, n)
                for n, (case, known) in enumerate(before)
                if case.identifier not in taken and any(entry.is_same_case(o) for o in known)
            ]
            if same:
                case = before[min(same)[1]][0]
            else:
                case = Case(f"{manifest.week}/{entry.folder}")
                cases.append(case)
            taken.add(case.identifier)
            case.entries.append((manifest.week, entry))
    return cases


def _known(case: Case) -> tuple[LastEntry, ...]:
    """What later entries of the same case are known by."""
    return tuple(last_entry(entry) for _, entry in case.entries)


def cohort_html(found: Cohort) -> str:
    """Render the page: one document without external parts, both languages."""
    return page_of_both(
        "cohort.html.jinja",
        lambda words: words.board("cohort_title"),
        "RCP",
        found=found,
        excluded=len(found.cases) - found.counted,
    )


def _counts(values: Iterable[T]) -> list[tuple[T, int]]:
    """Most frequent first, then by what it says."""
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], str(pair[0])))


def _partner(fusion: StandingRow) -> tuple[str | None, str, MolecularState]:
    """The gene that is not NUTM1, its class, and the state: a candidate is no confirmation."""
    genes = (fusion.five_prime_gene, fusion.three_prime_gene)
    partner = genes[0] if genes[1] == NUTM1 else genes[1]
    return partner, fusion.partner_class, fusion.state


def _joint(fusion: StandingRow) -> tuple[str, str, str, MolecularState]:
    exons = f"{fusion.five_prime_exon or '?'} :: {fusion.three_prime_exon or '?'}"
    return fusion.name, exons, joint_of(fusion), fusion.state


def _signed(entry: Entry) -> str | None:
    return entry.signed_at


def _arrived(entry: Entry) -> str | None:
    return entry.arrived_on


def _decided(entry: Entry) -> str | None:
    return None if entry.decision is None else entry.decision.date


def _days(
    key: str,
    cases: Sequence[Case],
    first: Callable[[Entry], str | None],
    last: Callable[[Entry], str | None],
) -> Days:
    """From the first of one event to the first of another."""
    found = [days_between(case.first(first), case.first(last)) for case in cases]
    known = [days for days in found if days is not None]
    return Days(
        key=key,
        known=len(known),
        unknown=len(found) - len(known),
        least=min(known, default=None),
        middle=median(known) if known else None,
        most=max(known, default=None),
    )
