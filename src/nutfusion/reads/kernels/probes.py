"""16-mers of a read, looked up in the sieve's table: NUTM1's, and those of counted genes.

First a filter is asked, about all probes of a read without a branch; what it lets through is looked
up in an open-addressing table.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from nutfusion.reads.kernels.wide import bare, lowest_bit, packed_bases

K: Final = 16
"""Length of a sieve k-mer (bases): 2 bits each, 32 bits in all."""
STEP: Final = 8
"""A read is probed at every ``STEP``-th base, and once more at its last ``K`` bases."""
TARGET: Final = 1
"""Class of a k-mer that makes a fragment worth keeping; 0 is none, 2 and up are counted genes."""
MIX: Final = np.uint64(0x9E3779B97F4A7C15)
K_MASK: Final = np.uint64((1 << (2 * K)) - 1)
_WORD_BITS: Final = np.uint64(6)
_WORD_MASK: Final = np.uint64(63)
_PROBES: Final = 64
"""Probes of a read that are told apart by a bit each."""


@bare
def _may_be_in(key: np.uint64, sieve: np.ndarray, shift: np.uint64) -> np.uint64:
    """1 when the filter has a packed k-mer, or others that set the same bits; else 0.

    A k-mer sets two bits of one word: the hash's highest bits say which word, those below which
    bits.
    """
    h = key * MIX
    word = sieve[h >> (shift + _WORD_BITS)]
    one = word >> ((h >> shift) & _WORD_MASK)
    other = word >> ((h >> (shift - _WORD_BITS)) & _WORD_MASK)
    return np.uint64(one & other & np.uint64(1))


@bare
def _lookup(key: np.uint64, shift: np.uint64, keys: np.ndarray, classes: np.ndarray) -> int:
    """Class of a packed k-mer in the exact open-addressing table."""
    mask = np.uint64(len(keys) - 1)
    slot = ((key * MIX) >> shift) & mask
    while True:
        found = classes[slot]
        if found == 0:
            return 0
        if keys[slot] == np.uint32(key):
            return int(found)
        slot = (slot + np.uint64(1)) & mask


@bare
def _with(said: int, found: int) -> int:
    """What the probes up to one more say (see ``read_class``), which has a class."""
    if found == TARGET:
        return said | 1
    gene = said >> 2
    if gene == 0:
        return said | (found << 2)
    return said | (2 if found == gene else 0)


@bare
def _probe(
    buf: np.ndarray,
    start: int,
    length: int,
    first: int,
    some: np.uint64,
    said: int,
    shift: np.uint64,
    keys: np.ndarray,
    classes: np.ndarray,
) -> int:
    """Look the probes up that the filter lets through: set bits of ``some``, in order.

    ``first`` is the probe of the lowest bit, ``said`` what those before it say.
    """
    while some:
        at = min(STEP * (first + lowest_bit(some)), length - K)
        some &= some - np.uint64(1)
        found = _lookup(packed_bases(buf, start + at) & K_MASK, shift, keys, classes)
        if found:
            said = _with(said, found)
    return said


@bare
def _probe_long(
    buf: np.ndarray,
    start: int,
    length: int,
    probes: int,
    sieve: np.ndarray,
    shift: np.uint64,
    keys: np.ndarray,
    classes: np.ndarray,
) -> int:
    """The same for a read with more probes than ``some`` has bits: as many at a time."""
    said = 0
    for first in range(0, probes, _PROBES):
        some = np.uint64(0)
        for bit in range(min(_PROBES, probes - first)):
            at = min(STEP * (first + bit), length - K)
            key = packed_bases(buf, start + at) & K_MASK
            some |= _may_be_in(key, sieve, shift) << np.uint64(bit)
        said = _probe(buf, start, length, first, some, said, shift, keys, classes)
    return said


@bare
def read_class(
    buf: np.ndarray,
    start: int,
    length: int,
    word: np.uint64,
    last: np.uint64,
    sieve: np.ndarray,
    shift: np.uint64,
    keys: np.ndarray,
    classes: np.ndarray,
) -> int:
    """What the probes of a read of ``K`` bases or more say, in one byte.

    Bit 0: worth keeping (any probe is ``TARGET``). Bits 2 to 7: the
    first counted gene any probe names, 0 for none. Bit 1: a second probe names it too; one alone
    is chance too often (80 reads in a million of random bases).

    The filter is asked about all probes without a branch between them: most reads have none in it.
    ``word`` and ``last`` are its first bases and its last ``K``, packed.
    """
    probes = (length - K + STEP - 1) // STEP + 1
    within = np.uint64(_PROBES - 1)  # a shift by more bits than there are means nothing
    some = _may_be_in(last & K_MASK, sieve, shift) << (np.uint64(probes - 1) & within)
    at = 0
    bit = np.uint64(0)
    while at + K + 2 * STEP <= length:
        four = _may_be_in(word & K_MASK, sieve, shift)
        four |= _may_be_in((word >> np.uint64(2 * STEP)) & K_MASK, sieve, shift) << np.uint64(1)
        four |= _may_be_in(word >> np.uint64(4 * STEP), sieve, shift) << np.uint64(2)
        at += 4 * STEP
        following = packed_bases(buf, start + at)
        if at + K - STEP <= length:
            across = (word >> np.uint64(6 * STEP)) | (following << np.uint64(2 * STEP))
            four |= _may_be_in(across & K_MASK, sieve, shift) << np.uint64(3)
        some |= four << (bit & within)
        bit += np.uint64(4)
        word = following
    if at + K <= length:
        some |= _may_be_in(word & K_MASK, sieve, shift) << (bit & within)
    if at + K + STEP <= length:
        second = _may_be_in((word >> np.uint64(2 * STEP)) & K_MASK, sieve, shift)
        some |= second << ((bit + np.uint64(1)) & within)
    if not some:
        return 0
    if probes > _PROBES:
        return int(_probe_long(buf, start, length, probes, sieve, shift, keys, classes))
    return int(_probe(buf, start, length, 0, some, 0, shift, keys, classes))


@bare
def fill_table(
    kmers: np.ndarray,
    values: np.ndarray,
    sieve: np.ndarray,
    shift: np.uint64,
    keys: np.ndarray,
    classes: np.ndarray,
) -> None:
    """Enter packed k-mers; the first value of a k-mer stays."""
    mask = np.uint64(len(keys) - 1)
    for i in range(len(kmers)):
        key = np.uint64(kmers[i])
        h = key * MIX
        one = np.uint64(1) << ((h >> shift) & _WORD_MASK)
        other = np.uint64(1) << ((h >> (shift - _WORD_BITS)) & _WORD_MASK)
        sieve[h >> (shift + _WORD_BITS)] |= one | other
        slot = (h >> shift) & mask
        while classes[slot] and keys[slot] != kmers[i]:
            slot = (slot + np.uint64(1)) & mask
        if not classes[slot]:
            keys[slot] = kmers[i]
            classes[slot] = values[i]
