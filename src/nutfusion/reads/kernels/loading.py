"""Kept compiled code is loaded without what only compiling needs.

Before numba loads the first function that it has kept, it loads all that it knows about Python and
numpy, a quarter of a second of every sample. Code that is already compiled needs its own runtime
alone (counted references of arrays); a function that has to be compiled after all makes numba load
the rest, as it always does.
"""

from __future__ import annotations

from typing import Any

from numba.core import caching
from numba.core.runtime.nrt import rtsys


def load_quickly() -> None:
    """Let numba load functions that it has kept with its runtime alone.

    NB: this reaches into numba, which promises nothing about it. A numba in which these parts have
    other names loads everything, as without this call; ``tests/reads/test_kernel_loading.py`` says
    whether the installed one is of use.
    """
    if hasattr(caching.Cache, "_load_overload") and hasattr(rtsys, "initialize"):
        caching.Cache.load_overload = _load_overload  # type: ignore[method-assign]


def _load_overload(cache: Any, signature: Any, context: Any) -> Any:
    """A kept function; ``None`` when there is none, and numba compiles it."""
    rtsys.initialize(context)
    found = None
    with cache._guard_against_spurious_io_errors():  # noqa: SLF001
        found = cache._load_overload(signature, context)  # noqa: SLF001
    return found  # noqa: RET504
