"""Arrays that grow, compressed until they are whole.

The pass over the reads has its largest buffers while it lasts; what it collects takes a quarter of
the room until they are gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from isal import isal_zlib

from nutfusion.reads.kept import Ragged, offsets_of

LEVEL: Final = 1
"""Of ISA-L's deflate: names share most of their characters, and more work finds little more."""
LOOSE: Final = 1 << 17
"""Bytes that are compressed together."""


_UNREAD: Final = 4
"""Code of a base that is none of A, C, G, T (see ``kept.CODES``)."""
_FOUR: Final = (
    (np.arange(256)[:, None] >> np.array([0, 2, 4, 6]) & 3).astype(np.uint8).view(np.uint32).ravel()
)
"""The four base codes of a byte, as they lie in memory; shape (256,)."""


@dataclass(frozen=True, slots=True)
class Small:
    """An array, compressed.

    Attributes:
        data: Its bytes.
        dtype: Of the elements.
        shape: Of the array.
    """

    data: bytes
    dtype: np.dtype[np.generic]
    shape: tuple[int, ...]

    def array(self) -> np.ndarray:
        """As it was; read-only."""
        return np.frombuffer(isal_zlib.decompress(self.data), self.dtype).reshape(self.shape)


@dataclass(frozen=True, slots=True)
class SmallBases:
    """Base codes, in which nothing recurs: two bits for each.

    Attributes:
        data: Four bases a byte, the first lowest; bases that are not known as 0.
        unread: int32: where those are.
        count: Bases.
    """

    data: np.ndarray
    unread: Small
    count: int

    def array(self) -> np.ndarray:
        """As it was."""
        bases: np.ndarray = _FOUR.take(self.data).view(np.uint8)[: self.count]
        bases[self.unread.array()] = _UNREAD
        return bases


def small(array: np.ndarray) -> Small:
    """Compress an array."""
    return Small(isal_zlib.compress(array.tobytes(), LEVEL), array.dtype, array.shape)


def small_bases(codes: np.ndarray) -> SmallBases:
    """Compress base codes (uint8, shape (n,), 0 to 4)."""
    known = np.zeros((len(codes) + 3) // 4 * 4, np.uint8)
    known[: len(codes)] = codes
    unread = np.flatnonzero(codes == _UNREAD).astype(np.int32)
    known[unread] = 0
    fours = known.reshape(-1, 4)
    data = fours[:, 0] | fours[:, 1] << 2 | fours[:, 2] << 4 | fours[:, 3] << 6
    return SmallBases(data, small(unread), len(codes))


class Pile:
    """An array that grows.

    Args:
        dtype: Of the elements.
        shape: Of one element; a scalar by default.
        bases: It holds base codes.
    """

    def __init__(
        self, dtype: type[np.generic], shape: tuple[int, ...] = (), *, bases: bool = False
    ) -> None:
        self._empty = np.empty((0, *shape), dtype)
        self._bases = bases
        self._length = 0
        self._packed: list[Small | SmallBases] = []
        self._loose: list[np.ndarray] = []
        self._bytes = 0

    def __len__(self) -> int:
        return self._length

    def add(self, piece: np.ndarray) -> None:
        """Put elements at the end."""
        self._length += len(piece)
        self._loose.append(piece.astype(self._empty.dtype))
        self._bytes += self._loose[-1].nbytes
        if self._bytes >= LOOSE:
            whole = np.concatenate(self._loose)
            self._packed.append(small_bases(whole) if self._bases else small(whole))
            self._loose = []
            self._bytes = 0

    def done(self) -> np.ndarray:
        """What was added; the pile is empty afterwards."""
        out = np.empty((self._length, *self._empty.shape[1:]), self._empty.dtype)
        end = self._length
        for piece in reversed(self._loose):
            out[end - len(piece) : end] = piece
            end -= len(piece)
        self._loose = []
        while self._packed:  # each is let go before the next one is unpacked
            piece = self._packed.pop().array()
            out[end - len(piece) : end] = piece
            end -= len(piece)
        self._length = self._bytes = 0
        return out


class RaggedPile:
    """Byte strings that are being collected.

    Args:
        bases: They are base codes.
    """

    def __init__(self, *, bases: bool = False) -> None:
        self._data = Pile(np.uint8, bases=bases)
        self._lengths = Pile(np.int32)

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, strings: Ragged) -> None:
        """Put strings at the end."""
        self._data.add(strings.data)
        self._lengths.add(np.diff(strings.offsets))

    def done(self) -> Ragged:
        """The strings; the pile is empty afterwards."""
        return Ragged(self._data.done(), offsets_of(self._lengths.done()))
