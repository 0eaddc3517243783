"""Structural variants of a VCF as the joints they make: breakends, symbolic and spelled alleles.

Source: VCF 4.4 specification (samtools/hts-specs), sections 1.6.1 and 5.4. ``POS`` of a symbolic
allele is the base before the event, ``END`` its last base::

    <DEL>   ====POS ........ END+1====            one joint
    <DUP>   POS+1====END|POS+1====END             one joint, END to POS+1
    <INV>   ====POS END==== | POS+1==== END+1==== two joints: POS to END, POS+1 to END+1
    <INS>   ====POS ~~~~ POS+1====                one place, no other one is told
    A. .A   ====POS ~~~~                          a single breakend: the other side is unknown
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import RowError
from nutfusion.callers.table import position_of, shown
from nutfusion.callers.vcf import breakend

if TYPE_CHECKING:
    from nutfusion.callers.vcf import VcfRecord
    from nutfusion.model.terms import Kept

_BASES: Final = re.compile(r"[A-Za-z]+")
_SINGLE: Final = re.compile(r"\.[A-Za-z]+|[A-Za-z]+\.")
_NO_JOINT: Final = frozenset({"", ".", "*", "<CNV>", "<NON_REF>", "<*>"})
"""Alleles that join nothing: reference, overlapped, copy number without places."""


@dataclass(frozen=True, slots=True)
class Place:
    """One side of a joint.

    Attributes:
        contig: As written.
        position: 1-based last base that stays.
        kept: Which side of it stays.
    """

    contig: str
    position: int
    kept: Kept


@dataclass(frozen=True, slots=True)
class Adjacency:
    """A joint.

    Attributes:
        first: The side at POS.
        second: What it is joined to; ``None`` when that is unknown.
        is_breakend: Written as a breakend, so that a second record may tell it again.
    """

    first: Place
    second: Place | None
    is_breakend: bool = False


def adjacencies(record: VcfRecord) -> tuple[Adjacency, ...]:
    """The joints of a record, none for an allele that joins nothing.

    Raises:
        RowError: ALT is of no kind of the specification, or END is missing.
    """
    alt = record.alt
    joined = breakend(alt)
    if joined is not None:
        return (
            Adjacency(
                Place(record.contig, record.position, joined.kept),
                Place(joined.mate_contig, joined.mate_position, joined.mate_kept),
                is_breakend=True,
            ),
        )
    if alt in _NO_JOINT:
        return ()
    if alt.startswith("<") and alt.endswith(">"):
        return symbolic(record, alt[1:-1].partition(":")[0])
    if _SINGLE.fullmatch(alt):
        kept: Kept = "higher" if alt.startswith(".") else "lower"
        return (Adjacency(Place(record.contig, record.position, kept), None),)
    if _BASES.fullmatch(alt) and _BASES.fullmatch(record.ref):
        return (_gap(record, record.position, record.position + len(record.ref)),)
    raise RowError(f"expected ALT as a breakend, a symbol or bases, found {shown(alt)}")


def symbolic(record: VcfRecord, kind: str) -> tuple[Adjacency, ...]:
    """The joints of a symbolic allele.

    Args:
        record: The record.
        kind: First part of the symbol.

    Raises:
        RowError: ``kind`` is not DEL, DUP, INV or INS, or END is missing.
    """
    low = record.position
    if kind == "INS":
        return (_gap(record, low, low + 1),)
    if kind not in ("DEL", "DUP", "INV"):
        raise RowError(f"expected ALT as DEL, DUP, INV or INS, found {shown(kind)}")
    high = end_of(record)
    if kind == "DEL":
        return (_gap(record, low, high + 1),)
    if kind == "DUP":
        return (_joint(record, (low + 1, "higher"), (high, "lower")),)
    return (
        _joint(record, (low, "lower"), (high, "lower")),
        _joint(record, (low + 1, "higher"), (high + 1, "higher")),
    )


def end_of(record: VcfRecord) -> int:
    """END, else POS and the length of the event.

    Raises:
        RowError: Neither is stated.
    """
    end = position_of(record.info.get("END"), "END")
    if end is not None:
        return end
    length = record.info.get("SVLEN", "").split(",")[0].lstrip("-")
    found = position_of(length, "SVLEN")
    if found is None:
        raise RowError("expected END or SVLEN in INFO, found neither")
    return record.position + found


def _gap(record: VcfRecord, low: int, high: int) -> Adjacency:
    return _joint(record, (low, "lower"), (high, "higher"))


def _joint(record: VcfRecord, first: tuple[int, Kept], second: tuple[int, Kept]) -> Adjacency:
    return Adjacency(Place(record.contig, *first), Place(record.contig, *second))
