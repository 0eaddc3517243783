"""The folder of a meeting, held in memory: what came in, and what was said."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import ValidationError

from nutfusion.errors import ReviewError
from nutfusion.model.atomic_folder import recover
from nutfusion.rcp.model import (
    BUNDLE_VERSION,
    Arrival,
    BoardDecision,
    LastEntry,
    Manifest,
    Meeting,
    Withdrawal,
)
from nutfusion.review.bytes import file_bytes, json_object, record_bytes, sha256
from nutfusion.review.folder import is_of_dossier
from nutfusion.review.keys import PUBLIC_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nutfusion.model.base import Record
    from nutfusion.rcp.model import Entry

R = TypeVar("R", bound="Record")

MANIFEST: Final = "manifest.json"
MANIFEST_SIGNATURE: Final = "manifest.json.sig"
MANIFEST_KEY: Final = "manifest.json.pub.pem"
MEETING: Final = "meeting.json"
ARRIVAL: Final = "arrival.json"
DOSSIERS: Final = "dossiers"
EVENTS: Final = "events"
KEYS: Final = "keys"

UNLISTED: Final = frozenset({MANIFEST, MANIFEST_SIGNATURE, MANIFEST_KEY})
"""Files that a manifest cannot list."""


@dataclass
class Bundle:
    """The inputs of a bundle.

    Attributes:
        meeting: What was said when it was made.
        folders: Files that came in, by folder, then by name.
        arrivals: By folder.
        withdrawals: By folder.
        decisions: By folder, in order.
        keys: Public keys as PEM, by label.
    """

    meeting: Meeting
    folders: dict[str, dict[str, bytes]] = field(default_factory=dict)
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    withdrawals: dict[str, Withdrawal] = field(default_factory=dict)
    decisions: dict[str, list[BoardDecision]] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """Every input file by its path below the bundle."""
        found = {MEETING: record_bytes(self.meeting)}
        for folder, names in self.folders.items():
            found |= {f"{DOSSIERS}/{folder}/{name}": data for name, data in names.items()}
            found[f"{DOSSIERS}/{folder}/{ARRIVAL}"] = record_bytes(self.arrivals[folder])
        for folder, withdrawal in self.withdrawals.items():
            found[withdrawal_path(folder)] = record_bytes(withdrawal)
        for decisions in self.decisions.values():
            found |= {decision_path(one): record_bytes(one) for one in decisions}
        return found | {f"{KEYS}/{label}{PUBLIC_SUFFIX}": pem for label, pem in self.keys.items()}


def withdrawal_path(folder: str) -> str:
    """Where a withdrawal is written, below the bundle."""
    return f"{EVENTS}/{folder}.withdrawal.json"


def decision_path(decision: BoardDecision) -> str:
    """Where a decision is written, below the bundle."""
    return f"{EVENTS}/{decision.folder}.decision-{decision.number}.json"


def read_manifest(path: Path) -> tuple[Manifest, str]:
    """The manifest of a bundle, and its digest.

    Raises:
        ReviewError: There is none, or it is of a version that this nutfusion does not know.
    """
    file = path / MANIFEST
    if not file.is_file():
        raise ReviewError(
            f"expected a meeting's folder with {MANIFEST}, found none; nutfusion rcp collect makes"
            " one",
            path=path,
        )
    data = file_bytes(file)
    return parsed(Manifest, data, file), sha256(data)


def read_bundle(path: Path) -> Bundle:
    """Read the inputs of an untouched bundle.

    Raises:
        ReviewError: There is none, or a file is not as the manifest says.
    """
    recover(path)
    manifest, _ = read_manifest(path)
    touched = file_findings(path, manifest)
    if touched:
        raise ReviewError(
            f"the bundle was touched, and nothing is added to it: {touched[0]}; see nutfusion rcp"
            " verify",
            path=path,
        )
    listed = {one.path: file_bytes(path / one.path) for one in manifest.files}
    bundle = Bundle(parsed(Meeting, listed[MEETING], path / MEETING))
    inputs = {f"{DOSSIERS}/{entry.folder}": entry.folder for entry in manifest.entries}
    for name, data in listed.items():
        parent, _, leaf = name.rpartition("/")
        if parent in inputs and leaf == ARRIVAL:
            bundle.arrivals[inputs[parent]] = parsed(Arrival, data, path / name)
        elif parent in inputs and is_of_dossier(leaf):
            bundle.folders.setdefault(inputs[parent], {})[leaf] = data
        elif parent == KEYS:
            bundle.keys[leaf.removesuffix(PUBLIC_SUFFIX)] = data
        elif parent == EVENTS and leaf.endswith(".withdrawal.json"):
            one = parsed(Withdrawal, data, path / name)
            bundle.withdrawals[one.folder] = one
        elif parent == EVENTS:
            made = parsed(BoardDecision, data, path / name)
            bundle.decisions.setdefault(made.folder, []).append(made)
    for decisions in bundle.decisions.values():
        decisions.sort(key=lambda one: one.number)
    return bundle


@contextmanager
def only_writer(root: Path) -> Iterator[None]:
    """Wait until nobody else writes a bundle in this folder.

    Where a folder cannot be locked (some network drives), nobody waits.
    """
    handle = os.open(root, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def parsed(kind: type[R], data: bytes, path: Path) -> R:
    """A record from its bytes.

    Raises:
        ReviewError: It is none of this kind, or of a version that this nutfusion does not know.
    """
    document = json_object(data, path)
    known = ".".join(str(part) for part in BUNDLE_VERSION)
    if "schema_version" in kind.model_fields:
        match document.get("schema_version"):
            case [int(major), int(minor)] if (
                major == BUNDLE_VERSION[0] and minor <= BUNDLE_VERSION[1]
            ):
                pass
            case [int(major), int(minor)]:
                raise ReviewError(
                    f"expected a meeting of format {known}, found {major}.{minor}; use the"
                    " nutfusion that made it, or a newer one",
                    path=path,
                )
            case _:
                raise ReviewError(
                    f"expected a meeting of format {known}, found no version of a format", path=path
                )
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        found = f"{where}: {first['msg']}"
        raise ReviewError(
            f"expected a {kind.__name__} of format {known}, found another file: {found}", path=path
        ) from error


def file_findings(path: Path, manifest: Manifest) -> list[str]:
    """Files that are not as the manifest says: changed, gone, or not listed."""
    found = []
    listed = {one.path: one for one in manifest.files}
    there = {
        file.relative_to(path).as_posix()
        for file in path.rglob("*")
        if file.is_file() or file.is_symlink()
    }
    for name, one in listed.items():
        if name not in there:
            found.append(f"{name}: expected a file, found none")
        elif (path / name).is_symlink():
            found.append(f"{name}: expected a file, found a link")
        elif (digest := sha256(file_bytes(path / name))) != one.sha256:
            found.append(f"{name}: expected sha256 {one.sha256}, found {digest}")
    extra = sorted(there - set(listed) - UNLISTED)
    return found + [f"{name}: expected no such file, found one" for name in extra]


def last_entries(manifest: Manifest) -> tuple[LastEntry, ...]:
    """What the next meeting is compared with."""
    return tuple(last_entry(one) for one in manifest.entries)


def last_entry(entry: Entry) -> LastEntry:
    """A dossier, as far as a comparison needs it."""
    return LastEntry(
        sample=entry.sample,
        centre=entry.centre,
        dossier_sha256=entry.dossier_sha256,
        review_sha256=entry.review_sha256,
        state=entry.state,
        standing=entry.standing,
    )
