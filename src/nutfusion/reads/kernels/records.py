"""What is done with the records of a block once they are found: compare names, copy, trim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutfusion.reads.kernels.probes import K
from nutfusion.reads.kernels.wide import SLACK, bare, next_blank, next_difference

if TYPE_CHECKING:
    import numpy as np

_NEWLINE: Final = 10


@bare
def _name_end(buf: np.ndarray, start: int) -> int:
    """End of a read name: before the first blank, and before a ``/1`` or ``/2``."""
    p = start
    while buf[p] > 32:
        p += 1
    if p - start > 2 and buf[p - 2] == 47 and (buf[p - 1] == 49 or buf[p - 1] == 50):
        return p - 2
    return p


@bare
def same_names(
    buf_1: np.ndarray, starts_1: np.ndarray, buf_2: np.ndarray, starts_2: np.ndarray, n: int
) -> int:
    """Index of the first record whose mates have different names; -1 when all agree."""
    for i in range(n):
        a = starts_1[i] + 1
        b = starts_2[i] + 1
        same = next_difference(buf_1, a, buf_2, b)
        while same == SLACK and next_blank(buf_1, a) == SLACK:
            a += SLACK
            b += SLACK
            same = next_difference(buf_1, a, buf_2, b)
        blank = next_blank(buf_1, a)
        if blank <= same and blank < SLACK and buf_2[b + blank] <= 32:
            continue
        length_1 = _name_end(buf_1, starts_1[i] + 1) - starts_1[i]
        length_2 = _name_end(buf_2, starts_2[i] + 1) - starts_2[i]
        if length_1 != length_2:
            return i
        for j in range(1, length_1):
            if buf_1[starts_1[i] + j] != buf_2[starts_2[i] + j]:
                # SRA writes the mate as a suffix of the first word: .1 and .2
                last = j == length_1 - 1 and buf_1[starts_1[i] + j - 1] == 46
                if last and buf_1[starts_1[i] + j] == 49 and buf_2[starts_2[i] + j] == 50:
                    break
                return i
    return -1


@bare
def same_neighbours(buf: np.ndarray, starts: np.ndarray) -> int:
    """Index of the first record whose name the next record has too; -1 for none."""
    for i in range(len(starts) - 1):
        a = starts[i] + 1
        b = starts[i + 1] + 1
        if buf[a] == buf[b]:
            length = _name_end(buf, a) - a
            if length == _name_end(buf, b) - b:
                same = True
                for j in range(length):
                    if buf[a + j] != buf[b + j]:
                        same = False
                        break
                if same:
                    return i
    return -1


@bare
def copy_spans(buf: np.ndarray, begins: np.ndarray, lengths: np.ndarray, out: np.ndarray) -> None:
    """Copy spans of a block one after another into ``out`` (uint8, as long as all of them)."""
    at = 0
    for i in range(len(begins)):
        for j in range(lengths[i]):
            out[at + j] = buf[begins[i] + j]
        at += lengths[i]


@bare
def name_lengths(buf: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> None:
    """Length of each read name (without ``@``, mate suffix and comment) into ``lengths``."""
    for i in range(len(starts)):
        lengths[i] = _name_end(buf, starts[i] + 1) - starts[i] - 1


@bare
def useful_lengths(
    buf: np.ndarray, seq_starts: np.ndarray, seq_lengths: np.ndarray, out: np.ndarray
) -> None:
    """Bases left after a 3' tail of the worst qualities (Phred 2 or less) is cut, at least 16."""
    for i in range(len(seq_starts)):
        p = seq_starts[i] + seq_lengths[i]
        while buf[p] != _NEWLINE:
            p += 1
        p += 1
        while buf[p] != _NEWLINE:
            p += 1
        qual = p + 1
        length = seq_lengths[i]
        while length > K and buf[qual + length - 1] <= 35:
            length -= 1
        out[i] = length
