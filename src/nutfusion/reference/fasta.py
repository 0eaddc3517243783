"""Records of a FASTA file, with the line each begins on."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from nutfusion.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def fasta_records(handle: IO[bytes], path: Path) -> Iterator[tuple[int, str, list[bytes]]]:
    """Yield the records of a FASTA file.

    Args:
        handle: The open file, decompressed.
        path: Its path, for messages.

    Yields:
        1-based line of the header, the header without ``>``, the lines of bases.

    Raises:
        InputError: The file is empty or does not start with a header.
    """
    header: tuple[int, str] | None = None
    bases: list[bytes] = []
    for number, line in enumerate(handle, start=1):
        if line.startswith(b">"):
            if header is not None:
                yield (*header, bases)
            header, bases = (number, line[1:].decode("utf-8", errors="replace").strip()), []
        elif header is None and line.strip():
            raise InputError("expected FASTA, a file that starts with >", path=path, line=number)
        else:
            bases.append(line.strip())
    if header is None:
        raise InputError("expected FASTA, found an empty file", path=path)
    yield (*header, bases)
