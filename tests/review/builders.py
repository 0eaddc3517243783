"""A dossier in a folder, and a biologist with a key; every key is made from a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.dossier.examples import EXAMPLES

from nutfusion.review.facts import read_facts
from nutfusion.review.keys import TrustedKeys, public_text
from nutfusion.review.make import Said
from nutfusion.review.model import ReviewVerdict
from nutfusion.review.write import sign_review

if TYPE_CHECKING:
    from pathlib import Path

DAY: Final = "2026-11-24"
ACCEPTED: Final = Said(ReviewVerdict.ACCEPTED)


def key(number: int = 1) -> Ed25519PrivateKey:
    """The same key for the same number."""
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def trusted(*numbers: int) -> TrustedKeys:
    return TrustedKeys({public_text(key(n).public_key()): f"lab-{n}" for n in numbers or (1,)})


def dossier_folder(folder: Path, example: str = "positive", **changes: str) -> Path:
    """A folder with an example dossier; ``old=new`` replaces texts in it."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (EXAMPLES / f"{example}.json").read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    (folder / "dossier.json").write_text(text, encoding="utf-8")
    return folder


def corrected(*changes: tuple[str, str, str]) -> Said:
    return Said(ReviewVerdict.CORRECTED, corrections=changes)


def rejected(reason: str = "artefact de ligation") -> Said:
    return Said(ReviewVerdict.REJECTED, reason=reason)


def signed(folder: Path, *said: Said, by: int = 1, **options: Any) -> Path:
    """Sign the next review; without ``said`` every fusion is accepted."""
    facts = read_facts(folder / "dossier.json")
    decisions = said or (ACCEPTED,) * len(facts.fusions)
    by_id = dict(zip([f.fusion_id for f in facts.fusions], decisions, strict=True))
    settings: dict[str, Any] = {"reviewer": "10001234567", "centre": "CHU-A", "signed_at": DAY}
    return sign_review(folder, by_id, key(by), **{**settings, **options})
