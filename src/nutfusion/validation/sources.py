"""Which code made the outcomes: a digest over the sources that they depend on."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import nutfusion
from nutfusion.shipped import shipped_path

PARTS: Final = (
    "annotation",
    "calls",
    "config_file.py",
    "errors.py",
    "evidence",
    "model",
    "reads",
    "reference",
    "scoring",
    "shipped.py",
    "simulation",
    "validation",
    "yaml_once.py",
)
"""Rooms and files of the package that are loaded between a seed and a judged verdict."""

DATA: Final = (
    "catalogued-joints.tsv",
    "error-model.yaml",
    "exon-names.tsv",
    "partners.tsv",
)
"""Shipped lists that a verdict reads; profile, run settings and panel have digests of their own."""


@cache
def sources_digest() -> str:
    """sha256 over names and bytes of those sources; the same in a checkout and in a wheel."""
    package = Path(nutfusion.__file__).parent
    found = hashlib.sha256()
    for part in PARTS:
        at = package / part
        for path in sorted(at.rglob("*.py")) if at.is_dir() else [at]:
            _add(found, path.relative_to(package).as_posix(), path)
    for name in DATA:
        _add(found, f"config/{name}", shipped_path(name))
    return found.hexdigest()


def _add(found: hashlib._Hash, name: str, path: Path) -> None:
    held = hashlib.sha256(path.read_bytes()).hexdigest()
    found.update(f"{name} {held}\n".encode())
