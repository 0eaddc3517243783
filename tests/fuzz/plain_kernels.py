"""The vector instructions of ``kernels.wide`` as plain Python, for loops that run uncompiled.

Each looks at the whole width that the instruction loads: a buffer that is too short is an error
here, where the compiled code would read what lies behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nutfusion.reads.kernels import wide

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType


def _loaded(array: np.ndarray, index: int, count: int = wide.SLACK) -> bytes:
    if index < 0 or index + count > len(array):
        raise IndexError(f"{count} bytes at {index} of {len(array)}")
    return array[index : index + count].tobytes()


def _first(found: Iterable[bool]) -> int:
    return next((i for i, yes in enumerate(found) if yes), wide.SLACK)


def next_newline(array: np.ndarray, index: int) -> int:
    return _first(byte == 10 for byte in _loaded(array, index))


def next_blank(array: np.ndarray, index: int) -> int:
    return _first(byte <= 32 for byte in _loaded(array, index))


def next_difference(one: np.ndarray, at: int, other: np.ndarray, other_at: int) -> int:
    pairs = zip(_loaded(one, at), _loaded(other, other_at), strict=True)
    return _first(a != b for a, b in pairs)


def lowest_bit(bits: np.uint64) -> int:
    value = int(bits)
    return (value & -value).bit_length() - 1 if value else 64


def packed_bases(array: np.ndarray, index: int) -> np.uint64:
    loaded = _loaded(array, index, 32)
    return np.uint64(sum((byte >> 1 & 3) << 2 * i for i, byte in enumerate(loaded)))


def put_in_place(kernels: Iterable[ModuleType]) -> None:
    """Let these modules of loops use plain Python."""
    for made in (next_newline, next_blank, next_difference, lowest_bit, packed_bases):
        for module in kernels:
            if hasattr(module, made.__name__):
                setattr(module, made.__name__, made)
