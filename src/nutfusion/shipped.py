"""Where the data files that ship with nutfusion are: ``config/`` of a checkout, or of a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from nutfusion.errors import ConfigError

_PACKAGE: Final = Path(__file__).resolve().parent

ROOTS: Final = (_PACKAGE / "config", _PACKAGE.parents[1] / "config")
"""Tried in this order: the folder inside an installed wheel, then the checkout's own."""


def shipped_path(name: str) -> Path:
    """Find a shipped data file.

    Args:
        name: Relative to ``config/``, with forward slashes, for instance ``assays/rnaseq.yaml``.

    Raises:
        ConfigError: The installation lacks the file.
    """
    for root in ROOTS:
        path = root / name
        if path.is_file():
            return path
    raise ConfigError(
        f"this installation of nutfusion lacks its data file config/{name}; install it again"
    )


def shipped_names(folder: str, suffix: str) -> tuple[str, ...]:
    """List the shipped files of a folder without their suffix, sorted.

    Args:
        folder: Relative to ``config/``, for instance ``assays``.
        suffix: With its dot, for instance ``.yaml``.
    """
    for root in ROOTS:
        if (root / folder).is_dir():
            return tuple(sorted(path.stem for path in (root / folder).glob(f"*{suffix}")))
    return ()
