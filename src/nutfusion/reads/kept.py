"""The fragments that the sieve keeps, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, overload

import numpy as np

from nutfusion.reads.kernels import records

if TYPE_CHECKING:
    from nutfusion.reads.source import Block

CODES: Final = np.full(256, 4, dtype=np.uint8)
"""ASCII to base code: A 0, C 1, G 2, T 3, everything else 4; the complement of ``c`` is 3 - c."""
for _i, _base in enumerate(b"ACGT"):
    CODES[_base] = _i
    CODES[_base | 0x20] = _i


@dataclass(frozen=True, slots=True)
class Ragged:
    """Byte strings one after another.

    Attributes:
        data: uint8, all of them.
        offsets: int64, shape (n + 1,): string ``i`` is ``data[offsets[i]:offsets[i + 1]]``.
    """

    data: np.ndarray
    offsets: np.ndarray

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def text(self, i: int) -> str:
        """String ``i`` as text; bytes that are not ASCII are shown as escapes."""
        piece = self.data[self.offsets[i] : self.offsets[i + 1]]
        return piece.tobytes().decode("ascii", "backslashreplace")

    def take(self, which: np.ndarray) -> Ragged:
        """Some of the strings, in the order of their indices."""
        lengths = np.diff(self.offsets)[which]
        out = np.empty(int(lengths.sum()), np.uint8)
        begins = self.offsets[:-1][which].astype(np.int32)
        records.copy_spans(self.data, begins, lengths.astype(np.int32), out)
        return Ragged(out, offsets_of(lengths))


def ragged(strings: Sequence[bytes]) -> Ragged:
    """Byte strings one after another."""
    data = np.frombuffer(bytearray(b"".join(strings)), np.uint8)
    return Ragged(data, offsets_of(np.array([len(string) for string in strings], np.int64)))


def joined(parts: Sequence[Ragged]) -> Ragged:
    """The strings of several, one after another."""
    data = np.concatenate([np.empty(0, np.uint8), *(part.data for part in parts)])
    return Ragged(data, offsets_of(np.concatenate([np.empty(0, np.int64), *map(_lengths, parts)])))


class Texts(Sequence[str]):
    """Byte strings as texts, each made when it is asked for.

    Args:
        strings: The bytes.
    """

    def __init__(self, strings: Ragged) -> None:
        self._strings = strings

    def __len__(self) -> int:
        return len(self._strings)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        """One text; IndexError past the end."""
        if isinstance(index, slice):
            return [self._strings.text(i) for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._strings.text(index % len(self))

    def and_more(self, strings: Ragged) -> Texts:
        """These, and others behind them."""
        return Texts(joined([self._strings, strings]))


def _lengths(strings: Ragged) -> np.ndarray:
    """Bytes of each string; int64."""
    return np.diff(strings.offsets)


def offsets_of(lengths: np.ndarray) -> np.ndarray:
    """Where each of some strings begins, and where the last one ends."""
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


class _Growing:
    """Byte strings that are being collected."""

    def __init__(self) -> None:
        self._pieces: list[np.ndarray] = []
        self._lengths: list[np.ndarray] = []

    def add(self, buffer: np.ndarray, begins: np.ndarray, lengths: np.ndarray) -> None:
        out = np.empty(int(lengths.sum()), np.uint8)
        records.copy_spans(buffer, begins, lengths, out)
        self._pieces.append(out)
        self._lengths.append(lengths)

    def add_empty(self, n: int) -> None:
        self._lengths.append(np.zeros(n, np.int32))

    def done(self) -> Ragged:
        lengths = np.concatenate([*self._lengths, np.empty(0, np.int32)])
        return Ragged(np.concatenate([*self._pieces, np.empty(0, np.uint8)]), offsets_of(lengths))


@dataclass(frozen=True, slots=True)
class KeptReads:
    """Fragments that share sequence with NUTM1, in file order.

    Attributes:
        names: Read names, without mate suffix.
        mate_1: Base codes of mate 1, or of the single read.
        mate_2: Base codes of mate 2; empty strings for single reads.
        umis: UMI bases (ASCII) from a UMI file; empty strings without one.
    """

    names: Ragged
    mate_1: Ragged
    mate_2: Ragged
    umis: Ragged

    def __len__(self) -> int:
        return len(self.names)

    def take(self, which: np.ndarray) -> KeptReads:
        """Some of the fragments, in the order of their indices."""
        parts = (self.names, self.mate_1, self.mate_2, self.umis)
        return KeptReads(*(part.take(which) for part in parts))


def all_of(parts: Sequence[KeptReads]) -> KeptReads:
    """The fragments of several, one after another."""
    return KeptReads(
        joined([part.names for part in parts]),
        joined([part.mate_1 for part in parts]),
        joined([part.mate_2 for part in parts]),
        joined([part.umis for part in parts]),
    )


class KeptReadsBuilder:
    """Collects kept fragments block by block."""

    def __init__(self) -> None:
        self._fragments = 0
        self._names = _Growing()
        self._mates = (_Growing(), _Growing())
        self._umis = _Growing()

    def __len__(self) -> int:
        return self._fragments

    def add(
        self,
        block_1: Block,
        at_1: np.ndarray,
        block_2: Block | None,
        at_2: np.ndarray,
        umi: Block | None,
        at_umi: np.ndarray,
    ) -> None:
        """Copy the fragments at the given record indices of each block."""
        self._fragments += len(at_1)
        starts = np.ascontiguousarray(block_1.starts[at_1])
        lengths = np.empty(len(at_1), np.int32)
        records.name_lengths(block_1.buffer, starts, lengths)
        self._names.add(block_1.buffer, starts + np.int32(1), lengths)
        for growing, block, at in (
            (self._mates[0], block_1, at_1),
            (self._mates[1], block_2, at_2),
        ):
            if block is None:
                growing.add_empty(len(at_1))
                continue
            begins = np.ascontiguousarray(block.seq_starts[at])
            whole = np.ascontiguousarray(block.seq_lengths[at])
            useful = np.empty(len(at), np.int32)
            records.useful_lengths(block.buffer, begins, whole, useful)
            growing.add(block.buffer, begins, useful)
        if umi is None:
            self._umis.add_empty(len(at_1))
        else:
            begins = np.ascontiguousarray(umi.seq_starts[at_umi])
            self._umis.add(umi.buffer, begins, np.ascontiguousarray(umi.seq_lengths[at_umi]))

    def done(self) -> KeptReads:
        """All fragments collected so far."""
        mates = [growing.done() for growing in self._mates]
        coded = [Ragged(CODES[mate.data], mate.offsets) for mate in mates]
        return KeptReads(self._names.done(), coded[0], coded[1], self._umis.done())
