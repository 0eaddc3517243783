"""The pass over every read: split records, test 16-mers, count, pick what to keep.

A block is a writable ``uint8`` array that starts at a record. Nothing per read becomes a Python
object; a record is described by offsets into its block.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from nutfusion.reads.kernels import edges as e
from nutfusion.reads.kernels.probes import K, read_class
from nutfusion.reads.kernels.wide import SLACK, bare, next_newline, packed_bases

EDGE: Final = 10
"""Bases at either end of a read that are looked up before a piece beside an edge of NUTM1's exons
is looked for (see ``edges``): a shorter piece of NUTM1 than ``K`` shows there and nowhere else."""
SAMPLED: Final = 16
"""Every ``SAMPLED``-th record is measured for base quality and N."""

OK: Final = 0
NO_AT: Final = 1
NO_PLUS: Final = 2
QUALITY_LENGTH: Final = 3
TRUNCATED: Final = 4
EMPTY_READ: Final = 5
NO_QUALITY: Final = 6

BASES: Final = 0
SHORTEST: Final = 1
LONGEST: Final = 2
SAMPLED_BASES: Final = 3
QUALITY_SUM: Final = 4
N_COUNT: Final = 5
STATS: Final = 6
"""Slots of the statistics array (int64): sums but for the shortest and the longest read (nt)."""

_WIDTH: Final = 32
"""Bases that are packed together."""
_EDGE_MASK: Final = np.uint64((1 << (2 * EDGE)) - 1)
_END_MASK: Final = np.uint64((1 << (2 * e.END)) - 1)
_NEWLINE: Final = 10
_RETURN: Final = 13


@bare
def _line_end(buf: np.ndarray, at: int, end: int) -> int:
    """Index of the next newline, or ``end``."""
    p = at
    while p < end:
        n = next_newline(buf, p)
        p += n
        if n < SLACK:
            break
    return int(min(p, end))


@bare
def _is_word(word: np.uint64, words: np.ndarray) -> int:
    """1 when the first ``EDGE`` of some packed bases are in a bitmap of all such words; else 0."""
    key = word & _EDGE_MASK
    return int((words[key >> np.uint64(3)] >> np.uint8(key & np.uint64(7))) & 1)


@bare
def _ends_to_look_at(
    first: np.uint64, last: np.uint64, first_words: np.ndarray, last_words: np.ndarray
) -> int:
    """Which ends of a read are worth ``_ends_at_edge``: 1 for its beginning, plus 2 for its end.

    Args:
        first: Its first bases, packed.
        last: Its last ``K`` bases, packed.
        first_words: See ``scan``.
        last_words: See ``scan``.
    """
    last_word = last >> np.uint64(2 * (K - EDGE))
    return int(_is_word(first, first_words) | (_is_word(last_word, last_words) << 1))


@bare
def _ends_at_edge(
    buf: np.ndarray,
    start: int,
    length: int,
    quality: int,
    ends: int,
    first_tried: np.ndarray,
    last_tried: np.ndarray,
    first_edges: np.ndarray,
    last_edges: np.ndarray,
) -> int:
    """1 when a read begins or ends with a piece beside an edge of NUTM1's exons, 0 otherwise."""
    none = np.uint64(0)
    word = packed_bases(buf, start)
    if ends & 1:
        tried = first_tried[word & _END_MASK]
        _, n = e.piece(word, none, length, first_edges, tried, buf, quality, 1)
        if n:
            return 1
    if ends & 2:
        if length >= _WIDTH:
            word = e.turned(packed_bases(buf, start + length - _WIDTH))
        else:
            word = e.turned(word) >> np.uint64(2 * (_WIDTH - length))
        tried = last_tried[word & _END_MASK]
        _, n = e.piece(word, none, length, last_edges, tried, buf, quality + length - 1, -1)
        if n:
            return 1
    return 0


@bare
def _measured(buf: np.ndarray, seq: int, qual: int, length: int, stats: np.ndarray) -> bool:
    """Enter a read's qualities and its N; False when its qualities are none.

    There is no way out of the loop, so that many bases are looked at together.
    """
    total = 0
    unread = 0
    foreign = 0
    for i in range(length):
        quality = int(buf[qual + i])
        base = buf[seq + i]
        total += quality
        foreign += int(quality < 33) | int(quality > 126)
        unread += int((base & 0xDF) == 78) | int(base == 46)
    if foreign:
        return False
    stats[QUALITY_SUM] += total - 33 * length
    stats[N_COUNT] += unread
    stats[SAMPLED_BASES] += length
    return True


@bare
def scan(
    buf: np.ndarray,
    end: int,
    final: bool,
    first_record: int,
    sieve: np.ndarray,
    shift: np.uint64,
    keys: np.ndarray,
    table: np.ndarray,
    first_words: np.ndarray,
    last_words: np.ndarray,
    first_tried: np.ndarray,
    last_tried: np.ndarray,
    first_edges: np.ndarray,
    last_edges: np.ndarray,
    starts: np.ndarray,
    seq_starts: np.ndarray,
    seq_lengths: np.ndarray,
    classes: np.ndarray,
    stats: np.ndarray,
) -> tuple[int, int, int]:
    """Describe the whole records in ``buf[:end]``.

    Args:
        buf: uint8; begins at a record, and has ``SLACK`` bytes behind ``end``.
        end: Valid bytes.
        final: No more bytes will come, so a record without its last newline is whole.
        first_record: 0-based index of the first record in its file (for sampling).
        sieve: First-level filter (see ``table.KmerTable``).
        shift: Right shift that makes a hash as wide as the filter has bits.
        keys: Open-addressing keys.
        table: Classes of ``keys``; 0 is a free slot.
        first_words: Bitmap of ``EDGE``-mers that make a read's beginning worth a look.
        last_words: The same for its end.
        first_tried: By the bases with which a read begins, what such a piece may be (see
            ``edges.tried_by_end``).
        last_tried: The same for those with which it ends.
        first_edges: Pieces with which a read worth keeping begins (see ``edges``; packed codes).
        last_edges: Pieces with which it ends.
        starts: Out, int32: where each record's header starts.
        seq_starts: Out, int32: where its bases start.
        seq_lengths: Out, int32: bases.
        classes: Out, uint8: what the probes say of the read (see ``probes.read_class``).
        stats: In and out, int64[STATS].

    Returns:
        (records, bytes used, error code); on an error the record at that index is wrong.
    """
    at = 0
    n = 0
    previous = 0
    capacity = len(starts)
    while n < capacity:
        if at < end and (buf[at] == _NEWLINE or buf[at] == _RETURN):
            # blank lines may end a file, and nothing else
            p = at
            while p < end and (buf[p] == _NEWLINE or buf[p] == _RETURN):
                p += 1
            if p < end:
                return n, at, NO_AT
            if final:
                at = end
            break
        if at >= end:
            break
        if buf[at] != 64:
            return n, at, NO_AT
        p = _line_end(buf, at + 1, end)
        if p >= end:
            return n, at, TRUNCATED if final else OK
        seq = p + 1
        p = seq + previous
        if p >= end or buf[p] != _NEWLINE or _line_end(buf, seq, p) < p:
            p = _line_end(buf, seq, end)
            if p >= end:
                return n, at, TRUNCATED if final else OK
        raw_length = p - seq
        length = raw_length
        if length and buf[p - 1] == _RETURN:
            length -= 1
        plus = p + 1
        if plus >= end:
            return n, at, TRUNCATED if final else OK
        if buf[plus] != 43:
            return n, at, NO_PLUS
        p = _line_end(buf, plus, end)
        if p >= end:
            return n, at, TRUNCATED if final else OK
        qual = p + 1
        stop = qual + raw_length
        if stop > end or (stop == end and not final):
            if not final:
                return n, at, OK
            # A last record may lack its newline, and with it the carriage return.
            p = qual
            while p < end and buf[p] != _NEWLINE and buf[p] != _RETURN:
                p += 1
            if p - qual != length:
                return n, at, TRUNCATED
            stop = end
        elif stop < end and buf[stop] != _NEWLINE:
            p = qual
            while p < end and buf[p] != _NEWLINE:
                p += 1
            quality_length = p - qual
            if quality_length and buf[p - 1] == _RETURN:
                quality_length -= 1
            if quality_length != length:
                return n, at, QUALITY_LENGTH
            stop = p
        elif stop < end and _line_end(buf, qual, stop) < stop:
            return n, at, QUALITY_LENGTH
        previous = raw_length
        if length == 0:
            return n, at, EMPTY_READ
        starts[n] = at
        seq_starts[n] = seq
        seq_lengths[n] = length
        found = 0
        if length >= K:
            word = packed_bases(buf, seq)
            last = packed_bases(buf, seq + length - K)
            found = read_class(buf, seq, length, word, last, sieve, shift, keys, table)
            # NB: the closer look is a call, for one read in twenty; inlined it would slow all
            ends = _ends_to_look_at(word, last, first_words, last_words)
            if ends and not found & 1:
                found |= _ends_at_edge(
                    buf, seq, length, qual, ends,
                    first_tried, last_tried, first_edges, last_edges,
                )  # fmt: skip
        classes[n] = found
        stats[BASES] += length
        if stats[SHORTEST] < 0 or length < stats[SHORTEST]:
            stats[SHORTEST] = length
        if length > stats[LONGEST]:
            stats[LONGEST] = length
        if (first_record + n) % SAMPLED == 0 and not _measured(buf, seq, qual, length, stats):
            return n, at, NO_QUALITY
        n += 1
        at = min(stop + 1, end)
    return n, at, OK


@bare
def pick(
    classes_1: np.ndarray,
    classes_2: np.ndarray,
    n: int,
    kept: np.ndarray,
    named: np.ndarray,
    counts: np.ndarray,
    single: bool,
) -> tuple[int, int]:
    """Indices of fragments to keep, of those with a counted gene, and fragments per counted gene.

    Args:
        classes_1: uint8, what ``probes.read_class`` says of mate 1.
        classes_2: The same of mate 2; the same array again for single reads.
        n: Fragments.
        kept: Out, int32: indices of fragments worth keeping.
        named: Out, int32: indices of fragments in which a probe names a counted gene.
        counts: In and out, int64 per gene: fragments in which two probes name it.
        single: There are no mates.

    Returns:
        Number of kept fragments, and of those with a counted gene.
    """
    k = 0
    m = 0
    for i in range(n):
        a = classes_1[i]
        b = classes_2[i]
        if a or b:
            x = a >> 2
            y = b >> 2
            if x and ((a >> 1) & 1 or (y == x and not single)):
                counts[x] += 1
            if y and y != x and (b >> 1) & 1:
                counts[y] += 1
            if x or y:
                named[m] = i
                m += 1
            if (a | b) & 1:
                kept[k] = i
                k += 1
    return k, m
