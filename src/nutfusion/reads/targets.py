"""The panel as arrays that reads are placed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from nutfusion.model.panel import NUTM1
from nutfusion.model.terms import Strand
from nutfusion.reads.kept import CODES
from nutfusion.reads.kernels import place as k

if TYPE_CHECKING:
    from nutfusion.model.panel import Panel, Transcript

PAD: Final = 512
"""Bases of nothing between two targets, so that a read never matches across them."""
NOTHING: Final = 5
"""Code of a padding base; it matches no read base."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Transcripts and decoys, one after another.

    A *global position* is a 0-based index into these arrays.

    Attributes:
        bases: uint8 base codes (``NOTHING`` between targets).
        gene: int16 per global position: index into ``genes``; ``k.PARALOGUE`` or ``k.INTRON`` on a
            decoy; -1 between targets.
        target: int32 per global position: index of the target; -1 between targets.
        genome: int64 per global position: GRCh38 residue (1-based), 0 where there is none.
        donor: uint8 per global position: 2 when the base ends a MANE exon that another follows,
            1 for an exon of another transcript, else 0.
        acceptor: uint8 per global position: the same for the first base of an exon.
        genes: HGNC symbols; NUTM1 first.
        contigs: ``chr`` contig of each gene, ``None`` when not placed.
        strands: Strand of each gene, ``None`` when not placed.
        starts: int64 per target: global position of its first base.
        ends: int64 per target: global position after its last base.
        names: Accession or decoy name per target.
        kmer_keys: uint32, open addressing over ``k.SEED``-mers.
        kmer_first: int32 per slot: first index into ``kmer_positions``.
        kmer_count: int32 per slot: 0 is free.
        kmer_marks: uint8, bitmap of the marks that k-mers of the table have (``k.MARKS`` bits).
        kmer_positions: int32 global positions, grouped by k-mer.
    """

    bases: np.ndarray
    gene: np.ndarray
    target: np.ndarray
    genome: np.ndarray
    donor: np.ndarray
    acceptor: np.ndarray
    genes: tuple[str, ...]
    contigs: tuple[str | None, ...]
    strands: tuple[Strand | None, ...]
    starts: np.ndarray
    ends: np.ndarray
    names: tuple[str, ...]
    kmer_keys: np.ndarray
    kmer_first: np.ndarray
    kmer_count: np.ndarray
    kmer_marks: np.ndarray
    kmer_positions: np.ndarray

    def of_gene(self, number: int) -> list[int]:
        """Target indices of a gene, MANE first."""
        return [i for i, start in enumerate(self.starts) if self.gene[start] == number]


def _exon_edges(panel: Panel, symbol: str) -> tuple[dict[int, int], dict[int, int]]:
    """Residues that end an exon before the last, and that start one after the first.

    Returns:
        Two maps, GRCh38 residue to 2 (MANE) or 1 (another transcript).
    """
    donors: dict[int, int] = {}
    acceptors: dict[int, int] = {}
    for transcript in panel.of_gene(symbol):
        weight = 2 if transcript.is_mane else 1
        plus = transcript.strand is Strand.PLUS
        for exon in transcript.exons[:-1]:
            edge = exon.end if plus else exon.start
            donors[edge] = max(weight, donors.get(edge, 0))
        for exon in transcript.exons[1:]:
            edge = exon.start if plus else exon.end
            acceptors[edge] = max(weight, acceptors.get(edge, 0))
    return donors, acceptors


def _genome_of(transcript: Transcript) -> np.ndarray:
    """GRCh38 residue of each base of the sequence, 0 where there is none; int64."""
    out = np.zeros(len(transcript.sequence or ""), np.int64)
    for block in transcript.blocks:
        residues = np.arange(block.start, block.end + 1)
        if transcript.strand is Strand.MINUS:
            residues = residues[::-1]
        out[block.transcript_start - 1 : block.transcript_end] = residues
    return out


def make_targets(panel: Panel) -> Targets:
    """Lay the panel's sequences out; NUTM1 first, then the panel's order, then decoys."""
    with_sequence = [s for s in panel.genes if panel.has_sequence(s)]
    symbols = tuple(sorted(with_sequence, key=lambda s: s != NUTM1))
    pieces: list[tuple[str, int, str, np.ndarray, dict[int, int], dict[int, int]]] = []
    for number, symbol in enumerate(symbols):
        donors, acceptors = _exon_edges(panel, symbol)
        pieces += [
            (t.accession, number, t.sequence, _genome_of(t), donors, acceptors)
            for t in panel.of_gene(symbol)
            if t.sequence
        ]
    pieces += [
        (
            d.name,
            k.INTRON if d.gene == NUTM1 else k.PARALOGUE,
            d.sequence,
            np.zeros(len(d.sequence), np.int64),
            {},
            {},
        )
        for d in panel.decoys
    ]
    size = PAD + sum(len(sequence) + PAD for _, _, sequence, *_ in pieces)
    bases = np.full(size, NOTHING, np.uint8)
    gene = np.full(size, -1, np.int16)
    target = np.full(size, -1, np.int32)
    genome = np.zeros(size, np.int64)
    donor = np.zeros(size, np.uint8)
    acceptor = np.zeros(size, np.uint8)
    starts, ends = [], []
    at = PAD
    for i, (_, number, sequence, residues, donors, acceptors) in enumerate(pieces):
        stop = at + len(sequence)
        bases[at:stop] = CODES[np.frombuffer(sequence.encode("ascii"), np.uint8)]
        gene[at:stop] = number
        target[at:stop] = i
        genome[at:stop] = residues
        for edges, marks in ((donors, donor), (acceptors, acceptor)):
            for residue, weight in edges.items():
                marks[at:stop][residues == residue] = weight
        starts.append(at)
        ends.append(stop)
        at = stop + PAD
    mane = [panel.mane(symbol) for symbol in symbols]
    index = _index(bases)
    return Targets(
        bases,
        gene,
        target,
        genome,
        donor,
        acceptor,
        symbols,
        tuple(m.contig if m else None for m in mane),
        tuple(m.strand if m else None for m in mane),
        np.array(starts, np.int64),
        np.array(ends, np.int64),
        tuple(name for name, *_ in pieces),
        *index,
    )


def _index(
    bases: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Group the positions of every ``k.SEED``-mer without N or padding; ``kmer_*`` of targets."""
    windows = np.lib.stride_tricks.sliding_window_view(bases, k.SEED)
    positions = np.flatnonzero((windows < 4).all(axis=1))
    kmers = np.zeros(len(positions), np.uint32)
    for i in range(k.SEED):
        kmers = (kmers << np.uint32(2)) | bases[positions + i].astype(np.uint32)
    order = np.argsort(kmers, kind="stable")
    values, first, count = np.unique(kmers[order], return_index=True, return_counts=True)
    slots = 1 << max(8, int(np.ceil(np.log2(max(1, len(values)) * 2))))
    keys = np.zeros(slots, np.uint32)
    slot_first = np.zeros(slots, np.int32)
    slot_count = np.zeros(slots, np.int32)
    marks = np.zeros((1 << k.MARKS) // 8, np.uint8)
    k.fill_index(
        values, first.astype(np.int32), count.astype(np.int32), keys, slot_first, slot_count, marks
    )
    return keys, slot_first, slot_count, marks, positions[order].astype(np.int32)
