"""The files of one dossier: ``dossier.json``, its reviews and their signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

DOSSIER: Final = "dossier.json"
REVIEWED_PAGE: Final = "dossier.reviewed.html"

_REVIEW: Final = re.compile(r"dossier\.review-([1-9]\d{0,3})\.json", re.ASCII)
_SIGNATURE: Final = re.compile(r"dossier\.review-([1-9]\d{0,3})\.json\.sig", re.ASCII)


def review_name(number: int) -> str:
    """File name of a review; its signature has ``.sig`` behind it."""
    return f"dossier.review-{number}.json"


def signature_name(number: int) -> str:
    """File name of a review's signature: 64 raw bytes."""
    return f"{review_name(number)}.sig"


def review_numbers(folder: Path) -> list[int]:
    """Numbers for which there is a review or a signature, ascending."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    found = {int(m[1]) for n in names for form in (_REVIEW, _SIGNATURE) if (m := form.fullmatch(n))}
    return sorted(found)


def is_of_dossier(name: str) -> bool:
    """Whether a file belongs to what is signed or signs."""
    return name == DOSSIER or bool(_REVIEW.fullmatch(name) or _SIGNATURE.fullmatch(name))
