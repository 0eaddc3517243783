"""STAR ``Chimeric.out.junction``: one row per chimeric read, old and new layout.

Source: alexdobin/STAR@b1edc12, extras/doc-latex/STARmanual.tex ("Chimeric alignments in
Chimeric.out.junction"), source/ReadAlign_chimericDetectionOld.cpp and
source/ChimericAlign_chimericJunctionOutput.cpp. The old algorithm writes 14 columns and no header
line, the new one a header line and up to 23 columns (``readgrp`` is in the header even when rows
lack it), and with ``--chimOutJunctionFormat 1`` two lines at the end that begin with ``#``. DRAGEN
writes the same layout.

==============================  ================================================================
STAR                            nutfusion
==============================  ================================================================
brkpt_donorA, brkpt_acceptorB   first base of the *intron* on each side, 1-based: one base outside
                                the exon, so corrected by one
strand_donorA, strand_acceptorB strand of the read. ``+`` in A: lower coordinates stay; ``+`` in B:
                                higher ones stay
junction_type 1 (GT/AG)         A is 5', strands are the transcript's
junction_type 2 (CT/AC)         the read is the other strand: B is 5', strands are flipped
junction_type 0 (other)         order not stated; known from the sense of the genes
junction_type -1                the mates lie on either side and no read crosses: the positions
                                are bounds (``precise`` is false), the order is not stated
read_name                       counted, never kept
==============================  ================================================================

Rows of one joint become one statement, in either direction of the read: ``split_reads`` is the
number of read names (one per fragment, PCR copies and ambiguous reads included; the lowest
``num_chim_aln`` is kept). Rows of type -1 whose ends lie in one ``BOUND_WINDOW`` become one
statement with ``discordant_pairs``; they are not added to a joint, as the file does not say to
which they belong. The file names no genes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
    Unreadable,
)
from nutfusion.callers.table import one_of, shown, whole_number
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

BOUND_WINDOW: Final = 500
"""Bases of a window in which pairs are counted together (chosen by us: about a fragment's length,
and less than the 897 bases between NUTM1 and LPCAT4, so that no window holds ends in both)."""

_HEADER: Final = "chr_donorA\tbrkpt_donorA\tstrand_donorA"
_COLUMNS: Final = 14
_MULTIMAPS: Final = 14
"""0-based column of ``num_chim_aln`` in the new layout."""
_CIGAR: Final = re.compile(r"(?:-?[0-9]+[MIDNSHPp=X])+")
_LAST_READ: Final = 15
_PAIR: Final = "-1"
_MOTIFS: Final = ("1", "2")
_TYPES: Final = (_PAIR, "0", *_MOTIFS)
_FLIPPED: Final = {"+": "-", "-": "+"}

_End = tuple[str, int, "Kept"]


@dataclass(slots=True)
class _Joint:
    """Rows of one joint, or pairs of one window.

    Attributes:
        line: Of the first row.
        ends: Both ends, sorted.
        kind: ``junction_type``, a splice motif before none.
        five: 5' end when a splice motif tells; ``None`` otherwise.
        reads: Names, to count fragments.
        rows: How many.
        multimaps: Lowest ``num_chim_aln``; ``None`` in the old layout.
    """

    line: int
    ends: tuple[_End, _End]
    kind: str
    five: _End | None = None
    reads: set[str] = field(default_factory=set)
    rows: int = 0
    multimaps: int | None = None


def recognise(head: Head) -> Recognised | None:
    """By the header line, else by the shape of the first line."""
    line = head.first(skip=("#",))
    if line.startswith(_HEADER):
        return Recognised("with header line", "header line with chr_donorA and brkpt_donorA")
    cells = line.split("\t")
    if len(cells) < _COLUMNS:
        return None
    shaped = (
        cells[1].isdecimal()
        and cells[4].isdecimal()
        and cells[2] in _FLIPPED
        and cells[5] in _FLIPPED
        and cells[6] in _TYPES
        and cells[7].isdecimal()
        and _CIGAR.fullmatch(cells[11]) is not None
        and _CIGAR.fullmatch(cells[13].strip()) is not None
    )
    if not shaped:
        return None
    return Recognised("without header line", "first line with two places, strands and a type")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row and join those of one place."""
    rows = 0
    joints: dict[tuple[object, ...], _Joint] = {}
    unreadable: list[Unreadable] = []
    for number, line in text.numbered():
        if line.startswith(("#", _HEADER)):
            continue
        rows += 1
        try:
            _add(joints, number, line)
        except RowError as error:
            unreadable.append(Unreadable(number, line, str(error)))
    found = [_bounds(j) if j.kind == _PAIR else _split(j) for j in joints.values()]
    return CallerReport(rows, tuple(found), tuple(unreadable))


def _add(joints: dict[tuple[object, ...], _Joint], number: int, line: str) -> None:
    """Count a row with its joint, or a pair with its window.

    Raises:
        RowError: The row is not what the format documents.
    """
    cells = line.split("\t", _LAST_READ)
    if len(cells) < _COLUMNS:
        raise RowError(f"expected {_COLUMNS} or more columns, found {len(cells)}")
    kind = one_of(cells[6].strip(), "junction_type", _TYPES)
    donor = _end(cells[0:3], "donorA", keeps_lower_on="+")
    acceptor = _end(cells[3:6], "acceptorB", keeps_lower_on="-")
    name = cells[9].strip()
    if not name:
        raise RowError("expected a value in 'read_name', found none")
    ends = (donor, acceptor) if donor <= acceptor else (acceptor, donor)
    key = (*_window(ends[0]), *_window(ends[1])) if kind == _PAIR else ends
    joint = joints.setdefault(key, _Joint(number, ends, kind))
    joint.rows += 1
    joint.reads.add(name)
    if kind == _PAIR:
        joint.ends = (_inner(joint.ends[0], ends[0]), _inner(joint.ends[1], ends[1]))
    elif joint.five is None and kind in _MOTIFS:
        joint.five, joint.kind = (donor if kind == "1" else acceptor), kind
    if len(cells) > _MULTIMAPS and cells[_MULTIMAPS].strip().isdecimal():
        here = whole_number(cells[_MULTIMAPS], "num_chim_aln")
        joint.multimaps = here if joint.multimaps is None else min(here, joint.multimaps)


def _window(end: _End) -> tuple[object, ...]:
    return end[0], end[2], end[1] // BOUND_WINDOW


def _inner(one: _End, other: _End) -> _End:
    """The end that is nearer to the joint."""
    return max(one, other) if one[2] == "lower" else min(one, other)


def _end(cells: list[str], name: str, *, keeps_lower_on: str) -> _End:
    """The last base of the exon on one side."""
    contig, position, strand = (cell.strip() for cell in cells)
    if not contig:
        raise RowError(f"expected a value in 'chr_{name}', found none")
    if strand not in _FLIPPED:
        raise RowError(f"expected strand_{name} as + or -, found {shown(strand)}")
    lower = strand == keeps_lower_on
    base = whole_number(position, f"brkpt_{name}") + (-1 if lower else 1)
    if base < 1:
        raise RowError(f"expected brkpt_{name} after an exon, found {shown(position)}")
    return contig, base, "lower" if lower else "higher"


def _split(joint: _Joint) -> Statement:
    five, three = joint.ends
    if joint.five is not None and five != joint.five:
        five, three = three, five
    fields = [("junction_type", joint.kind)]
    if joint.multimaps is not None:
        fields.append(("num_chim_aln", str(joint.multimaps)))
    return Statement(
        line=joint.line,
        first=_side(five, is_five_prime=True if joint.five else None),
        second=_side(three, is_five_prime=False if joint.five else None),
        ordered=joint.five is not None,
        split_reads=len(joint.reads),
        fields=tuple(fields),
        rows=joint.rows,
    )


def _side(end: _End, *, is_five_prime: bool | None) -> SideStatement:
    contig, position, kept = end
    strand = None
    if is_five_prime is not None:
        strand = "+" if (kept == "lower") is is_five_prime else "-"
    return SideStatement(contig=contig, position=position, kept=kept, strand=strand)


def _bounds(window: _Joint) -> Statement:
    """Pairs seen together: the joint lies at their innermost ends or beyond."""
    return Statement(
        line=window.line,
        first=_side(window.ends[0], is_five_prime=None),
        second=_side(window.ends[1], is_five_prime=None),
        ordered=False,
        precise=False,
        discordant_pairs=len(window.reads),
        fields=(("junction_type", window.kind),),
        problems=(remark("positions_are_bounds"),),
        rows=window.rows,
    )


FORMAT: Final = CallerFormat(
    name="star_chimeric",
    title="STAR chimeric junctions",
    versions="Chimeric.out.junction, old (14 columns) and new",
    files=("Chimeric.out.junction", "*Chimeric.out.junction"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with chr_donorA, or 14 columns: two places with strands, a type, CIGARs",
    recognise=recognise,
    read=read,
)
"""STAR chimeric junctions."""
