"""What the sieve looks for: 16-mers of NUTM1, of catalogued joints, and of counted genes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import Strand
from nutfusion.reads.kernels import edges as e
from nutfusion.reads.kernels import probes
from nutfusion.reads.kernels import scan as k

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutfusion.model.panel import Panel, Transcript

COUNTED: Final = ("BRD4", "BRD3", "BRD2", "BRDT", "NSD3", "ZNF532", "ZNF592", "ZMYND8")
"""Genes whose wild-type fragments are counted: BET and BET-complex partners."""

JOINT_FLANK: Final = probes.K - 1
"""Bases either side of a catalogued joint whose 16-mers cross it."""

_CODES: Final = np.full(256, 4, dtype=np.uint8)
for _i, _base in enumerate(b"ACTG"):  # the packed order: bits 1 and 2 of ASCII
    _CODES[_base] = _i
    _CODES[_base | 0x20] = _i


@dataclass(frozen=True, slots=True)
class KmerTable:
    """A two-level k-mer set with a class per k-mer.

    Attributes:
        sieve: uint64, first level: two bits of one word for each k-mer.
        shift: Right shift of a 64-bit hash to as many bits as the first level has.
        keys: uint32, open addressing, a power of two long.
        classes: uint8; 0 is free, ``TARGET`` is NUTM1, 2 and up index ``counted`` from its start.
        first_words: uint8, bitmap of the ``scan.EDGE``-mers with which a piece at a read's
            beginning may begin.
        last_words: The same for the end.
        first_tried: uint64, what such a piece may be by its bases at a read's beginning (see
            ``kernels.edges.tried_by_end``).
        last_tried: The same for the end.
        first_edges: uint64, pieces beside NUTM1's exon edges with which a read may begin (see
            ``kernels.edges``).
        last_edges: The same for the end.
        counted: HGNC symbols of the counted genes, class 2 first.
    """

    sieve: np.ndarray
    shift: np.uint64
    keys: np.ndarray
    classes: np.ndarray
    first_words: np.ndarray
    last_words: np.ndarray
    first_tried: np.ndarray
    last_tried: np.ndarray
    first_edges: np.ndarray
    last_edges: np.ndarray
    counted: tuple[str, ...]


_SHIFTS: Final = 2 * np.arange(probes.K, dtype=np.uint64)
"""Where each base of a k-mer goes in its key: the first base lowest."""


def packed_codes(sequence: str) -> np.ndarray:
    """Bases in the packed order (A 0, C 1, T 2, G 3; 4 for anything else); uint8."""
    return _CODES[np.frombuffer(sequence.encode("ascii"), dtype=np.uint8)]


def packed_windows(sequence: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """All 16-mers, packed, of the sequence and then of its other strand, and where they lie.

    Without those that hold an N, and those that repeat one or two bases: they are everywhere and
    tell nothing.

    Returns:
        For either strand uint32 k-mers, and int64 0-based places of their first base in the
        sequence's sense.
    """
    codes = packed_codes(sequence)
    for turned, strand in enumerate((codes, np.where(codes < 4, codes ^ 2, 4)[::-1])):
        if len(strand) < probes.K:
            yield np.empty(0, np.uint32), np.empty(0, np.int64)
            continue
        windows = np.lib.stride_tricks.sliding_window_view(strand, probes.K)
        whole = (windows < 4).all(axis=1)
        simple = (windows[:, 2:] == windows[:, :-2]).all(axis=1)
        keys = np.zeros(len(windows), np.uint64)
        for i, shift in enumerate(_SHIFTS):
            keys |= windows[:, i].astype(np.uint64) << shift
        usable = np.flatnonzero(whole & ~simple)
        places = len(codes) - probes.K - usable if turned else usable
        yield keys[usable].astype(np.uint32), places


def packed_kmers(sequence: str) -> np.ndarray:
    """All 16-mers of both strands (``packed_windows``): uint32, shape (n,), sorted, each once."""
    return np.unique(np.concatenate([keys for keys, _ in packed_windows(sequence)]))


def catalogued_joints(panel: Panel) -> Iterable[str]:
    """Sequences across every exon end of a counted gene joined to every NUTM1 exon start."""
    target = panel.mane(NUTM1)
    if target is None or target.sequence is None:
        return
    acceptors = [
        exon_edge(target.sequence, target, n, JOINT_FLANK, first=True)
        for n in range(len(target.exons))
    ]
    for symbol in COUNTED:
        for transcript in panel.of_gene(symbol):
            if transcript.sequence is None or not transcript.exons:
                continue
            for exon in range(len(transcript.exons) - 1):
                donor = exon_edge(transcript.sequence, transcript, exon, JOINT_FLANK, first=False)
                yield from (donor + acceptor for acceptor in acceptors if donor and acceptor)


def exon_edge(sequence: str, transcript: Transcript, index: int, flank: int, *, first: bool) -> str:
    """``flank`` bases at the start or the end of an exon; empty when there are none."""
    if index >= len(transcript.exons):
        return ""
    exon = transcript.exons[index]
    plus = transcript.strand is Strand.PLUS
    at = transcript.transcript_position(exon.start if first == plus else exon.end)
    if at is None:
        return ""
    start = at - 1 if first else max(0, at - flank)
    return sequence[start : start + flank]


def kmer_table(panel: Panel) -> KmerTable:
    """Build the sieve of a panel.

    Classes: NUTM1 and catalogued joints are ``TARGET``; a 16-mer that only one counted gene has
    (and no other sequence of the panel) counts for that gene.
    """
    target = [t.sequence for t in panel.of_gene(NUTM1) if t.sequence]
    wanted = packed_kmers("N".join([*target, *catalogued_joints(panel)]))
    by_gene: dict[str, np.ndarray] = {}
    for symbol in panel.genes:
        sequences = [t.sequence for t in panel.of_gene(symbol) if t.sequence]
        if sequences and symbol != NUTM1:
            by_gene[symbol] = packed_kmers("N".join(sequences))
    counted = tuple(symbol for symbol in COUNTED if symbol in by_gene)
    every = np.concatenate([*by_gene.values(), np.empty(0, np.uint32)])
    values, occurrences = np.unique(every, return_counts=True)
    shared = values[occurrences > 1]
    kmers = [wanted]
    classes = [np.full(len(wanted), probes.TARGET, np.uint8)]
    for number, symbol in enumerate(counted, start=probes.TARGET + 1):
        own = by_gene[symbol]
        own = own[~np.isin(own, shared) & ~np.isin(own, wanted)]
        kmers.append(own)
        classes.append(np.full(len(own), number, np.uint8))
    return _build(np.concatenate(kmers), np.concatenate(classes), _edges(panel), counted)


def empty_table() -> KmerTable:
    """A table that keeps and counts nothing."""
    nothing = np.empty(0, np.uint32)
    none = np.empty((0, e.REACH), np.uint8)
    return _build(nothing, np.empty(0, np.uint8), (none, none), ())


def _edges(panel: Panel) -> tuple[np.ndarray, np.ndarray]:
    """Pieces beside exon edges of NUTM1 that a read begins or ends with, outwards from the edge.

    A read that ends ``n`` bases after an exon's start ends with its first ``n`` bases; its reverse
    complement begins with them backwards, complemented. The same holds for exon ends.
    """
    starts: set[str] = set()
    ends: set[str] = set()
    for transcript in panel.of_gene(NUTM1):
        sequence = transcript.sequence
        if sequence is None:
            continue
        for exon in range(len(transcript.exons)):
            if exon:
                starts.add(exon_edge(sequence, transcript, exon, e.REACH, first=True))
            if exon < len(transcript.exons) - 1:
                ends.add(exon_edge(sequence, transcript, exon, e.REACH, first=False)[::-1])
    rows = []
    for begin in (ends, starts), (starts, ends):
        codes = [
            _CODES[np.frombuffer(piece.encode("ascii"), np.uint8)] ^ turned
            for turned, side in zip((0, 2), begin, strict=True)
            for piece in sorted(side)
            if len(piece) == e.REACH and set(piece) <= set("ACGT")
        ]
        rows.append(np.array(codes, np.uint8).reshape(-1, e.REACH))
    return rows[0], rows[1]


def _word_bitmap(edges: np.ndarray, *, at_end: bool) -> np.ndarray:
    """Bitmap over the ``EDGE``-mers that reads with a piece of ``edges`` end (or begin) with.

    A piece shorter than ``EDGE`` leaves the other bases open; any one base may differ.
    """
    bitmap = np.zeros(4**k.EDGE // 8, np.uint8)
    places = 2 * np.arange(k.EDGE)[:: -1 if at_end else 1]  # from the read's end inwards
    for row in edges:
        for n in range(e.SHORTEST, e.REACH + 1):
            known = row[:n][::-1][: k.EDGE].astype(np.int64)
            key = int((known << places[: len(known)]).sum())
            changes = [0, *(by << int(at) for at in places[: len(known)] for by in (1, 2, 3))]
            keys = key ^ np.array(changes)
            for at in places[len(known) :]:
                keys = np.concatenate([keys | (base << int(at)) for base in range(4)])
            np.bitwise_or.at(bitmap, keys >> 3, (1 << (keys & 7)).astype(np.uint8))
    return bitmap


def _build(
    kmers: np.ndarray,
    values: np.ndarray,
    edges: tuple[np.ndarray, np.ndarray],
    counted: tuple[str, ...],
) -> KmerTable:
    """Lay k-mers out: 64 bits of filter and at least 4 slots per k-mer."""
    bits = max(18, int(np.ceil(np.log2(max(1, len(kmers)) * 64))))
    slots = 1 << max(8, int(np.ceil(np.log2(max(1, len(kmers)) * 4))))
    sieve = np.zeros((1 << bits) // 64, np.uint64)
    keys = np.zeros(slots, np.uint32)
    table = np.zeros(slots, np.uint8)
    shift = np.uint64(64 - bits)
    probes.fill_table(kmers, values, sieve, shift, keys, table)
    words = [_word_bitmap(side, at_end=bool(end)) for end, side in enumerate(edges)]
    first, last = (e.packed(side) for side in edges)
    return KmerTable(
        sieve,
        shift,
        keys,
        table,
        words[0],
        words[1],
        e.tried_by_end(first),
        e.tried_by_end(last),
        first,
        last,
        counted,
    )
