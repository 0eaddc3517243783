"""JAFFA and JAFFAL ``jaffa_results.csv``, from 0.x to the present.

Source: JAFFA wiki, "OutputDescription" (and its version of 2015, wiki/OutputDescription.wiki);
Oshlack/JAFFA@71fe024, make_final_table.R, compile_results.R, src/compile_results.c++.

==============================  ================================================================
JAFFA                           nutfusion
==============================  ================================================================
fusion genes ``A:B``, ``A::B``  5' and 3' gene when ``inframe`` is TRUE; otherwise the order is not
                                stated
base1, base2                    junction, 1-based exon bases when ``aligns`` is TRUE; otherwise
                                about there (``precise`` is false)
strand1, strand2                strand of the *gene*, which JAFFA takes for the transcript's; from
                                version 2
spanning reads                  split_reads: reads *across* the joint
spanning pairs                  discordant_pairs; ``-`` is unknown. When no row of a file has one,
                                JAFFA takes the reads for single (or long) ones: unknown too
inframe                         TRUE in frame; FALSE is kept and no frame: out of frame, or not
                                coding, or both genes with the same end; NA not stated
classification                  kept; PotentialReadThrough and its older names: is_read_through
aligns, rearrangement, known    kept as stated
==============================  ================================================================

In the oldest layout (no ``known`` column) the bases stand in the order of the genome and the names
in that of the transcript, so they cannot be joined: the positions are left out. ``sample`` and
``contig`` (a read's name) are not kept. Cells may be quoted, and padded with blanks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import (
    Row,
    header_cells,
    position_of,
    rows_of,
    shown,
    stated,
    statements,
)
from nutfusion.model.remarks import remark
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset(
    {"sample", "fusion genes", "chrom1", "base1", "chrom2", "base2", "spanning pairs", "aligns"}
)
_KNOWN: Final = frozenset({"known", "known mitelman"})
_BOOLEAN: Final = ("TRUE", "FALSE")
_READ_THROUGH: Final = ("PotentialReadThrough", "PotentialRunThrough", "PotentialRegularTranscript")
_CLASSES: Final = (
    "HighConfidence",
    "MediumConfidence",
    "LowConfidence",
    "PotentialTransSplicing",
    *_READ_THROUGH,
    "NoSupport",
)
_YES: Final = ("Yes", "No")


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    names = set(header_cells(head.first(), ","))
    if not names >= _NEEDED:
        return None
    if not names & _KNOWN:
        version = "0.x"
    elif "strand1" not in names:
        version = "1.x"
    else:
        version = "2.x" if "known" in names else "2.x with cosmic tier"
    return Recognised(version, "header line with fusion genes, base1 and spanning pairs")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    report = statements(rows_of(text, delimiter=",", quoted=True), _statement)
    if any(statement.discordant_pairs for statement in report.statements):
        return report
    uncounted = (replace(statement, discordant_pairs=None) for statement in report.statements)
    return replace(report, statements=tuple(uncounted))


def _statement(row: Row) -> Statement:
    genes = row.need("fusion genes").replace("::", ":").split(":")
    if len(genes) != 2 or not all(genes):
        raise RowError(f"expected fusion genes as A:B, found {shown(row.need('fusion genes'))}")
    is_oldest = not row.cells.keys() & _KNOWN
    in_frame = row.word("inframe", _BOOLEAN)
    aligns = row.word("aligns", _BOOLEAN)
    kind = row.word("classification", _CLASSES)
    if is_oldest:
        first, second = SideStatement(gene=genes[0]), SideStatement(gene=genes[1])
    else:
        first, second = _side(row, genes[0], "1"), _side(row, genes[1], "2")
    return Statement(
        line=row.line,
        first=first,
        second=second,
        ordered=is_oldest or in_frame == "TRUE",
        precise=aligns == "TRUE",
        split_reads=row.count("spanning reads"),
        discordant_pairs=row.count("spanning pairs"),
        reading_frame=ReadingFrame.IN_FRAME if in_frame == "TRUE" else None,
        read_through=True if kind in _READ_THROUGH else None,
        fields=stated(
            classification=kind,
            inframe=in_frame,
            aligns=aligns,
            rearrangement=row.word("rearrangement", _BOOLEAN),
            known=row.word("known", _YES),
        ),
        problems=(remark("positions_in_genome_order"),) if is_oldest else (),
    )


def _side(row: Row, gene: str, number: str) -> SideStatement:
    return SideStatement(
        gene=gene,
        contig=row.need(f"chrom{number}"),
        position=position_of(row.need(f"base{number}"), f"base{number}"),
        strand=row.strand(f"strand{number}"),
    )


FORMAT: Final = CallerFormat(
    name="jaffa",
    title="JAFFA",
    versions="0.x to 2.x, JAFFAL too: jaffa_results.csv",
    files=("jaffa_results.csv", "*jaffa_results.csv", "*jaffal_results.csv"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a comma-separated header line with fusion genes, base1 and spanning pairs",
    recognise=recognise,
    read=read,
)
"""JAFFA."""
