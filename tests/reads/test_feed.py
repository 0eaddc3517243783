"""Files are read ahead by any number of threads; who asks gets the same blocks in order."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutfusion.errors import FastqError
from nutfusion.reads.feed import AHEAD, Feed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutfusion.reads.source import Block, FastqSource


@dataclass
class File:
    """A file of numbered blocks; notes who reads it, and how many blocks were read."""

    number: int
    count: int
    delay: float = 0.0
    fails: bool = False
    read: int = 0
    is_being_read: bool = False

    def blocks(self) -> Iterator[tuple[int, int]]:
        for i in range(self.count):
            assert not self.is_being_read
            self.is_being_read = True
            time.sleep(self.delay)
            self.read += 1
            self.is_being_read = False
            yield self.number, i
        if self.fails:
            raise FastqError("truncated")


def feed(files: Sequence[File], helpers: int) -> Feed:
    return Feed(cast("Sequence[FastqSource]", files), helpers)


def number_of(block: Block) -> tuple[int, int]:
    return cast("tuple[int, int]", block)


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(0, 12), min_size=1, max_size=3),
    delays=st.lists(st.sampled_from([0.0, 0.0, 0.0005]), min_size=3, max_size=3),
    helpers=st.integers(0, 3),
    order=st.randoms(use_true_random=False),
)
def test_every_file_gives_its_blocks_in_order_whoever_reads_them(
    counts: list[int], delays: list[float], helpers: int, order: object
) -> None:
    files = [File(i, count, delays[i]) for i, count in enumerate(counts)]
    found: list[list[tuple[int, int]]] = [[] for _ in files]
    with closing(feed(files, helpers)) as fed:
        lines = {i: fed.blocks(i) for i in range(len(files))}
        while lines:
            i = order.choice(sorted(lines))  # type: ignore[attr-defined]
            block = next(lines[i], None)
            if block is None:
                del lines[i]
            else:
                found[i].append(number_of(block))
    assert found == [[(i, n) for n in range(count)] for i, count in enumerate(counts)]


@pytest.mark.parametrize("helpers", [0, 1, 2])
def test_what_a_file_raises_comes_after_its_blocks_and_in_its_turn(helpers: int) -> None:
    files = [File(0, 6), File(1, 3, fails=True)]
    fed = feed(files, helpers)
    first, second = fed.blocks(0), fed.blocks(1)
    assert [number_of(next(second))[1] for _ in range(3)] == [0, 1, 2]
    assert [number_of(block)[1] for block in first] == [0, 1, 2, 3, 4, 5]
    with pytest.raises(FastqError, match="truncated"):
        next(second)
    fed.close()


@pytest.mark.parametrize("helpers", [1, 2])
def test_no_file_is_read_far_ahead_of_who_asks(helpers: int) -> None:
    files = [File(0, 40), File(1, 40)]
    fed = feed(files, helpers)
    first = fed.blocks(0)
    next(first)
    deadline = time.monotonic() + 5
    while [file.read for file in files] != [1 + AHEAD, AHEAD] and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.02)
    assert [file.read for file in files] == [1 + AHEAD, AHEAD]
    fed.close()


def test_a_pass_that_ends_early_leaves_no_thread() -> None:
    before = threading.active_count()
    fed = feed([File(0, 1000, 0.001), File(1, 1000, 0.001)], 2)
    next(fed.blocks(0))
    fed.close()
    assert threading.active_count() == before


def test_without_helpers_nothing_is_read_before_it_is_asked_for() -> None:
    files = [File(0, 3), File(1, 3)]
    fed = feed(files, 0)
    next(fed.blocks(1))
    assert [file.read for file in files] == [0, 1]
