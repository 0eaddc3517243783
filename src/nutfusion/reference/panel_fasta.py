"""FASTA as a panel holds it: upper case, ``key=value`` fields after the name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.errors import ReferenceDataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_NOT_BASES: Final = str.maketrans("", "", "ACGTN")

_WIDTH: Final = 60
"""Bases on a line."""


@dataclass(frozen=True, slots=True)
class PanelRecord:
    """One sequence of a panel's FASTA file.

    Attributes:
        path: The file, for messages.
        line: 1-based line of the header.
        name: First word of the header.
        fields: ``key=value`` words of the header.
        sequence: Upper-case bases, A C G T N only.
    """

    path: Path
    line: int
    name: str
    fields: Mapping[str, str]
    sequence: str

    def error(self, message: str) -> ReferenceDataError:
        """Return an error that points at this record's header."""
        return ReferenceDataError(f"{self.name}: {message}", path=self.path, line=self.line)


def read_panel_fasta(path: Path, content: bytes) -> Iterator[PanelRecord]:
    """Yield the records of a panel's FASTA file.

    Args:
        path: Where the bytes come from, for messages.
        content: The whole file; an empty one has no records.

    Raises:
        ReferenceDataError: Text before the first header, a record without a name or bases, a
            letter other than A C G T N, or a name that comes twice.
    """
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"expected ASCII text: {error}", path=path) from error
    if text and not text.startswith(">"):
        raise ReferenceDataError("expected a header that starts with >", path=path, line=1)
    seen: set[str] = set()
    line = 1
    for chunk in text.removeprefix(">").split("\n>") if text else ():
        record = _record(path, line, chunk.removesuffix("\n"))
        if record.name in seen:
            raise record.error("expected each name once, found it again")
        seen.add(record.name)
        yield record
        line += chunk.count("\n") + 1


def _record(path: Path, line: int, chunk: str) -> PanelRecord:
    header, *lines = chunk.split("\n")
    name, *words = header.split() or [""]
    if not name:
        raise ReferenceDataError("expected a name after >", path=path, line=line)
    sequence = "".join(lines)
    if sequence.translate(_NOT_BASES):
        for offset, bases in enumerate(lines, start=1):
            if wrong := bases.translate(_NOT_BASES):
                raise ReferenceDataError(
                    f"{name}: expected upper-case A, C, G, T or N, found {wrong[0]!r}",
                    path=path,
                    line=line + offset,
                )
    record = PanelRecord(
        path, line, name, dict(w.split("=", 1) for w in words if "=" in w), sequence
    )
    if not sequence:
        raise record.error("expected bases, found none")
    return record


def render_panel_fasta(records: Iterable[tuple[str, Mapping[str, str], str]]) -> bytes:
    """Lay (name, fields, sequence) records out as a panel's FASTA file, 60 bases a line."""
    lines = []
    for name, fields, sequence in records:
        lines.append(" ".join((f">{name}", *(f"{key}={value}" for key, value in fields.items()))))
        lines.extend(sequence[i : i + _WIDTH] for i in range(0, len(sequence), _WIDTH))
    return "".join(f"{line}\n" for line in lines).encode("ascii")
