"""The files of one dossier: ``dossier.json``, its reviews and their signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.errors import ReviewError

if TYPE_CHECKING:
    from collections.abc import Iterable
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


def dossier_folders(sources: Iterable[Path]) -> list[Path]:
    """Every folder with a dossier or a review.

    Raises:
        ReviewError: A source is missing, or holds none.
    """
    found: list[Path] = []
    for source in sources:
        if not source.is_dir():
            raise ReviewError("expected a folder with dossiers, found none", path=source)
        files = [path for path in source.rglob("dossier*") if is_of_dossier(path.name)]
        inside = sorted({path.parent for path in files if path.is_file()})
        if not inside:
            raise ReviewError(
                f"expected a folder with {DOSSIER} in it or below, found none", path=source
            )
        found += inside
    return list(dict.fromkeys(found))
