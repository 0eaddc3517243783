"""Where the pieces of a long read lie on the panel: minimap2, which is made for them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import mappy

from nutfusion.reads.placement import reverse_complement
from nutfusion.reads.shown import letters

if TYPE_CHECKING:
    import numpy as np

    from nutfusion.reads.targets import Targets

K: Final = 11
"""Seed of the index (nt): at 5 % errors a piece of 60 nt still has some; the panel is small enough
for it (chosen by us)."""
WINDOW: Final = 3
"""Every window of three seeds gives one."""
CHAIN_SCORE: Final = 25
"""Least chain: two seeds side by side and a few bases."""
LEAST_PIECE: Final = 40
"""Shortest piece that is believed to lie on a gene (aligned columns; chosen by us)."""
LEAST_IDENTITY: Final = 0.85
"""Share of aligned columns that are equal: reads of 5 % errors and a piece of bad luck; NUTM2 genes
are 0.6 to 0.8 like NUTM1 over a piece (chosen by us)."""

ALL_CHAINS: Final = 0x800000
"""Report every chain: with so short seeds minimap2 else drops the smaller of two neighbouring
pieces now and then (``MM_F_ALL_CHAINS``, option ``-P``)."""
LONG_GAP: Final = 30
"""Missing or extra bases (nt) from which two pieces are told apart: no error of a sequencer."""
MATCH: Final = 0
INSERTION: Final = 1
DELETION: Final = 2
END: Final = -1
"""Operations of a CIGAR (SAMv1, section 1.4), and its end."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of a read on one target, in the sense of the target.

    Attributes:
        gene: Number of the gene; negative for decoys.
        start: First base in the read (0-based), turned to the sense of the target.
        end: Base after the last one in the read.
        low: Global position of its first base.
        high: Global position after its last base.
        reverse: The read had to be turned.
        equal: Equal bases.
        cigar: Pairs of length and operation.
    """

    gene: int
    start: int
    end: int
    low: int
    high: int
    reverse: bool
    equal: int
    cigar: tuple[tuple[int, int], ...]

    def in_read(self, position: int) -> int:
        """Index in the turned read of a global position inside the hit."""
        read, at = self.start, self.low
        for length, operation in self.cigar:
            if operation == INSERTION:
                read += length
                continue
            if at + length > position:
                return read + (position - at if operation == MATCH else 0)
            at += length
            read += length if operation == MATCH else 0
        return read


class LongMapper:
    """Maps long reads on the panel's transcripts and decoys.

    Args:
        targets: The panel.
    """

    def __init__(self, targets: Targets) -> None:
        self._targets = targets
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "panel.fa")
            path.write_text(
                "".join(
                    f">{i}\n{letters(targets.bases[start:end])}\n"
                    for i, (start, end) in enumerate(zip(targets.starts, targets.ends, strict=True))
                )
            )
            self._index = mappy.Aligner(
                str(path),
                preset="map-ont",
                k=K,
                w=WINDOW,
                min_chain_score=CHAIN_SCORE,
                extra_flags=ALL_CHAINS,
                n_threads=1,
            )
        if not self._index:
            raise AssertionError("minimap2 could not index the panel")

    def hits(self, read: np.ndarray) -> list[Hit]:
        """Believed pieces of a read, those with most equal bases first; base codes."""
        turned = reverse_complement(read)
        found = []
        for hit in self._index.map(letters(read)):
            offset = int(self._targets.starts[int(hit.ctg)])
            reverse = hit.strand < 0
            start = len(read) - hit.q_en if reverse else hit.q_st
            cigar = [(length, operation) for length, operation in hit.cigar]
            found += self._pieces(
                turned if reverse else read, start, offset + hit.r_st, cigar, reverse=reverse
            )
        return sorted(found, key=lambda h: (-h.equal, h.low, h.start))

    def _pieces(
        self,
        read: np.ndarray,
        start: int,
        low: int,
        cigar: list[tuple[int, int]],
        *,
        reverse: bool,
    ) -> list[Hit]:
        """An alignment cut at its long gaps: another isoform, an intron, something else between."""
        out = []
        part: list[tuple[int, int]] = []
        for length, operation in [*cigar, (LONG_GAP, END)]:
            if length < LONG_GAP or operation == MATCH:
                part.append((length, operation))
                continue
            end = start + sum(n for n, op in part if op != DELETION)
            high = low + sum(n for n, op in part if op != INSERTION)
            piece = self._piece(read, start, low, part)
            if piece is not None:
                gene = int(self._targets.gene[low])
                out.append(Hit(gene, start, end, low, high, reverse, piece, tuple(part)))
            start = end + (length if operation == INSERTION else 0)
            low = high + (length if operation == DELETION else 0)
            part = []
        return out

    def _piece(
        self, read: np.ndarray, start: int, low: int, part: list[tuple[int, int]]
    ) -> int | None:
        """Equal bases of a piece; ``None`` when it is too short or too different."""
        equal = columns = 0
        at, position = start, low
        for length, operation in part:
            columns += length
            if operation == MATCH:
                same = read[at : at + length] == self._targets.bases[position : position + length]
                equal += int(same.sum())
            at += length if operation != DELETION else 0
            position += length if operation != INSERTION else 0
        return equal if columns >= LEAST_PIECE and equal >= LEAST_IDENTITY * columns else None
