"""Reads of partners out of alignments, paired and handed on to be counted across exons' ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.reads.alignment_records import molecule
from nutfusion.reads.sieve import BATCH

if TYPE_CHECKING:
    from nutfusion.reads.across import Across
    from nutfusion.reads.alignment_records import Tag
    from nutfusion.reads.alignment_words import Words

_ABSENT: Final = ("N", "I")
"""Stands for a mate in which no probe names a counted gene: it would be placed nowhere."""

_Read = tuple[str, str]


@dataclass(slots=True)
class _Waiting:
    """A fragment of which one read was met."""

    mates: list[_Read | None] = field(default_factory=lambda: [None, None])
    has_mate: bool = False
    umi: str = ""


class PartnerReads:
    """Pairs reads by their names; a fragment goes on when both of its mates were met.

    Args:
        across: Counts them.
        words: Writes them as blocks.
    """

    def __init__(self, across: Across, words: Words) -> None:
        self._across = across
        self._words = words
        self._waiting: dict[str, _Waiting] = {}
        self._ready: list[tuple[str, _Waiting]] = []

    def add(self, name: str, mate: int, read: _Read, tags: dict[Tag, str], *, paired: bool) -> None:
        """Take a read in which a probe names a counted gene: bases and qualities as sequenced."""
        fragment = self._waiting.setdefault(name, _Waiting())
        fragment.has_mate |= paired
        tag: Tag = "RX" if "RX" in tags else "MI"
        fragment.umi = fragment.umi or (molecule(tags, tag) if tags else "")
        fragment.mates[mate] = read
        if all(fragment.mates):
            self._ready.append((name, self._waiting.pop(name)))
            if len(self._ready) >= BATCH:
                self._hand_on(self._ready, paired=True)
                self._ready = []

    def done(self, *, has_twins: bool) -> None:
        """Hand on what is left.

        Args:
            has_twins: Reads that are not said to be mates may be mates all the same.
        """
        left = sorted(self._waiting.items())
        self._waiting = {}
        lone = [one for one in left if not (one[1].has_mate or has_twins)]
        for group, paired in (
            (self._ready + [one for one in left if one[1].has_mate or has_twins], True),
            (lone, False),
        ):
            for start in range(0, len(group), BATCH):
                self._hand_on(group[start : start + BATCH], paired=paired)
        self._ready = []

    def _hand_on(self, group: list[tuple[str, _Waiting]], *, paired: bool) -> None:
        mates = [[(name, *(one.mates[mate] or _ABSENT)) for name, one in group] for mate in (0, 1)]
        if not paired:
            mates[0] = [(name, *(one.mates[0] or one.mates[1] or _ABSENT)) for name, one in group]
        self._across.take(
            np.arange(len(group), dtype=np.int32),
            self._words.block(mates[0]),
            0,
            self._words.block(mates[1]) if paired else None,
            0,
            [one.umi for _, one in group],
        )
