"""Sign a review and write it beside the dossier; nothing is ever overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutfusion.errors import ReviewError
from nutfusion.model.atomic import atomic_paths
from nutfusion.review.bytes import record_bytes
from nutfusion.review.check import check_folder
from nutfusion.review.folder import review_name, signature_name
from nutfusion.review.keys import TrustedKeys, public_text
from nutfusion.review.make import make_review
from nutfusion.review.model import Reviewer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from nutfusion.review.check import FolderCheck
    from nutfusion.review.make import Said


def sign_review(
    folder: Path,
    said: Mapping[str, Said],
    key: Ed25519PrivateKey,
    *,
    reviewer: str,
    centre: str | None,
    signed_at: str,
    state: tuple[str, str] | None = None,
    comment: str | None = None,
    seen_sha256: str | None = None,
) -> Path:
    """Write the next review of a dossier.

    Args:
        folder: With ``dossier.json``.
        said: By ``fusion_id``.
        key: Private key.
        reviewer: Professional identifier or pseudonym.
        centre: Code of the laboratory; ``None`` when not given.
        signed_at: Day, ``YYYY-MM-DD``.
        state: See ``make_review``.
        comment: See ``make_review``.
        seen_sha256: Digest of the dossier that the reviewer saw; ``None``: the one that is there.

    Returns:
        The review's path.

    Raises:
        ReviewError: See ``make_review``; or the dossier or an earlier review was touched.
    """
    found = untouched(folder)
    facts = found.facts
    if facts is None:
        raise ReviewError("expected a dossier, found none", path=folder)
    if seen_sha256 is not None and seen_sha256 != facts.sha256:
        raise ReviewError(
            "the dossier is not the one that was shown; look at it again",
            path=folder,
            code="changed",
        )
    last = found.reviews[-1] if found.reviews else None
    previous = (
        (last.review, last.sha256) if last is not None and last.review and last.sha256 else None
    )
    who = Reviewer(id=reviewer, centre=centre, public_key=public_text(key.public_key()))
    review = make_review(
        facts,
        said,
        reviewer=who,
        signed_at=signed_at,
        state=state,
        comment=comment,
        previous=previous,
    )
    data = record_bytes(review)
    target = folder / review_name(review.number)
    signature = folder / signature_name(review.number)

    def nobody_else_signed() -> None:
        for path in (target, signature):
            if path.exists():
                raise ReviewError(
                    "somebody signed at the same time; look at the dossier again",
                    path=path,
                    code="changed",
                )

    with atomic_paths((target, signature), nobody_else_signed) as (said_here, signed_here):
        said_here.write_bytes(data)
        signed_here.write_bytes(key.sign(data))
    return target


def untouched(folder: Path) -> FolderCheck:
    """A folder whose dossier and reviews are as they were signed, by whomever.

    Raises:
        ReviewError: One of them was touched.
    """
    found = check_folder(folder, TrustedKeys({}))
    if found.findings:
        raise ReviewError(
            f"was touched since it was signed, and cannot be signed on: {found.findings[0]}",
            path=folder,
            code="touched",
        )
    return found
