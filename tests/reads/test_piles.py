"""What is collected during the pass comes back whole, and takes little room until then."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reads.builders import codes, random_bases

from nutfusion.reads.kept import ragged
from nutfusion.reads.piles import LOOSE, Pile, RaggedPile, small_bases


@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_a_pile_gives_back_what_was_added_in_order(count: int) -> None:
    rng = np.random.default_rng(count)
    pieces = [rng.integers(-9, 9, (1 + 997 * i, 3)).astype(np.int32) for i in range(count)]
    pile = Pile(np.int32, (3,))
    for piece in pieces:
        pile.add(piece)
    assert len(pile) == sum(map(len, pieces))
    whole = pile.done()
    assert whole.dtype == np.int32
    assert np.array_equal(whole, np.concatenate([np.empty((0, 3), np.int32), *pieces]))
    assert len(pile) == len(pile.done()) == 0


def test_strings_come_back_with_their_lengths() -> None:
    pile = RaggedPile(bases=True)
    strings = [bytes(codes(random_bases(1 + i % 90, i))) for i in range(4000)]
    for first in range(0, len(strings), 100):
        pile.add(ragged(strings[first : first + 100]))
    found = pile.done()
    assert [
        found.data[a:z].tobytes() for a, z in zip(found.offsets, found.offsets[1:], strict=False)
    ] == strings


@given(st.binary(max_size=300).map(lambda some: bytes(base % 5 for base in some)))
def test_bases_come_back_with_those_that_are_not_known(bases: bytes) -> None:
    packed = small_bases(np.frombuffer(bases, np.uint8))
    assert packed.array().tobytes() == bases


def test_base_codes_take_two_bits_and_a_little() -> None:
    bases = codes(random_bases(LOOSE, 1))
    bases[::1000] = 4  # one base in a thousand is an N
    packed = small_bases(bases)
    assert packed.data.nbytes + len(packed.unread.data) < 0.26 * len(bases)
    assert np.array_equal(packed.array(), bases)
