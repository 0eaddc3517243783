"""Where the real-data folder is: third-party sequences and reads, read in place.

``NUTFUSION_REAL_DATA`` names the folder. Without it, the default below is looked at. Nothing of
the folder is ever copied into the project.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

ENVIRONMENT_VARIABLE: Final = "NUTFUSION_REAL_DATA"
PROJECT_ROOT: Final = Path(__file__).resolve().parents[2]
DEFAULT: Final = PROJECT_ROOT.parent / "shared" / "real"


def folder() -> Path:
    """The real-data folder, whether it is there or not."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    return Path(named) if named else DEFAULT


def is_available() -> bool:
    """Whether tests that need the folder must run.

    A folder that somebody named must be usable: its absence then fails tests, it does not skip
    them.
    """
    return ENVIRONMENT_VARIABLE in os.environ or folder().is_dir()


def path(*parts: str) -> Path:
    """A file of the folder.

    Raises:
        FileNotFoundError: The folder has no such file.
    """
    found = folder().joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"the real-data folder {folder()} has no {'/'.join(parts)}")
    return found
