"""Count the wild-type fragments across exons' ends, one batch of reads after the other."""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.evidence import ExonEndFragments
from nutfusion.reads.exon_ends import exon_ends
from nutfusion.reads.kernels import across as k
from nutfusion.reads.kernels import laid, records
from nutfusion.reads.kernels.rescue import SHORTEST
from nutfusion.reads.placement import ADAPTERS
from nutfusion.reads.table import packed_codes
from nutfusion.reads.umi import PATTERNS, cut, matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.panel import Panel
    from nutfusion.reads.source import Block
    from nutfusion.reads.table import KmerTable
    from nutfusion.reads.umi import Patterns

COMPACTED: Final = 1 << 17
"""Keys that are held before copies are merged: what is held is then one a molecule."""
UMI_BASES: Final = 31
"""Bases of a UMI that are looked at: as many fit into 64 bits with a mark of their number."""
_SEPARATORS: Final = str.maketrans("", "", "+-_")
_BASES: Final = frozenset("ACGTN")
_LETTERS: Final = np.frombuffer("".join(ADAPTERS).encode("ascii"), np.uint8)
_LETTER_ENDS: Final = np.cumsum([len(adapter) for adapter in ADAPTERS]).astype(np.int32)
_CODES: Final = packed_codes(bytes(range(128)).decode("ascii")).tolist() + [laid.UNREAD] * 128


class Across:
    """Counts the fragments that cross an exon's end on its own transcript.

    Args:
        panel: Says which ends.
        table: The sieve's.
    """

    def __init__(self, panel: Panel, table: KmerTable) -> None:
        self._table = table
        self._ends = exon_ends(panel, table)
        self._codes = np.array(_CODES, np.uint8)
        self._tried = np.empty(laid.PLACES, np.int64)
        self._placed = np.empty((2, laid.FIELDS), np.int64)
        self._met = np.empty((len(self._ends.ends_at), 3), np.int64)
        self._keys: list[np.ndarray] = []
        self._umis: list[np.ndarray] = []
        self._held = 0
        self._merge_at = COMPACTED
        self._patterns: Patterns = PATTERNS
        self._with_umi = 0
        self._without_umi = 0

    def take(
        self,
        which: np.ndarray,
        block_1: Block,
        at_1: int,
        block_2: Block | None,
        at_2: int,
        umis: Sequence[str] | tuple[Block, int] | None = None,
    ) -> None:
        """Look at some fragments of a block.

        Args:
            which: int32: fragments in which a probe names a counted gene, from ``at_1`` on.
            block_1: Mate 1 or single reads.
            at_1: Record of the first fragment.
            block_2: Mate 2; ``None`` for single reads.
            at_2: Record of its first fragment.
            umis: The UMI of each of ``which``, or the block that holds them and its first record;
                ``None`` when they may stand in the names.
        """
        e, t = self._ends, self._table
        if not len(which) or not e.ends:
            return
        most = len(which) * max(1, int(np.diff(e.first_end).max()))
        found = np.empty(2 * most, np.int64)
        rows = np.empty(2 * most, np.int32)
        other = block_1 if block_2 is None else block_2
        n = k.across(
            which,
            block_1.buffer,
            block_1.seq_starts[at_1:],
            block_1.seq_lengths[at_1:],
            other.buffer,
            other.seq_starts[at_2:],
            other.seq_lengths[at_2:],
            block_2 is not None,
            t.shift,
            t.keys,
            t.classes,
            e.spots,
            e.bases,
            e.transcript,
            self._codes,
            e.first_end,
            e.ends_at,
            e.end_numbers,
            e.least_five,
            e.least_three,
            _LETTERS,
            _LETTER_ENDS,
            self._tried,
            self._placed,
            self._met,
            found,
            rows,
        )
        if n:
            self._enter(found[:n], self._umis_of(rows[:n], which, block_1, at_1, umis))

    def _umis_of(
        self,
        rows: np.ndarray,
        which: np.ndarray,
        block: Block,
        at: int,
        umis: Sequence[str] | tuple[Block, int] | None,
    ) -> np.ndarray:
        """UMIs of some fragments as numbers: as given, else from their names; 0 without."""
        texts = [""] * len(rows)
        if isinstance(umis, tuple):
            holder, first = umis
            texts = [
                _text(holder, holder.seq_starts[first + row], holder.seq_lengths[first + row])
                for row in rows
            ]
        elif umis is not None:
            place = {int(row): i for i, row in enumerate(which)}
            texts = [umis[place[int(row)]] for row in rows]
        given = sum(map(bool, texts))
        self._with_umi += given
        self._without_umi += len(texts) - given
        if not given and self._patterns:
            starts = np.ascontiguousarray(block.starts[at:][rows])
            lengths = np.empty(len(rows), np.int32)
            records.name_lengths(block.buffer, starts, lengths)
            names = [_text(block, int(a) + 1, int(n)) for a, n in zip(starts, lengths, strict=True)]
            self._patterns = matching(self._patterns, names)
            texts = cut(self._patterns[0], names) if self._patterns else texts
        return np.array([umi_number(text) if text else 0 for text in texts], np.int64)

    def _enter(self, found: np.ndarray, umis: np.ndarray) -> None:
        self._keys.append(found.copy())
        self._umis.append(umis)
        self._held += len(found)
        if self._held >= self._merge_at:
            keys, numbers = self._merged()
            self._keys, self._umis, self._held = [keys], [numbers], len(keys)
            # what is left is sorted again only when as much has come on top of it
            self._merge_at = max(COMPACTED, 2 * len(keys))

    def _merged(self) -> tuple[np.ndarray, np.ndarray]:
        """Keys and UMIs in order, each once."""
        keys = np.concatenate([np.empty(0, np.int64), *self._keys])
        umis = np.concatenate([np.empty(0, np.int64), *self._umis])
        order = np.lexsort((umis, keys))
        keys, umis = keys[order], umis[order]
        is_new = np.ones(len(keys), bool)
        is_new[1:] = (keys[1:] != keys[:-1]) | (umis[1:] != umis[:-1])
        return keys[is_new], umis[is_new]

    def done(self) -> tuple[ExonEndFragments, ...]:
        """Distinct fragments across each end, in the order of genes and exons."""
        keys, umis = self._merged()
        every_one = not self._without_umi or (not self._with_umi and bool(self._patterns))
        if not every_one:
            umis = np.zeros_like(umis)
        keys = distinct(keys, umis)
        numbers = keys >> (2 * k.END_BITS + k.ANCHOR_BITS)
        anchors = keys & ((1 << k.ANCHOR_BITS) - 1)
        threes = (keys >> k.ANCHOR_BITS) & ((1 << k.END_BITS) - 1)
        fives = (keys >> (k.END_BITS + k.ANCHOR_BITS)) & ((1 << k.END_BITS) - 1)
        # without an outer end on the 5' side the other one counts, as in ``shown``
        fives = np.where(fives > 0, fives, threes | 1 << k.END_BITS)
        out = []
        for number, end in enumerate(self._ends.ends):
            here = numbers == number
            split = np.bincount(anchors[here], minlength=k.LONGEST_ANCHOR + 1)
            out.append(
                ExonEndFragments(
                    gene=end.gene,
                    transcript=end.transcript,
                    exon=end.exon,
                    position=end.position,
                    acceptor=end.acceptor,
                    pairs=int(split[0]),
                    split=int(split[1:].sum()),
                    split_by_anchor=tuple(int(n) for n in split[SHORTEST:]),
                    starts=len(np.unique(fives[here])),
                )
            )
        return tuple(out)


def umi_number(text: str) -> int:
    """A UMI as a number that keeps its bases apart: 2 bits each, below a mark of their number.

    An identifier of a molecule becomes a number that differs from others in more than one base.
    """
    letters = text.upper().translate(_SEPARATORS)
    if not _BASES.issuperset(letters):
        return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 2 | 1 << 62
    number = 1
    for letter in letters[:UMI_BASES]:
        number = number << 2 | "ACTG".find(letter) & 3
    return number


def distinct(keys: np.ndarray, umis: np.ndarray) -> np.ndarray:
    """One key per molecule: equal outer ends, and UMIs that differ in one base at most.

    Args:
        keys: int64, sorted (see ``kernels.across.across``).
        umis: int64, sorted within equal keys; 0 without.

    Returns:
        Of each molecule the key with the longest anchor.
    """
    ends = keys >> k.ANCHOR_BITS
    last = np.append(ends[1:] != ends[:-1], True) if len(ends) else np.empty(0, bool)
    if not umis.any():
        kept: np.ndarray = keys[last]
        return kept
    out: list[int] = []
    middle = int(umis.max()).bit_length() // 4 * 2
    start = 0
    for stop in (np.flatnonzero(last) + 1).tolist():
        # where one base at most differs, one half of the UMI is the same
        met: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for i in range(stop - 1, start - 1, -1):
            umi = int(umis[i])
            halves = ((0, umi & ((1 << middle) - 1)), (1, umi >> middle))
            if any(_is_one_base(umi ^ other) for half in halves for other in met.get(half, ())):
                continue
            for half in halves:
                met[half].append(umi)
            out.append(int(keys[i]))
        start = stop
    return np.array(out, np.int64)


def _is_one_base(apart: int) -> bool:
    """Whether one pair of bits at most is set in the difference of two UMIs."""
    pairs = (apart | apart >> 1) & 0x5555555555555555
    return not pairs & (pairs - 1)


def _text(block: Block, start: int, length: int) -> str:
    return block.buffer[start : start + length].tobytes().decode("ascii", "replace")
