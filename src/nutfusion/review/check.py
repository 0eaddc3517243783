"""Is a dossier, and are its reviews, what was signed? And if not, what was touched?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import ValidationError

from nutfusion.errors import ReviewError
from nutfusion.review.bytes import file_bytes, json_object, sha256
from nutfusion.review.facts import DossierFacts, dossier_facts
from nutfusion.review.folder import DOSSIER, review_name, review_numbers, signature_name
from nutfusion.review.keys import fingerprint, is_signature
from nutfusion.review.model import REVIEW_VERSION, Review

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.review.keys import TrustedKeys


class SignatureState(StrEnum):
    """What is known of a signature.

    ``UNKNOWN_KEY``: it fits the key that the review names, but nobody vouches for that key.
    """

    TRUSTED = "trusted"
    UNKNOWN_KEY = "unknown_key"
    WRONG = "wrong"
    MISSING = "missing"


class FolderStatus(StrEnum):
    """What is known of a dossier and its reviews."""

    SIGNED = "signed"
    SIGNED_UNKNOWN_KEY = "signed_unknown_key"
    UNSIGNED = "unsigned"
    TOUCHED = "touched"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was signed.

    Attributes:
        code: Message key of the section ``finding``.
        where: File name, with the part behind ``#`` when it is known.
        expected: What was signed.
        found: What is there.
    """

    code: str
    where: str
    expected: str
    found: str

    def __str__(self) -> str:
        """One line for a terminal."""
        return f"{self.where}: {self.code}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, slots=True)
class ReviewCheck:
    """One review of a folder.

    Attributes:
        number: Its number.
        review: ``None`` when it cannot be read.
        sha256: Digest of the file; ``None`` when it is missing.
        signature: What is known of the signature.
        key_label: Name under which the key is vouched for; ``None`` when it is not.
    """

    number: int
    review: Review | None
    sha256: str | None
    signature: SignatureState
    key_label: str | None


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """A dossier and its reviews.

    Attributes:
        folder: Where they are.
        dossier_sha256: Digest of ``dossier.json``; ``None`` when it cannot be read.
        facts: What it says; ``None`` when it is no dossier.
        reviews: In order.
        findings: Everything that is not as it was signed; empty when all is.
    """

    folder: Path
    dossier_sha256: str | None
    facts: DossierFacts | None
    reviews: tuple[ReviewCheck, ...]
    findings: tuple[Finding, ...]

    @property
    def status(self) -> FolderStatus:
        """The worst that is known; the last review's key decides between the signed ones."""
        if self.findings:
            return FolderStatus.TOUCHED
        if not self.reviews:
            return FolderStatus.UNSIGNED
        if self.reviews[-1].signature is SignatureState.TRUSTED:
            return FolderStatus.SIGNED
        return FolderStatus.SIGNED_UNKNOWN_KEY

    @property
    def last(self) -> ReviewCheck | None:
        """The review that holds; ``None`` without reviews or when anything was touched."""
        return self.reviews[-1] if self.reviews and not self.findings else None


def check_folder(folder: Path, trusted: TrustedKeys) -> FolderCheck:
    """Check a dossier, its reviews, their chain and their signatures.

    Never raises for what was touched: that is what it tells.

    Raises:
        ReviewError: The folder has no ``dossier.json`` and no review.
    """
    numbers = review_numbers(folder)
    path = folder / DOSSIER
    if not path.exists() and not numbers:
        raise ReviewError(f"expected a folder with {DOSSIER}, found none", path=folder)
    findings: list[Finding] = []
    data, facts = _dossier(path, findings)
    digest = None if data is None else sha256(data)
    reviews: list[ReviewCheck] = []
    before: str | None = None
    for number in range(1, (numbers[-1] if numbers else 0) + 1):
        one = _review(folder, number, trusted, findings)
        if one.review is not None:
            _against(one.review, number, before, digest, facts, findings)
        before = one.sha256
        reviews.append(one)
    return FolderCheck(folder, digest, facts, tuple(reviews), tuple(dict.fromkeys(findings)))


def _dossier(path: Path, findings: list[Finding]) -> tuple[bytes | None, DossierFacts | None]:
    """The dossier's bytes and what it says."""
    try:
        data = file_bytes(path)
    except ReviewError as error:
        findings.append(Finding("dossier_unreadable", DOSSIER, "a dossier", error.message))
        return None, None
    try:
        return data, dossier_facts(data, path)
    except ReviewError as error:
        findings.append(Finding("dossier_unreadable", DOSSIER, "a dossier", error.message))
        return data, None


def _review(
    folder: Path, number: int, trusted: TrustedKeys, findings: list[Finding]
) -> ReviewCheck:
    """Read one review and hold it against its signature."""
    name = review_name(number)
    try:
        data = file_bytes(folder / name)
    except ReviewError:
        findings.append(Finding("review_missing", name, "a review", "no file"))
        return ReviewCheck(number, None, None, SignatureState.MISSING, None)
    digest = sha256(data)
    try:
        review = parse_review(data, folder / name)
    except ReviewError as error:
        findings.append(Finding("review_unreadable", name, "a review", error.message))
        return ReviewCheck(number, None, digest, SignatureState.WRONG, None)
    key = review.reviewer.public_key
    state = _signature(folder, number, data, key, trusted, findings)
    label = trusted.keys.get(key) if state is SignatureState.TRUSTED else None
    return ReviewCheck(number, review, digest, state, label)


def _signature(
    folder: Path, number: int, data: bytes, key: str, trusted: TrustedKeys, findings: list[Finding]
) -> SignatureState:
    path = folder / signature_name(number)
    if not path.exists():
        findings.append(Finding("signature_missing", path.name, "a signature", "no file"))
        return SignatureState.MISSING
    if not is_signature(key, file_bytes(path), data):
        findings.append(
            Finding(
                "signature_wrong",
                path.name,
                f"a signature over {review_name(number)} by {_shown(key)}",
                "one over other bytes or by another key",
            )
        )
        return SignatureState.WRONG
    return SignatureState.TRUSTED if key in trusted else SignatureState.UNKNOWN_KEY


def parse_review(data: bytes, path: Path) -> Review:
    """A review from its bytes.

    Raises:
        ReviewError: It is none, or of a version that this nutfusion does not know.
    """
    document = json_object(data, path)
    if document.get("tag") != "nutfusion review":
        raise ReviewError(
            f'expected "tag": "nutfusion review", found {document.get("tag")!r}', path=path
        )
    match document.get("schema_version"):
        case [int(major), int(minor)] if major == REVIEW_VERSION[0] and minor <= REVIEW_VERSION[1]:
            pass
        case found:
            raise ReviewError(f"expected a review of format 1.0, found {found!r}", path=path)
    try:
        return Review.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReviewError(
            f"the review breaks its format: {where}: {first['msg']}", path=path
        ) from error


def _against(
    review: Review,
    number: int,
    before: str | None,
    digest: str | None,
    facts: DossierFacts | None,
    findings: list[Finding],
) -> None:
    """Hold a review against its place, the review before and the dossier."""
    name = review_name(number)
    for code, what, expected, found in (
        ("chain_broken", "number", str(number), str(review.number)),
        ("chain_broken", "previous_sha256", before or "null", review.previous_sha256 or "null"),
    ):
        if expected != found:
            findings.append(Finding(code, f"{name}#{what}", expected, found))
    if digest is not None and review.dossier_sha256 != digest:
        parts = _changed_parts(review, facts)
        findings.append(
            Finding("dossier_changed", f"{DOSSIER}#{parts}", review.dossier_sha256, digest)
        )
    elif facts is not None and not _is_about(review, facts):
        findings.append(
            Finding(
                "decisions_differ", f"{name}#decisions", "one per fusion, of this dossier", "others"
            )
        )


def _is_about(review: Review, facts: DossierFacts) -> bool:
    """Whether a review repeats what the dossier says where it decides or corrects."""
    if review.sample != facts.sample.id or review.sample_state.automatic != facts.molecular_state:
        return False
    if [d.fusion_id for d in review.decisions] != [f.fusion_id for f in facts.fusions]:
        return False
    return all(
        correction.automatic == fusion.automatic(correction.field)
        for decision, fusion in zip(review.decisions, facts.fusions, strict=True)
        for correction in decision.corrections
    )


def _changed_parts(review: Review, facts: DossierFacts | None) -> str:
    """The parts whose digest is another, gone or new; ``layout`` when only blanks differ."""
    if facts is None:
        return "unreadable"
    signed = {one.part: one.sha256 for one in review.dossier_parts}
    there = {one.part: one.sha256 for one in facts.parts}
    changed = [part for part in (*signed, *there) if signed.get(part) != there.get(part)]
    return ",".join(dict.fromkeys(changed)) or "layout"


def _shown(key: str) -> str:
    try:
        return fingerprint(key)
    except ValueError:
        return "a key that is none"
