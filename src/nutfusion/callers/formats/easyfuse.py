"""EasyFuse: ``fusions.csv``, ``fusions.pass.csv``, annotated and detected fusions.

Source: TRON-Bioinformatics/EasyFuse@e3b7636, README, "Output format", and bin/fusionparsing.

==============================  ================================================================
EasyFuse                        nutfusion
==============================  ================================================================
Breakpoint1, Breakpoint2        junction ``contig:position:strand``, 1-based exon bases, strand of
                                the transcript
FTID, else Fusion_Gene ``A_B``  5' and 3' gene; for a reciprocal fusion of FusionCatcher the names
                                are turned around and the breakpoints are not
ft_junc_cnt, ft_span_cnt        split_reads and discordant_pairs: reads and pairs counted anew,
                                the largest numbers of a breakpoint's rows
Junction_Reads, Spanning_Reads  the same as Tool reported them (Detected_Fusions.csv)
frame                           in_frame, out_frame; no_frame and neo_frame: not predicted
prediction_class, _prob, type   kept as stated, exon_boundary and Tool too
==============================  ================================================================

Order: stated by the breakpoints. There is a row for every pair of transcripts; rows of one pair of
breakpoints are one fusion. Its frame is stated when the rows that have one agree. A fusion of
class ``negative`` is seen all the same. ``ft_junc`` is a rate per million reads and not read.
The README gives the positions on GRCh38 always. Sequences and the sample are not kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from nutfusion.callers.beside import not_the_result
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, header_cells, one_of, place, rows_of, statements
from nutfusion.model.remarks import remark
from nutfusion.model.terms import Assembly, ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nutfusion.callers.text import CallerText, Head

_NEEDED: Final = frozenset({"Fusion_Gene", "Breakpoint1", "Breakpoint2"})
_QUANTIFICATION: Final = ("name", "pos", "junc", "span", "anch")
_FRAMES: Final[Mapping[str, ReadingFrame | None]] = {
    "in_frame": ReadingFrame.IN_FRAME,
    "out_frame": ReadingFrame.OUT_OF_FRAME,
    "no_frame": None,
    "neo_frame": None,
}
_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "type": ("cis_near", "cis_far", "cis_trans", "cis_inv", "trans", "trans_inv"),
    "prediction_class": ("positive", "negative"),
    "Tool": ("fusioncatcher", "starfusion", "arriba", "infusion", "mapsplice", "soapfuse"),
    "exon_boundary": ("both", "5prime", "3prime", "no_match"),
}
_PROBABILITY: Final = re.compile(r"[01](?:\.\d{1,25})?|\d(?:\.\d{1,25})?[eE]-\d{1,3}")
_FTID: Final = re.compile(
    r"(?P<five>.+)_[^_]+:\d+:[+-]_[A-Z]+\d+(?:\.\d+)?_(?P<three>.+)_[^_]+:\d+:[+-]_[A-Z]+\d+(?:\.\d+)?"
)


def recognise(head: Head) -> Recognised | None:
    """By the header line."""
    first = head.first()
    names = header_cells(first, ";")
    if not set(names) >= _NEEDED:
        if header_cells(first)[: len(_QUANTIFICATION)] == _QUANTIFICATION:
            return Recognised("quantification", "header line with name, pos, junc, span and anch")
        return None
    version = "annotated"
    if {"Junction_Reads", "Tool"} <= set(names):
        version = "detected"
    elif "ft_junc_cnt" in names or "prediction_class" in names:
        version = "fusions"
    return Recognised(version, "header line with Fusion_Gene and Breakpoint1, semicolons between")


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every row, and join those of one pair of breakpoints.

    Raises:
        CallerFormatError: It is the quantification, which names no genes.
    """
    if recognised.version == "quantification":
        raise not_the_result(text, found="quantification.tsv", wanted="fusions.csv")
    statement = partial(_statement, detected=recognised.version == "detected")
    rows = rows_of(text, delimiter=";", quoted=True)
    report = statements(rows, statement, assembly=Assembly.GRCH38)
    if recognised.version == "detected":
        return report
    return replace(report, statements=tuple(_joined(report.statements)))


def _statement(row: Row, *, detected: bool) -> Statement:
    columns = ("Junction_Reads", "Spanning_Reads") if detected else ("ft_junc_cnt", "ft_span_cnt")
    genes = _genes(row)
    fields = [
        (name, one_of(value, name, words))
        for name, words in _WORDS.items()
        if (value := row.get(name)) is not None
    ]
    chance = row.get("prediction_prob")
    if chance is not None:
        if _PROBABILITY.fullmatch(chance) is None:
            raise RowError("expected prediction_prob as a number from 0 to 1, found another word")
        fields.append(("prediction_prob", chance))
    frame = row.get("frame")
    return Statement(
        line=row.line,
        first=_side(row, "1", genes[0]),
        second=_side(row, "2", genes[1]),
        ordered=True,
        split_reads=row.count(columns[0]),
        discordant_pairs=row.count(columns[1]),
        reading_frame=None if frame is None else _FRAMES[one_of(frame, "frame", [*_FRAMES])],
        fields=tuple(fields),
    )


def _genes(row: Row) -> tuple[str, str]:
    """Gene cells of both sides; several genes in each when the name has several underscores."""
    match = _FTID.fullmatch(row.get("FTID") or "")
    if match is not None:
        return match["five"], match["three"]
    parts = row.need("Fusion_Gene").split("_")
    if len(parts) == 2:
        return parts[0], parts[1]
    every = ";".join(part for part in parts if part)
    return every, every


def _side(row: Row, end: str, gene: str) -> SideStatement:
    contig, position, strand = place(row.need(f"Breakpoint{end}"), f"Breakpoint{end}")
    return SideStatement(gene=gene, contig=contig, position=position, strand=strand)


def _joined(rows: Sequence[Statement]) -> list[Statement]:
    """One statement for each pair of breakpoints."""
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for row in rows:
        sides = (row.first, row.second)
        key = tuple(x for s in sides for x in (s.contig, s.position, s.strand))
        groups.setdefault(key, []).append(row)
    return [_one(group) for group in groups.values()]


def _one(group: list[Statement]) -> Statement:
    frames = {row.reading_frame for row in group} - {None}
    fields: dict[str, list[str]] = {}
    for row in group:
        for name, value in row.fields:
            if value not in fields.setdefault(name, []):
                fields[name].append(value)
    splits = [row.split_reads for row in group if row.split_reads is not None]
    pairs = [row.discordant_pairs for row in group if row.discordant_pairs is not None]
    return replace(
        group[0],
        rows=len(group),
        split_reads=max(splits, default=None),
        discordant_pairs=max(pairs, default=None),
        reading_frame=frames.pop() if len(frames) == 1 else None,
        problems=(remark("frames_differ_by_transcript"),) if len(frames) > 1 else (),
        fields=tuple((name, ",".join(values)) for name, values in fields.items()),
    )


FORMAT: Final = CallerFormat(
    name="easyfuse",
    title="EasyFuse",
    versions="fusions.csv, fusions.pass.csv, annotated_fusions.csv, Detected_Fusions.csv",
    files=("fusions.csv", "*fusions.pass.csv", "*fusions.csv", "Detected_Fusions.csv"),
    tells=Tells(
        order="always",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects="a header line with Fusion_Gene and Breakpoint1, semicolons between the columns",
    recognise=recognise,
    read=read,
)
"""EasyFuse."""
