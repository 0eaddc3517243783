"""FusionCatcher's VCF: two records per joint, against the specification.

Source: ndaniel/fusioncatcher@5c2ca36, test/final-list_candidate-fusion-genes.vcf (``##INFO``).

==============================  ================================================================
FusionCatcher                   nutfusion
==============================  ================================================================
END                             5 or 3: which side the record is (a reserved key, used against
                                its meaning)
POS, STRAND                     junction, 1-based exon base, strand of the transcript
ALT                             the same brackets whatever the strands: only its contig and
                                position are read, for a record whose mate is missing
MATEID                          joins the two records of a joint
SR, SP                          split_reads, discordant_pairs (of the pair of genes)
GENE5, GENS5, GENE3, GENS3      symbols and Ensembl ids
EFFECT, DESC                    as in the table
==============================  ================================================================
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.fusioncatcher_words import effect_of, labels_of
from nutfusion.callers.statement import (
    CallerReport,
    RowError,
    SideStatement,
    Statement,
    Unreadable,
)
from nutfusion.callers.table import one_of, stated, whole_number
from nutfusion.callers.vcf import (
    VcfRecord,
    breakend,
    is_vcf,
    meta_lines,
    record_lines,
    vcf_record,
)
from nutfusion.model.remarks import remark
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_SOURCE: Final = "##source=fusioncatcher"
_ASSEMBLY: Final = re.compile(r"^##(?:reference|assembly)=.*(GRCh3[78])")
_ENDS: Final = ("5", "3")


def is_fusioncatcher_vcf(head: Head) -> bool:
    """By the lines that begin with ``##``."""
    return is_vcf(head.text) and any(line.startswith(_SOURCE) for line in head.lines)


def read_vcf(text: CallerText) -> CallerReport:
    """Read every record and join those of one event."""
    rows = 0
    by_id: dict[str, VcfRecord] = {}
    unreadable: list[Unreadable] = []
    for number, line in record_lines(text):
        rows += 1
        try:
            record = vcf_record(number, line)
            one_of(record.info.get("END", ""), "END", _ENDS)
        except RowError as error:
            unreadable.append(Unreadable(number, line, str(error)))
            continue
        name = record.id if record.id and record.id not in by_id else f"line {number}"
        by_id[name] = record
    found: list[Statement] = []
    done: set[str] = set()
    for name, record in by_id.items():
        if name in done:
            continue
        mate = _mate(record, name, by_id, done)
        try:
            found.append(_statement(record, mate))
        except RowError as error:
            unreadable.append(Unreadable(record.line, record.text, str(error)))
    return CallerReport(rows, tuple(found), tuple(unreadable), _assembly(text))


def _mate(
    record: VcfRecord, name: str, by_id: dict[str, VcfRecord], done: set[str]
) -> VcfRecord | None:
    """The record of the other side; ``None`` when the file lacks it."""
    done.add(name)
    other = record.info.get("MATEID", "")
    mate = by_id.get(other)
    if mate is None or other in done or mate.info["END"] == record.info["END"]:
        return None
    done.add(other)
    return mate


def _assembly(text: CallerText) -> Assembly | None:
    found = {match[1] for line in meta_lines(text) if (match := _ASSEMBLY.match(line))}
    return Assembly(found.pop()) if len(found) == 1 else None


def _statement(record: VcfRecord, mate: VcfRecord | None) -> Statement:
    info = record.info
    frame, effect = effect_of(info.get("EFFECT") or None, "EFFECT")
    labels, read_through = labels_of(info.get("DESC"))
    own, other = _side(record), _side(mate) if mate is not None else _other_side(record)
    first, second = (own, other) if info["END"] == "5" else (other, own)
    return Statement(
        line=record.line,
        first=first,
        second=second,
        ordered=True,
        split_reads=_count(info, "SR"),
        discordant_pairs=_count(info, "SP"),
        reading_frame=frame,
        read_through=read_through,
        fields=stated(EFFECT=effect, DESC=labels),
        problems=() if mate is not None else (remark("mate_record_missing"),),
        rows=1 if mate is None else 2,
    )


def _count(info: dict[str, str], name: str) -> int | None:
    value = info.get(name, ".")
    return None if value in ("", ".") else whole_number(value, name)


def _side(record: VcfRecord) -> SideStatement:
    end = record.info["END"]
    return SideStatement(
        gene=record.info.get(f"GENE{end}"),
        gene_id=record.info.get(f"GENS{end}"),
        contig=record.contig,
        position=record.position,
        strand=one_of(record.info.get("STRAND", ""), "STRAND", ("+", "-")),
    )


def _other_side(record: VcfRecord) -> SideStatement:
    """The side that has no record of its own: its strand is not known."""
    end = "3" if record.info["END"] == "5" else "5"
    joined = breakend(record.alt)
    return SideStatement(
        gene=record.info.get(f"GENE{end}"),
        gene_id=record.info.get(f"GENS{end}"),
        contig=None if joined is None else joined.mate_contig,
        position=None if joined is None else joined.mate_position,
    )
