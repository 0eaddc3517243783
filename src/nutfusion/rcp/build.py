"""From what came in to the whole bundle: pages, tables, PDF, manifest."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import nutfusion
from nutfusion.dossier.document import read_dossier
from nutfusion.errors import StageFileError
from nutfusion.model.atomic_folder import atomic_folder, write_into
from nutfusion.rcp.bundle import DOSSIERS, MANIFEST
from nutfusion.rcp.entries import check_folders, entries
from nutfusion.rcp.index import index_html
from nutfusion.rcp.model import ListedFile, Manifest
from nutfusion.rcp.pdf import meeting_pdf
from nutfusion.rcp.tables import meeting_tables
from nutfusion.review.bytes import record_bytes, sha256
from nutfusion.review.folder import DOSSIER
from nutfusion.review.keys import PUBLIC_SUFFIX, TrustedKeys
from nutfusion.review.section import reviewed_html

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier
    from nutfusion.model.panel import Panel
    from nutfusion.rcp.bundle import Bundle
    from nutfusion.rcp.model import BoardDecision, Entry
    from nutfusion.review.check import FolderCheck

INDEX: Final = "index.html"
PDF: Final = "rcp.pdf"
PAGE: Final = "dossier.html"
TABLES: Final = "tables"


class Built(NamedTuple):
    """A bundle in memory.

    Attributes:
        files: Every file but the manifest, by path.
        manifest: What lists them.
    """

    files: dict[str, bytes]
    manifest: Manifest


def build(bundle: Bundle, panel: Panel) -> Built:
    """Make everything that a bundle holds; the same inputs give the same bytes."""
    trusted = trusted_of(bundle)
    with tempfile.TemporaryDirectory() as scratch:
        checks = check_folders(bundle.folders, trusted, Path(scratch))
        made, gone = entries(bundle, checks)
        files = bundle.files()
        dossiers: list[Dossier] = []
        for entry in made:
            found = checks[entry.folder]
            if found.facts is None:
                continue
            files[f"{DOSSIERS}/{entry.folder}/{PAGE}"] = reviewed_html(found, panel).encode()
            # NB: of a touched dossier no state is repeated; nobody discusses a withdrawn one
            if entry.state is not None and entry.withdrawal is None:
                dossiers += _readable(found)
        decisions = _decisions(bundle, made)
        tables = meeting_tables(bundle.meeting.week, made, decisions, dossiers)
        files |= {f"{TABLES}/{name}": data for name, data in tables.items()}
        files[INDEX] = index_html(bundle.meeting, made, gone).encode()
        files[PDF] = meeting_pdf(bundle.meeting, made, gone, checks)
    listed = tuple(
        ListedFile(path=name, bytes=len(data), sha256=sha256(data))
        for name, data in sorted(files.items())
    )
    manifest = Manifest(
        week=bundle.meeting.week,
        nutfusion=nutfusion.__version__,
        entries=made,
        gone=gone,
        files=listed,
    )
    return Built(files, manifest)


def write_bundle(target: Path, bundle: Bundle, panel: Panel) -> Manifest:
    """Make and write a bundle; nothing is written when nothing changed.

    The whole folder is written beside the old one and takes its place. The signature of a manifest
    that changed goes with the old one.
    """
    built = build(bundle, panel)
    data = record_bytes(built.manifest)
    there = target / MANIFEST
    if there.is_file() and there.read_bytes() == data:
        return built.manifest
    with atomic_folder(target) as fresh:
        write_into(fresh, {**built.files, MANIFEST: data})
    return built.manifest


def trusted_of(bundle: Bundle) -> TrustedKeys:
    """The keys that the bundle holds."""
    with tempfile.TemporaryDirectory() as scratch:
        paths = []
        for label, pem in bundle.keys.items():
            paths.append(Path(scratch) / f"{label}{PUBLIC_SUFFIX}")
            paths[-1].write_bytes(pem)
        return TrustedKeys.read(paths)


def _readable(found: FolderCheck) -> list[Dossier]:
    """The dossier, when this nutfusion knows its version."""
    try:
        return [read_dossier(found.folder / DOSSIER)]
    except StageFileError:
        return []


def _decisions(bundle: Bundle, made: tuple[Entry, ...]) -> list[tuple[Entry, BoardDecision]]:
    return [(entry, one) for entry in made for one in bundle.decisions.get(entry.folder, [])]
