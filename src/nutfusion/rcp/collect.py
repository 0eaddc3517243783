"""Bring dossiers into a meeting: nothing is dropped, nothing is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nutfusion.errors import ReviewError
from nutfusion.model.atomic_folder import recover
from nutfusion.rcp.build import write_bundle
from nutfusion.rcp.bundle import (
    Bundle,
    last_entries,
    only_writer,
    read_bundle,
    read_manifest,
)
from nutfusion.rcp.model import Arrival, LastMeeting, Meeting
from nutfusion.rcp.week import checked_week
from nutfusion.review.bytes import file_bytes, sha256
from nutfusion.review.facts import dossier_facts
from nutfusion.review.folder import DOSSIER, dossier_folders, is_of_dossier
from nutfusion.review.keys import public_pem
from nutfusion.review.texts import CODE, checked_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nutfusion.model.panel import Panel
    from nutfusion.rcp.model import Manifest
    from nutfusion.review.keys import TrustedKeys


def collect(
    root: Path,
    week: str,
    sources: Iterable[Path],
    *,
    date: str,
    trusted: TrustedKeys,
    panel: Panel,
    closes_on: str | None = None,
    last: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Manifest:
    """Make the bundle of a week, or add to it.

    Args:
        root: Folder of all meetings; the bundle is ``root/<week>``.
        week: ISO week.
        sources: Folders of dossiers, or folders that hold such folders at any depth.
        date: Day of arrival of what is new.
        trusted: Keys that the coordinator vouches for; kept in the bundle.
        panel: For the drawings.
        closes_on: Last day in time; ``None``: as said before, or nobody is late.
        last: Bundle of the meeting before; ``None``: as said before, or nothing is compared.
        tell: Gets where a dossier lay that cannot be read, and why; the bundle keeps no such path.

    Returns:
        The manifest.

    Raises:
        ReviewError: A source holds no dossier, the bundle was touched, or it was made with another
            ``closes_on`` or ``last``.
    """
    target = root / checked_week(week)
    day = checked_day(date, "date")
    closes = None if closes_on is None else checked_day(closes_on, "closes")
    before = None if last is None else _last(last, week)
    folders = dossier_folders(sources)
    root.mkdir(parents=True, exist_ok=True)
    with only_writer(root):
        recover(target)
        if target.exists():
            bundle = read_bundle(target)
            bundle.meeting = _agreed(bundle.meeting, closes, before)
        else:
            bundle = Bundle(Meeting(week=week, closes_on=closes, last=before))
        for folder in folders:
            files = _files(folder)
            _bring(bundle, files, day)
            if (why := _unreadable(files)) is not None:
                tell(f"{folder}: {why}; listed as {_folder_name(files)}")
        _add_keys(bundle, trusted)
        return write_bundle(target, bundle, panel)


def _files(folder: Path) -> dict[str, bytes]:
    """The files of one dossier."""
    names = sorted(path.name for path in folder.iterdir() if is_of_dossier(path.name))
    return {name: file_bytes(folder / name) for name in names}


def _bring(bundle: Bundle, files: Mapping[str, bytes], day: str) -> None:
    """Add a dossier, or what is new of one that is there.

    Files that contradict those that are there make a dossier of their own.
    """
    name = _folder_name(files)
    there = bundle.folders.get(name)
    if there is not None:
        shared = there.keys() & files.keys()
        if all(there[leaf] == files[leaf] for leaf in shared):
            there.update(files)
            return
        digest = sha256(b"".join(leaf.encode() + files[leaf] for leaf in sorted(files)))
        name = f"{name}-other-{digest[:8]}"
        if name in bundle.folders:
            return
    bundle.folders[name] = dict(files)
    bundle.arrivals[name] = Arrival(arrived_on=day)


def _folder_name(files: Mapping[str, bytes]) -> str:
    """The pseudonym and the digest's start; a dossier that cannot be read has no pseudonym."""
    data = files.get(DOSSIER)
    if data is None:
        return f"without-dossier-{sha256(b''.join(files[leaf] for leaf in sorted(files)))[:12]}"
    try:
        sample = dossier_facts(data, Path(DOSSIER)).sample.id
    except ReviewError:
        return f"unreadable-{sha256(data)[:12]}"
    return f"{sample}-{sha256(data)[:12]}"


def _unreadable(files: Mapping[str, bytes]) -> str | None:
    """Why a dossier cannot be read; ``None`` when it can."""
    data = files.get(DOSSIER)
    if data is None:
        return f"expected {DOSSIER} beside its reviews, found none"
    try:
        dossier_facts(data, Path(DOSSIER))
    except ReviewError as error:
        return error.message
    return None


def _last(path: Path, week: str) -> LastMeeting:
    """What the meeting before holds.

    Raises:
        ReviewError: It is no bundle, or not of an earlier week.
    """
    manifest, digest = read_manifest(path)
    if manifest.week >= week:
        raise ReviewError(f"expected a week before {week}, found {manifest.week}", path=path)
    return LastMeeting(week=manifest.week, manifest_sha256=digest, entries=last_entries(manifest))


def _agreed(meeting: Meeting, closes: str | None, last: LastMeeting | None) -> Meeting:
    """What was said before, with what was not said then.

    Raises:
        ReviewError: Something else was said before.
    """
    for what, was, now in (
        ("--closes", meeting.closes_on, closes),
        ("--last", meeting.last and meeting.last.manifest_sha256, last and last.manifest_sha256),
    ):
        if was is not None and now is not None and was != now:
            raise ReviewError(f"{what}: expected {was}, as the bundle was made with, found {now}")
    return meeting.model_copy(
        update={"closes_on": meeting.closes_on or closes, "last": meeting.last or last}
    )


def _add_keys(bundle: Bundle, trusted: TrustedKeys) -> None:
    """Keep the keys in the bundle.

    Raises:
        ReviewError: A label is no code, or two keys have it.
    """
    for public_key, label in trusted.keys.items():
        if not CODE.fullmatch(label):
            raise ReviewError(
                f"expected a key's file name of 1 to 40 letters, digits, '.', '_' or '-', found"
                f" {label[:60]!r}"
            )
        pem = public_pem(public_key)
        if bundle.keys.setdefault(label, pem) != pem:
            raise ReviewError(f"two keys are called {label!r}; rename one of the files")
