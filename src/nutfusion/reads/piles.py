"""Arrays that grow, compressed until they are whole.

The pass over the reads has its largest buffers while it lasts; what it collects takes a quarter of
the room until they are gone.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np

from nutfusion.reads.kept import Ragged, offsets_of

LEVEL: Final = 1
"""Of zlib: names share most of their characters, and more work finds little more."""
LOOSE: Final = 1 << 17
"""Bytes that are compressed together."""


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
        return np.frombuffer(zlib.decompress(self.data), self.dtype).reshape(self.shape)


def small(array: np.ndarray, *, bases: bool = False) -> Small:
    """Compress an array.

    Args:
        array: Any.
        bases: It holds base codes, in which nothing recurs: two bits and a little for each.
    """
    strategy = zlib.Z_HUFFMAN_ONLY if bases else zlib.Z_DEFAULT_STRATEGY
    packer = zlib.compressobj(LEVEL, strategy=strategy)
    data = packer.compress(array.tobytes()) + packer.flush()
    return Small(data, array.dtype, array.shape)


class Pile:
    """An array that grows.

    Args:
        dtype: Of the elements.
        shape: Of one element; a scalar by default.
        bases: See ``small``.
    """

    def __init__(
        self, dtype: type[np.generic], shape: tuple[int, ...] = (), *, bases: bool = False
    ) -> None:
        self._empty = np.empty((0, *shape), dtype)
        self._bases = bases
        self._length = 0
        self._packed: list[Small] = []
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
            self._packed.append(small(np.concatenate(self._loose), bases=self._bases))
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
        bases: See ``small``.
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
