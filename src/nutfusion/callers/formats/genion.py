"""Genion output, passed and failed (``.fail``).

Source: vpc-ccg/genion@f78d5b9, README, "Output", and test/small_example.output.tsv.

==============================  ================================================================
Genion, column by place         nutfusion
==============================  ================================================================
1, 2 ``id::id``, ``A::B``       two genes in no order (they are sorted by Ensembl id: ABL1::BCR)
3, 4 ffigf and FiN score        kept as stated
5 supporting reads              split_reads (long reads, every one crosses the joint)
pass-fail-code                  kept; PASS:RT is a read-through, PASS:GF is not, FAIL:: is seen all
                                the same
==============================  ================================================================

Order: never stated, and there are no positions to tell it. No header line; the numbers of normal
reads before the code, and the ranges after it, exist in later versions only and are not read.
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
from nutfusion.callers.table import Row, rows_of, statements, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head

_COLUMNS: Final = ("ids", "names", "ffigf", "FiN", "reads", "sixth", "seventh")
_LINE: Final = re.compile(
    r"[^\t:]+::[^\t:]+\t[^\t]+::[^\t]+\t[^\t]*\t[^\t]*\t[^\t]*\t(?:[^\t]*\t)?(?:PASS:|FAIL:).*"
)
_CODE: Final = re.compile(r"(?:PASS|FAIL):[A-Za-z0-9:_.\-]{1,80}")
_SCORE: Final = re.compile(r"-?(?:[0-9.]{1,25}(?:e[-+]?\d{1,3})?|inf|nan)")
_READ_THROUGH: Final[Mapping[str, bool]] = {"PASS:GF": False, "PASS:RT": True}


def recognise(head: Head) -> Recognised | None:
    """By the shape of the first line."""
    if _LINE.fullmatch(head.first()) is None:
        return None
    return Recognised("without header", "first line with id::id, A::B and a code PASS or FAIL")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every row."""
    return statements(rows_of(text, header=_COLUMNS), _statement)


def _statement(row: Row) -> Statement:
    ids, names = row.need("ids").split("::"), row.need("names").split("::")
    if len(ids) != 2 or len(names) != 2:
        raise RowError("expected two genes with :: between, found another number")
    codes = [row.cells.get(name, "") for name in _COLUMNS[5:]]
    code = next((cell for cell in codes if _CODE.fullmatch(cell)), None)
    if code is None:
        raise RowError("expected a code PASS:GF, PASS:RT or FAIL::reason, found none")
    fields = [("pass-fail-code", code)]
    for name in ("ffigf", "FiN"):
        value = row.need(name)
        if _SCORE.fullmatch(value) is None:
            raise RowError(f"expected {name} as a number, found another word")
        fields.append((name, value))
    return Statement(
        line=row.line,
        first=SideStatement(gene=names[0], gene_id=ids[0]),
        second=SideStatement(gene=names[1], gene_id=ids[1]),
        ordered=False,
        split_reads=whole_number(row.need("reads"), "supporting reads"),
        read_through=_READ_THROUGH.get(code),
        fields=tuple(fields),
    )


FORMAT: Final = CallerFormat(
    name="genion",
    title="Genion",
    versions="output of 6 or 7 columns, passed and failed",
    files=("*genion*.tsv", "*genion*.tsv.fail", "*.fusions.tsv"),
    tells=Tells(
        order="never",
        position="none",
        strand=False,
        split_reads=True,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="lines of id::id, A::B, two scores, reads and a code PASS or FAIL, without a header",
    recognise=recognise,
    read=read,
)
"""Genion."""
