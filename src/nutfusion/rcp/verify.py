"""Is a bundle what its manifest says, and does the manifest say what the dossiers are?"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nutfusion.errors import ReviewError
from nutfusion.model.atomic import atomic_paths
from nutfusion.rcp.build import trusted_of
from nutfusion.rcp.bundle import (
    DOSSIERS,
    MANIFEST,
    MANIFEST_KEY,
    MANIFEST_SIGNATURE,
    file_findings,
    read_bundle,
    read_manifest,
)
from nutfusion.rcp.entries import check_folders, entries
from nutfusion.review.bytes import file_bytes, record_bytes, sha256
from nutfusion.review.keys import (
    TrustedKeys,
    fingerprint,
    is_signature,
    public_pem,
    public_text,
    read_public_key,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from nutfusion.rcp.bundle import Bundle
    from nutfusion.rcp.model import Entry, Manifest


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """What is known of a bundle.

    Attributes:
        manifest: Its manifest.
        sha256: Digest of the manifest.
        signature: Who signed the manifest, in words.
        entries: The dossiers as the reader's keys judge them; empty when files were touched.
        findings: Everything that is not as it was written, one line each.
    """

    manifest: Manifest
    sha256: str
    signature: str
    entries: tuple[Entry, ...]
    findings: tuple[str, ...]


def verify_bundle(path: Path, trusted: TrustedKeys | None) -> BundleCheck:
    """Check files, manifest, its signature, dossiers, reviews, decisions and their chains.

    Args:
        path: The bundle.
        trusted: Keys that the reader vouches for; ``None``: those in the bundle, which prove only
            that it agrees with itself.

    Raises:
        ReviewError: There is no bundle.
    """
    manifest, digest = read_manifest(path)
    findings = file_findings(path, manifest)
    signature, wrong = _signature(path, trusted)
    findings += wrong
    judged: tuple[Entry, ...] = ()
    if not findings:
        bundle = read_bundle(path)
        findings += _decision_findings(bundle)
        findings += _entry_findings(bundle, manifest)
        judged = _judged(bundle, trusted_of(bundle) if trusted is None else trusted)
        findings += _trust_findings(manifest, judged)
    return BundleCheck(manifest, digest, signature, judged, tuple(findings))


def sign_manifest(path: Path, key: Ed25519PrivateKey) -> str:
    """Sign the manifest of an untouched bundle.

    Returns:
        The fingerprint of the key.
    """
    read_bundle(path)
    public = public_text(key.public_key())
    signature = key.sign(file_bytes(path / MANIFEST))
    with atomic_paths((path / MANIFEST_KEY, path / MANIFEST_SIGNATURE)) as (key_file, signed):
        key_file.write_bytes(public_pem(public))
        signed.write_bytes(signature)
    return fingerprint(public)


def _signature(path: Path, trusted: TrustedKeys | None) -> tuple[str, list[str]]:
    """Who signed the manifest, and what is wrong with that."""
    signature, key_file = path / MANIFEST_SIGNATURE, path / MANIFEST_KEY
    if not signature.exists() and not key_file.exists():
        return "unsigned", []
    try:
        key = read_public_key(key_file)
        is_good = is_signature(key, file_bytes(signature), file_bytes(path / MANIFEST))
    except ReviewError as error:
        return "wrong", [str(error)]
    if not is_good:
        expected = f"a signature over {MANIFEST} by {fingerprint(key)}"
        return "wrong", [f"{MANIFEST_SIGNATURE}: expected {expected}, found another"]
    label = None if trusted is None else trusted.keys.get(key)
    known = "nobody vouches for it here" if label is None else label
    return f"signed with {fingerprint(key)} ({known})", []


def _judged(bundle: Bundle, trusted: TrustedKeys) -> tuple[Entry, ...]:
    with tempfile.TemporaryDirectory() as scratch:
        return entries(bundle, check_folders(bundle.folders, trusted, Path(scratch)))[0]


def _entry_findings(bundle: Bundle, manifest: Manifest) -> list[str]:
    """Entries of the manifest that do not follow from the files."""
    follows = {one.folder: one for one in _judged(bundle, trusted_of(bundle))}
    found = [
        f"{MANIFEST}#{one.folder}: expected what follows from its files, found something else"
        for one in manifest.entries
        if follows.pop(one.folder, None) != one
    ]
    return found + [f"{MANIFEST}: expected {DOSSIERS}/{name}, found none" for name in follows]


def _trust_findings(manifest: Manifest, judged: tuple[Entry, ...]) -> list[str]:
    """Dossiers that the bundle calls signed and the reader's keys do not."""
    says = {one.folder: one.status for one in manifest.entries}
    return [
        f"{DOSSIERS}/{one.folder}: expected {says[one.folder].value} as the bundle says, found"
        f" {one.status.value} with these keys"
        for one in judged
        if one.status != says.get(one.folder, one.status)
    ]


def _decision_findings(bundle: Bundle) -> list[str]:
    """Decisions whose chain or dossier does not fit."""
    found = []
    digests = {one.folder: one.dossier_sha256 for one in _judged(bundle, TrustedKeys({}))}
    for folder, decisions in bundle.decisions.items():
        before = None
        for number, one in enumerate(decisions, start=1):
            if one.number != number or one.previous_sha256 != before:
                found.append(f"{folder}: decision {number}: the chain is broken")
            if one.dossier_sha256 != digests.get(folder):
                found.append(f"{folder}: decision {number}: was taken on another dossier")
            before = sha256(record_bytes(one))
    for folder, withdrawal in bundle.withdrawals.items():
        if folder not in digests or withdrawal.dossier_sha256 != digests[folder]:
            found.append(f"{folder}: the withdrawal is of another dossier")
    return found
