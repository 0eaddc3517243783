"""Candidate junctions as a table for a terminal."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from nutfusion.model.exon_names import NumberingTag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutfusion.model.exon_names import (
        FusionReading,
        NameCandidate,
        NamedSide,
        NameReading,
        NameRemark,
    )

_WIDTH: Final = 100
_COLUMNS: Final = ("", "5' part", "3' part", "GRCh38", "GRCh37", "frame")
_NOTHING: Final = "-"
_UNCONFIRMED: Final = "?"
"""Behind a GRCh37 position that no exon table confirms."""

DECIDES_NOTHING: Final = (
    "Proposals in order, not a decision: compare by coordinate, and ask for the transcript."
)
"""Last line of a table."""


def as_text(reading: NameReading) -> str:
    """Lay a reading out: per fusion a table of candidates, then what must be known."""
    lines: list[str] = []
    for fusion in reading.fusions:
        lines += [*_fusion(fusion), ""]
    lines += _remarks(reading.remarks)
    if any(fusion.candidates for fusion in reading.fusions):
        lines.append(DECIDES_NOTHING)
    return "\n".join(lines).rstrip("\n") + "\n"


def _fusion(fusion: FusionReading) -> Iterator[str]:
    count = len(fusion.candidates)
    yield f"{fusion.written}: {count} candidate{'' if count == 1 else 's'}"
    if fusion.candidates:
        rows = [_row(i, c) for i, c in enumerate(fusion.candidates, start=1)]
        yield from _aligned([_COLUMNS, *rows])
        for i, candidate in enumerate(fusion.candidates, start=1):
            yield f"  {i}: {'  '.join([candidate.fusion_id, *_exon_names(candidate)])}"
    yield from _remarks(fusion.remarks)


def _exon_names(candidate: NameCandidate) -> Iterator[str]:
    """The first exon-level name by Ensembl and the first by RefSeq."""
    for prefix in ("ENST", "NM_"):
        yield from [n for n in candidate.names if n.startswith(prefix) and "(" in n][:1]


def _row(index: int, candidate: NameCandidate) -> tuple[str, ...]:
    sides = (candidate.five_prime, candidate.three_prime)
    return (
        str(index),
        *(_number(side) for side in sides),
        " :: ".join(f"{side.end.contig}:{side.end.position}({_strand(side)})" for side in sides),
        " :: ".join(_grch37(side) for side in sides),
        _frame(candidate),
    )


def _frame(candidate: NameCandidate) -> str:
    reason = candidate.reading_frame_reason
    return candidate.reading_frame.value + ("" if reason is None else f" ({reason})")


def _number(side: NamedSide) -> str:
    """The exon by the best numbering, its owner, and its tag unless it is verified."""
    best = side.numberings[0]
    tag = "" if best.tag is NumberingTag.VERIFIED else f", {best.tag.value}"
    stated = ", in the text" if side.version_stated else ""
    return f"{side.gene.symbol} exon {best.exon} ({best.accession or best.numbering}{stated}{tag})"


def _strand(side: NamedSide) -> str:
    return _NOTHING if side.end.strand is None else side.end.strand.value


def _grch37(side: NamedSide) -> str:
    if side.position_grch37 is None:
        return _NOTHING
    return f"{side.position_grch37}{'' if side.grch37_verified else _UNCONFIRMED}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield ("  " + "  ".join(cells)).rstrip()


def _remarks(remarks: Sequence[NameRemark]) -> Iterator[str]:
    for each in remarks:
        yield from wrap(
            f"{each.code}: {each.says}",
            _WIDTH,
            initial_indent="  - ",
            subsequent_indent="    ",
            break_long_words=False,
        )
