"""FASTQ text and the containers it comes in."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pysam

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from nutfusion.simulation.reads import Mates
    from nutfusion.simulation.templates import Bases

Container = Literal["plain", "gz", "gz-members", "bgzf"]
"""``gz`` is one zlib stream at level 6, ``gz-members`` one stream per chunk (files that were
concatenated), ``bgzf`` what bgzip writes."""

SUFFIXES: Final[dict[Container, str]] = {
    "plain": ".fastq",
    "gz": ".fastq.gz",
    "gz-members": ".fastq.gz",
    "bgzf": ".fastq.gz",
}
_GZIP: Final = 31
_PREFIX: Final = b"SIM:1:FCSIM:1:1101:"


def names(first: int, count: int) -> Bases:
    """Read names of constant width, numbered from ``first``; one row each."""
    numbers = np.arange(first, first + count, dtype=np.int64)
    digits = [(numbers // 10**power % 10 + 48).astype(np.uint8) for power in range(9, -1, -1)]
    colon = np.full(count, ord(":"), dtype=np.uint8)
    prefix = [np.full(count, code, dtype=np.uint8) for code in _PREFIX]
    return np.stack([*prefix, *digits[:5], colon, *digits[5:]], axis=1)


def name(number: int) -> str:
    """One read name."""
    return bytes(names(number, 1)[0]).decode()


def _columns(text: bytes, count: int) -> Bases:
    return np.broadcast_to(np.frombuffer(text, dtype=np.uint8), (count, len(text)))


def format_records(read_names: Bases, mates: Mates, comment: str = "") -> bytes:
    """The text of some records.

    Args:
        read_names: One row each.
        mates: The reads.
        comment: What follows the name on the header line, its blank included.
    """
    count, width = mates.bases.shape
    header = _columns(comment.encode("ascii") + b"\n", count)
    pieces = [
        _columns(b"@", count),
        read_names,
        header,
        mates.bases,
        _columns(b"\n+\n", count),
        mates.qualities,
        _columns(b"\n", count),
    ]
    table = np.concatenate(pieces, axis=1)
    if bool((mates.lengths == width).all()):
        return table.tobytes()
    kept = np.ones(table.shape, dtype=np.bool_)
    inside: NDArray[np.bool_] = np.arange(width) < mates.lengths[:, None]
    before = 1 + read_names.shape[1] + header.shape[1]
    kept[:, before : before + width] = inside
    kept[:, before + width + 3 : before + 2 * width + 3] = inside
    return table[kept].tobytes()


def write(path: Path, chunks: Iterable[bytes], container: Container) -> Path:
    """Write text in a container; the same text gives the same bytes."""
    if container == "bgzf":
        with pysam.BGZFile(str(path), "wb", None) as blocks:
            for chunk in chunks:
                blocks.write(chunk)
        return path
    with path.open("wb") as handle:
        if container == "plain":
            handle.writelines(chunks)
        elif container == "gz":
            stream = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
            for chunk in chunks:
                handle.write(stream.compress(chunk))
            handle.write(stream.flush())
        else:
            for chunk in chunks:
                stream = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
                handle.write(stream.compress(chunk) + stream.flush())
    return path
