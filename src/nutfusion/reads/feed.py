"""The blocks of several files, read ahead of who asks for them.

Files are read by as many threads as there are for it, each the file that is least ahead; who asks
for a block that nobody has read reads as well. So no thread has more to do than another, and none
waits while there is something to read: a thread for each file and one that pairs them left a
quarter of two cores idle.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutfusion.reads.source import Block, FastqSource

AHEAD: Final = 4
"""Blocks that a file may be ahead of its mate: back-pressure instead of memory."""


@dataclass(slots=True)
class _Line:
    """One file.

    Attributes:
        blocks: What is left of it; only who has set ``is_taken`` may ask for more.
        ready: Blocks that were read.
        is_taken: A thread is reading it.
        has_ended: There is nothing left, or ``error`` is why.
    """

    blocks: Iterator[Block]
    ready: deque[Block] = field(default_factory=deque)
    is_taken: bool = False
    has_ended: bool = False
    error: BaseException | None = None


class Feed:
    """Blocks of some files.

    Args:
        sources: The files.
        helpers: Threads beside the one that asks; none: it reads all by itself.
    """

    def __init__(self, sources: Sequence[FastqSource], helpers: int) -> None:
        self._lines = [_Line(source.blocks()) for source in sources]
        self._change = threading.Condition()
        self._stopped = False
        self._threads = [
            threading.Thread(target=self._help, daemon=True, name=f"read-{number}")
            for number in range(min(helpers, len(sources)))
        ]
        for thread in self._threads:
            thread.start()

    def blocks(self, number: int) -> Iterator[Block]:
        """The blocks of a file in order.

        Args:
            number: Index of the file; one thread asks for all of them.

        Raises:
            FastqError: What reading it raised, after all blocks before that.
        """
        line = self._lines[number]
        while (block := self._next(line)) is not None:
            yield block

    def close(self) -> None:
        """Stop reading; wait for the threads, but not for one that waits for a pipe."""
        with self._change:
            self._stopped = True
            self._change.notify_all()
        for thread in self._threads:
            thread.join(timeout=5)

    def _next(self, line: _Line) -> Block | None:
        """The next block of a file; ``None`` at its end."""
        while True:
            with self._change:
                if line.ready:
                    self._change.notify_all()
                    return line.ready.popleft()
                if line.error is not None:
                    raise line.error
                if line.has_ended:
                    return None
                taken = self._least_ahead() if line.is_taken else line
                if taken is None:
                    self._change.wait()
                    continue
                taken.is_taken = True
            self._read(taken)

    def _least_ahead(self) -> _Line | None:
        """A file to read; ``None`` when all are far enough ahead, at their ends, or taken."""
        lines = (
            line
            for line in self._lines
            if not line.is_taken and not line.has_ended and len(line.ready) < AHEAD
        )
        return min(lines, key=lambda line: len(line.ready), default=None)

    def _read(self, line: _Line) -> None:
        """Read one block of a file that this thread has taken, and let others take it."""
        block: Block | None = None
        error: BaseException | None = None
        try:
            block = next(line.blocks, None)
        except BaseException as raised:
            error = raised
            if not isinstance(raised, Exception):
                raise
        finally:
            with self._change:
                if block is None:
                    line.has_ended, line.error = True, error
                else:
                    line.ready.append(block)
                line.is_taken = False
                self._change.notify_all()

    def _help(self) -> None:
        while True:
            with self._change:
                while (line := self._least_ahead()) is None and not self._stopped:
                    self._change.wait()
                if self._stopped or line is None:
                    return
                line.is_taken = True
            self._read(line)
