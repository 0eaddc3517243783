"""What people say of a dossier at the meeting: withdrawn, decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.errors import ReviewError
from nutfusion.rcp.build import write_bundle
from nutfusion.rcp.bundle import only_writer, read_bundle, read_manifest
from nutfusion.rcp.model import BoardDecision, Standing, Withdrawal
from nutfusion.review.bytes import record_bytes, sha256
from nutfusion.review.check import FolderStatus
from nutfusion.review.texts import checked_code, checked_day, checked_text

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.model.panel import Panel
    from nutfusion.rcp.model import Entry, Manifest


def withdraw(path: Path, which: str, *, reason: str, by: str, date: str, panel: Panel) -> Manifest:
    """Withdraw a dossier; its files stay, and the page says who withdrew it and why.

    Raises:
        ReviewError: No or several dossiers are meant, or it is withdrawn.
    """
    with only_writer(path.parent):
        return _withdraw(path, which, reason=reason, by=by, date=date, panel=panel)


def _withdraw(path: Path, which: str, *, reason: str, by: str, date: str, panel: Panel) -> Manifest:
    bundle = read_bundle(path)
    entry = named(path, which)
    if entry.withdrawal is not None:
        raise ReviewError(f"{entry.label} is withdrawn already", path=path)
    bundle.withdrawals[entry.folder] = Withdrawal(
        folder=entry.folder,
        dossier_sha256=entry.dossier_sha256,
        reason=checked_text(reason, "reason"),
        by=checked_code(by, "by"),
        date=checked_day(date, "date"),
    )
    return write_bundle(path, bundle, panel)


def decide(
    path: Path, which: str, code: str, *, comment: str | None, by: str, date: str, panel: Panel
) -> Manifest:
    """Record what the board decided, against the digests of dossier and review.

    A second decision on a dossier names the first by its digest; both stay.

    Raises:
        ReviewError: No or several dossiers are meant, it is withdrawn or was touched, or the same
            decision is there.
    """
    with only_writer(path.parent):
        return _decide(path, which, code, comment=comment, by=by, date=date, panel=panel)


def _decide(
    path: Path, which: str, code: str, *, comment: str | None, by: str, date: str, panel: Panel
) -> Manifest:
    bundle = read_bundle(path)
    entry = named(path, which)
    if entry.standing is Standing.WITHDRAWN:
        raise ReviewError(f"{entry.label} is withdrawn; nothing is decided of it", path=path)
    if entry.status is FolderStatus.TOUCHED or entry.dossier_sha256 is None:
        raise ReviewError(
            f"{entry.label} was touched after it was signed, or cannot be read; nothing is decided"
            " of it",
            path=path,
        )
    before = bundle.decisions.setdefault(entry.folder, [])
    decision = BoardDecision(
        folder=entry.folder,
        number=len(before) + 1,
        dossier_sha256=entry.dossier_sha256,
        review_sha256=entry.review_sha256,
        previous_sha256=sha256(record_bytes(before[-1])) if before else None,
        code=checked_code(code, "decision"),
        comment=None if comment is None else checked_text(comment, "comment"),
        by=checked_code(by, "by"),
        date=checked_day(date, "date"),
    )
    if before and _says_the_same(before[-1], decision):
        return read_manifest(path)[0]
    if before and decision.date < before[-1].date:
        earliest = f"{before[-1].date} (the decision before)"
        raise ReviewError(f"date: expected {earliest} or later, found {decision.date}")
    before.append(decision)
    return write_bundle(path, bundle, panel)


def _says_the_same(one: BoardDecision, other: BoardDecision) -> bool:
    """Whether a decision was only given again."""
    again = other.model_copy(update={"number": one.number, "previous_sha256": one.previous_sha256})
    return one == again


def named(path: Path, which: str) -> Entry:
    """The one dossier that is meant.

    Args:
        path: The bundle.
        which: Pseudonym, folder, or the start of the dossier's digest (8 digits or more).

    Raises:
        ReviewError: None or several are.
    """
    manifest, _ = read_manifest(path)
    found = [
        one
        for one in manifest.entries
        if which in (one.sample, one.folder)
        or (len(which) >= 8 and (one.dossier_sha256 or "").startswith(which))
    ]
    if len(found) != 1:
        names = ", ".join(one.folder for one in (found or manifest.entries))
        raise ReviewError(
            f"expected one dossier of {names or 'a meeting that has none'}; found {which[:60]!r}",
            path=path,
        )
    return found[0]
