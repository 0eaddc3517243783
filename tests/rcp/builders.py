"""Meetings of example dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.dossier import builders as dossier_builders
from tests.review.builders import dossier_folder, signed, trusted

from nutfusion.rcp.collect import collect
from nutfusion.rcp.events import decide, withdraw

if TYPE_CHECKING:
    from pathlib import Path

    from nutfusion.rcp.model import Entry, Manifest
    from nutfusion.review.make import Said

WEEK: Final = "2026-W48"
DAY: Final = "2026-11-25"
SECRETARY: Final[dict[str, Any]] = {"by": "SEC-1", "date": "2026-11-26"}


def incoming(
    folder: Path,
    sample: str,
    *said: Said,
    example: str = "positive",
    sign: bool = True,
    **options: Any,
) -> Path:
    """A dossier of a sample, complete and signed unless told otherwise."""
    name = {"positive": "EX-POS-01", "negative": "EX-NEG-04", "failed": "EX-ECH-05"}[example]
    full = {'"pretreated": null': '"pretreated": true', '"relapse": null': '"relapse": true'}
    full |= {'"disease": null': '"disease": "carcinome NUT"', name: sample}
    made = dossier_folder(folder, example, **full)
    if sign:
        signed(made, *said, **options)
    return made


def meeting(root: Path, *sources: Path, week: str = WEEK, **options: Any) -> Manifest:
    """Collect into ``root/week``."""
    settings: dict[str, Any] = {
        "date": DAY,
        "trusted": trusted(),
        "panel": dossier_builders.panel(),
    }
    return collect(root, week, sources, **{**settings, **options})


def decided(bundle: Path, which: str, code: str, **options: Any) -> Manifest:
    settings = {"comment": None, "panel": dossier_builders.panel(), **SECRETARY}
    return decide(bundle, which, code, **{**settings, **options})


def withdrawn(bundle: Path, which: str, **options: Any) -> Manifest:
    settings = {"reason": "mauvais tube", "panel": dossier_builders.panel(), **SECRETARY}
    return withdraw(bundle, which, **{**settings, **options})


def entry(manifest: Manifest, sample: str | None) -> Entry:
    """The one entry of a pseudonym."""
    (found,) = [one for one in manifest.entries if one.sample == sample]
    return found


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a bundle."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
