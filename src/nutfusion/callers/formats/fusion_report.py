"""fusion-report ``fusions.json`` and ``fusions.csv``.

Source: Clinical-Genomics/fusion-report@f8ce58c, fusion_report/app.py (export_results) and
fusion_report/parsers/*.py; what each tool's details mean is in ``fusion_report_tools``.

==============================  ================================================================
fusion-report                   nutfusion
==============================  ================================================================
Fusion ``A--B``                 5' and 3' gene, as the tool gave them
one key, or column, per tool    one statement per tool; in CSV a cell is ``key: value,key: value``
                                and values may hold commas
Score, Fusion Indication Index  kept as stated, as Score
Databases, Explained score      not read
==============================  ================================================================

Order: as far as the tool states it, and fusion-report does not lose it. Beside these files it
writes a summary for MultiQC, which is refused, and lists of names, see ``fusion_report_list``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.formats.fusion_report_tools import tool_statement
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    Statement,
    Tells,
)
from nutfusion.callers.structured import as_dict, as_list, as_text, json_value
from nutfusion.callers.table import Row, header_cells, rows_of, several_statements
from nutfusion.errors import CallerFormatError

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_JSON: Final = re.compile(r'\s*\[\s*\{\s*"Fusion"\s*:')
_EMPTY_JSON: Final = re.compile(r"\s*\[\s*\]\s*")
_MULTIQC: Final = re.compile(r'\s*\{\s*"id"\s*:\s*"fusion_genes"\s*,\s*"section_name"')
_SCORES: Final = ("Fusion Indication Index (FII)", "Score")
_NO_TOOLS: Final = frozenset(
    {"Fusion", "Databases", "Explained FII", "Explained score", "Explained Score", *_SCORES}
)
_ITEM: Final = re.compile(r",(?=[A-Za-z][A-Za-z0-9_-]*: )")
_SUMMARY: Final = "MultiQC summary"


def recognise(head: Head) -> Recognised | None:
    """By the first key of JSON, or by the header line of CSV."""
    if _JSON.match(head.text):
        return Recognised("JSON", 'JSON list of objects that begin with "Fusion"')
    if head.name == "fusions.json" and _EMPTY_JSON.fullmatch(head.text):
        return Recognised("JSON", "empty JSON list named fusions.json")
    if _MULTIQC.match(head.text):
        return Recognised(_SUMMARY, 'JSON with the id "fusion_genes" for MultiQC')
    names = header_cells(head.first(), ",")
    if names[:2] == ("Fusion", "Databases"):
        return Recognised("CSV", "header line that begins Fusion,Databases")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:
    """Read every record.

    Raises:
        CallerFormatError: It is the summary for MultiQC, which holds numbers only.
    """
    if recognised.version == _SUMMARY:
        raise CallerFormatError(
            "expected fusions.json or fusions.csv of fusion-report, found its summary for MultiQC,"
            " which counts fusions and names none; give one of those files, from the same folder",
            path=text.path,
            code="helper",
        )
    if recognised.version == "JSON":
        return _json(text)
    return several_statements(rows_of(text, delimiter=",", quoted=True), _of_row)


def _json(text: CallerText) -> CallerReport:
    """Records of the list; the line is the number of the record."""
    try:
        records = as_list(json_value(text), "the file")
    except RowError as error:
        raise CallerFormatError(
            f"not fusion-report output: {error}", path=text.path, code="format"
        ) from error
    rows: list[Row] = [Row(n, {}, str(record)) for n, record in enumerate(records, start=1)]
    by_line = dict(zip((row.line for row in rows), records, strict=True))
    return several_statements(rows, lambda row: _of_record(row.line, by_line[row.line]))


def _of_record(line: int, value: object) -> list[Statement]:
    record = as_dict(value, "a record")
    score = as_text(record.get("Score"), "Score")
    tools = {
        tool: {key: as_text(cell, key) for key, cell in details.items()}
        for tool, details in record.items()
        if tool not in _NO_TOOLS and isinstance(details, dict)
    }
    return _statements(line, as_text(record.get("Fusion"), "Fusion"), score, tools)


def _of_row(row: Row) -> list[Statement]:
    tools = {
        name: _details(name, cell)
        for name, cell in row.cells.items()
        if name not in _NO_TOOLS and cell
    }
    return _statements(row.line, row.get("Fusion"), row.get(*_SCORES), tools)


def _details(tool: str, cell: str) -> dict[str, str | None]:
    """``key: value,key: value`` taken apart."""
    found: dict[str, str | None] = {}
    for item in _ITEM.split(cell):
        key, colon, value = item.partition(": ")
        if not colon:
            raise RowError(f"expected details of {tool[:40]} as key: value, found {item[:40]!r}")
        found.setdefault(key.strip(), value.strip())
    return found


def _statements(
    line: int,
    name: str | None,
    score: str | None,
    tools: dict[str, dict[str, str | None]],
) -> list[Statement]:
    """One statement per tool; one without details when no tool has any."""
    genes = (name or "").split("--")
    if len(genes) != 2 or not all(genes):
        raise RowError(f"expected Fusion as GENE--GENE, found {(name or '')[:40]!r}")
    pair = (genes[0], genes[1])
    shared = () if score is None else (("Score", score),)
    if not tools:
        return [tool_statement(line, pair, None, {}, shared)]
    return [tool_statement(line, pair, tool, cells, shared) for tool, cells in tools.items()]


FORMAT: Final = CallerFormat(
    name="fusion_report",
    title="fusion-report",
    versions="fusions.json and fusions.csv",
    files=("fusions.json", "fusions.csv"),
    tells=Tells(
        order="sometimes",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=True,
    ),
    seen_on_real_file=True,
    expects='a JSON list of objects that begin with "Fusion", or CSV that begins Fusion,Databases',
    recognise=recognise,
    read=read,
)
"""fusion-report, with details."""
