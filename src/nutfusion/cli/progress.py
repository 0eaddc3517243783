"""Progress of long work, on a terminal only."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EVERY: Final = 0.2
"""Seconds between two updates."""


@contextmanager
def progress_on(sample: str) -> Iterator[Callable[[float, int], None] | None]:
    """Give a function that shows the share read and the fragments so far, or ``None``.

    It writes one line to standard error, overwritten as the work goes on and cleared at the end;
    where standard error is not a terminal it gives ``None`` and nothing is written.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    shown = 0.0

    def show(share: float, fragments: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown >= EVERY:
            shown = now
            sys.stderr.write(f"\r{sample}: {share:4.0%}, {fragments:,} fragments")
            sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
