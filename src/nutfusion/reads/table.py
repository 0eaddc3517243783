"""What the sieve looks for: 16-mers of NUTM1, of catalogued joints, and of counted genes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import Strand
from nutfusion.reads.kernels import scan as k

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nutfusion.model.panel import Panel, Transcript

COUNTED: Final = ("BRD4", "BRD3", "BRD2", "BRDT", "NSD3", "ZNF532", "ZNF592", "ZMYND8")
"""Genes whose wild-type fragments are counted: BET and BET-complex partners."""

JOINT_FLANK: Final = k.K - 1
"""Bases either side of a catalogued joint whose 16-mers cross it."""

EDGE_REACH: Final = 31
"""Longest piece of NUTM1 at a read's end that its last bases alone may show (nt)."""

_CODES: Final = np.full(256, 4, dtype=np.uint8)
for _i, _base in enumerate(b"ACTG"):  # the packed order: bits 1 and 2 of ASCII
    _CODES[_base] = _i
    _CODES[_base | 0x20] = _i


@dataclass(frozen=True, slots=True)
class KmerTable:
    """A two-level k-mer set with a class per k-mer.

    Attributes:
        bitmap: uint8, first level.
        shift: Right shift of a 64-bit hash to an index into the bitmap's bits.
        keys: uint32, open addressing, a power of two long.
        classes: uint8; 0 is free, ``TARGET`` is NUTM1, 2 and up index ``counted`` from its start.
        first_edges: uint8, bitmap of ``scan.EDGE``-mers with which a read may begin.
        last_edges: uint8, bitmap of ``scan.EDGE``-mers with which a read may end.
        counted: HGNC symbols of the counted genes, class 2 first.
    """

    bitmap: np.ndarray
    shift: np.uint64
    keys: np.ndarray
    classes: np.ndarray
    first_edges: np.ndarray
    last_edges: np.ndarray
    counted: tuple[str, ...]


_SHIFTS: Final = 2 * np.arange(k.K, dtype=np.uint64)
"""Where each base of a k-mer goes in its key: the first base lowest."""


def packed_kmers(sequence: str) -> np.ndarray:
    """All 16-mers of both strands, packed; shape (n,), uint32, sorted, each once.

    Without those that hold an N, and those that repeat one or two bases: they are everywhere and
    tell nothing.
    """
    codes = _CODES[np.frombuffer(sequence.encode("ascii"), dtype=np.uint8)]
    out = [np.empty(0, np.uint32)]
    for strand in (codes, np.where(codes < 4, codes ^ 2, 4)[::-1]):
        if len(strand) < k.K:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(strand, k.K)
        whole = (windows < 4).all(axis=1)
        simple = (windows[:, 2:] == windows[:, :-2]).all(axis=1)
        keys = np.zeros(len(windows), np.uint64)
        for i, shift in enumerate(_SHIFTS):
            keys |= windows[:, i].astype(np.uint64) << shift
        out.append(keys[whole & ~simple].astype(np.uint32))
    return np.unique(np.concatenate(out))


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
    classes = [np.full(len(wanted), k.TARGET, np.uint8)]
    for number, symbol in enumerate(counted, start=k.TARGET + 1):
        own = by_gene[symbol]
        own = own[~np.isin(own, shared) & ~np.isin(own, wanted)]
        kmers.append(own)
        classes.append(np.full(len(own), number, np.uint8))
    return _build(np.concatenate(kmers), np.concatenate(classes), _edges(panel), counted)


def empty_table() -> KmerTable:
    """A table that keeps and counts nothing."""
    nothing = np.empty(0, np.uint32)
    return _build(nothing, np.empty(0, np.uint8), ((), ()), ())


def _edges(panel: Panel) -> tuple[list[str], list[str]]:
    """Words at exon edges of NUTM1 that a read with a short piece of it begins or ends with.

    A read that ends ``n`` bases after an exon's start ends with the last ``EDGE`` of them; its
    reverse complement begins with theirs. The same holds for exon ends. ``n`` goes from ``EDGE``
    to ``EDGE_REACH``: from ``scan.K`` on one error can still hide a piece from the 16-mers.
    """
    begins: list[str] = []
    ends: list[str] = []
    for transcript in panel.of_gene(NUTM1):
        sequence = transcript.sequence
        if sequence is None:
            continue
        for exon in range(len(transcript.exons)):
            first = exon_edge(sequence, transcript, exon, EDGE_REACH, first=True) if exon else ""
            inner = exon < len(transcript.exons) - 1
            last = exon_edge(sequence, transcript, exon, EDGE_REACH, first=False) if inner else ""
            for n in range(EDGE_REACH - k.EDGE + 1):
                ends.append(first[n : n + k.EDGE])
                begins.append(last[n : n + k.EDGE])
    words = [w for w in begins if len(w) == k.EDGE], [w for w in ends if len(w) == k.EDGE]
    complement = str.maketrans("ACGT", "TGCA")
    turned = tuple([w[::-1].translate(complement) for w in side] for side in words)
    return words[0] + turned[1], words[1] + turned[0]


def _edge_bitmap(words: Sequence[str]) -> np.ndarray:
    """Bitmap over all ``EDGE``-mers, packed as ``kernels.scan`` does."""
    bitmap = np.zeros(4**k.EDGE // 8, np.uint8)
    for word in words:
        codes = _CODES[np.frombuffer(word.encode("ascii"), np.uint8)].astype(np.int64)
        key = int((codes << (2 * np.arange(k.EDGE))).sum())
        bitmap[key >> 3] |= np.uint8(1 << (key & 7))
    return bitmap


def _build(
    kmers: np.ndarray,
    values: np.ndarray,
    edges: tuple[Sequence[str], Sequence[str]],
    counted: tuple[str, ...],
) -> KmerTable:
    """Lay k-mers out: 64 bits of filter and at least 4 slots per k-mer."""
    bits = max(18, int(np.ceil(np.log2(max(1, len(kmers)) * 64))))
    slots = 1 << max(8, int(np.ceil(np.log2(max(1, len(kmers)) * 4))))
    bitmap = np.zeros((1 << bits) // 8, np.uint8)
    keys = np.zeros(slots, np.uint32)
    table = np.zeros(slots, np.uint8)
    shift = np.uint64(64 - bits)
    k.fill_table(kmers, values, bitmap, shift, keys, table)
    first, last = (_edge_bitmap(words) for words in edges)
    return KmerTable(bitmap, shift, keys, table, first, last, counted)
