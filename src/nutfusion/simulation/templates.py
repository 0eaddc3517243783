"""Sequences that fragments are cut from, laid end to end in one array."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Bases = NDArray[np.uint8]
"""ASCII codes."""
Positions = NDArray[np.int32]

NUCLEOTIDES: Final = np.frombuffer(b"ACGT", dtype=np.uint8)


def _complement_table() -> Bases:
    table = np.full(256, ord("N"), dtype=np.uint8)
    for base, partner in zip(b"ACGTacgt", b"TGCAtgca", strict=True):
        table[base] = partner
    return table


_COMPLEMENT: Final = _complement_table()


def as_bases(sequence: str) -> Bases:
    """The sequence as an array; anything but A, C, G and T becomes N."""
    raw = np.frombuffer(sequence.upper().encode("ascii"), dtype=np.uint8)
    return np.where(np.isin(raw, NUCLEOTIDES), raw, np.uint8(ord("N")))


def reverse_complement(sequence: str) -> str:
    """The other strand."""
    return bytes(_COMPLEMENT[np.frombuffer(sequence.encode("ascii"), np.uint8)][::-1]).decode()


def read_fasta(path: Path) -> dict[str, str]:
    """Records by the first word of their header; gzip and BGZF are recognised by their bytes."""
    with path.open("rb") as probe:
        compressed = probe.read(2) == b"\x1f\x8b"
    parts: dict[str, list[str]] = {}
    lines: list[str] = []
    with gzip.open(path, "rt") if compressed else path.open() as handle:
        for line in handle:
            if line.startswith(">"):
                lines = parts.setdefault(line[1:].split()[0], [])
            else:
                lines.append(line.strip().upper())
    return {name: "".join(sequence) for name, sequence in parts.items()}


@dataclass(frozen=True)
class Templates:
    """A pool of sequences.

    Attributes:
        names: In pool order.
        bases: All senses end to end, then the reverse complement of that: position ``p`` and
            ``len(bases) - 1 - p`` are the same base pair.
        starts: 0-based first base of each template in ``bases``.
        lengths: Bases of each template.
    """

    names: tuple[str, ...]
    bases: Bases
    starts: Positions
    lengths: Positions

    @classmethod
    def of(cls, sequences: Mapping[str, str]) -> Templates:
        """Lay sequences end to end."""
        names = tuple(sequences)
        lengths = np.array([len(sequences[name]) for name in names], dtype=np.int32)
        sense = as_bases("".join(sequences[name] for name in names))
        starts = (np.cumsum(lengths) - lengths).astype(np.int32)
        return cls(names, np.concatenate([sense, _COMPLEMENT[sense[::-1]]]), starts, lengths)

    def index(self, name: str) -> int:
        """Place of a template in the pool."""
        return self.names.index(name)


def relative(sequence: str, share: float, rng: np.random.Generator, *, alike: int = 24) -> str:
    """A made-up relative of a gene.

    Args:
        sequence: The gene, of A, C, G and T.
        share: Of bases that are another one.
        rng: Which ones.
        alike: First bases that are left as they are.
    """
    hit = rng.random(len(sequence)) < share
    hit[:alike] = False
    other = sequence.translate(str.maketrans("ACGT", "CATG"))
    return "".join(np.where(hit, list(other), list(sequence)))


def random_sequences(count: int, rng: np.random.Generator, mean: int = 2500) -> dict[str, str]:
    """Made-up transcripts, for when the real-data folder is absent."""
    lengths = np.maximum(400, rng.lognormal(np.log(mean), 0.5, count)).astype(int)
    return {
        f"random_{index:05d}": bytes(NUCLEOTIDES[rng.integers(0, 4, length)]).decode()
        for index, length in enumerate(lengths)
    }
