"""Place a transcript sequence on GRCh38 by matching a placed transcript of its gene.

A block is only made where the match is beyond doubt; bases in no block have no genomic position.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.model.panel import Block
from nutfusion.model.terms import Strand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nutfusion.model.panel import Transcript

_SEED: Final = 16
"""Bases of an exact seed; shorter exons are placed between placed neighbours (chosen by us)."""

_END_MATCH: Final = 8
"""Bases that a cut first or last exon needs to be placed without a seed (chosen by us)."""

_MISMATCH: Final = 4
"""What a mismatch costs when a match is extended; a matching base gives 1 (chosen by us)."""

_DROP: Final = 12
"""Extension stops this far below its best score (chosen by us)."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Bases ``start`` to ``end`` (0-based, half open) of the query on one block of the reference.

    ``shift`` is the position in the reference minus the position in the query.
    """

    block: int
    start: int
    end: int
    shift: int


def place_by_sequence(sequence: str, references: Iterable[Transcript]) -> tuple[Block, ...]:
    """Place a sequence by matching it against transcripts of its gene that are placed already.

    Args:
        sequence: Upper-case DNA in the sense of the transcript.
        references: Placed transcripts of the same gene; those without sequence or blocks are
            passed over.

    Returns:
        The blocks by the reference that places most bases (the first one on a tie), in the order
        of the transcript. An exon that differs, or whose match is in doubt, stays unplaced. None
        when nothing matches. Substitutions are tolerated inside a block, gaps never.
    """
    best: tuple[Block, ...] = ()
    for reference in references:
        if reference.sequence is None or reference.strand is None or not reference.blocks:
            continue
        blocks = _place_on(sequence, reference.sequence, reference.blocks, reference.strand)
        if _bases(blocks) > _bases(best):
            best = blocks
    return best


def _bases(blocks: Iterable[Block]) -> int:
    return sum(block.end - block.start + 1 for block in blocks)


def _place_on(
    query: str, reference: str, blocks: Sequence[Block], strand: Strand
) -> tuple[Block, ...]:
    seeds: dict[str, list[int]] = defaultdict(list)
    for position in range(len(query) - _SEED + 1):
        seeds[query[position : position + _SEED]].append(position)
    found = [
        _match_block(query, reference, index, block, seeds) for index, block in enumerate(blocks)
    ]
    pieces = _in_order([piece for piece in found if piece is not None])
    pieces = _without_overlap(pieces, blocks)
    pieces = _with_short_exons(pieces, query, reference, blocks)
    return tuple(_to_block(piece, blocks[piece.block], strand) for piece in pieces)


def _match_block(
    query: str, reference: str, index: int, block: Block, seeds: Mapping[str, list[int]]
) -> _Piece | None:
    first, last = block.transcript_start - 1, block.transcript_end
    votes = Counter(
        position - hit
        for position in range(first, last - _SEED + 1)
        for hit in seeds.get(reference[position : position + _SEED], ())
    )
    if not votes:
        return None
    shift = max(votes, key=lambda s: (votes[s], -s))
    hits = [
        position - shift
        for position in range(first, last - _SEED + 1)
        if position - shift in seeds.get(reference[position : position + _SEED], ())
    ]
    low, high = max(0, first - shift), min(len(query), last - shift)
    start = hits[len(hits) // 2]
    end = start + _SEED
    end += _extension(query[end:high], reference[end + shift : high + shift])
    start -= _extension(query[low:start][::-1], reference[low + shift : start + shift][::-1])
    return _Piece(index, start, end, shift)


def _extension(query: str, reference: str) -> int:
    """Bases by which a match grows over two equally long texts that start beside it."""
    score = best = reach = 0
    for position, (one, other) in enumerate(zip(query, reference, strict=True), start=1):
        score += 1 if one == other else -_MISMATCH
        if score > best:
            best, reach = score, position
        elif score < best - _DROP:
            break
    return reach


def _in_order(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The heaviest subset whose query positions rise as the reference's do."""
    weight: list[int] = []
    before: list[int | None] = []
    for i, piece in enumerate(pieces):
        options = [
            (weight[j], -j)
            for j in range(i)
            if pieces[j].start < piece.start and pieces[j].end < piece.end
        ]
        heaviest, link = max(options, default=(0, 1))
        weight.append(heaviest + piece.end - piece.start)
        before.append(None if link > 0 else -link)
    chain = []
    at = max(range(len(pieces)), key=weight.__getitem__) if pieces else None
    while at is not None:
        chain.append(pieces[at])
        at = before[at]
    return chain[::-1]


def _without_overlap(pieces: Sequence[_Piece], blocks: Sequence[Block]) -> list[_Piece]:
    """Where two pieces claim the same bases, an exon's edge wins over a chance extension."""
    kept: list[_Piece] = []
    for piece in pieces:
        left = kept[-1] if kept else None
        if left is None or left.end <= piece.start:
            kept.append(piece)
        elif piece.start + piece.shift == blocks[piece.block].transcript_start - 1:
            kept[-1] = _Piece(left.block, left.start, piece.start, left.shift)
            kept.append(piece)
        else:
            kept.append(_Piece(piece.block, left.end, piece.end, piece.shift))
    return kept


def _with_short_exons(
    pieces: Sequence[_Piece], query: str, reference: str, blocks: Sequence[Block]
) -> list[_Piece]:
    """Add exons too short for a seed, and cut ends, where they fit between what is placed."""
    if not pieces:
        return []
    full: list[_Piece] = []
    for piece in pieces:
        if full:
            full.extend(_between(full[-1], piece, query, reference, blocks))
        full.append(piece)
    head, tail = full[0], full[-1]
    if head.block > 0 and head.start + head.shift == blocks[head.block].transcript_start - 1:
        span = head.start
        if _END_MATCH <= span <= _room(blocks[head.block - 1]) and _same(
            query, reference, 0, span, head.shift
        ):
            full.insert(0, _Piece(head.block - 1, 0, span, head.shift))
    if tail.block + 1 < len(blocks) and tail.end + tail.shift == blocks[tail.block].transcript_end:
        span = len(query) - tail.end
        if _END_MATCH <= span <= _room(blocks[tail.block + 1]) and _same(
            query, reference, tail.end, len(query), tail.shift
        ):
            full.append(_Piece(tail.block + 1, tail.end, len(query), tail.shift))
    return full


def _room(block: Block) -> int:
    return min(_SEED - 1, block.end - block.start + 1)


def _between(
    left: _Piece, right: _Piece, query: str, reference: str, blocks: Sequence[Block]
) -> list[_Piece]:
    inner = blocks[left.block + 1 : right.block]
    if left.shift != right.shift or not inner or left.end == right.start:
        return []
    if not _same(query, reference, left.end, right.start, left.shift):
        return []
    if left.end + left.shift != blocks[left.block].transcript_end:
        return []
    return [
        _Piece(
            left.block + offset,
            block.transcript_start - 1 - left.shift,
            block.transcript_end - left.shift,
            left.shift,
        )
        for offset, block in enumerate(inner, start=1)
    ]


def _same(query: str, reference: str, start: int, end: int, shift: int) -> bool:
    return start + shift >= 0 and query[start:end] == reference[start + shift : end + shift]


def _to_block(piece: _Piece, block: Block, strand: Strand) -> Block:
    head = piece.start + piece.shift - (block.transcript_start - 1)
    tail = block.transcript_end - (piece.end + piece.shift)
    if strand is Strand.PLUS:
        return Block(piece.start + 1, piece.end, block.start + head, block.end - tail)
    return Block(piece.start + 1, piece.end, block.start + tail, block.end - head)
