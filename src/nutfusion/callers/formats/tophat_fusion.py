"""TopHat-Fusion ``result.txt`` of tophat-fusion-post.

Source: TopHat-Fusion manual, "Additional Output", result.txt (ccb.jhu.edu).

==============================  ================================================================
column, there is no header      nutfusion
==============================  ================================================================
1 sample                        not kept
2, 3, 4 gene, chromosome,       left side, 5'; the coordinate is 0-based on both sides and both
coordinate                      strands (on simulated reads 706 of 740 sides lie one below
                                Arriba's), so 1 is added
5, 6, 7                         right side, 3'
8 "spanning reads"              split_reads: in this program's words a read spans when it crosses
9 "spanning mate pairs"         discordant_pairs
10 pairs of which one read      not counted: these fragments have a read across the joint already
crosses
11 score                        kept as stated
==============================  ================================================================

Order: stated (369 of 370 simulated fusions have the 5' gene on the left). No strands.
"""

from __future__ import annotations

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
)
from nutfusion.callers.table import (
    Row,
    kept_fields,
    rows_of,
    statements,
    whole_number,
    without_columns,
)

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_COLUMNS: Final = (
    "sample",
    "left gene",
    "left chromosome",
    "left coordinate",
    "right gene",
    "right chromosome",
    "right coordinate",
    "spanning reads",
    "spanning mate pairs",
    "spanning mate pairs with one read across",
    "score",
)
_LINE: Final = re.compile(
    r"[^\t\n]+(?:\t[^\t\n]+\t[A-Za-z0-9._-]+\t[0-9]+){2}(?:\t[0-9]+){3}\t[0-9.eE+-]+\s*"
)
_NOT_GENES: Final = frozenset({"sample"})
"""Columns that may name a person or a disease."""


def recognise(head: Head) -> Recognised | None:
    """By the shape of the first line: there is no header."""
    if not _LINE.fullmatch(head.first()):
        return None
    return Recognised("result.txt", "a first line of 11 columns, gene, chromosome, 0-based, twice")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(without_columns(rows_of(text, header=_COLUMNS), _NOT_GENES), _statement)


def _statement(row: Row) -> Statement:
    if len(row.cells) != len(_COLUMNS):
        raise RowError(f"expected {len(_COLUMNS)} columns, found {len(row.cells)}")
    return Statement(
        line=row.line,
        first=_side(row, "left"),
        second=_side(row, "right"),
        ordered=True,
        split_reads=row.count("spanning reads"),
        discordant_pairs=row.count("spanning mate pairs"),
        fields=kept_fields(row, ("score",)),
    )


def _side(row: Row, end: str) -> SideStatement:
    return SideStatement(
        gene=row.get(f"{end} gene"),
        contig=row.need(f"{end} chromosome"),
        position=whole_number(row.need(f"{end} coordinate"), f"{end} coordinate") + 1,
    )


FORMAT: Final = CallerFormat(
    name="tophat_fusion",
    title="TopHat-Fusion",
    versions="result.txt of tophat-fusion-post",
    files=("result.txt", "*tophatfusion*result.txt", "*tophat*fusion*.txt"),
    tells=Tells(
        order="always",
        position="junction",
        strand=False,
        split_reads=True,
        discordant_pairs=True,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="a first line of 11 columns without a header: sample, twice gene, chromosome and"
    " coordinate, three counts, score",
    recognise=recognise,
    read=read,
)
"""TopHat-Fusion."""
