"""INTEGRATE ``bk_sv.vcf``.

Source: INTEGRATE wiki, "output" (sourceforge.net/p/integrate-fusion);
ccmbioinfo/MetaFusion@0838ac2, test_data/caller_output_files/SIM101/integrate (five samples, 4,268
records).

==============================  ================================================================
INTEGRATE                       nutfusion
==============================  ================================================================
ID ``bnd_1_A_B_5p``, ``_3p``    number of the fusion, 5' and 3' gene, side of this record; two
                                records of one fusion are joined. A gene symbol may hold ``_``
                                (C4B_2): then every way to part them is stated
CHROM, POS                      junction, 1-based exon base of that side (148 of 152 simulated
                                sides are Arriba's)
ALT                             base before the bracket: lower bases of *this* side stay. The
                                bracket itself is wrong where the strands differ (it repeats this
                                side's strand), so the other side is taken from its own record
``IMPRECISE(Fucion Junction)``  that it is a joint of RNA and not a break of DNA: on every record
==============================  ================================================================

Order: always stated, in the ID. No counts: they stand in summary.tsv, see ``integrate_summary``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
from nutfusion.callers.table import shown
from nutfusion.callers.vcf import breakend, is_vcf, record_lines, vcf_record

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

_MARK: Final = "IMPRECISE(Fucion Junction)"
_ID: Final = re.compile(r"bnd_(?P<number>[0-9]+)_(?P<genes>.+_.+)_(?P<side>[53])p")
_LONGEST_ID: Final = 200
"""Characters of an ID (chosen by us): two symbols have at most a few dozen."""


@dataclass(frozen=True, slots=True)
class _End:
    """One record: a side, and where its mate lies."""

    line: int
    genes: str
    side: str
    contig: str
    position: int
    kept: Kept
    mate: tuple[str, int]


def recognise(head: Head) -> Recognised | None:
    """By the flag that only this program writes."""
    if not is_vcf(head.text) or _MARK not in head.text:
        return None
    return Recognised("bk_sv.vcf", f"VCF with {_MARK}")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every record, and join the two of a fusion."""
    ends: dict[str, list[_End]] = {}
    unreadable: list[Unreadable] = []
    count = 0
    for number, line in record_lines(text):
        count += 1
        try:
            key, end = _end(number, line)
        except RowError as error:
            unreadable.append(Unreadable(number, line, str(error)))
            continue
        ends.setdefault(key, []).append(end)
    found = [statement for group in ends.values() for statement in _statements(group)]
    return CallerReport(count, tuple(found), tuple(unreadable))


def _end(number: int, line: str) -> tuple[str, _End]:
    """The fusion's number with its genes, and this side of it."""
    record = vcf_record(number, line)
    match = _ID.fullmatch(record.id) if len(record.id) <= _LONGEST_ID else None
    if match is None:
        raise RowError(f"expected ID as bnd_1_GENE_GENE_5p, found {shown(record.id)}")
    alt = breakend(record.alt)
    if alt is None:
        raise RowError(f"expected ALT as a breakend, found {shown(record.alt)}")
    return f"{match['number']}_{match['genes']}", _End(
        line=number,
        genes=match["genes"],
        side=match["side"],
        contig=record.contig,
        position=record.position,
        kept=alt.kept,
        mate=(alt.mate_contig, alt.mate_position),
    )


def _statements(group: list[_End]) -> list[Statement]:
    """One statement for a matching pair of records, else one for each record."""
    if len(group) == 2:
        one, other = sorted(group, key=lambda end: end.side, reverse=True)
        agree = one.mate == (other.contig, other.position)
        if agree and (one.side, other.side) == ("5", "3"):
            return [_statement(one, other)]
    return [_statement(end, None) for end in group]


def _statement(end: _End, other: _End | None) -> Statement:
    """From the 5' record and the 3' record, or from the only one."""
    genes = dict(zip("53", _genes(end.genes), strict=True))
    own = SideStatement(
        gene=genes[end.side], contig=end.contig, position=end.position, kept=end.kept
    )
    mate = SideStatement(
        gene=genes["3" if end.side == "5" else "5"],
        contig=end.mate[0],
        position=end.mate[1],
        kept=None if other is None else other.kept,
    )
    return Statement(
        line=end.line if other is None else min(end.line, other.line),
        first=own if end.side == "5" else mate,
        second=mate if end.side == "5" else own,
        ordered=True,
        rows=1 if other is None else 2,
    )


def _genes(text: str) -> tuple[str, str]:
    """The two gene cells; where ``_`` parts them in several ways, all readings with ``;``."""
    parts = text.split("_")
    cuts = [n for n in range(1, len(parts)) if all(("_".join(parts[:n]), "_".join(parts[n:])))]
    left = ["_".join(parts[:n]) for n in cuts]
    right = ["_".join(parts[n:]) for n in cuts]
    return ";".join(left), ";".join(right)


FORMAT: Final = CallerFormat(
    name="integrate",
    title="INTEGRATE",
    versions="bk_sv.vcf",
    files=("bk_sv.vcf", "*.bk_sv.vcf"),
    tells=Tells(
        order="always",
        position="junction",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects=f"VCF with {_MARK}",
    recognise=recognise,
    read=read,
)
"""INTEGRATE, joints."""
