"""Kept fragments in a quarter of the room, for those that hardly ever matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nutfusion.reads.kept import KeptReads, Ragged, offsets_of
from nutfusion.reads.piles import Small, SmallBases, small, small_bases

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class _Strings:
    """Byte strings, compressed."""

    data: Small | SmallBases
    lengths: Small

    def strings(self) -> Ragged:
        return Ragged(self.data.array(), offsets_of(self.lengths.array()))


def _strings(strings: Ragged, *, bases: bool = False) -> _Strings:
    lengths = np.diff(strings.offsets).astype(np.int32)
    data = small_bases(strings.data) if bases else small(strings.data)
    return _Strings(data, small(lengths))


@dataclass(slots=True)
class Pack:
    """Fragments that are compressed together.

    Attributes:
        lengths: int32, shape (n, 2): bases of each mate that are used.
        near: int16, shape (n, 2): see ``strangers``.
        pieces: int32, shape (m, ``beside.FIELDS``): see there.
        inside: bool, shape (n,): those that were not taken out.
    """

    lengths: Small
    near: Small
    pieces: Small
    inside: np.ndarray
    _names: _Strings
    _mates: tuple[_Strings, _Strings]
    _umis: _Strings

    def bases(self, mate: int) -> Ragged:
        """Base codes of a mate of every fragment."""
        return self._mates[mate].strings()

    def reads(self, which: np.ndarray) -> KeptReads:
        """Some of the fragments, in the order of their indices."""
        parts = (self._names, *self._mates, self._umis)
        return KeptReads(*(part.strings().take(which) for part in parts))


def pack(
    reads: KeptReads,
    lengths: Sequence[np.ndarray],
    near: Sequence[np.ndarray],
    pieces: Sequence[np.ndarray],
) -> Pack:
    """Compress fragments; the arrays are those of ``Pack``, in parts."""
    return Pack(
        small(np.concatenate(lengths)),
        small(np.concatenate(near)),
        small(np.concatenate(pieces)),
        np.ones(len(reads), bool),
        _strings(reads.names),
        (_strings(reads.mate_1, bases=True), _strings(reads.mate_2, bases=True)),
        _strings(reads.umis),
    )
