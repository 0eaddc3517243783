"""What changed between two meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nutfusion.errors import ReviewError
from nutfusion.model.base import Record
from nutfusion.model.terms import MolecularState
from nutfusion.rcp.bundle import last_entries
from nutfusion.rcp.entries import changes_between
from nutfusion.rcp.model import Missing, Standing

if TYPE_CHECKING:
    from nutfusion.rcp.model import Entry, LastEntry, Manifest


class Difference(Record):
    """One dossier against the meeting before.

    Attributes:
        kind: What happened to it.
        sample: Pseudonym; ``None`` when unreadable.
        centre: Code of the laboratory; ``None`` when not given.
        changes: ``dossier``, ``review``, ``state``, ``standing``; empty unless amended.
        was: State before; ``None`` when it was not there or unreadable.
        now: State now; ``None`` when it is gone or unreadable.
        standing: Now; ``None`` when it is gone.
        missing: What it lacks now.
    """

    kind: Literal["new", "amended", "unchanged", "gone"]
    sample: str | None
    centre: str | None
    changes: tuple[str, ...]
    was: MolecularState | None
    now: MolecularState | None
    standing: Standing | None
    missing: tuple[Missing, ...]


def meeting_differences(last: Manifest, this: Manifest) -> list[Difference]:
    """Every dossier of either meeting: new, amended, unchanged, gone; in this order.

    Raises:
        ReviewError: The first is not of an earlier week.
    """
    if last.week >= this.week:
        raise ReviewError(f"expected an earlier week first, found {last.week} and {this.week}")
    before = last_entries(last)
    found = [_difference(one, before) for one in this.entries]
    found += [
        Difference(
            kind="gone",
            sample=one.sample,
            centre=one.centre,
            changes=(),
            was=one.state,
            now=None,
            standing=None,
            missing=(),
        )
        for one in before
        if not any(now.is_same_case(one) for now in this.entries)
    ]
    order = ("new", "amended", "unchanged", "gone")
    return sorted(found, key=lambda one: order.index(one.kind))


def _difference(now: Entry, before: tuple[LastEntry, ...]) -> Difference:
    same = [one for one in before if now.is_same_case(one)]
    was = next(
        (o for o in same if o.dossier_sha256 == now.dossier_sha256), same[0] if same else None
    )
    changes = changes_between(was, now) if was else []
    if was is not None and was.standing != now.standing:
        changes.append("standing")
    kind: Literal["new", "amended", "unchanged"] = "new"
    if was is not None:
        kind = "amended" if changes else "unchanged"
    return Difference(
        kind=kind,
        sample=now.sample,
        centre=now.centre,
        changes=tuple(changes),
        was=was.state if was else None,
        now=now.state,
        standing=now.standing,
        missing=now.missing,
    )
