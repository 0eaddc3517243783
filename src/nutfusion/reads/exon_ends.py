"""Where the transcripts of a panel have the exons' ends that a fusion may join to NUTM1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.exon_ends import possible_ends
from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import Strand
from nutfusion.reads.kernels import laid as k
from nutfusion.reads.kernels import rescue as r
from nutfusion.reads.kernels.pieces import MISMATCH
from nutfusion.reads.table import COUNTED, packed_codes, packed_windows
from nutfusion.reads.targets import PAD

if TYPE_CHECKING:
    from nutfusion.model.exon_ends import ExonEnd
    from nutfusion.model.panel import Panel, Transcript
    from nutfusion.reads.table import KmerTable

SEQUENCE_BESIDE: Final = 150
"""Bases that a transcript must have on either side of an exon's end for fragments across it to be
counted: a cut sequence would show too few of them."""
_NOTHING: Final = 9


@dataclass(frozen=True, slots=True)
class ExonEnds:
    """Transcripts and the exons' ends in them, as the kernel wants them (see ``kernels.across``).

    Attributes:
        ends: By number.
        spots: Per slot of the sieve's table.
        bases: Packed codes.
        transcript: Per global position.
        first_end: Per transcript, and one more.
        ends_at: Global positions.
        end_numbers: Indices into ``ends``.
        least_five: Per exon's end.
        least_three: Per exon's end.
    """

    ends: tuple[ExonEnd, ...]
    spots: np.ndarray
    bases: np.ndarray
    transcript: np.ndarray
    first_end: np.ndarray
    ends_at: np.ndarray
    end_numbers: np.ndarray
    least_five: np.ndarray
    least_three: np.ndarray


def exon_ends(panel: Panel, table: KmerTable) -> ExonEnds:
    """Everything the kernel needs of a panel.

    Only ends of which a transcript of the panel shows what follows are in it.
    """
    wanted = [end for symbol in COUNTED for end in possible_ends(panel, symbol)]
    pieces: list[np.ndarray] = []
    keys: list[np.ndarray] = []
    spots: list[np.ndarray] = []
    found: list[tuple[int, list[tuple[int, ExonEnd]]]] = []
    at = PAD
    for symbol in COUNTED:
        for t in panel.of_gene(symbol):
            if t.sequence is None:
                continue
            for strand, (words, places) in zip((1, -1), packed_windows(t.sequence), strict=True):
                keys.append(words)
                spots.append(strand * (places + at + 1).astype(np.int32))
            inside = [
                (at + position - 1, end)
                for end in wanted
                if end.gene.symbol == symbol and (position := _spliced_at(t, end.position))
            ]
            found.append((len(t.sequence), inside))
            pieces.append(packed_codes(t.sequence))
            at += len(t.sequence) + PAD
    bases = np.full(at, _NOTHING, np.uint8)
    transcript = np.full(at, -1, np.int32)
    start = PAD
    first_end, ends_at, owners = [0], [], []
    for number, (codes, (length, inside)) in enumerate(zip(pieces, found, strict=True)):
        bases[start : start + length] = np.where(codes < k.UNREAD, codes, _NOTHING)
        transcript[start : start + length] = number
        ends_at += [position for position, _ in inside]
        owners += [end for _, end in inside]
        first_end.append(len(ends_at))
        start += length + PAD
    ends = tuple(end for end in wanted if end in owners)
    spot_of = np.zeros(len(table.keys), np.int32)
    if keys:
        k.fill_spots(
            np.concatenate(keys), np.concatenate(spots), table.shift, table.keys, table.classes,
            spot_of,
        )  # fmt: skip
    needs = [_least(panel, bases, ends_at[owners.index(end)], end.acceptor) for end in ends]
    return ExonEnds(
        ends=ends,
        spots=spot_of,
        bases=bases,
        transcript=transcript,
        first_end=np.array(first_end, np.int32),
        ends_at=np.array(ends_at, np.int64),
        end_numbers=np.array([ends.index(owner) for owner in owners], np.int32),
        least_five=np.array([five for five, _ in needs], np.int32),
        least_three=np.array([three for _, three in needs], np.int32),
    )


def _spliced_at(transcript: Transcript, residue: int) -> int | None:
    """1-based position of a residue where the transcript leaves an exon; ``None`` if it does not.

    Without enough sequence on either side nothing could be counted, and it counts as if it did not.
    """
    position = transcript.transcript_position(residue)
    if position is None or transcript.sequence is None:
        return None
    if not SEQUENCE_BESIDE <= position <= len(transcript.sequence) - SEQUENCE_BESIDE:
        return None
    following = transcript.genomic_position(position + 1)
    goes_on = following is not None and abs(following - residue) == 1
    return None if goes_on else position


def _least(panel: Panel, bases: np.ndarray, end: int, acceptor: int) -> tuple[int, int]:
    """Scores that a read's pieces need for the joint to explain it better than one gene does.

    Bases that both genes share beside the joint count for either: a read must go on beyond them.
    """
    target = panel.mane(NUTM1)
    five, three = r.GAIN, r.GAIN
    if target is None or target.sequence is None:
        return five, three
    exon = target.exons[acceptor - 1]
    first = target.transcript_position(exon.start if target.strand is Strand.PLUS else exon.end)
    if first is None:
        return five, three
    nutm1 = packed_codes(target.sequence)
    before, after = nutm1[: first - 1][::-1], nutm1[first - 1 :]
    five += _shared(bases[: end + 1][::-1], before)
    three += _shared(bases[end + 1 :], after)
    return five, three


def _shared(one: np.ndarray, other: np.ndarray) -> int:
    """Best score of a piece that begins at the joint and lies on both sequences."""
    n = min(len(one), len(other), PAD)
    steps = np.where(one[:n] == other[:n], 1, -MISMATCH)
    return int(max(0, np.cumsum(steps).max(initial=0)))
