"""pizzly: its JSON, and the gene table that its script makes of it.

Source: pmelsted/pizzly@8617a24, README, FilterFusions.hpp (``writeFusions``) and
scripts/pizzly_flatten_json.py.

==============================  ================================================================
pizzly                          nutfusion
==============================  ================================================================
geneA, geneB (name, id)         5' and 3' gene; Ensembl gene id with version
splitcount                      split_reads (fragments of type SPLIT)
paircount                       discordant_pairs (fragments of type PAIR; disjoint from the former)
fasta_record ``A_0:p_B_q:len``  0-based half-open parts of two transcripts: the joint is base ``p``
                                of A and base ``q + 1`` of B, 1-based
transcripts.list                the same for every pair of isoforms, ``;`` between
strand (JSON) ``false``         the transcript is used backwards: that side is not placed
==============================  ================================================================

Order: stated, A is 5'. There are no genomic positions, no strands and no frame. Without a split
read pizzly puts the joint at the exon ends that fit its pairs best, so it is not to the base.
A JSON may hold a gene pair whose isoforms join at different exons; the joint is then bounded.
"""

from __future__ import annotations

import json
import re
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
from nutfusion.callers.structured import as_count, as_dict, as_list, as_text, json_value
from nutfusion.callers.table import Row, header_cells, rows_of, shown, statements

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_COLUMNS: Final = (
    "geneA.name",
    "geneA.id",
    "geneB.name",
    "geneB.id",
    "paircount",
    "splitcount",
    "transcripts.list",
)
_JSON_KEYS: Final = ('"geneA"', '"geneB"', '"paircount"', '"splitcount"')
_EMPTY_JSON: Final = re.compile(r'\s*\{\s*"genes"\s*:\s*\[\s*\]\s*\}\s*')
_RECORD: Final = re.compile(
    r"(?P<a>[^\s;]+?)_(?P<a_from>\d{1,9}):(?P<a_to>\d{1,9})"
    r"_(?P<b>[^\s;:]+)_(?P<b_from>\d{1,9}):(?P<b_to>\d{1,9})"
)

_Pair = tuple[SideStatement, SideStatement]


def recognise(head: Head) -> Recognised | None:
    """By the header line of the table, or the keys of the JSON."""
    if header_cells(head.first())[: len(_COLUMNS)] == _COLUMNS:
        return Recognised("table", "header line with geneA.name, paircount and transcripts.list")
    if not head.text.lstrip().startswith("{"):
        return None
    if all(key in head.text for key in _JSON_KEYS) or _EMPTY_JSON.fullmatch(head.text):
        return Recognised("json", "JSON with genes, geneA, paircount and splitcount")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every gene pair."""
    if recognised.version == "json":
        return _from_json(text)
    return statements(rows_of(text), _from_row)


def _from_row(row: Row) -> Statement:
    genes = tuple(
        SideStatement(gene=row.get(f"gene{end}.name"), gene_id=row.get(f"gene{end}.id"))
        for end in "AB"
    )
    records = [record for record in row.need("transcripts.list").split(";") if record.strip()]
    pairs = [_from_record(record.strip(), genes[0], genes[1]) for record in records]
    return _statement(row.line, pairs, row.count("splitcount"), row.count("paircount"))


def _from_record(record: str, first: SideStatement, second: SideStatement) -> _Pair:
    match = _RECORD.fullmatch(record)
    if match is None or int(match["a_from"]) != 0:
        raise RowError(f"expected transcripts as A_0:end_B_start:length, found {shown(record)}")
    return (
        _on(first, match["a"], int(match["a_to"])),
        _on(second, match["b"], int(match["b_from"]) + 1),
    )


def _on(side: SideStatement, transcript: str, position: int | None) -> SideStatement:
    return SideStatement(
        gene=side.gene,
        gene_id=side.gene_id,
        transcript=transcript,
        transcript_position=position or None,
    )


def _statement(line: int, pairs: list[_Pair], split: int | None, paired: int | None) -> Statement:
    if not pairs:
        raise RowError("expected a pair of transcripts, found none")
    return Statement(
        line=line,
        first=pairs[0][0],
        second=pairs[0][1],
        ordered=True,
        precise=bool(split),
        split_reads=split,
        discordant_pairs=paired,
        placements=tuple(pairs[1:]),
    )


def _from_json(text: CallerText) -> CallerReport:
    found: list[Statement] = []
    unreadable: list[Unreadable] = []
    try:
        value = as_dict(json_value(text), "the file")
        if "genes" not in value:
            raise RowError("expected genes in the file, found none")
        genes = as_list(value["genes"], "genes")
    except RowError as error:
        return CallerReport(0, (), (Unreadable(1, text.text[:1000], str(error)),))
    for number, gene in enumerate(genes, start=1):
        try:
            found.append(_from_gene(number, as_dict(gene, "gene")))
        except RowError as error:
            unreadable.append(Unreadable(number, json.dumps(gene), str(error)))
    return CallerReport(len(genes), tuple(found), tuple(unreadable))


def _from_gene(number: int, gene: dict[str, object]) -> Statement:
    named = [as_dict(gene.get(key), key) for key in ("geneA", "geneB")]
    first, second = (
        SideStatement(gene=as_text(side.get("name"), "name"), gene_id=as_text(side.get("id"), "id"))
        for side in named
    )
    pairs = [
        _from_transcripts(as_dict(pair, "transcripts"), first, second)
        for pair in as_list(gene.get("transcripts"), "transcripts")
    ]
    split = as_count(gene.get("splitcount"), "splitcount")
    return _statement(number, pairs, split, as_count(gene.get("paircount"), "paircount"))


def _from_transcripts(
    pair: dict[str, object], first: SideStatement, second: SideStatement
) -> _Pair:
    left, right = (as_dict(pair.get(key), key) for key in ("transcriptA", "transcriptB"))
    if as_count(left.get("startPos"), "startPos") != 0:
        raise RowError("expected transcriptA to begin at startPos 0, found another start")
    end = as_count(left.get("endPos"), "endPos")
    start = as_count(right.get("startPos"), "startPos")
    if end is None or start is None:
        raise RowError("expected endPos of transcriptA and startPos of transcriptB, found none")
    return (
        _on(first, _identifier(left), end if left.get("strand") is not False else None),
        _on(second, _identifier(right), start + 1 if right.get("strand") is not False else None),
    )


def _identifier(transcript: dict[str, object]) -> str:
    name = as_text(transcript.get("id"), "id")
    if name is None:
        raise RowError("expected the id of a transcript, found none")
    return name


FORMAT: Final = CallerFormat(
    name="pizzly",
    title="pizzly",
    versions="JSON, and the table made of it",
    files=("*pizzly*.txt", "*pizzly*.tsv", "*genetable*.txt", "*pizzly*.json"),
    tells=Tells(
        order="always",
        position="transcript",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a header line with geneA.name and transcripts.list, or JSON with geneA and paircount",
    recognise=recognise,
    read=read,
)
"""pizzly."""
