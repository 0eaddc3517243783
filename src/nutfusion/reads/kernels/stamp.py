"""Compiled code is as old as the sources of all kernels together.

numba keeps compiled code with a stamp of the file that a function stands in. A kernel that uses
another module's constants or functions has them compiled in, and would go on using the old ones
when only that module changes. The places that numba looks in are the same here; the stamp is one
of every module of the package, so that a change of any compiles all of them anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

from numba.core import caching


def _digest() -> str:
    """SHA-256 of the sources of this package, by name."""
    whole = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        source = path.read_bytes()
        whole.update(f"{path.name} {len(source)}\n".encode() + source)
    return whole.hexdigest()


_DIGEST: Final = _digest()
_PACKAGE: Final = __name__.rpartition(".")[0] + "."


def _with_digest(place: Any) -> Any:
    """One of numba's locators, with another stamp for functions of this package."""

    class Locator(place):  # type: ignore[misc]
        def __init__(self, py_func: Any, py_file: str) -> None:
            super().__init__(py_func, py_file)
            self._ours = py_func.__module__.startswith(_PACKAGE)

        def get_source_stamp(self) -> Any:
            stamp = super().get_source_stamp()
            return (stamp, _DIGEST) if self._ours else stamp

    return Locator


def is_stamped(stamp: Any) -> bool:
    """Whether a stamp is one of this package's functions."""
    return isinstance(stamp, tuple) and stamp[1:] == (_DIGEST,)


def stamp_together() -> None:
    """Let numba ask for the stamp of all kernels, wherever it keeps compiled code.

    NB: numba lets no program before version 0.62 name its own locators, so its list is replaced.
    Other packages' functions keep the stamp that they have.
    """
    places = caching.CacheImpl._locator_classes  # noqa: SLF001
    caching.CacheImpl._locator_classes = [_with_digest(place) for place in places]  # noqa: SLF001
