"""Compiled loops take short cuts; here each is held against what it says, done the slow way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reads.builders import starter_map, starter_table

from nutfusion.reads.kernels import edges as e
from nutfusion.reads.kernels import pieces, probes
from nutfusion.reads.kernels import place as p
from nutfusion.reads.kernels import scan as s
from nutfusion.reads.kernels.trim import trim_overhangs
from nutfusion.reads.kernels.wide import SLACK
from nutfusion.reads.short_pieces import edge_rows

N = 4
"""Code of a base that is not known."""


def drawn(rng: np.random.Generator, length: int) -> np.ndarray:
    return rng.integers(0, 4, length).astype(np.uint8)


def spoiled(rng: np.random.Generator, read: np.ndarray, errors: int, unread: int) -> np.ndarray:
    """A read with so many bases changed, and so many not known; the same place may be hit twice."""
    out = read.copy()
    for at in rng.integers(0, len(out), errors):
        out[at] = (out[at] + rng.integers(1, 4)) % 4
    out[rng.integers(0, len(out), unread)] = N
    return out


def other_strand(read: np.ndarray) -> np.ndarray:
    return np.where(read < N, 3 - read, read)[::-1].astype(np.uint8)


def fragment_by_definition(one: np.ndarray, two: np.ndarray, shortest: int) -> int | None:
    """The longest fragment that both mates run through; ``None`` for none."""
    for n in range(min(len(one), len(two)) - 1, shortest - 1, -1):
        same = one[:n], other_strand(two[:n])
        known = (same[0] < N) & (same[1] < N)
        if known.sum() >= shortest and (same[0] != same[1])[known].sum() <= n // 12:
            return n
    return None


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    insert=st.integers(16, 130),
    lengths=st.tuples(st.integers(20, 120), st.integers(20, 120)),
    errors=st.integers(0, 12),
    unread=st.integers(0, 12),
)
def test_mates_are_cut_at_the_longest_fragment_that_both_show(
    seed: int, insert: int, lengths: tuple[int, int], errors: int, unread: int
) -> None:
    rng = np.random.default_rng(seed)
    fragment = drawn(rng, insert)
    mates = [
        spoiled(rng, np.concatenate([strand, drawn(rng, 130)])[:length], errors, unread)
        for strand, length in zip((fragment, other_strand(fragment)), lengths, strict=True)
    ]
    used = [np.array([len(mate)], np.int32) for mate in mates]
    zero = np.array([0, 0], np.int64)
    trim_overhangs(mates[0], zero, used[0], mates[1], zero, used[1], 24)
    expected = fragment_by_definition(mates[0], mates[1], 24)
    assert (used[0][0], used[1][0]) == ((expected, expected) if expected else lengths)


EDGES = [edge_rows(starter_map(), upstream=upstream)[1] for upstream in (True, False)]
EVERYTHING = np.full(4**e.END, 0xFFFFFFFFFFFFFFFF, np.uint64)


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    which=st.integers(0, 1),
    nutm1=st.integers(5, 34),
    errors=st.integers(0, 3),
    unread=st.integers(0, 2),
    at_end=st.booleans(),
)
def test_no_piece_beside_an_edge_is_left_out_because_of_how_it_ends(
    seed: int, which: int, nutm1: int, errors: int, unread: int, at_end: bool
) -> None:
    rng = np.random.default_rng(seed)
    rows = EDGES[which]
    edges = e.packed(rows)
    piece = spoiled(rng, rows[rng.integers(len(rows))][:nutm1], errors, unread)
    beyond = drawn(rng, int(rng.integers(0, 40)))
    # a read that ends with the piece, or begins with it backwards
    read = np.concatenate([beyond, piece] if at_end else [piece[::-1], beyond])
    found, everything = (
        e.piece_of_codes(read, 0, len(read), edges, tried, at_end)
        for tried in (e.tried_by_end(edges, 2), EVERYTHING)
    )
    assert found == everything


def test_of_equal_edges_the_first_is_named_however_many_there_are() -> None:
    # of 40 edges some share a bit of the table; the 36th is the fourth once more
    rows = np.stack([drawn(np.random.default_rng(i), e.REACH) for i in range(40)])
    rows[35] = rows[3]
    edges = e.packed(rows)
    tried = e.tried_by_end(edges, 2)
    assert e.piece_of_codes(rows[3][:12], 0, 12, edges, tried, True) == (3, 12)


def best_by_definition(steps: list[int]) -> tuple[int, int, int, int, int]:
    """All pieces of a read on a diagonal, one after the other."""
    sums = np.concatenate([[0], np.cumsum(steps)])
    every = [
        (int(sums[stop] - sums[start]), start, stop)
        for stop in range(1, len(sums))
        for start in range(stop)
    ]
    score = max(0, *(piece[0] for piece in every))
    last = len(steps) - pieces.END_CLIP
    first_score = max(0, *(x for x, start, _ in every if start <= pieces.END_CLIP))
    last_score = max(0, *(x for x, _, stop in every if stop >= last))
    # of equals the one that ends first, and of those the longest
    best = next((x for x in every if x[0] == score > 0), (0, 0, 0))
    return (*best, first_score, last_score)


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    length=st.integers(p.SEED, 80),
    errors=st.integers(0, 40),
    unread=st.integers(0, 8),
    beyond=st.sampled_from([0, -7, 30]),
)
def test_the_best_piece_of_a_diagonal_is_the_best_of_all_its_pieces(
    seed: int, length: int, errors: int, unread: int, beyond: int
) -> None:
    rng = np.random.default_rng(seed)
    bases = np.concatenate([drawn(rng, 100), np.array([5] * 20, np.uint8)])
    diagonal = beyond if beyond < 0 else int(rng.integers(0, 100 - length + 1)) + beyond
    place = np.clip(np.arange(diagonal, diagonal + length), 0, len(bases) - 1)
    read = spoiled(rng, np.minimum(bases[place], 3), errors, unread)
    steps = []
    for i, base in enumerate(read.tolist()):
        at = diagonal + i
        target = int(bases[at]) if 0 <= at < len(bases) else 5
        steps.append(1 if base == target else 0 if base == N and target < 5 else -pieces.MISMATCH)
    slack = np.full(SLACK, 5, np.uint8)
    longer, more = np.concatenate([read, slack]), np.concatenate([bases, slack])
    for is_known in {False, not unread}:  # with and without the wide comparison
        found = pieces.best_piece(longer, length, more, diagonal, is_known)
        assert found == best_by_definition(steps)
    pre = np.empty(length + 1, np.int32)
    suf = np.empty(length + 1, np.int32)
    pieces.ends(read, length, bases, diagonal, pre, suf)
    assert (pre.max(), suf.max()) == best_by_definition(steps)[3:]


LETTERS = np.frombuffer(b"ACGT", np.uint8)


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    length=st.one_of(st.integers(probes.K, 160), st.integers(500, 700)),
    known=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 2**31)), max_size=4),
)
def test_every_probe_that_the_table_has_counts(
    seed: int, length: int, known: list[tuple[int, int]]
) -> None:
    # 16-mers of the table stand anywhere in a read, so that some lie under a probe
    t = starter_table()
    full = np.flatnonzero(t.classes)
    rng = np.random.default_rng(seed)
    read = LETTERS[drawn(rng, length)]
    for place, which in known:
        key = int(t.keys[full[which % len(full)]])
        at = min(place, length - probes.K) if which % 2 else min(place // 8 * 8, length - probes.K)
        read[at : at + probes.K] = [b"ACTG"[key >> 2 * i & 3] for i in range(probes.K)]
    buffer = np.concatenate([read, np.zeros(SLACK, np.uint8)])
    by_key = {int(t.keys[slot]): int(t.classes[slot]) for slot in full}
    said = [
        by_key.get(int(packed_bases_at(buffer, at)) & int(probes.K_MASK), 0)
        for at in [*range(0, length - probes.K, probes.STEP), length - probes.K]
    ]
    genes = [one for one in said if one > probes.TARGET]
    first = genes[0] if genes else 0
    expected = (probes.TARGET in said) | (genes.count(first) > 1) << 1 | first << 2
    word = packed_bases_at(buffer, 0)
    last = packed_bases_at(buffer, length - probes.K)
    found = probes.read_class(buffer, 0, length, word, last, t.sieve, t.shift, t.keys, t.classes)
    assert found == expected


def packed_bases_at(buffer: np.ndarray, at: int) -> np.uint64:
    """32 bases as one number, 2 bits each, the first base lowest."""
    codes = buffer[at : at + 32].astype(np.uint64) >> np.uint64(1) & np.uint64(3)
    return np.uint64((codes << 2 * np.arange(32, dtype=np.uint64)).sum(dtype=np.uint64))


@pytest.mark.parametrize("quality", [32, 33, 126, 127])
def test_qualities_that_are_none_are_refused(quality: int) -> None:
    stats = np.zeros(s.STATS, np.int64)
    record = np.frombuffer(b"ACGTN.nACGTACGTACGT" + bytes([70] * 18 + [quality]), np.uint8)
    assert s._measured(record, 0, 19, 19, stats) is (33 <= quality <= 126)
    total = 18 * (70 - 33) + quality - 33 if 33 <= quality <= 126 else 0
    assert stats[s.QUALITY_SUM] == total
    assert stats[s.N_COUNT] == (3 if total else 0)
