"""Sequences as text: complement, translation, open reading frames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPLEMENT: Final = str.maketrans("ACGTN", "TGCAN")
_AMINO_ACIDS: Final = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
_CODONS: Final = {
    "".join(bases): amino_acid
    for bases, amino_acid in zip(product("TCAG", repeat=3), _AMINO_ACIDS, strict=True)
}
_OTHER: Final = re.compile("[^ACGTN]")

STOP: Final = "*"


@dataclass(frozen=True, slots=True)
class Frame:
    """An open reading frame that starts with ATG.

    Attributes:
        start: 1-based first base of ATG.
        end: 1-based last base of the stop codon; ``None`` when the sequence ends before a stop.
        protein_length: Residues without the stop.
    """

    start: int
    end: int | None
    protein_length: int


def clean(sequence: str) -> str:
    """Return upper-case DNA: U becomes T, anything but A C G T becomes N."""
    return _OTHER.sub("N", sequence.upper().replace("U", "T"))


def reverse_complement(sequence: str) -> str:
    """Return the other strand of an upper-case sequence of A C G T N."""
    return sequence.translate(_COMPLEMENT)[::-1]


def translate(sequence: str) -> str:
    """Return the residues of the whole codons from the first base on.

    Returns:
        One letter per codon: ``*`` for a stop, ``X`` for a codon with N. A last incomplete codon
        is left out. The standard code (NCBI translation table 1).
    """
    whole = len(sequence) - len(sequence) % 3
    return "".join(_CODONS.get(sequence[i : i + 3], "X") for i in range(0, whole, 3))


def open_frames(sequence: str) -> Iterator[Frame]:
    """Yield, per reading frame, every stretch from its first ATG to the next stop or to the end.

    Args:
        sequence: Upper-case DNA.
    """
    for offset in range(3):
        protein = translate(sequence[offset:])
        residue = 0
        for stretch in protein.split(STOP):
            first = stretch.find("M")
            if first >= 0:
                stop = residue + len(stretch)
                yield Frame(
                    start=offset + 3 * (residue + first) + 1,
                    end=offset + 3 * (stop + 1) if stop < len(protein) else None,
                    protein_length=len(stretch) - first,
                )
            residue += len(stretch) + 1


def frame_at(sequence: str, start: int) -> Frame | None:
    """Return the open frame from an ATG at a 1-based position; ``None`` when there is no ATG."""
    coding = sequence[start - 1 :]
    if not coding.startswith("ATG"):
        return None
    protein = translate(coding)
    stop = protein.find(STOP)
    if stop < 0:
        return Frame(start=start, end=None, protein_length=len(protein))
    return Frame(start=start, end=start + 3 * stop + 2, protein_length=stop)


def longest_frame(sequence: str, *, complete: bool = True) -> Frame | None:
    """Return the longest open frame, the first one on a tie; ``None`` when there is none.

    Args:
        sequence: Upper-case DNA.
        complete: Only frames that end with a stop codon.
    """
    frames = [f for f in open_frames(sequence) if f.end is not None or not complete]
    return max(frames, key=lambda f: (f.protein_length, -f.start), default=None)
